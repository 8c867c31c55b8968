//! Bytes become text.

use super::Reason;

/// The text in `bytes`: UTF-8, with or without byte-order mark.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Reason> {
    if let Some(name) = other_byte_order_mark(&bytes) {
        return Err(Reason::Encoding(format!("it starts with the byte-order mark of {name}")));
    }
    if bytes.iter().take(8_192).any(|&byte| byte == 0) {
        return Err(Reason::Binary);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count() + 1;
        Reason::Encoding(format!("byte {at}, in line {line}"))
    })?;
    Ok(match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn other_byte_order_mark(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("UTF-16"),
        [0x84, 0x31, 0x95, 0x33, ..] => Some("GB18030"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_alone_is_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFabc".to_vec()).unwrap(), "abc");
        assert_eq!(decode(b"a\0b".to_vec()), Err(Reason::Binary));
        assert!(matches!(decode(b"\xFF\xFEa\0".to_vec()), Err(Reason::Encoding(_))));
        assert_eq!(decode(b"one\ntwo \xE9".to_vec()).unwrap_err().to_string(), "not UTF-8: byte 8, in line 2");
    }
}
