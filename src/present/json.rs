use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::Value;

use super::form::{Format, Present};
use super::wire::bytes;

/// The version of what is written here. See the schema that `pundit schema` prints.
pub(super) const SCHEMA: u32 = 1;

/// One JSON object: what is true of all entries, and the list of them. Of several pages, a list of such objects.
pub(super) struct Json {
    many: bool,
    pages: usize,
}

impl Json {
    pub(super) fn new(many: bool) -> Self {
        Self { many, pages: 0 }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let begun = self.pages > 0;
        self.pages += 1;
        match (self.many, begun) {
            (true, false) => write!(out, "{{\"schema\":{SCHEMA},\"rows\":["),
            (true, true) => writeln!(out, ","),
            (false, _) => Ok(()),
        }
    }
}

impl Format for Json {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        self.begin(out)?;
        write!(out, "{{\"schema\":{SCHEMA}")?;
        for (name, value) in page.about() {
            write!(out, ",\"{name}\":")?;
            out.write_all(&bytes(&value)?)?;
        }
        write!(out, ",\"{}\":[", page.name())?;
        let mut first = true;
        page.objects(&mut |object| {
            if !std::mem::take(&mut first) {
                out.write_all(b",")?;
            }
            out.write_all(&object)
        })?;
        write!(out, "]}}")?;
        if self.many { Ok(()) } else { writeln!(out) }
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match (self.many, self.pages) {
            (true, 0) => writeln!(out, "{{\"schema\":{SCHEMA},\"rows\":[]}}"),
            (true, _) => writeln!(out, "]}}"),
            (false, _) => Ok(()),
        }
    }
}

/// A JSON object a line for each entry.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        // In one go, so that whoever looks for the end of the line finds it at once.
        let mut line = |mut object: Vec<u8>| {
            object.push(b'\n');
            out.write_all(&object)
        };
        page.objects(&mut line)?;
        page.closing(&mut line)
    }
}

/// An entry as an object of its cells, in the order of the columns.
pub(super) fn object(columns: &[Cow<'_, str>], cells: &[Value]) -> io::Result<Vec<u8>> {
    let mut out = format!("{{\"schema\":{SCHEMA}").into_bytes();
    for (column, cell) in columns.iter().zip(cells) {
        out.push(b',');
        out.append(&mut bytes(column.as_ref())?);
        out.push(b':');
        out.append(&mut bytes(cell)?);
    }
    out.push(b'}');
    Ok(out)
}

/// `json` with whatever some programs take for line ends escaped: U+0085, U+2028 and U+2029, which JSON allows in strings. Python's `splitlines` would
/// part an object at them.
pub(super) fn lined(json: String) -> String {
    const ENDS: [(char, &str); 3] = [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
    ENDS.into_iter().fold(json, |json, (end, escaped)| if json.contains(end) { json.replace(end, escaped) } else { json })
}

/// Whether there is such a line end in `json`, in which none is the last character.
pub(super) fn ends_lines(json: &[u8]) -> bool {
    /// So many bytes are passed over in one step if all are ASCII, as most are.
    const TOGETHER: usize = 64;
    json.chunks(TOGETHER).enumerate().filter(|(_, bytes)| !bytes.is_ascii()).any(|(at, _)| {
        // One that begins among them may end behind them.
        let start = at * TOGETHER;
        let first = json.get(start..json.len().min(start + TOGETHER + 2)).unwrap_or_default();
        let (second, third) = (first.get(1..).unwrap_or_default(), first.get(2..).unwrap_or_default());
        // All places are looked at and no branch is taken, so that this is done for many of them at once.
        let is_end = |a: u8, b: u8, c: u8| u8::from(a == 0xE2 && b == 0x80 && c & 0xFE == 0xA8 || a == 0xC2 && b == 0x85);
        first.iter().zip(second).zip(third).fold(0, |found, ((&a, &b), &c)| found | is_end(a, b, c)) > 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_an_object_ends_its_line() {
        for (text, expected) in [
            ("“a”\u{85}b\u{2028}c\u{2029}d\n中", r#""“a”\u0085b\u2028c\u2029d\n中""#),
            ("\u{85}", r#""\u0085""#),
            ("\u{2029}", r#""\u2029""#),
            ("é\u{84}‧\u{202a}", "\"é\u{84}‧\u{202a}\""),
            ("", r#""""#),
        ] {
            let value = Value::from(text);
            let json = String::from_utf8(bytes(&value).unwrap()).unwrap();
            assert_eq!(json, expected);
            assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value);
        }
    }

    #[test]
    fn line_ends_are_found_wherever_they_stand() {
        for (at, end) in (0..200).flat_map(|at| ['\u{85}', '\u{2028}', '\u{2029}'].map(|end| (at, end))) {
            let json = format!("\"{}{end}{}\"", "a".repeat(at), "b".repeat(at % 3));
            assert!(ends_lines(json.as_bytes()), "{at}");
            assert!(!ends_lines(json.replace(end, "\u{2027}é").as_bytes()), "{at}");
        }
    }
}
