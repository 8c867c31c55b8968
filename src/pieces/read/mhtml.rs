//! Pages saved with their images in one file: the page is the first part that is one.

use mail_parser::{MessageParser, MimeHeaders};

use super::mail::{bytes_of, with_room};
use super::{Limits, html};
use crate::pieces::decode::{declared, decode};
use crate::pieces::{Piece, Reason};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Piece, Reason> {
    with_room(bytes, || piece(bytes, limits))
}

fn piece(bytes: &[u8], limits: &Limits) -> Result<Piece, Reason> {
    let message = MessageParser::default().parse(bytes).ok_or_else(|| Reason::Broken("no headers of a saved page".to_owned()))?;
    let page = message.parts.iter().find(|part| part.is_text_html()).ok_or(Reason::NoMainText)?;
    let markup = bytes_of(&message, page);
    let charset = page.content_type().and_then(|kind| kind.attribute("charset")).map(ToOwned::to_owned).or_else(|| declared(&markup));
    let (text, _) = decode(markup, charset.as_deref())?;
    let address = page.content_location().map(ToOwned::to_owned);
    html::read(&text, limits).map(|piece| Piece { url: piece.url.clone().or(address), ..piece })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_read_in_its_own_encoding() {
        let words = "安理会周三就新的制裁决议进行表决，十三票赞成，两票弃权。会后，多国代表发表声明，呼吁各方保持克制。".repeat(5);
        let (page, _, _) = encoding_rs::GB18030.encode(&words);
        let mut quoted = String::from("<html><head><meta charset=3Dgb2312><title>=CD=B6=C6=B1</title></head><body><article><p>");
        page.iter().for_each(|byte| quoted.extend([format!("={byte:02X}=\r\n")]));
        let mail = format!(
            "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\
            Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b\r\nContent-Type: text/html\r\n\
            Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://outlet.example/a\r\n\r\n{quoted}</p></article></body></html>\r\n--b--\r\n"
        );
        let piece = read(mail.as_bytes(), &Limits::default()).unwrap();
        assert_eq!((piece.text.as_str(), piece.url.as_deref()), (words.as_str(), Some("https://outlet.example/a")));
        assert_eq!(piece.title.as_deref(), Some("投票"));
    }
}
