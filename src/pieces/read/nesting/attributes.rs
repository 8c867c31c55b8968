//! How many attributes an element has, told before it is parsed: the parser compares each with all before it.

/// The attributes of elements, more or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// The most that an element has.
    pub(super) most: usize,
    /// How often one is compared with another of its element.
    pub(super) compared: usize,
}

/// Those of the elements of `markup`.
pub(super) fn attributes(markup: &str) -> Attributes {
    let (mut attributes, mut rest) = (Attributes::default(), markup);
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
        } else if tag.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (count, end) = of_tag(tag);
            attributes.most = attributes.most.max(count);
            attributes.compared = attributes.compared.saturating_add(count.saturating_mul(count));
            let raw = RAW.iter().find(|name| tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)));
            rest = tag.get(end..).unwrap_or_default();
            if let Some(name) = raw {
                rest = behind(rest, name);
            }
        }
    }
    attributes
}

/// The elements in which nothing is a tag but the one that closes them.
const RAW: [&str; 8] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// What stands behind the beginning of the tag that closes the element `name`.
fn behind<'m>(mut rest: &'m str, name: &str) -> &'m str {
    while let Some((_, tag)) = rest.split_once("</") {
        rest = tag;
        if tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    ""
}

/// How many attributes the tag has with which `tag` begins, and the byte at which it ends.
fn of_tag(tag: &str) -> (usize, usize) {
    let (mut count, mut quote, mut is_parted, mut is_value) = (0, None, false, false);
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            _ if quote.is_some() => {
                if quote == Some(byte) {
                    (quote, is_parted) = (None, true);
                }
            }
            b'>' => return (count, at),
            b'"' | b'\'' if is_value => (quote, is_value) = (Some(byte), false),
            b'=' => (is_value, is_parted) = (true, false),
            b'/' => is_parted = true,
            _ if byte.is_ascii_whitespace() => is_parted = true,
            _ => {
                count += usize::from(is_parted && !is_value);
                (is_parted, is_value) = (false, false);
            }
        }
    }
    (count, tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted() {
        for (markup, expected) in [
            ("", 0),
            ("<p><div a b = c d='> x y z' e=\"f\"g/h><br/>", 6),
            ("<!-- <a b c --> <a b>", 1),
            ("<script>if (a <b && c || d) {}</SCRIPT x y> <a b", 1),
            ("<title>a <b c=\"</title><a b c>", 2),
            ("a < b c d", 0),
        ] {
            assert_eq!(attributes(markup).most, expected, "{markup}");
        }
        assert_eq!(attributes(&"<script></".repeat(200_000)), Attributes::default());
        // Every other mark closes a value, behind which two more begin.
        assert_eq!(attributes(&"<a b='".repeat(200_000)).most, 199_999);
        assert_eq!(attributes("<a b c><p d e f>"), Attributes { most: 3, compared: 13 });
    }
}
