use foldhash::HashSet;

use super::super::{Language, stems};
use super::*;

fn stem(word: &str) -> String {
    stems::stem(word, Language::ENGLISH).into_owned()
}

/// Words of one line meet.
const MEET: &str = "
    defence defense defences defenses defensive
    labour labor labours labored labouring labour's
    programme program programmes programs
    organisation organization organisational organizations organise organized organiser organizing
    centre center centred centered centring centering centres
    epicentre epicenter
    privatisation privatization privatise privatised privatizing
    behaviour behavior behavioural behavioral behaviours
    colour color colouring colored colourful
    colourise colorize
    favourable favorable favourably
    honourable honorable
    neighbouring neighboring
    analyse analyze analysed analyzing
    paralysed paralyzed
    theatre theater
    kilometre kilometer kilometres
    licence license licensing licenced
    practise practice practising
    dialogue dialog dialogues
    catalogue catalog catalogued
    kilogramme kilogram
    anaemia anemia
    oestrogen estrogen
    paediatric pediatric
    manoeuvre maneuver manoeuvred maneuvered manoeuvring
    encyclopaedia encyclopedia
    grey gray
    plough plow ploughed
    sceptic skeptic scepticism skepticism
    ageing aging
    judgement judgment judgements
    aluminium aluminum
    moustache mustache
    pyjamas pajamas
    traveller traveler
    fuelled fueled
    enquiry inquiry
    tsar czar
    adviser advisor advisors
    child children child's children's
    woman women women's
    man men men's
    businessman businessmen
    crisis crises
    criterion criteria
    analysis analyses
    referendum referenda referendums
    win won winning
    pay paid paying
    flee fled fleeing
    strike struck striking
    steal stole stolen
    gas gases
    bus buses
    knife knives
    wife wives
    wolf wolves
    sell sold
    buy bought
    lead led
    mouse mice
    undertake undertook undertaken
    withdraw withdrew withdrawn
    withhold withheld
    misunderstand misunderstood
    shot shots shoot
    go goes went
";

/// Words of one line stay apart.
const STAY_APART: &str = "
    privatization private
    authorize author
    mobilization mobile
    four for
    hour hor
    tour tor
    pour por
    contour contor
    size sise
    prize prise
    fence fense
    pence penny
    left leave
    lives life
    leaves leaf
    bases basis
    lay lie
    founded find
    wound wind
    fed feed
    cheque check
    tyre tire
    storey story
    omen oman
    specimen speciman
    yemen yeman
    thoughtful think
    resent send
   
";

fn lines(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).filter(|words| !words.is_empty())
}

#[test]
fn spellings_and_forms_meet() {
    for words in lines(MEET) {
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words:?}: {stems:?}");
    }
}

#[test]
fn other_words_stay_apart() {
    for words in lines(STAY_APART) {
        for (at, word) in words.iter().enumerate() {
            for other in words.iter().skip(at + 1) {
                assert_ne!(stem(word), stem(other), "{word} {other}");
            }
        }
    }
}

#[test]
fn words_with_letters_of_their_own_stay() {
    let words = "advise surprise promise exercise compromise enterprise four hour tour our pour flour contour fence pence size prize seize \
                 citizen wise raise noise merchandise vogue rogue league genre acre massacre mediocre human german phoenix israel \
                 left lives leaves lies rose dove axes bases bore ground wound bound";
    for word in words.split_whitespace() {
        assert_eq!(regular(word), word);
    }
}

/// The lines of irregular forms: a word, its forms, and what compounds put before them.
fn irregular_lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>, Vec<&'static str>)> {
    irregular::FORMS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let (before, words): (Vec<&str>, Vec<&str>) = line.split_whitespace().partition(|word| word.starts_with('+'));
        (words[0], words[1..].to_vec(), before.iter().map(|before| before.trim_start_matches('+')).collect())
    })
}

#[test]
fn irregular_forms_and_their_compounds_become_their_word() {
    let mut count = 0;
    for (base, forms, before) in irregular_lines() {
        for before in before.into_iter().chain([""]) {
            let base = format!("{before}{base}");
            assert_eq!(regular(&base), base);
            for form in &forms {
                assert_eq!(regular(&format!("{before}{form}")), base);
                count += 1;
            }
        }
    }
    assert!(count > 400, "{count}");
    for no_compound in ["unwon", "overchildren", "remade me", "befell over", "érang"] {
        assert_eq!(regular(no_compound), no_compound);
    }
}

#[test]
fn what_is_made_american_stays() {
    for (british, american) in spelling::ROOTS {
        assert_eq!(regular(american), american);
        assert!(british.trim_start_matches('^').len() >= 4);
    }
}

#[test]
fn a_form_belongs_to_one_word() {
    let mut forms: Vec<&str> = irregular_lines().flat_map(|(base, forms, _)| forms.into_iter().chain([base])).collect();
    let all = forms.len();
    forms.sort_unstable();
    forms.dedup();
    assert_eq!(forms.len(), all);
}

#[test]
fn words_of_other_things_are_apart() {
    for (one, other) in [
        ("executives", "executions"),
        ("customers", "customs"),
        ("authorities", "authors"),
        ("conservatives", "conservation"),
        ("accountability", "accounts"),
        ("important", "imports"),
        ("departments", "departed"),
        ("officers", "offices"),
        ("Hollande", "Holland"),
        ("experiments", "experience"),
        ("animals", "animated"),
        ("Cooper", "cooperate"),
        ("physical", "physics"),
        ("activists", "active"),
        ("designated", "designs"),
        ("housing", "house"),
        ("assistants", "assistance"),
        ("Harris", "Harry"),
        ("Hamas", "Hama"),
        ("minerals", "miners"),
        ("respectively", "respected"),
        ("renewables", "renewed"),
        ("integrity", "integration"),
        ("hospitality", "hospitals"),
    ] {
        assert_ne!(stem(&one.to_lowercase()), stem(&other.to_lowercase()), "{one} {other}");
    }
    let mut seen = HashSet::default();
    for family in apart::FAMILIES.lines().filter(|line| !line.starts_with('#')) {
        let stems: HashSet<String> = family.split(' ').map(stem).collect();
        assert_eq!(stems.len(), 1, "{family}");
        for word in family.split(' ') {
            assert!(seen.insert(word), "{word} is of two families");
        }
    }
    assert_eq!(stem("executive's"), stem("executives"));
}
