//! The office before a name, and whose office it is: "British Prime Minister **Johnson**", 美国总统**布什**, 美联储主席**鲍威尔**.

use super::choose::{Part, Piece};
use super::matcher::Candidate;
use super::word_list::WordList;
use super::{ActorId, Form, Kind};
use crate::text::Span;
use crate::text::script::is_han;

/// Offices, as tables call them, by the words for them.
type Offices = &'static [&'static str];

const PRESIDENT: Offices = &["president", "chief of state"];
const PREMIER: Offices = &["prime minister", "premier", "chancellor", "head of government"];
const FOREIGN: Offices = &["foreign minister", "foreign secretary"];
const DEFENCE: Offices = &["defence minister", "defence secretary"];
const TREASURY: Offices = &["finance minister", "treasury secretary", "chancellor"];
const VICE: Offices = &["vice president"];

/// By what stands right before a name in Chinese; no office where the owner alone tells.
const HAN: [(&str, Offices); 34] = [
    ("副总统", VICE),
    ("副總統", VICE),
    ("总统", PRESIDENT),
    ("總統", PRESIDENT),
    ("国家主席", PRESIDENT),
    ("國家主席", PRESIDENT),
    ("首相", PREMIER),
    ("总理", PREMIER),
    ("總理", PREMIER),
    ("国务卿", &["secretary of state"]),
    ("國務卿", &["secretary of state"]),
    ("外长", FOREIGN),
    ("外長", FOREIGN),
    ("外交部长", FOREIGN),
    ("外交部長", FOREIGN),
    ("外交大臣", FOREIGN),
    ("防长", DEFENCE),
    ("防長", DEFENCE),
    ("国防部长", DEFENCE),
    ("國防部長", DEFENCE),
    ("国防大臣", DEFENCE),
    ("國防大臣", DEFENCE),
    ("财长", TREASURY),
    ("財長", TREASURY),
    ("财政部长", TREASURY),
    ("財政部長", TREASURY),
    ("主席", &[]),
    ("行长", &[]),
    ("行長", &[]),
    ("秘书长", &[]),
    ("秘書長", &[]),
    ("总裁", &[]),
    ("总干事", &[]),
    ("首席执行官", &[]),
];

/// By the words right before a name in English.
const ENGLISH: [(&[&str], Offices); 12] = [
    (&["Vice", "President"], VICE),
    (&["President"], PRESIDENT),
    (&["Prime", "Minister"], PREMIER),
    (&["Premier"], PREMIER),
    (&["Chancellor"], PREMIER),
    (&["Foreign", "Minister"], FOREIGN),
    (&["Foreign", "Secretary"], FOREIGN),
    (&["Defense", "Secretary"], DEFENCE),
    (&["Defence", "Minister"], DEFENCE),
    (&["Secretary", "of", "State"], &["secretary of state"]),
    (&["Treasury", "Secretary"], TREASURY),
    (&["Finance", "Minister"], TREASURY),
];

/// The parts of the United States.
static REGIONS: WordList = WordList::new(
    "得州 德州 得克萨斯州 加州 加利福尼亚州 纽约州 佛州 佛罗里达州 俄亥俄州 伊利诺伊州 宾夕法尼亚州 宾州 密歇根州 佐治亚州 亚利桑那州 \
    弗吉尼亚州 华盛顿州 马萨诸塞州 麻州 麻省 新泽西州 威斯康星州 明尼苏达州 科罗拉多州 内华达州 俄勒冈州 犹他州 密苏里州 田纳西州 \
    印第安纳州 马里兰州 阿拉巴马州 亚拉巴马州 路易斯安那州 肯塔基州 俄克拉何马州 艾奥瓦州 爱荷华州 堪萨斯州 密西西比州 阿肯色州 \
    内布拉斯加州 新墨西哥州 西弗吉尼亚州 爱达荷州 夏威夷州 缅因州 新罕布什尔州 罗得岛州 蒙大拿州 特拉华州 南达科他州 北达科他州 \
    阿拉斯加州 佛蒙特州 怀俄明州 北卡罗来纳州 南卡罗来纳州 康涅狄格州",
);

/// Whom an office tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Officer {
    /// Nobody in particular.
    Nobody,
    One(ActorId),
    /// Somebody else than those who are known by the name.
    Another,
}

impl Piece<'_> {
    /// The one of `actors`, who share a name that stands at a candidate, whom the office beside it tells.
    pub(super) fn officer(&self, part: &Part<'_>, candidate: &Candidate, actors: &[ActorId]) -> Officer {
        let people = |&actor: &ActorId| self.roster.actor(actor).is_some_and(|actor| actor.kind == Kind::Person);
        let actors: Vec<ActorId> = actors.iter().copied().filter(people).collect();
        if actors.is_empty() {
            return Officer::Nobody;
        }
        let before = title_before(part, candidate);
        let owner = before.and_then(|(_, start)| self.owner(part, start));
        match (before, owner) {
            (Some((offices, _)), Some(owner)) => {
                let own: Vec<ActorId> = actors.into_iter().filter(|&actor| self.belongs(actor, owner)).collect();
                match own[..] {
                    // Who holds an office of an organisation may be known for others: only a state tells that it is somebody else.
                    [] if self.roster.place(owner).is_some_and(|(_, kind)| kind == Kind::State) => Officer::Another,
                    [] => Officer::Nobody,
                    [one] if offices.is_empty() || self.terms_of(one) == 0 => Officer::One(one),
                    _ if offices.is_empty() => Officer::Nobody,
                    _ => self.held(&own, offices),
                }
            }
            (Some((offices, _)), None) if !offices.is_empty() && is_written_in_han(part, candidate) => self.held(&actors, offices),
            (None, _) if is_written_in_han(part, candidate) => {
                let behind = part.text_behind(candidate.span);
                let office = HAN.iter().find(|(title, offices)| !offices.is_empty() && behind.starts_with(title));
                office.map_or(Officer::Nobody, |(_, offices)| self.held(&actors, offices))
            }
            _ => Officer::Nobody,
        }
    }

    /// The one of `actors` who held one of some offices: when the piece was published, or ever before, if that is one alone.
    fn held(&self, actors: &[ActorId], offices: Offices) -> Officer {
        if let Some(holder) = self.holder(actors, |office| offices.contains(&office)) {
            return Officer::One(holder);
        }
        let held = |&&actor: &&ActorId| {
            self.roster.actor(actor).is_some_and(|actor| {
                actor.terms.iter().any(|term| offices.contains(&&*term.office) && self.day.is_none_or(|day| term.begun(day)))
            })
        };
        let mut holders = actors.iter().filter(held);
        match (holders.next(), holders.next()) {
            (Some(&one), None) => Officer::One(one),
            _ => Officer::Nobody,
        }
    }

    /// Whether the governor of a part of the United States stands at a candidate, and `actor` is of another state: 得州州长阿博特.
    pub(super) fn is_other_governor(&self, part: &Part<'_>, candidate: &Candidate, actor: ActorId) -> bool {
        let Some((offices, start)) = title_before(part, candidate) else { return false };
        let region = Span::new(0, start).of(part.text).trim_end_matches('前');
        offices.is_empty() && REGIONS.ends(region) && !self.belongs(actor, "united-states")
    }

    fn belongs(&self, actor: ActorId, owner: &str) -> bool {
        self.roster.actor(actor).is_some_and(|actor| actor.of.iter().any(|of| of == owner))
    }

    fn terms_of(&self, actor: ActorId) -> usize {
        self.roster.actor(actor).map_or(0, |actor| actor.terms.len())
    }

    /// The state or organisation whose name ends where a title begins, "former" and the like passed over.
    fn owner(&self, part: &Part<'_>, start: usize) -> Option<&str> {
        let before = Span::new(0, start).of(part.text);
        let before = ["前", "时任", "時任", "现任", "現任", "候任", "新任", "former ", "then-"]
            .iter()
            .find_map(|word| before.strip_suffix(word))
            .unwrap_or(before)
            .trim_end_matches(['的', ' ']);
        if REGIONS.ends(before) {
            return Some("united-states");
        }
        let before = before.strip_suffix("'s").or_else(|| before.strip_suffix("’s")).unwrap_or(before);
        let at = part.candidates.partition_point(|other| other.span.end <= before.len()).checked_sub(1)?;
        let owner = part.candidates.get(at).filter(|owner| owner.span.end == before.len())?;
        [Form::Full, Form::Demonym, Form::Character].iter().find_map(|&form| match self.actors(part, owner, form)[..] {
            [one] => self.roster.actor(one).filter(|actor| actor.kind != Kind::Person).map(|actor| &*actor.id),
            _ => None,
        })
    }
}

fn is_written_in_han(part: &Part<'_>, candidate: &Candidate) -> bool {
    candidate.span.of(part.text).chars().all(is_han)
}

/// The offices that the words right before a candidate are for, and the byte at which those begin.
fn title_before(part: &Part<'_>, candidate: &Candidate) -> Option<(Offices, usize)> {
    const NO_OFFICE: Offices = &[];
    let span = candidate.span;
    let before = part.text_before(span);
    if is_written_in_han(part, candidate) {
        let longest = HAN.iter().filter(|(title, _)| before.ends_with(title)).max_by_key(|(title, _)| title.len());
        let governor = ["州长", "州長"].iter().find(|title| before.ends_with(**title));
        return match (longest, governor) {
            (Some((title, offices)), _) => Some((*offices, span.start - title.len())),
            (None, Some(title)) => Some((NO_OFFICE, span.start - title.len())),
            _ => None,
        };
    }
    let before = before.strip_suffix(' ')?;
    let title = |words: &[&str]| {
        let mut rest = before;
        for word in words.iter().rev() {
            rest = rest.trim_end_matches(' ').strip_suffix(word)?;
        }
        rest.ends_with([' ', '\u{2019}', '\'']).then_some(rest.len())
    };
    ENGLISH.iter().find_map(|(words, offices)| Some((*offices, title(words)?)))
}

#[cfg(test)]
#[path = "office_tests.rs"]
mod tests;
