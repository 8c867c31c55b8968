use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The pieces that a run gives for each query, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run(pub BTreeMap<String, Vec<String>>);

/// The grade of each judged piece for each query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgments(pub BTreeMap<String, BTreeMap<String, i64>>);

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Problem {
    /// Its number, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl Run {
    /// Reads a run: lines of `qid Q0 docid rank score tag`. As in `trec_eval`, what counts is the score, and between equal scores the id that comes
    /// later in the alphabet is taken to stand first. What is percent-encoded in its columns is decoded.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut scored: BTreeMap<String, Vec<(f64, String)>> = BTreeMap::new();
        let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (line, number) in filled(text) {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let &[qid, _, docid, _, score, ..] = cells.as_slice() else {
                return Err(Problem {
                    line: number,
                    what: format!("a run has six columns, qid Q0 docid rank score tag, not {}", cells.len()),
                });
            };
            let score = score.parse().map_err(|_| Problem { line: number, what: format!("the score is no number: {score:?}") })?;
            // A piece that counted twice would make measures of more than 1.
            if !seen.insert((qid, docid)) {
                return Err(Problem { line: number, what: format!("{docid} is listed twice for the query {qid}") });
            }
            scored.entry(decode_id(qid)).or_default().push((score, decode_id(docid)));
        }
        let ranked = scored.into_iter().map(|(qid, mut documents)| {
            documents.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.cmp(&a.1)));
            (qid, documents.into_iter().map(|(_, id)| id).collect())
        });
        Ok(Self(ranked.collect()))
    }
}

impl Judgments {
    /// Reads judgments: lines of `qid docid grade`, or of TREC's `qid 0 docid grade`. Ids are left as they stand there: they may be as they are, or
    /// percent-encoded as in a run.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut judgments = Self::default();
        for (at, (line, number)) in filled(text).enumerate() {
            let cells: Vec<&str> =
                if line.contains('\t') { line.split('\t').map(str::trim).collect() } else { line.split_whitespace().collect() };
            let ([qid, docid, grade] | [qid, _, docid, grade]) = *cells.as_slice() else {
                let what = format!("judgments have three columns, qid docid grade, or TREC's four, not {}", cells.len());
                return Err(Problem { line: number, what });
            };
            // Grades are written as 2 or 2.0.
            let Ok(grade) = grade.parse::<f64>() else {
                if at == 0 && HEADERS.contains(&grade.to_lowercase().as_str()) {
                    continue;
                }
                return Err(Problem { line: number, what: format!("the grade is no number: {grade:?}") });
            };
            #[expect(clippy::cast_possible_truncation, reason = "grades are small whole numbers")]
            judgments.0.entry(qid.to_owned()).or_default().insert(docid.to_owned(), grade as i64);
        }
        Ok(judgments)
    }
}

/// What a first line that names the columns calls the grade.
const HEADERS: [&str; 8] = ["grade", "judgment", "judgement", "label", "rel", "relevance", "relevant", "score"];

fn filled(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty())
}

/// An id as a column of a run: what would break the columns is percent-encoded.
#[must_use]
pub fn encode_id(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || c.is_control() || c == '%' {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.extend(format!("%{byte:02X}").chars());
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// What `map` has of each id as it is, and, where nothing is called so, of what it is decoded: a run may have either.
pub(super) fn by_either_form<V>(map: &BTreeMap<String, V>) -> BTreeMap<Cow<'_, str>, &V> {
    let mut all: BTreeMap<Cow<'_, str>, &V> = map.iter().map(|(id, value)| (Cow::Borrowed(id.as_str()), value)).collect();
    for (id, value) in map.iter().filter(|(id, _)| id.contains('%')) {
        all.entry(Cow::Owned(decode_id(id))).or_insert(value);
    }
    all
}

/// The id that [`encode_id`] was given.
#[must_use]
pub fn decode_id(column: &str) -> String {
    let mut bytes = Vec::with_capacity(column.len());
    let mut rest = column.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let code =
            (byte == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| column.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_are_read() {
        let run = Run::parse("q1 Q0 b 1 2.5 x\nq1 Q0 a%20a 2 2.5 x\nq1\tQ0\tc\t3\t9\tx\n").unwrap();
        assert_eq!(run.0["q1"], ["c", "b", "a a"]);
        let judgments = Judgments::parse("qid\tdocid\tgrade\nq1\ta a\t2\nq1 0 b 1\n").unwrap();
        assert_eq!(judgments.0["q1"], BTreeMap::from([("a a".to_owned(), 2), ("b".to_owned(), 1)]));
        assert_eq!(Run::parse("q1 Q0 a 1\n").unwrap_err().line, 1);
        assert_eq!(Judgments::parse("q a 1\nq a x\n").unwrap_err().to_string(), "line 2: the grade is no number: \"x\"");
        assert_eq!(Judgments::parse("\nquery doc Relevance\nq a 1\n").unwrap().0["q"].len(), 1);
        assert_eq!(Judgments::parse("q a two\nq b 1\n").unwrap_err().line, 1);
        let twice = "q Q0 a 1 3 x\nr Q0 a 1 3 x\nq Q0 a 2 2 x\n";
        assert_eq!(Run::parse(twice).unwrap_err().to_string(), "line 3: a is listed twice for the query q");
    }

    proptest! {
        #[test]
        fn ids_survive_a_run(id in "\\PC{1,20}|[ %\t\n中a]{1,8}") {
            let encoded = encode_id(&id);
            prop_assert!(!encoded.contains(char::is_whitespace));
            prop_assert_eq!(decode_id(&encoded), id);
        }
    }
}
