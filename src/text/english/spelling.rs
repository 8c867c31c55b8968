//! British and American spellings, made one.
//!
//! Letters that are British in every word that has them become American: see [`ROOTS`]. Endings with which new words are made have rules; -ize
//! alone becomes British. What America spells like another word stays: cheque (check), tyre (tire), kerb (curb), storey (story), draught (draft).

use super::slots::Slots;

/// What is written within words, in Britain and in America; behind `^` only where a word begins. Each has four letters or more.
pub(super) const ROOTS: [(&str, &str); 106] = [
    // -our. The words are few and no new ones are made: four, hour, tour and contour are more.
    ("arbour", "arbor"),
    ("ardour", "ardor"),
    ("armour", "armor"),
    ("behaviour", "behavior"),
    ("candour", "candor"),
    ("clamour", "clamor"),
    ("colour", "color"),
    ("demeanour", "demeanor"),
    ("enamour", "enamor"),
    ("endeavour", "endeavor"),
    ("favour", "favor"),
    ("fervour", "fervor"),
    ("flavour", "flavor"),
    ("glamour", "glamor"),
    ("honour", "honor"),
    ("humour", "humor"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("odour", "odor"),
    ("parlour", "parlor"),
    ("rancour", "rancor"),
    ("rigour", "rigor"),
    ("rumour", "rumor"),
    ("saviour", "savior"),
    ("savour", "savor"),
    ("splendour", "splendor"),
    ("succour", "succor"),
    ("tumour", "tumor"),
    ("valour", "valor"),
    ("vapour", "vapor"),
    ("vigour", "vigor"),
    // -ce and -se.
    ("defenc", "defens"),
    ("offenc", "offens"),
    ("pretenc", "pretens"),
    ("licenc", "licens"),
    ("practis", "practic"),
    // -re.
    ("calibre", "caliber"),
    ("centre", "center"),
    ("centred", "centered"),
    ("centring", "centering"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("lustre", "luster"),
    ("manoeuvre", "maneuver"),
    ("manoeuvred", "maneuvered"),
    ("manoeuvr", "maneuver"),
    ("meagre", "meager"),
    ("metre", "meter"),
    ("sabre", "saber"),
    ("sepulchre", "sepulcher"),
    ("sombre", "somber"),
    ("spectre", "specter"),
    ("theatre", "theater"),
    // ae and oe.
    ("aemi", "emi"),
    ("aesthe", "esthe"),
    ("aetiolog", "etiolog"),
    ("amoeb", "ameb"),
    ("archaeo", "archeo"),
    ("caesarean", "cesarean"),
    ("coeliac", "celiac"),
    ("encyclopaed", "encycloped"),
    ("^faec", "fec"),
    ("^foet", "fet"),
    ("gynaec", "gynec"),
    ("^haem", "hem"),
    ("homoeo", "homeo"),
    ("mediaev", "mediev"),
    ("oedema", "edema"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("orthopaed", "orthoped"),
    ("^paed", "ped"),
    ("palaeo", "paleo"),
    ("primaev", "primev"),
    ("rrhoea", "rrhea"),
    // One letter or two, as far as the stemmer does not see to it.
    ("councillor", "councilor"),
    ("counsellor", "counselor"),
    ("^diall", "dial"),
    ("^duell", "duel"),
    ("focuss", "focus"),
    ("fuell", "fuel"),
    ("gruell", "gruel"),
    ("skilful", "skillful"),
    // Not the other way: the stem of willful is that of the verb.
    ("willful", "wilful"),
    ("woollen", "woolen"),
    // Words of their own.
    ("^aeroplane", "airplane"),
    ("aluminium", "aluminum"),
    ("artefact", "artifact"),
    ("^chequebook", "checkbook"),
    ("^chequer", "checker"),
    ("dgement", "dgment"),
    ("^draughtsm", "draftsm"),
    ("enquir", "inquir"),
    ("^gaol", "jail"),
    ("^grey", "gray"),
    ("^kerbsid", "curbsid"),
    ("mollusc", "mollusk"),
    ("^mould", "mold"),
    ("^moult", "molt"),
    ("moustach", "mustach"),
    ("plough", "plow"),
    ("pyjama", "pajama"),
    ("sceptic", "skeptic"),
    ("smoulder", "smolder"),
    ("sulph", "sulf"),
    ("yoghurt", "yogurt"),
];

/// The places of roots, by their first four letters.
static BY_START: Slots<{ 1 << 8 }> = {
    let mut places = Slots::new();
    let mut at = 0;
    while at < ROOTS.len() {
        let bytes = ROOTS[at].0.as_bytes();
        let first = if bytes[0] == b'^' { 1 } else { 0 };
        places.put(hash([bytes[first], bytes[first + 1], bytes[first + 2], bytes[first + 3]]), at);
        at += 1;
    }
    places
};

/// A hash of four letters: the highest bits of a product (Knuth, *Sorting and Searching*, 6.4).
const fn hash(start: [u8; 4]) -> u32 {
    u32::from_le_bytes(start).wrapping_mul(0x9E37_79B1) >> 24
}

/// The roots that may begin with these letters, those that do among them.
fn roots_from(start: [u8; 4]) -> impl Iterator<Item = Root> {
    BY_START.of(hash(start)).filter_map(|at| ROOTS.get(at)).map(|&(british, american)| Root {
        begins: british.starts_with('^'),
        british: british.trim_start_matches('^'),
        american,
    })
}

/// A root in its spellings.
struct Root {
    /// Whether it stands only where a word begins.
    begins: bool,
    british: &'static str,
    american: &'static str,
}

/// `word` in the one spelling that all its spellings get, if that is another.
pub(super) fn respelt(word: &str) -> Option<String> {
    let rooted = root(word);
    let word = rooted.as_deref().unwrap_or(word);
    with_s(word).or_else(|| short_end(word)).or(rooted)
}

/// `word` with its first root in America's spelling, the longest of those that begin at one place.
fn root(word: &str) -> Option<String> {
    word.as_bytes().windows(4).enumerate().find_map(|(at, start)| {
        let roots = roots_from(*start.first_chunk()?).filter(|root| at == 0 || !root.begins);
        let (before, rest) = word.split_at_checked(at)?;
        let (root, behind) =
            roots.filter_map(|root| rest.strip_prefix(root.british).map(|behind| (root, behind))).min_by_key(|(_, behind)| behind.len())?;
        Some([before, root.american, behind].concat())
    })
}

/// Verbs in -ize and -yze, and what is made of them, with an s.
///
/// This way and not the other: a z before such an ending is nearly always the verb's, while *surprise*, *exercise* and *advise* have an s of their own.
/// And the stemmer takes -ize off, so that *privatize* would be *private*, *mobilize* *mobile* and *authorize* *author*.
fn with_s(word: &str) -> Option<String> {
    const ENDINGS: [&str; 13] = ["e", "es", "ed", "ing", "er", "ers", "able", "ably", "ement", "ation", "ations", "ational", "ationally"];
    // Most words need no closer look.
    if !word.as_bytes().contains(&b'z') {
        return None;
    }
    ENDINGS.iter().find_map(|ending| {
        let before = word.strip_suffix(ending)?.strip_suffix('z')?;
        let is_verb = match before.strip_suffix('i') {
            Some(before) => !has_its_own_z(before),
            None => before.ends_with("ly"),
        };
        is_verb.then(|| [before, "s", ending].concat())
    })
}

/// Whether a word that begins with `before` and goes on with -ize has its z from elsewhere than a verb's ending: prize, size, seize.
fn has_its_own_z(before: &str) -> bool {
    before.len() < 3
        || before.ends_with(['a', 'e', 'i', 'o', 'u'])
        || ["pr", "caps", "downs", "overs", "outs"].iter().any(|own| before.ends_with(own))
}

/// Words in -logue, -gogue and -gramme.
fn short_end(word: &str) -> Option<String> {
    const ENDS: [(&str, &str); 7] = [
        ("logue", "log"),
        ("logues", "logs"),
        ("logued", "loged"),
        ("agogue", "agog"),
        ("agogues", "agogs"),
        ("gramme", "gram"),
        ("grammes", "grams"),
    ];
    ENDS.iter().find_map(|(british, american)| Some([word.strip_suffix(british)?, american].concat()))
}
