//! The small words that every sentence of a language needs: they tell its language where the text is too short for its letters to.

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::Language;

/// Languages in Latin letters with their most frequent small words.
const FUNCTION_WORDS: [(&str, &str); 19] = [
    (
        "en",
        "the of and a to in is that for with was are on by it as be this not from have has will an at which or its their but were they \
         should would can more than been who what when how we you do does no if there because about into",
    ),
    (
        "fr",
        "le la les de des du et en a un une est que qui dans pour pas sur au aux par ce cette ces il elle ils ont avec plus ne se son sa ses \
         sont été être mais ou où nous vous leur comme",
    ),
    (
        "es",
        "el la los las de del y en a un una es que por para con no se su sus al lo como más pero fue ha han este esta son está entre sobre ser \
         también hay sin",
    ),
    (
        "de",
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei \
         einer um am sind noch wie einem über so zum kann nur war wir aber",
    ),
    (
        "it",
        "il la le lo gli i di del della dei delle e in a un una è che per non con si da sono come più ma al alla nel nella anche ha questo \
         questa dal dalla essere",
    ),
    (
        "pt",
        "o a os as de do da dos das e em um uma é que por para com não se no na nos nas ao mais mas foi como sua seu são está ser também \
         pelo pela entre sobre",
    ),
    (
        "nl",
        "de het een en van in is dat op te zijn voor met die niet aan er om ook als maar door bij uit naar wordt heeft over worden nog hij \
         ze kan wel deze",
    ),
    ("sv", "och i att det som en på är av för med till den har de inte om ett men var sig från vi så kan när år också eller ska"),
    ("da", "og i at det er en til af på for med den der de ikke har et som var fra men sig også efter om kan være blev vil ud skal"),
    ("nb", "og i det er en på av for som med til at den har de ikke et om var fra men seg også etter kan være ble vil ut skal"),
    ("fi", "ja on ei että se oli hän mutta ovat kun myös tai kuin joka ole sen niin vain jos olisi mukaan sekä"),
    ("pl", "w i na z się nie do to że jest o a jak po za od przez ale dla są który która które oraz jego tym czy być"),
    ("ro", "și în de la a cu pe nu că este din care un o pentru mai au fi prin sunt dar sau lui acest"),
    ("tr", "ve bir bu da de için ile olarak olan çok daha gibi ama en kadar sonra ne var değil her"),
    (
        "cs",
        "a v na se že je to s z do pro o ale jako k by i po za ve ze který která které jsou byl byla bylo podle také jeho než aby už při od není",
    ),
    (
        "sk",
        "a v na sa že je to s z do pre o ale ako k by i po za vo zo ktorý ktorá ktoré sú bol bola bolo podľa aj jeho než aby už pri od nie",
    ),
    ("hr", "i u je na se da za od su s o koji koja koje će nije kao to iz ne ali bi što po do sa biti kako još prema nakon te"),
    ("sl", "in je na se da za v z ki s pa o so ne bi tudi po kot iz pri od če bo ni ali več še kar lahko med"),
    ("id", "yang dan di itu dengan untuk dari dalam tidak ini pada akan ke oleh juga adalah telah bahwa ada karena"),
];

/// Each small word with the languages that it belongs to, as bits by their places in [`FUNCTION_WORDS`].
static LANGUAGES_OF: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages_of = HashMap::default();
    for (at, (_, words)) in FUNCTION_WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            *languages_of.entry(word).or_default() |= 1 << at;
        }
    }
    languages_of
});

/// The language whose small words `text` has, if it has enough and clearly more of them than of any other's.
pub(super) fn language_of(text: &str) -> Option<Language> {
    let Counts { best, second, language, .. } = Counts::of(text)?;
    (best >= ENOUGH && best * 2 >= second * 3).then_some(language)
}

/// The language whose small words `text` plainly has: not a few in passing, and twice as many as of any other's.
pub(super) fn plain_language_of(text: &str) -> Option<Language> {
    let Counts { words, best, second, language } = Counts::of(text)?;
    (best >= PLENTY && best * ONE_IN >= words && best >= second * 2).then_some(language)
}

/// Whether `text` has as many small words of `language` as texts in that language have; also where none are known of it.
pub(super) fn speaks(text: &str, language: Language) -> bool {
    let Some(bit) = FUNCTION_WORDS.iter().position(|(code, _)| *code == language.code()) else { return true };
    let (mut small, mut all) = (0, 0);
    for languages in words(text).take(LOOKED_AT) {
        all += 1;
        small += usize::from(languages >> bit & 1 == 1);
        if small >= PLENTY {
            return true;
        }
    }
    small * ONE_IN >= all
}

/// The small words of a text.
struct Counts {
    /// Words of any kind.
    words: usize,
    /// Small words of the language that has most, …
    best: usize,
    /// … and of the one that has fewer than that.
    second: usize,
    language: Language,
}

impl Counts {
    /// The counts, if one language has most.
    fn of(text: &str) -> Option<Self> {
        let mut counts = [0_usize; FUNCTION_WORDS.len()];
        let mut all = 0;
        for languages in words(text) {
            all += 1;
            for (at, count) in counts.iter_mut().enumerate() {
                *count += usize::from(languages >> at & 1 == 1);
            }
        }
        let best = counts.iter().copied().max().unwrap_or_default();
        let mut leading = counts.iter().zip(FUNCTION_WORDS).filter(|(count, _)| **count == best);
        let (_, (code, _)) = leading.next()?;
        let second = counts.iter().copied().filter(|&count| count < best).max().unwrap_or_default();
        if leading.next().is_some() {
            return None;
        }
        Some(Self { words: all, best, second, language: Language::parse(code)? })
    }
}

/// Of each word of `text` the languages that it is a small word of.
fn words(text: &str) -> impl Iterator<Item = u32> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(|word| {
        // Capitals begin sentences and names; most words are small as they stand.
        let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let small = if is_small { word.into() } else { Cow::Owned(word.to_lowercase()) };
        LANGUAGES_OF.get(&*small).copied().unwrap_or_default()
    })
}

/// So many small words tell a language.
const ENOUGH: usize = 2;
/// So many are no quotation and no name.
const PLENTY: usize = 7;
/// In text of a language one word in so many is a small one, at the least: lists of names have fewer.
const ONE_IN: usize = 6;
/// So many words show whether it is so.
const LOOKED_AT: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_sentences_are_told_apart() {
        let table = [
            ("School uniforms should be banned in the state", "en"),
            ("A return to a war that is not over", "en"),
            ("Les sanctions sont un échec pour la diplomatie", "fr"),
            ("La reforma no llegó a los barrios del sur", "es"),
            ("Die Sanktionen sind nicht wirksam und werden umgangen", "de"),
            ("Le sanzioni non sono una politica", "it"),
            ("As sanções não são uma política para o país", "pt"),
            ("De sancties zijn niet het antwoord op de oorlog", "nl"),
            ("Evropská komise navrhla nová pravidla pro obchod s Čínou, uvedla že se na tom podílela Ursula von der Leyenová", "cs"),
            ("Vláda schválila rozpočet, ktorý je podľa premiéra dobrý aj pre dôchodcov, ale nie pre banky", "sk"),
            ("Vlada Srbije usvojila je budžet koji će biti na snazi od januara, rekao je predsednik", "hr"),
            ("Vlada je sprejela proračun, ki bo po besedah ministra tudi za upokojence", "sl"),
            ("Rząd przyjął budżet, który jest dobry dla emerytów, ale nie dla banków", "pl"),
        ];
        for (text, code) in table {
            assert_eq!(language_of(text).map(|language| language.code().to_owned()).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn a_language_is_spoken_where_its_small_words_are_as_frequent_as_usual() {
        let english = "The sanctions on the bank were lifted in May, and it is not known who asked for that or why they did";
        let dutch = "De sancties tegen de bank werden in mei opgeheven en het is niet bekend wie daar om vroeg of waarom ze dat deden";
        assert!(speaks(english, Language::ENGLISH) && !speaks(dutch, Language::ENGLISH));
        assert_eq!(plain_language_of(dutch).map(|language| language.code().to_owned()).as_deref(), Some("nl"));
        assert_eq!(plain_language_of("Banco de la Nación, Instituto de la Paz, Casa de la Moneda: Pedro, Juan, Luis, Ana"), None);
    }

    #[test]
    fn names_alone_tell_nothing() {
        assert_eq!(language_of("Macron Merkel Kyiv 2024"), None);
        // Of many languages.
        assert_eq!(language_of("A Preplanned Approach to a Storage"), None);
        assert_eq!(language_of("Rusia vuelve a amenazar a Ucrania"), None);
        assert_eq!(language_of(""), None);
    }
}
