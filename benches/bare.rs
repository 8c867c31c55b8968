//! The engine with nothing around it, to measure pundit against; and pundit's answers under the same clock.
//!
//! ```text
//! cargo bench --bench bare -- index FOLDER INDEX [--words] [--threads N] [--memory MB]
//! cargo bench --bench bare -- search INDEX KIND WORD...
//! cargo bench --bench bare -- batch INDEX QUERIES.tsv [--threads N] [--times N]
//! cargo bench --bench bare -- pundit INDEX QUERIES.tsv [--rank quick|full] [--threads N] [--times N]
//! ```
//!
//! A file is a document with one stored text of English stems with positions, and of a file of JSON lines each line is; an answer is the paths
//! of the ten best. A line of queries is a kind (one, and, or, phrase; for pundit also near), a tab, and words with spaces between them.
//! `benches/compare.py` runs all of it.

#![expect(clippy::print_stdout, reason = "it is a program")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use frostem::{Algorithm, Stemmer};
use pundit::index::Reader;
use pundit::rank::Level;
use pundit::search::{Asker, Question};
use serde_json::{Value, json};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _};
use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term, doc};

/// Whatever goes wrong ends the program.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Parser)]
#[command(name = "bare")]
struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// What cargo adds
    #[arg(long, global = true, hide = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum What {
    /// Index the files of a folder
    Index {
        folder: PathBuf,
        index: PathBuf,
        /// In a second field index the words as they are written, too
        #[arg(long)]
        words: bool,
        #[arg(long, default_value_t = 2)]
        threads: usize,
        /// In MB
        #[arg(long, default_value_t = 256)]
        memory: usize,
    },
    /// Answer one query
    Search { index: PathBuf, kind: Kind, words: Vec<String> },
    /// Answer a file of queries
    Batch {
        index: PathBuf,
        #[command(flatten)]
        queries: Queries,
    },
    /// Have pundit answer a file of queries from an index of its own
    Pundit {
        index: PathBuf,
        #[command(flatten)]
        queries: Queries,
        #[arg(long, default_value = "full")]
        rank: Rank,
    },
}

#[derive(clap::Args)]
struct Queries {
    queries: PathBuf,
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// How often each query is answered; the quickest counts, since the others tell of what else the machine does
    #[arg(long, default_value_t = 1)]
    times: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Kind {
    One,
    And,
    Or,
    Phrase,
    Near,
}

#[derive(Clone, Copy, ValueEnum)]
enum Rank {
    Quick,
    Full,
}

fn main() -> Outcome<()> {
    // `cargo bench` without more runs every bench, and there is nothing to be done here.
    let Some(what) = Args::parse().what else { return Ok(Args::command().print_help()?) };
    let said = match what {
        What::Index { folder, index, words, threads, memory } => write(&folder, &index, words, threads, memory << 20)?,
        What::Search { index, kind, words } => {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            for path in Bare::open(&index)?.answer(kind, &words)? {
                println!("{path}");
            }
            return Ok(());
        }
        What::Batch { index, queries } => {
            let began = Instant::now();
            let bare = Bare::open(&index)?;
            let opened = began.elapsed();
            timed(&queries, opened, || |kind, words: &[&str]| Ok(!bare.answer(kind, words)?.is_empty()))?
        }
        What::Pundit { index, queries, rank } => {
            let began = Instant::now();
            let reader = Reader::open(&index)?;
            let opened = began.elapsed();
            let level = match rank {
                Rank::Quick => Level::Quick,
                Rank::Full => Level::Full,
            };
            timed(&queries, opened, || {
                let asker = Asker::new(&reader);
                move |kind, words: &[&str]| {
                    Ok(!asker.ask(&Question { query: typed(kind, words), level, ..Question::default() })?.hits.is_empty())
                }
            })?
        }
    };
    println!("{said}");
    Ok(())
}

/// A query as it is typed for pundit.
fn typed(kind: Kind, words: &[&str]) -> String {
    match kind {
        Kind::One | Kind::And => words.join(" "),
        Kind::Or => words.join(" OR "),
        Kind::Phrase => format!("\"{}\"", words.join(" ")),
        Kind::Near => words.join(" w/5 "),
    }
}

/// Answers a file of queries on some threads, each with an answerer of its own, and says how long the kinds take.
fn timed<A>(asked: &Queries, opened: Duration, answerer: impl Fn() -> A + Sync) -> Outcome<Value>
where
    A: FnMut(Kind, &[&str]) -> Outcome<bool>,
{
    let text = fs::read_to_string(&asked.queries)?;
    let queries: Vec<(Kind, Vec<&str>)> = text.lines().map(query).collect::<Outcome<_>>()?;
    let began = Instant::now();
    let threads = asked.threads.max(1);
    let share = |first: usize| -> Outcome<Vec<(Kind, bool, Duration)>> {
        let mut answer = answerer();
        let mine = queries.iter().skip(first).step_by(threads);
        mine.map(|(kind, words)| {
            let (mut is_found, mut least) = (false, Duration::MAX);
            for _ in 0..asked.times.max(1) {
                let began = Instant::now();
                is_found = answer(*kind, words)?;
                least = least.min(began.elapsed());
            }
            Ok((*kind, is_found, least))
        })
        .collect()
    };
    let done: Vec<Outcome<Vec<_>>> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        running.into_iter().map(|one| one.join().unwrap_or_else(|_| Err("a thread has died".into()))).collect()
    });
    let wall = began.elapsed();
    let done = done.into_iter().collect::<Outcome<Vec<_>>>()?.concat();
    let mut kinds: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for (kind, _, took) in &done {
        for name in [format!("{kind:?}").to_lowercase(), "all".to_owned()] {
            kinds.entry(name).or_default().push(*took);
        }
    }
    let found = done.iter().filter(|(_, is_found, _)| *is_found).count();
    let kinds: BTreeMap<String, Value> = kinds.into_iter().map(|(name, took)| (name, spread(took))).collect();
    Ok(json!({
        "queries": done.len(), "found": found, "open_s": opened.as_secs_f64(), "wall_s": wall.as_secs_f64(),
        "cpu_s": cpu(), "anonymous_mb": anonymous(), "kinds": kinds,
    }))
}

fn query(line: &str) -> Outcome<(Kind, Vec<&str>)> {
    let (kind, words) = line.split_once('\t').ok_or_else(|| format!("no tab in {line:?}"))?;
    Ok((Kind::from_str(kind, true)?, words.split(' ').collect()))
}

/// How many they are, what they take together, the median and the 99th percentile, in microseconds.
fn spread(mut took: Vec<Duration>) -> Value {
    took.sort();
    let at = |part: usize| took.get((took.len() * part / 100).min(took.len() - 1)).map(Duration::as_micros);
    json!({ "queries": took.len(), "total_us": took.iter().sum::<Duration>().as_micros(), "p50_us": at(50), "p99_us": at(99) })
}

/// The CPU time of this process in seconds, to a hundredth, where Linux tells it.
fn cpu() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in brackets and may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: f64 = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    Some(ticks / 100.0)
}

/// The memory of this process that is no file's, in MB, where Linux tells it.
fn anonymous() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

/// Indexes the files of a folder, by their stems and if `words` says so by their words, too.
fn write(folder: &Path, path: &Path, words: bool, threads: usize, memory: usize) -> Outcome<Value> {
    let began = Instant::now();
    let mut schema = Schema::builder();
    let name = schema.add_text_field("path", STRING | STORED);
    let positions = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = |tokenizer| TextOptions::default().set_indexing_options(positions.clone().set_tokenizer(tokenizer));
    let text = schema.add_text_field("text", options(STEMS).set_stored());
    let words = words.then(|| schema.add_text_field("words", options("default")));
    fs::create_dir_all(path)?;
    let index = Index::create_in_dir(path, schema.build())?;
    index.tokenizers().register(STEMS, stems());
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, memory)?;
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    let mut bytes = 0;
    for file in &files {
        let read = fs::read(file)?;
        bytes += read.len();
        let read = String::from_utf8_lossy(&read);
        let is_lines = file.extension().is_some_and(|extension| extension == "jsonl");
        let documents: Vec<&str> = if is_lines { read.lines().collect() } else { vec![&read] };
        for document in documents {
            let mut entry = doc!(name => file.to_string_lossy().as_ref(), text => document);
            if let Some(words) = words {
                entry.add_text(words, document);
            }
            writer.add_document(entry)?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(json!({ "files": files.len(), "bytes": bytes, "wall_s": began.elapsed().as_secs_f64(), "cpu_s": cpu() }))
}

/// The files under a folder, in order.
fn walk(folder: &Path, out: &mut Vec<PathBuf>) -> Outcome<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_type()?.is_dir() { walk(&entry.path(), out)? } else { out.push(entry.path()) }
    }
    Ok(())
}

/// An open index.
struct Bare {
    searcher: Searcher,
    analyzer: TextAnalyzer,
    path: Field,
    text: Field,
}

impl Bare {
    fn open(path: &Path) -> Outcome<Self> {
        let index = Index::open_in_dir(path)?;
        let searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
        let schema = index.schema();
        Ok(Self { searcher, analyzer: stems(), path: schema.get_field("path")?, text: schema.get_field("text")? })
    }

    /// The paths of the ten best documents.
    fn answer(&self, kind: Kind, words: &[&str]) -> Outcome<Vec<String>> {
        let best = self.searcher.search(&*self.query(kind, words)?, &TopDocs::with_limit(10).order_by_score())?;
        let path = |document: TantivyDocument| document.get_first(self.path).and_then(|value| value.as_str().map(ToOwned::to_owned));
        best.into_iter().map(|(_, at)| Ok(path(self.searcher.doc(at)?).unwrap_or_default())).collect()
    }

    fn query(&self, kind: Kind, words: &[&str]) -> Outcome<Box<dyn Query>> {
        let all = |occur| words.iter().map(|word| (occur, self.phrase(&[word]))).collect();
        Ok(match kind {
            Kind::One | Kind::Phrase => self.phrase(words),
            Kind::And => Box::new(BooleanQuery::new(all(Occur::Must))),
            Kind::Or => Box::new(BooleanQuery::new(all(Occur::Should))),
            Kind::Near => return Err("the engine knows no nearness in either order".into()),
        })
    }

    /// What asks for words next to each other.
    fn phrase(&self, words: &[&str]) -> Box<dyn Query> {
        let mut terms = Vec::new();
        // Each call of the analyzer wants it mutable, and threads share this.
        let mut analyzer = self.analyzer.clone();
        for word in words {
            analyzer.token_stream(word).process(&mut |token| terms.push(Term::from_field_text(self.text, &token.text)));
        }
        match terms.as_slice() {
            [] => Box::new(EmptyQuery),
            [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        }
    }
}

/// The name of the analyzer.
const STEMS: &str = "stems";

/// The engine's own analyzer for English. What takes endings off is a feature of the engine that pundit does without, and so stands here.
fn stems() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default()).filter(RemoveLongFilter::limit(40)).filter(LowerCaser).filter(English).build()
}

#[derive(Clone)]
struct English;

impl TokenFilter for English {
    type Tokenizer<T: Tokenizer> = Stemming<T>;

    fn transform<T: Tokenizer>(self, words: T) -> Stemming<T> {
        Stemming(words)
    }
}

#[derive(Clone)]
struct Stemming<T>(T);

impl<T: Tokenizer> Tokenizer for Stemming<T> {
    type TokenStream<'a> = Stems<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        Stems { words: self.0.token_stream(text), stemmer: Stemmer::new(Algorithm::English), stem: String::new() }
    }
}

struct Stems<T> {
    words: T,
    stemmer: Stemmer,
    /// Room for a stem, used again and again.
    stem: String,
}

impl<T: TokenStream> TokenStream for Stems<T> {
    fn advance(&mut self) -> bool {
        if !self.words.advance() {
            return false;
        }
        let token = self.words.token_mut();
        match self.stemmer.stem(&token.text) {
            Cow::Owned(stem) => token.text = stem,
            Cow::Borrowed(stem) => {
                self.stem.clear();
                self.stem.push_str(stem);
                std::mem::swap(&mut token.text, &mut self.stem);
            }
        }
        true
    }

    fn token(&self) -> &Token {
        self.words.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.words.token_mut()
    }
}
