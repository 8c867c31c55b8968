//! Entities that were left in what a record says: `&amp;` for `&`.

use dom_query::Document;

/// The longest entity that HTML has, in bytes between `&` and `;`.
const LONGEST: usize = 32;

/// `text` with every entity made the character that it stands for, once: what is written without a semicolon is none, nor what has no such name.
pub(crate) fn decoded(text: String) -> String {
    if !text.contains('&') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, from)) = rest.find('&').map(|at| rest.split_at(at)) {
        out.push_str(before);
        // No further than an entity can reach: a text may be nothing but `&`.
        let end = from.bytes().take(LONGEST + 1).position(|byte| byte == b';').filter(|&end| end > 1);
        let entity = end.map_or("&", |end| from.split_at(end + 1).0);
        let (said, length) = character(entity).map_or_else(|| ("&".to_owned(), 1), |said| (said, entity.len()));
        out.push_str(&said);
        rest = from.split_at(length).1;
    }
    out.push_str(rest);
    out
}

/// What an entity, with its `&` and `;`, stands for.
fn character(entity: &str) -> Option<String> {
    let name = entity.strip_prefix('&')?.strip_suffix(';')?;
    let is_name = name.strip_prefix('#').unwrap_or(name).chars().all(|c| c.is_ascii_alphanumeric());
    let read = is_name.then(|| Document::fragment(entity).text().to_string())?;
    // Of a name that HTML has not, it may have the beginning.
    let is_whole = !read.ends_with(';') || read == ";";
    (read != entity && is_whole && !read.is_empty()).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_once() {
        for (text, expected) in [
            ("A &amp; B &#38; C &#x26; D", "A & B & C & D"),
            ("it&#8217;s &#146;so&quot;", "it’s ’so\""),
            ("&amp;nbsp;", "&nbsp;"),
            ("&lt;b&gt;&nbsp;&hellip;", "<b>\u{A0}…"),
            ("AT&T; R&D; &; &nosuch; &notit; &nbsp", "AT&T; R&D; &; &nosuch; &notit; &nbsp"),
            ("&&amp;&", "&&&"),
        ] {
            assert_eq!(decoded(text.to_owned()), expected, "{text}");
        }
    }

    #[test]
    fn hostile_texts_are_read_once() {
        for text in ["&".repeat(2_000_000), "&x".repeat(1_000_000) + ";"] {
            assert_eq!(decoded(text.clone()), text);
        }
    }
}
