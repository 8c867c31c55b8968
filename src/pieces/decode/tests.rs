use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> (String, Decoding) {
    decode(bytes.to_vec(), declared(bytes).as_deref()).unwrap()
}

const CHINESE: &str =
    "安理会周三就新的制裁决议进行表决，十三票赞成，两票弃权。会后，多国代表发表声明，呼吁各方保持克制，通过对话解决分歧。";
const TRADITIONAL: &str =
    "安理會週三就新的制裁決議進行表決，十三票贊成，兩票棄權。會後，多國代表發表聲明，呼籲各方保持克制，透過對話解決分歧。";
const JAPANESE: &str =
    "安全保障理事会は水曜日、新たな制裁決議案を採決し、賛成十三、棄権二で採択した。会合の後、各国の代表が声明を発表した。";
const KOREAN: &str =
    "안보리는 수요일 새로운 제재 결의안을 표결에 부쳐 찬성 열셋, 기권 둘로 채택했다. 회의 뒤 각국 대표들이 성명을 발표했다.";
const RUSSIAN: &str = "Совет Безопасности в среду проголосовал за новую резолюцию о санкциях: тринадцать голосов за, двое воздержались.";
const ARABIC: &str = "صوت مجلس الأمن يوم الأربعاء على قرار جديد بشأن العقوبات، وأيده ثلاثة عشر عضوا وامتنع اثنان عن التصويت.";

#[test]
fn marks_tell() {
    for (bytes, encoding) in [
        (&b"\xEF\xBB\xBFab"[..], "UTF-8"),
        (b"\xFF\xFEa\0b\0", "UTF-16LE"),
        (b"\xFE\xFF\0a\0b", "UTF-16BE"),
        (b"\xFF\xFE\0\0a\0\0\0b\0\0\0", "UTF-32"),
        (b"\x84\x31\x95\x33ab", "gb18030"),
    ] {
        let (text, decoding) = read(bytes);
        assert_eq!((text.as_str(), decoding.encoding, decoding.told_by), ("ab", encoding, ToldBy::Mark));
    }
}

#[test]
fn statistics_tell_where_nothing_is_declared() {
    for (text, label) in [
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "iso-2022-jp"),
        (KOREAN, "euc-kr"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "ibm866"),
        (ARABIC, "windows-1256"),
        (ARABIC, "iso-8859-6"),
        ("The “café” near the façade of the château — naïve, résumé and other déjà vu.", "windows-1252"),
    ] {
        let (bytes, _, lossy) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!lossy, "{label}");
        let (found, decoding) = read(&bytes);
        assert_eq!((found.as_str(), decoding.told_by, decoding.replaced), (text, ToldBy::Statistics, 0), "{label}: {}", decoding.encoding);
    }
}

#[test]
fn utf_16_without_a_mark_is_told_by_its_zeros() {
    for text in [format!("{CHINESE}\n{CHINESE}\n"), "Plain words, and a line.\n".repeat(4)] {
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((read(&little).0, read(&little).1.encoding), (text.clone(), "UTF-16LE"));
        assert_eq!((read(&big).0, read(&big).1.encoding), (text, "UTF-16BE"));
    }
}

#[test]
fn a_declaration_is_believed_unless_the_bytes_contradict_it() {
    let page = |label: &str, text: &[u8]| [format!("<html><meta charset={label}>").as_bytes(), text].concat();
    let (russian, _, _) = encoding_rs::KOI8_R.encode(RUSSIAN);
    assert_eq!(read(&page("koi8-r", &russian)).1.told_by, ToldBy::Declaration);
    // Latin letters are declared unasked; UTF-8 that is valid is UTF-8.
    assert_eq!(read(&page("iso-8859-1", &russian)).1.encoding, "KOI8-U");
    assert_eq!(read(&page("gb2312", RUSSIAN.as_bytes())).1.encoding, "UTF-8");
    let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode(JAPANESE);
    assert_eq!(read(&page("euc-kr", &japanese)).1.encoding, "Shift_JIS");
}

#[test]
fn declarations_are_found() {
    assert_eq!(declared(b"<?xml version='1.0' encoding='KOI8-R'?><rss>").as_deref(), Some("koi8-r"));
    assert_eq!(declared(b"<META HTTP-EQUIV=Content-Type CONTENT=\"text/html; charset=gb2312\">").as_deref(), Some("gb2312"));
    assert_eq!(declared(b"<meta name=x><meta charset = \"big5\" />").as_deref(), Some("big5"));
    assert_eq!(declared(b"no markup, charset=x"), None);
}

#[test]
fn japanese_signs_and_korean_syllables_are_those_of_their_standards() {
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(JAPANESE);
    let (text, _) = read(&[&bytes[..], b"\x81\x60\x81\x7C"].concat());
    assert!(text.ends_with("〜−"), "{text}");
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(KOREAN);
    let (text, _) = decode([&bytes[..], b"\xA4\xD4\xA4\xB6\xA4\xC1\xA4\xB2"].concat(), Some("euc-kr")).unwrap();
    assert!(text.ends_with('썁'), "{text}");
}

#[test]
fn broken_bytes_are_replaced_and_counted() {
    let (text, decoding) = read(&[CHINESE.as_bytes(), b"\xFF", CHINESE.as_bytes()].concat());
    assert_eq!((decoding.encoding, decoding.replaced), ("UTF-8", 1));
    assert_eq!(text, format!("{CHINESE}\u{FFFD}{CHINESE}"));
}

#[test]
fn what_is_no_text_is_refused() {
    let ebcdic: Vec<u8> = b"\xE3\x88\x89\xA2\x40\x89\xA2\x40\xA3\x85\xA7\xA3\x40\x86\x96\x99\x40\xA3\x85\xA2\xA3\x4B\x25".repeat(9);
    assert_eq!(decode(ebcdic, None).unwrap_err(), Reason::Encoding);
    assert_eq!(decode(b"\x7FELF\x02\x01\0\0\0\0".repeat(20), None).unwrap_err(), Reason::Binary);
    assert_eq!(decode(b"\x01\x02\x03\x04abc".repeat(20), None).unwrap_err(), Reason::Binary);
}

proptest! {
    #[test]
    fn nothing_panics_and_utf_8_comes_back(bytes: Vec<u8>, text in "[^\0-\x1F\u{FEFF}]{0,80}") {
        if let Ok((text, decoding)) = decode(bytes, Some("gb2312")) {
            prop_assert!(decoding.replaced <= text.chars().count() as u64);
        }
        let (back, decoding) = decode(text.clone().into_bytes(), Some("big5")).unwrap();
        prop_assert_eq!((back, decoding.encoding), (text, "UTF-8"));
    }

    #[test]
    fn a_stream_decodes_as_the_whole(cuts in proptest::collection::vec(1_usize..9, 1..60)) {
        let (bytes, _, _) = encoding_rs::GB18030.encode(CHINESE);
        let (mut decoder, _) = decoder(&bytes, None).unwrap().unwrap();
        let (mut out, mut rest) = (String::new(), &bytes[..]);
        for cut in cuts {
            let (now, then) = rest.split_at(cut.min(rest.len()));
            decoder.push(now, false, &mut out);
            rest = then;
        }
        decoder.push(rest, true, &mut out);
        prop_assert_eq!(out, CHINESE);
    }
}
