//! Mail: a newsletter is a piece.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders};

use super::{Limits, html, plain};
use crate::pieces::decode::{declared, decode};
use crate::pieces::piece::one_line;
use crate::pieces::{Date, Lines, Piece, Reason};

/// The piece of the message in `bytes`: its subject for title, its sender or the byline in its text for author, its list for outlet. The plain
/// form of the text is taken where there is one; what stands below the mark of a signature is left out.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Piece, Reason> {
    let message = MessageParser::default().parse(bytes).ok_or_else(|| Reason::Unsupported("not a mail message".to_owned()))?;
    if message.headers().iter().all(|header| matches!(header.name, HeaderName::Other(_))) {
        return Err(Reason::Unsupported("no mail headers".to_owned()));
    }
    let sender = message.from().and_then(|from| from.first()).and_then(|from| from.name()).map(one_line);
    let mut piece = body(&message, limits)?;
    piece.title = message.subject().map(one_line).filter(|subject| !subject.is_empty()).or(piece.title);
    piece.source = list_name(&message).or_else(|| sender.clone());
    if piece.authors.is_empty() {
        piece.authors = sender.into_iter().map(|name| without(&name, piece.source.as_deref())).collect();
    }
    piece.date =
        message.date().and_then(|date| Date::day(date.year.try_into().ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?));
    piece.lines = Lines::None;
    Ok(piece)
}

fn body(message: &Message<'_>, limits: &Limits) -> Result<Piece, Reason> {
    let mut texts = Vec::new();
    // Of parts that say the same in two ways, these are the plain ones.
    for part in message.text_bodies().filter(|part| part.is_text()) {
        let text = text_of(message, part)?;
        let text = if part.is_text_html() { html::plain(&text, limits)? } else { text };
        let text = text.replace("\r\n", "\n");
        let signed = text.find("\n-- \n").map_or(text.as_str(), |at| text.split_at(at).0).trim_end();
        if !signed.trim().is_empty() && !is_footer(signed) {
            texts.push(signed.to_owned());
        }
    }
    Ok(plain::read(texts.join("\n\n")))
}

/// Whether a part is what programs for lists put below a message.
fn is_footer(text: &str) -> bool {
    text.trim_start().starts_with("____________________")
}

/// The text of a part: decoded as its header says, and by detection where that is silent.
fn text_of(message: &Message<'_>, part: &MessagePart<'_>) -> Result<String, Reason> {
    let bytes = bytes_of(message, part);
    let declared = part.content_type().and_then(|kind| kind.attribute("charset")).map(ToOwned::to_owned).or_else(|| declared(&bytes));
    decode(bytes, declared.as_deref()).map(|(text, _)| text)
}

/// The bytes of a part as they were before they were packed for transport.
pub(super) fn bytes_of(message: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let raw = message.raw_message().get(place(part.offset_body)..place(part.offset_end)).unwrap_or_default();
    let unpacked = match part.encoding {
        Encoding::None => None,
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    unpacked.unwrap_or_else(|| raw.to_vec())
}

/// What a mailing list calls itself.
fn list_name(message: &Message<'_>) -> Option<String> {
    let list = message.list_id().as_address()?.first()?;
    list.name().map(one_line).filter(|name| !name.is_empty())
}

/// A sender's name without the outlet's behind it: "Jane Example, The Letter".
fn without(name: &str, outlet: Option<&str>) -> String {
    let bare =
        outlet.and_then(|outlet| name.strip_suffix(outlet)).map(|name| name.trim_end().trim_end_matches([',', '|', '-', '–']).trim());
    bare.filter(|bare| !bare.is_empty()).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Piece, Reason> {
        super::read(bytes, &Limits::default())
    }

    #[test]
    fn hostile_mail_is_bounded() {
        let deep = format!("{HEAD}Content-Type: text/html\r\n\r\n{}", "<div>".repeat(100_000));
        assert!(matches!(read(deep.as_bytes()), Err(Reason::TooDeep(_))));
        // Parts in parts, each opening the next.
        let mut nested = String::from(HEAD);
        for at in 0..10_000 {
            nested.extend(["Content-Type: multipart/mixed; boundary=b", &at.to_string(), "\r\n\r\n--b", &at.to_string(), "\r\n"]);
        }
        let found = read(nested.as_bytes());
        assert!(found.is_ok_and(|piece| piece.text.is_empty()));
    }

    const HEAD: &str = "From: \"Jane Example, The Letter\" <j@letter.example>\r\nSubject: =?utf-8?q?The_Letter_no._3=3A_caf=C3=A9?=\r\n\
        Date: Fri, 19 Nov 2021 23:02:11 -0800\r\nList-Id: The Letter <letter.example>\r\n";

    #[test]
    fn a_newsletter_is_a_piece() {
        let mail = format!(
            "{HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nFirst words =E2=80=94 and\r\nmore.\r\n\r\nSecond.\r\n-- =20\r\nfooter\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<p>Other</p>\r\n--b--\r\n"
        )
        .replace("-- =20", "--=20");
        let piece = read(mail.as_bytes()).unwrap();
        assert_eq!((piece.title.as_deref(), piece.source.as_deref()), (Some("The Letter no. 3: café"), Some("The Letter")));
        assert_eq!((piece.authors.as_slice(), piece.date.unwrap().to_string().as_str()), (&["Jane Example".to_owned()][..], "2021-11-19"));
        assert_eq!(piece.text, "First words — and\nmore.\n\nSecond.");
    }

    #[test]
    fn all_parts_of_a_text_are_read() {
        let part = |kind: &str, text: &str| format!("--b\r\nContent-Type: {kind}\r\n\r\n{text}\r\n");
        let parts = [
            part("text/plain", "First."),
            part("application/pdf; name=a.pdf", "%PDF"),
            part("text/plain; charset=utf-8", "Second."),
            part("text/html", "<style>p{}</style><p>Third.</p>"),
            part(
                "multipart/alternative; boundary=c",
                "--c\r\nContent-Type: text/plain\r\n\r\nFourth.\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>Fourth.</p>\r\n--c--",
            ),
            part("text/plain\r\nContent-Disposition: attachment; filename=notes.txt", "Notes."),
            part("text/plain", "_______________________________________________\r\nThe list"),
        ];
        let piece = read(format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", parts.concat()).as_bytes()).unwrap();
        assert_eq!(piece.text, "First.\n\nSecond.\n\nThird.\n\nFourth.");
    }

    #[test]
    fn markup_alone_is_read_as_text() {
        let piece = read(format!("{HEAD}Content-Type: text/html\r\n\r\n<p>First <b>words</b>.</p><p>Second.</p>").as_bytes()).unwrap();
        assert_eq!(piece.text, "First words.\n\nSecond.");
    }

    #[test]
    fn what_is_no_mail_says_so() {
        assert!(matches!(read(b"just words\nand more"), Err(Reason::Unsupported(_))));
    }
}
