//! Irregular forms: `children`, `won`, `crises`.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words and their forms. The file says how it is written and what it leaves out.
pub(super) const FORMS: &str = include_str!("irregular.txt");

/// Each form with its word.
pub(super) static BASES: LazyLock<FxHashMap<Cow<'static, str>, Cow<'static, str>>> = LazyLock::new(|| {
    let mut bases = FxHashMap::default();
    for line in FORMS.lines().filter(|line| !line.starts_with('#')) {
        let (before, words): (Vec<&str>, Vec<&str>) = line.split_whitespace().partition(|word| word.starts_with('+'));
        let Some((&base, forms)) = words.split_first() else { continue };
        for &form in forms {
            bases.insert(Cow::Borrowed(form), Cow::Borrowed(base));
            for before in before.iter().filter_map(|before| before.strip_prefix('+')) {
                bases.insert(Cow::Owned(format!("{before}{form}")), Cow::Owned(format!("{before}{base}")));
            }
        }
    }
    bases
});

/// Words in -men that are no plural: of one thing, and names.
const NOT_OF_MAN: [&str; 26] = [
    "abdomen",
    "acumen",
    "albumen",
    "amen",
    "bitumen",
    "bremen",
    "carmen",
    "cognomen",
    "cyclamen",
    "dolmen",
    "foramen",
    "hymen",
    "lumen",
    "nomen",
    "omen",
    "praenomen",
    "ramen",
    "regimen",
    "rumen",
    "semen",
    "specimen",
    "stamen",
    "tiananmen",
    "turkmen",
    "xiamen",
    "yemen",
];

/// The word that `form` is an irregular form of, if it is one.
pub(super) fn base(form: &str) -> Option<Cow<'static, str>> {
    if let Some(base) = BASES.get(form) {
        return Some(base.clone());
    }
    let before = form.strip_suffix("men").filter(|before| before.len() > 1 && !NOT_OF_MAN.contains(&form))?;
    Some(Cow::Owned(format!("{before}man")))
}
