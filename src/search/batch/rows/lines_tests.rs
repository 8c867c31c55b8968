use proptest::prelude::*;

use super::*;

fn all(bytes: &[u8]) -> (Vec<String>, &'static str) {
    let mut lines = Lines::new(Box::new(io::Cursor::new(bytes.to_vec())), None);
    let mut out = Vec::new();
    while let Some(line) = lines.next().unwrap() {
        assert_eq!((line.number, line.fault), (out.len() as u64 + 1, None));
        out.push(line.text);
    }
    (out, lines.encoding())
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn encodings_are_told_apart() {
    let text = "id,query\r\n1,金正恩 弹药\r\n2,oil";
    let lines = vec!["id,query", "1,金正恩 弹药", "2,oil"];
    assert_eq!(all(text.as_bytes()), (lines.iter().map(ToString::to_string).collect(), "UTF-8"));
    assert_eq!(all(format!("\u{FEFF}{text}").as_bytes()).0, lines);
    assert_eq!(all(&GB18030.encode(text).0), (lines.iter().map(ToString::to_string).collect(), "gb18030"));
    assert_eq!(all(&utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes)).0, lines);
    assert_eq!(all(&utf16(text, u16::to_le_bytes)).0, lines);
    assert_eq!(all(&utf16(text, u16::to_be_bytes)).0, lines);
    assert_eq!(all(b"caf\xe9 cr\xe8me").0, ["café crème"]);
    assert_eq!(all(b"").0, Vec::<String>::new());
    assert_eq!(all(b"a\n\nb\n").0, ["a", "", "b"]);
    // Decided late: the first character that is not ASCII stands far behind.
    let late = format!("{}\n军火\n", "x\n".repeat(200_000));
    assert_eq!(all(&GB18030.encode(&late).0).0.last().unwrap(), "军火");
    assert_eq!(all(late.as_bytes()).0.last().unwrap(), "军火");
}

#[test]
fn lines_too_long_and_malformed_are_faults() {
    let bytes = [b"a\n".to_vec(), vec![b'x'; 3 << 20], b"\nb\xff\xff\nc\n".to_vec()].concat();
    let mut lines = Lines::new(Box::new(io::Cursor::new(bytes)), Some(UTF_8));
    let mut faults = Vec::new();
    while let Some(line) = lines.next().unwrap() {
        faults.push((line.number, line.fault.is_some()));
    }
    assert_eq!(faults, [(1, false), (2, true), (3, true), (4, false)]);
    let array = format!(" [{}]\nx\n", "\"oil\", ".repeat(400_000));
    assert_eq!(all(array.as_bytes()).0.iter().map(String::len).collect::<Vec<_>>(), [array.len() - 3, 1]);
}

#[test]
fn a_broken_line_does_not_decide_for_the_others() {
    let text = |encoding: &'static Encoding| -> Vec<u8> {
        let [oil, gas] = ["1,石油\n", "3,天然气\n"].map(|line| encoding.encode(line).0.into_owned());
        [&b"id,query\n"[..], &oil, b"2,\xff\xfe\xfaoil\n", &gas].concat()
    };
    for encoding in [UTF_8, GB18030] {
        let mut lines = Lines::new(Box::new(io::Cursor::new(text(encoding))), None);
        let told: Vec<Line> = std::iter::from_fn(|| lines.next().unwrap()).collect();
        assert_eq!((told.len(), told[1].text.as_str(), told[3].text.as_str()), (4, "1,石油", "3,天然气"));
        assert_eq!(told.iter().map(|line| line.fault.is_some()).collect::<Vec<_>>(), [false, false, true, false]);
    }
    // Bytes like a mark of UTF-16, in a file that is none.
    assert_eq!(all(b"id,query\n1,oil\n2,\xff\xfe\xfaoil\n3,gas\n").0, ["id,query", "1,oil", "2,ÿþúoil", "3,gas"]);
}

#[test]
fn lines_end_as_their_file_ends_them() {
    for (text, expected) in [
        ("id,query\r1,oil\r2,gas\r", vec!["id,query", "1,oil", "2,gas"]),
        ("a\r\rb", vec!["a", "", "b"]),
        ("a\r\r\rb\nc\r\nd", vec!["a", "", "", "b", "c", "d"]),
        ("a\nb\rc\n\r\nd\r\n", vec!["a", "b\rc", "", "d"]),
        ("a\r\nb\rc\r\n", vec!["a", "b\rc"]),
        ("a\r\r\nb\r\r\n", vec!["a\r", "b\r"]),
        ("a\r", vec!["a"]),
    ] {
        assert_eq!(all(text.as_bytes()).0, expected, "{text:?}");
    }
    assert_eq!(all(&utf16("oil\r石油\r", u16::to_le_bytes)).0, ["oil", "石油"]);
    // Behind a line that is too long, wherever what is read at a time ends.
    for more in 0..4 {
        let bytes = [b"a\r".to_vec(), vec![b'x'; (2 << 20) - more], b"\rb\r\nc\r".to_vec()].concat();
        let mut lines = Lines::new(Box::new(io::Cursor::new(bytes)), None);
        let told: Vec<String> = std::iter::from_fn(|| lines.next().unwrap()).map(|line| line.text).collect();
        assert_eq!(told, ["a", "", "b", "c"]);
    }
}

/// Gives out a byte at a time.
struct Slow(VecDeque<u8>);

impl Read for Slow {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let byte = self.0.pop_front();
        into.iter_mut().zip(byte).for_each(|(place, byte)| *place = byte);
        Ok(usize::from(byte.is_some()))
    }
}

proptest! {
    #[test]
    fn lines_are_the_same_however_they_arrive(text in "[ab石]{0,64}[ab石\r\n]{0,80}") {
        let mut slow = Lines::new(Box::new(Slow(text.bytes().collect())), None);
        let told: Vec<String> = std::iter::from_fn(|| slow.next().unwrap()).map(|line| line.text).collect();
        prop_assert_eq!(told, all(text.as_bytes()).0);
    }

    #[test]
    fn utf_8_comes_through_as_it_is(text in "[ab中é,\n]{0,200}") {
        let mut expected: Vec<&str> = text.split('\n').collect();
        if expected.last() == Some(&"") {
            expected.pop();
        }
        prop_assert_eq!(all(text.as_bytes()).0, expected);
    }
}
