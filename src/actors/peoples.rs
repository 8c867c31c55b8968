//! Peoples and adjectives of states in languages that decline them: the forms of a stem, and where they stand for their state.

use super::written::{begins_sentence, is_capitalised, only_space_between};
use crate::text::{Language, Span, Words};

/// The columns of stems, with the language in whose texts alone their forms count and what makes the forms.
pub(super) const COLUMNS: [(&str, &str, Forms); 4] =
    [("german", "de", german), ("russian", "ru", russian), ("french", "fr", french), ("spanish", "es", spanish)];

/// What makes the forms of an entry.
pub(super) type Forms = fn(&str) -> Vec<String>;

fn with(stem: &str, endings: &[&str]) -> Vec<String> {
    endings.iter().map(|ending| format!("{stem}{ending}")).collect()
}

/// The forms of an adjective, `deutsch-`, or of a people, `Franzose`; marks of letters are folded, so Rumäne has Rumänin and Franzose Französin.
fn german(entry: &str) -> Vec<String> {
    if let Some(stem) = entry.strip_suffix('-') {
        with(stem, &["", "e", "er", "en", "em", "es"])
    } else if entry.ends_with("er") {
        with(entry, &["", "n", "in", "innen"])
    } else if let Some(stem) = entry.strip_suffix('e') {
        with(stem, &["e", "en", "in", "innen"])
    } else if entry.ends_with('i') {
        with(entry, &["", "s"])
    } else {
        vec![entry.to_owned()]
    }
}

/// The forms of a people that are not one when endings of case are left out: россиянин and россияне, украинец, украинцы and украинцев.
fn russian(entry: &str) -> Vec<String> {
    let mut forms = vec![entry.to_owned()];
    if let Some(stem) = entry.strip_suffix("ец") {
        let stem = if stem.ends_with(['а', 'и', 'е']) { format!("{stem}йц") } else { format!("{stem}ц") };
        forms.extend(["ы", "ев"].map(|ending| format!("{stem}{ending}")));
    } else if let Some(stem) = entry.strip_suffix("ин").filter(|stem| stem.ends_with(['н', 'р'])) {
        forms.push(format!("{stem}{}", if stem.ends_with('р') { "ы" } else { "е" }));
    } else if let Some(stem) = entry.strip_suffix("ка") {
        forms.push(format!("{stem}ок"));
    } else if !is_russian_adjective(entry) && !entry.ends_with(['ы', 'и', 'ш', 'н']) {
        forms.push(format!("{entry}ов"));
    }
    forms
}

/// The forms of a word that is adjective and people.
fn french(entry: &str) -> Vec<String> {
    if ["ien", "éen", "yen", "on"].iter().any(|end| entry.ends_with(end)) {
        with(entry, &["", "ne", "s", "nes"])
    } else if entry.ends_with('s') {
        with(entry, &["", "e", "es"])
    } else if entry.ends_with('e') {
        with(entry, &["", "s"])
    } else {
        with(entry, &["", "e", "s", "es"])
    }
}

/// The forms of a word that is adjective and people; marks of letters are folded, so they are left out here.
fn spanish(entry: &str) -> Vec<String> {
    match (entry.strip_suffix('o'), entry.strip_suffix("és"), entry.strip_suffix("ón")) {
        (Some(stem), ..) => with(stem, &["o", "a", "os", "as"]),
        (_, Some(stem), _) => with(stem, &["és", "esa", "eses", "esas"]),
        (.., Some(stem)) => with(stem, &["ón", "ona", "ones", "onas"]),
        _ if entry.ends_with("ol") => with(entry, &["", "a", "es", "as"]),
        _ if entry.ends_with('r') => with(entry, &["", "es"]),
        _ if entry.ends_with('í') => with(entry, &["", "es", "s"]),
        _ => with(entry, &["", "s"]),
    }
}

fn is_russian_adjective(form: &str) -> bool {
    ["ий", "ый", "ая", "ое", "ие", "ого", "ому", "ой", "ую", "им", "их", "ом", "ими", "ко"].iter().any(|ending| form.ends_with(ending))
}

/// Whether a form, the people or adjective of a state, stands for it at `span` of `text`: not inside the name of an organisation, and not as
/// the name of a person.
pub(super) fn is_of_state(form: &str, language: Option<Language>, text: &str, span: Span) -> bool {
    let written = span.of(text);
    let inside = || Span::new(0, span.start).of(text).trim_end().ends_with(|c: char| c.is_alphabetic() || c == ',');
    let capital = || is_capitalised(written) && !begins_sentence(text, span.start) && inside();
    match language.as_ref().map(Language::code) {
        // Family names: Поляков, Чехов, Серб.
        Some("ru") if !is_russian_adjective(form) => !capital() && (!is_capitalised(written) || !form.ends_with("ов")),
        Some("de") if form.starts_with(char::is_lowercase) => {
            let behind = Span::new(span.end, text.len()).of(text);
            // "russisch sprechen" and "auf Russisch" are of the language.
            if form.ends_with("sch") {
                return behind.starts_with('-') && !is_capitalised(written);
            }
            let next = Words::of(behind).next().map(|word| Span::new(span.end + word.span.start, span.end + word.span.end));
            let goes_on = next.is_some_and(|next| is_capitalised(next.of(text)) && only_space_between(text, span, next));
            // Die Deutschen, but not die Deutsche Umwelthilfe.
            !(capital() && goes_on)
        }
        _ => true,
    }
}

#[cfg(test)]
#[path = "peoples_tests.rs"]
mod tests;
