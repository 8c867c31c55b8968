//! What a batch found, kept to be compared with a later run.

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

use foldhash::{HashMap, HashSet};
use serde_json::{Map, Value, json};

use super::{Row, RowOutcome};
use crate::index::Reader;
use crate::index::fields::Meta;
use crate::query::Mode;
use crate::search::{Error, Filters, Hit, Question};

/// What has become of the hits of a row since an earlier run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitChanges {
    /// For each hit that the answer still has: `new`, or `changed` where the earlier run had another passage of the same piece, which is gone.
    pub kinds: Vec<&'static str>,
    /// Passages that are gone, each with the id of its piece.
    pub gone: Vec<(String, String)>,
}

/// The digest of a question with all that its row says, by which it is known again wherever it stands.
fn question(row: &Row) -> String {
    let mut hasher = blake3::Hasher::new();
    // An id that it does not bring is its place.
    let id = if row.is_named { row.qid.as_str() } else { "" };
    hasher.update(id.as_bytes()).update(&[0]);
    for part in row.cells.iter().flat_map(|(name, cell)| [name, cell]) {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    hasher.finalize().to_hex().get(..16).unwrap_or_default().to_owned()
}

/// The line that is kept of a row: who asked what, and what was found. Equal answers have equal digests.
fn kept(outcome: &RowOutcome) -> Value {
    let hits: &[Hit] = outcome.result.as_ref().map_or(&[], |answer| &answer.hits);
    let found: Vec<[String; 2]> = hits.iter().map(|hit| [hit.piece.passage_id(&hit.passage), hit.piece.id.clone()]).collect();
    let mut hasher = blake3::Hasher::new();
    for part in found.iter().flatten() {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    json!({
        "row": outcome.row.number,
        "qid": outcome.row.qid,
        "question": question(&outcome.row),
        "digest": hasher.finalize().to_hex().get(..16).unwrap_or_default(),
        "status": outcome.status().word(),
        "found": outcome.found(),
        "hits": found,
    })
}

/// Writes the line of a row.
pub fn write_manifest_row(out: &mut dyn Write, outcome: &RowOutcome) -> io::Result<()> {
    // In one piece: the file knows no buffer.
    out.write_all(format!("{}\n", kept(outcome)).as_bytes())
}

/// What of the flags of a batch decides which hits its rows have, each by its name: runs of other flags cannot be compared.
///
/// Not the day from which times are told: to find what is new of last-month is what such runs are for.
#[must_use]
pub fn manifest_flags(base: &Question) -> Map<String, Value> {
    let Question { mode, filters, within, limit, offset, per_piece, level, feedback, order, literal, copies, .. } = base;
    let Filters { actors, langs, sources, authors, since, until, undated } = filters;
    let number = |number: usize| if number == usize::MAX { Value::from("all") } else { number.into() };
    let word = |word: &dyn Debug| Value::from(format!("{word:?}").to_lowercase());
    let flags = [
        ("any", (*mode == Mode::Any).into()),
        ("within", word(within)),
        ("limit", number(*limit)),
        ("offset", (*offset).into()),
        ("per-piece", number(*per_piece)),
        ("rank", word(level)),
        ("feedback", word(feedback)),
        ("sort", word(order)),
        ("literal", (*literal).into()),
        ("copies", word(copies)),
        ("actor", actors.as_slice().into()),
        ("lang", langs.as_slice().into()),
        ("source", sources.as_slice().into()),
        ("author", authors.as_slice().into()),
        ("since", since.as_deref().into()),
        ("until", until.as_deref().into()),
        ("undated", undated.map_or(Value::Null, |undated| word(&undated))),
    ];
    flags.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// An earlier run. Its rows stay on disk: in memory is where each begins, by the number that its question's digest is.
pub struct Baseline {
    file: BufReader<File>,
    /// The flags of that run, if it says.
    flags: Option<Map<String, Value>>,
    rows: HashMap<u64, u64>,
}

/// The number that a digest is.
fn number(digest: &str) -> Option<u64> {
    u64::from_str_radix(digest, 16).ok()
}

impl Baseline {
    /// The run that the file at `path` tells of.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let (mut rows, mut line, mut at, mut flags) = (HashMap::default(), String::new(), 0, None);
        loop {
            line.clear();
            let read = file.read_line(&mut line)? as u64;
            if read == 0 {
                break;
            }
            let value: Value = serde_json::from_str(&line).map_err(|_| wrong("not a batch manifest: not JSON lines"))?;
            match value.get("question").and_then(Value::as_str).and_then(number) {
                Some(question) => {
                    rows.entry(question).or_insert(at);
                }
                None if at == 0 && value.get("pundit").is_some() => flags = value.get("flags").and_then(Value::as_object).cloned(),
                None => return Err(wrong("not a batch manifest")),
            }
            at += read;
        }
        Ok(Self { file, flags, rows })
    }

    /// Which flags of the earlier run were others than those of `base`, and what they were; `None` where they are the same.
    #[must_use]
    pub fn differs(&self, base: &Question) -> Option<String> {
        let (then, now) = (self.flags.as_ref()?, manifest_flags(base));
        let told = |value: Option<&Value>| value.map_or_else(|| "null".to_owned(), ToString::to_string);
        let others = now.iter().filter(|(name, value)| then.get(*name) != Some(*value));
        let others: Vec<String> =
            others.map(|(name, value)| format!("--{name} was {} and is now {}", told(then.get(name)), told(Some(value)))).collect();
        (!others.is_empty()).then(|| others.join(", "))
    }

    /// The passages that the earlier run found for `row`, each with its piece.
    fn hits(&mut self, row: &Row) -> io::Result<Vec<(String, String)>> {
        let Some(&at) = number(&question(row)).and_then(|question| self.rows.get(&question)) else { return Ok(Vec::new()) };
        self.file.seek(SeekFrom::Start(at))?;
        let mut line = String::new();
        self.file.read_line(&mut line)?;
        let value: Value = serde_json::from_str(&line)?;
        let pair = |hit: &Value| Some((hit.get(0)?.as_str()?.to_owned(), hit.get(1)?.as_str()?.to_owned()));
        Ok(value.get("hits").and_then(Value::as_array).into_iter().flatten().filter_map(pair).collect())
    }

    /// Leaves of `outcome` the hits that are new or changed, and says which is which and what is gone.
    ///
    /// A passage is gone if its text is no longer in the index, or if the answer, not cut at `limit`, does not have it any more. One that others
    /// have pushed behind the limit is not.
    pub fn compare(&mut self, reader: &Reader, outcome: &mut RowOutcome, limit: usize) -> Result<HitChanges, Error> {
        let before = self.hits(&outcome.row).map_err(Error::Earlier)?;
        let Ok(answer) = &mut outcome.result else { return Ok(HitChanges::default()) };
        let known: HashSet<&str> = before.iter().map(|(id, _)| id.as_str()).collect();
        let now: HashSet<String> = answer.hits.iter().map(|hit| hit.piece.passage_id(&hit.passage)).collect();
        let whole = answer.hits.len() < limit;
        let mut missing = Vec::new();
        for (id, piece) in before.iter().filter(|(id, _)| !now.contains(id)) {
            let digest = id.split_once(':').map_or("", |(digest, _)| digest);
            if whole || reader.pieces_with(Meta::Digest(digest))?.is_empty() {
                missing.push((id.clone(), piece.clone()));
            }
        }
        let mut changes = HitChanges::default();
        let pieces: HashSet<&str> = missing.iter().map(|(_, piece)| piece.as_str()).collect();
        answer.hits.retain(|hit| {
            if known.contains(hit.piece.passage_id(&hit.passage).as_str()) {
                return false;
            }
            let replaced = pieces.contains(hit.piece.id.as_str());
            changes.kinds.push(if replaced { "changed" } else { "new" });
            true
        });
        let left: HashSet<&str> = answer.hits.iter().map(|hit| hit.piece.id.as_str()).collect();
        missing.retain(|(_, piece)| !left.contains(piece.as_str()));
        changes.gone = missing;
        Ok(changes)
    }
}

/// The digest of what an index holds: the same for the same files, read in the same way, under the same versions and roster, wherever and
/// whenever they were indexed.
pub fn index_digest(reader: &Reader) -> Result<String, Error> {
    let mut files = Vec::new();
    for segment in reader.segments() {
        files.extend(segment.stored_files(Meta::File)?);
    }
    files.sort_by(|a, b| (a.root, &a.path).cmp(&(b.root, &b.path)));
    let mut hasher = blake3::Hasher::new();
    hasher.update(reader.manifest().version().as_bytes()).update(reader.manifest().roster.as_bytes());
    for of_root in files.chunk_by(|a, b| a.root == b.root) {
        let mut add = |text: &str| _ = hasher.update(text.as_bytes()).update(&[0]);
        let root = of_root.first().and_then(|file| reader.manifest().roots.get(file.root));
        root.iter().flat_map(|root| &root.choice.map).for_each(|field| add(field));
        // Ends the fields, as below the files: nothing of either is empty in their place.
        add("");
        for file in of_root {
            add(&file.path);
            add(&file.digest);
        }
        add("");
    }
    Ok(hasher.finalize().to_hex().to_string())
}
