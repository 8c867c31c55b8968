use std::collections::BTreeMap;

use super::form::{FormArgs, Manner};
use super::reading::ReadArgs;
use super::{Failure, Outcome};
use crate::index::fields::Meta;
use crate::index::{BoilerplateParagraph, Change, Manifest, Options, Reader, StoredFile, changes};
use crate::pieces::place_of;
use crate::present::Facts;
use crate::text::counted;

/// Show what is in the index, and what was skipped and why
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pundit status\n  pundit status --in articles -f json")]
pub(super) struct Args {
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let reader = args.read.open(false)?;
    let facts = Facts { name: "facts", columns: &["fact", "value"], rows: facts(&reader)?, below: Some("skip") };
    let mut writer = args.form.open(Manner::default(), facts.columns)?;
    writer.write(&facts)?;
    writer.finish()?;
    Ok(Outcome::Done)
}

fn facts(reader: &Reader) -> Result<Vec<Vec<serde_json::Value>>, Failure> {
    let manifest = reader.manifest();
    let mut rows = vec![vec!["index".into(), reader.path().display().to_string().into()]];
    for root in manifest.roots.all() {
        let path = root.absolute(reader.home());
        let gone = if path.exists() { "" } else { " (gone)" };
        rows.push(vec!["root".into(), format!("{}{gone}", path.display()).into()]);
    }
    rows.push(vec!["pieces".into(), manifest.totals.pieces.into()]);
    rows.push(vec!["passages".into(), manifest.totals.passages.into()]);
    for (language, pieces) in &manifest.totals.languages {
        rows.push(vec![format!("language {language}").into(), (*pieces).into()]);
    }
    let mut files = Vec::new();
    for segment in reader.segments() {
        files.extend(segment.stored_files(Meta::File)?);
    }
    files.sort_by(|a, b| (a.root, &a.path).cmp(&(b.root, &b.path)));
    rows.push(vec!["files".into(), files.len().into()]);
    rows.push(vec!["skipped".into(), files.iter().map(|file| file.skips).sum::<u64>().into()]);
    for file in files.iter().filter(|file| file.skips > 0) {
        let path = manifest.roots.display(file.root, &file.path);
        for skip in &file.skipped {
            let place = place_of(&path, skip.inside.as_deref(), skip.line);
            rows.push(vec!["skip".into(), format!("{place}: {}", skip.reason).into()]);
        }
        let unlisted = file.skips.saturating_sub(file.skipped.len() as u64);
        if unlisted > 0 {
            rows.push(vec!["skip".into(), format!("{path}: {unlisted} more").into()]);
        }
    }
    rows.extend(decodings(&files, manifest));
    let boilerplate = reader.boilerplate()?.into_iter();
    rows.extend(
        boilerplate
            .map(|BoilerplateParagraph { site, text, pages }| vec!["left out".into(), format!("{site}, {pages} pages: {text}").into()]),
    );
    if let Ok((changes, _)) = changes(reader.path(), &[], &Options::default())
        && !changes.is_empty()
    {
        let count = |of: fn(&Change) -> bool| changes.iter().filter(|change| of(change)).count();
        let (new, changed) = (count(|change| matches!(change, Change::New(_))), count(|change| matches!(change, Change::Changed(_))));
        let gone = changes.len() - new - changed;
        rows.push(vec![
            "stale".into(),
            format!("{new} new, {changed} changed, {gone} gone; bring it up to date with: pundit index").into(),
        ]);
    }
    if manifest.roster != reader.roster_in_use().digest() {
        let hint = "the roster of actors has changed since indexing; to apply it run: pundit index --retag";
        rows.push(vec!["hint".into(), hint.into()]);
    }
    Ok(rows)
}

/// How texts were decoded that are not clean UTF-8: how many in each encoding, and where bytes were replaced.
fn decodings(files: &[StoredFile], manifest: &Manifest) -> Vec<Vec<serde_json::Value>> {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for decoded in files.iter().flat_map(|file| &file.decoded) {
        *counts.entry((&decoded.encoding, &decoded.told_by)).or_default() += decoded.texts;
    }
    let counts = counts
        .into_iter()
        .map(|((encoding, told_by), texts)| vec![format!("encoding {encoding}").into(), format!("{texts} {told_by}").into()]);
    let replaced = files.iter().flat_map(|file| {
        let path = manifest.roots.display(file.root, &file.path);
        let decoded = file.decoded.iter().filter(|decoded| decoded.replaced > 0);
        decoded.map(move |decoded| {
            let told = format!("{path}: {} in {}", counted(decoded.replaced, "invalid byte sequence"), decoded.encoding);
            vec!["replaced".into(), told.into()]
        })
    });
    counts.chain(replaced).collect()
}
