//! Mail: a newsletter is a piece.

use std::path::Path;

use foldhash::HashSet;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{ContentType, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Limits, Reading, html, plain};
use crate::pieces::decode::{declared, decode};
use crate::pieces::piece::one_line;
use crate::pieces::{Date, Format, Lines, Piece, Reason, Skipped};

mod boundaries;
mod room;

pub(super) use room::with_room;

/// The piece of the message in `bytes`: its subject for title, its sender or the byline in its text for author, its list for outlet. The plain
/// form of the text is taken where there is one; what stands below the mark of a signature is left out.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Reading {
    match with_room(bytes, || piece(bytes, limits)) {
        Ok((piece, mut left_out)) => {
            let mut reading = Reading::of(Ok(piece));
            reading.skipped.append(&mut left_out);
            reading
        }
        Err(reason) => Reading::left_out(reason),
    }
}

/// The piece, and which attachments are not in it.
fn piece(bytes: &[u8], limits: &Limits) -> Result<(Piece, Vec<Skipped>), Reason> {
    let no_mail = || Reason::Unsupported("not a mail message".to_owned());
    let message = MessageParser::default().parse(bytes).ok_or_else(no_mail)?;
    if message.headers().iter().all(|header| matches!(header.name, HeaderName::Other(_))) {
        return Err(Reason::Unsupported("no mail headers".to_owned()));
    }
    // Of parts that nothing closes the last would be lost.
    let closed = boundaries::closed(&message, bytes);
    let message = match &closed {
        Some(closed) => MessageParser::default().parse(closed).ok_or_else(no_mail)?,
        None => message,
    };
    let sender = message.from().and_then(|from| from.first()).and_then(|from| from.name()).map(one_line);
    let mut bodies = Bodies::default();
    bodies.collect(&message, limits, FORWARDED)?;
    let mut piece = headed(bodies.texts.join("\n\n"), subject(&message));
    piece.source = list_name(&message).or_else(|| sender.clone());
    if piece.authors.is_empty() {
        piece.authors = sender.into_iter().map(|name| without(&name, piece.source.as_deref())).collect();
    }
    piece.date =
        message.date().and_then(|date| Date::day(date.year.try_into().ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?));
    piece.lines = Lines::None;
    Ok((piece, bodies.left_out))
}

fn subject(message: &Message<'_>) -> Option<String> {
    message.subject().map(one_line).filter(|subject| !subject.is_empty())
}

/// The piece of a text under `subject`, or else under its own headline. A headline that the subject does not say stays in the text.
fn headed(text: String, subject: Option<String>) -> Piece {
    let Some(subject) = subject else { return plain::read(text) };
    let headed = plain::read(text.clone());
    let is_said = headed.title.as_ref().is_none_or(|headline| ends_with(&subject, headline));
    Piece { title: Some(subject), text: if is_said { headed.text } else { text }, ..headed }
}

/// Whether `subject` is `headline`, perhaps behind "Re:" or the like.
fn ends_with(subject: &str, headline: &str) -> bool {
    let (subject, headline) = (subject.to_lowercase(), headline.to_lowercase());
    subject.strip_suffix(headline.as_str()).is_some_and(|before| before.is_empty() || before.ends_with([' ', ':', ']']))
}

/// How deep messages in messages are read.
const FORWARDED: usize = 16;

/// What a message holds.
#[derive(Default)]
struct Bodies {
    /// Its texts, those of messages and texts that are attached to it under their subjects or the names of their files.
    texts: Vec<String>,
    /// The attachments that are not among them.
    left_out: Vec<Skipped>,
}

impl Bodies {
    fn collect(&mut self, message: &Message<'_>, limits: &Limits, depth: usize) -> Result<(), Reason> {
        // Of parts that say the same in two ways, these are the plain ones.
        let plain: HashSet<u32> = message.text_body.iter().copied().collect();
        for (part, number) in message.parts.iter().zip(0_u32..) {
            if let PartType::Message(inner) = &part.body {
                let depth = depth.checked_sub(1).ok_or_else(|| Reason::Broken(format!("messages nested more than {FORWARDED} deep")))?;
                self.texts.extend(subject(inner));
                self.collect(inner, limits, depth)?;
            } else if part.is_text() && (plain.contains(&number) || is_all(message, part)) {
                self.texts.extend(body(message, part, limits)?);
            } else if let Some(name) = attached(part) {
                self.attach(name, message, part, limits);
            }
        }
        Ok(())
    }

    /// Takes the text of the file `name`, if it is one. What is not as it says costs itself alone.
    fn attach(&mut self, name: &str, message: &Message<'_>, part: &MessagePart<'_>, limits: &Limits) {
        let name = one_line(name);
        if is_read(part) {
            match body(message, part, limits) {
                Ok(text) => self.texts.extend(text.into_iter().flat_map(|text| [name.clone(), text])),
                Err(reason) => self.left_out.push(Skipped::file(Reason::Attachment(name, reason.to_string()))),
            }
        } else if Format::of(Path::new(&name)).is_ok() {
            // Pictures and signatures are no texts.
            self.left_out.push(Skipped::file(Reason::Attached(name)));
        }
    }
}

/// The name of the file that a part is.
fn attached<'p>(part: &'p MessagePart<'_>) -> Option<&'p str> {
    part.attachment_name().filter(|_| part.content_disposition().is_some_and(ContentType::is_attachment))
}

/// Whether a part is a text of a kind that messages themselves have.
fn is_read(part: &MessagePart<'_>) -> bool {
    part.is_text() && part.content_type().and_then(ContentType::subtype).is_none_or(|kind| matches!(kind, "plain" | "html"))
}

/// Whether a message says that it has parts, and has only this text.
fn is_all(message: &Message<'_>, part: &MessagePart<'_>) -> bool {
    message.parts.len() == 1 && part.content_type().is_some_and(|kind| kind.ctype() == "multipart")
}

/// The text of a part, unless there is none of the writer's.
fn body(message: &Message<'_>, part: &MessagePart<'_>, limits: &Limits) -> Result<Option<String>, Reason> {
    let text = text_of(message, part)?;
    let text = if part.is_text_html() { html::plain(&text, limits)? } else { text };
    let text = text.replace("\r\n", "\n");
    let signed = text.find("\n-- \n").map_or(text.as_str(), |at| text.split_at(at).0).trim_end();
    Ok(Some(signed).filter(|signed| !signed.trim().is_empty() && !is_footer(signed)).map(ToOwned::to_owned))
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
    let raw = message.raw_message.get(place(part.offset_body)..place(part.offset_end)).unwrap_or_default();
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
        with_room(bytes, || piece(bytes, &Limits::default())).map(|(piece, _)| piece)
    }

    #[test]
    fn attachments_that_are_not_read_are_told() {
        let part = |kind: &str, name: &str, text: &str| {
            format!("--b\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename={name}\r\n\r\n{text}\r\n")
        };
        let parts = [
            "--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n".to_owned(),
            part("application/pdf", "report.pdf", "%PDF"),
            part("image/png", "logo.png", "PNG"),
            part("text/html", "deep.html", &"<div>".repeat(100_000)),
        ];
        let mail = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", parts.concat());
        let reading = super::read(mail.as_bytes(), &Limits::default());
        assert_eq!(reading.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), ["See below."]);
        let told: Vec<(String, bool)> = reading.skipped.iter().map(|left| (left.reason.to_string(), left.reason.is_failure())).collect();
        let deep = Reason::TooDeep(2_000);
        assert_eq!(
            told,
            [
                ("the attachment report.pdf is not read; save it beside the message".to_owned(), false),
                (format!("the attachment deep.html: {deep}"), true)
            ]
        );
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
        // Messages in messages, also where they cannot be seen.
        let messages = |times: usize| "Content-Type: message/rfc822\r\n\r\n".repeat(times);
        assert!(read(format!("{HEAD}{}", messages(100_000)).as_bytes()).is_err());
        assert!(read(format!("{HEAD}{}", messages(1_000)).as_bytes()).is_err());
        assert!(
            read(format!("{HEAD}{}From: a@b.example\r\n\r\nWords.", messages(10)).as_bytes()).is_ok_and(|piece| piece.text == "Words.")
        );
        let packed = messages(20_000).replace("rfc", "=72fc");
        let packed = format!("{HEAD}Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{packed}");
        assert!(read(packed.as_bytes()).is_err());
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
            part("text/html; charset=utf-8\r\nContent-Disposition: attachment; filename=\"a page.html\"", "<p>A page.</p>"),
            part("text/csv\r\nContent-Disposition: attachment; filename=a.csv", "1,2"),
            part("text/plain\r\nContent-Disposition: attachment", "Nameless."),
            part("text/plain", "_______________________________________________\r\nThe list"),
        ];
        let piece = read(format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", parts.concat()).as_bytes()).unwrap();
        assert_eq!(piece.text, "First.\n\nSecond.\n\nThird.\n\nFourth.\n\nnotes.txt\n\nNotes.\n\na page.html\n\nA page.");
    }

    #[test]
    fn a_headline_that_the_subject_does_not_say_stays_in_the_text() {
        let read = |body: &str| read(format!("{HEAD}\r\n{body}").as_bytes()).unwrap();
        let body = "Zebra talks collapse\r\nBy John Sample\r\n\r\nThe council met today.\r\n";
        let piece = read(body);
        assert_eq!(piece.title.as_deref(), Some("The Letter no. 3: café"));
        assert_eq!(piece.text, "Zebra talks collapse\nBy John Sample\n\nThe council met today.");
        assert_eq!(piece.authors, ["John Sample"]);
        for headline in ["The Letter no. 3: café", "Café"] {
            assert_eq!(read(&body.replace("Zebra talks collapse", headline)).text, "The council met today.");
        }
        assert_eq!(read("afé\r\n\r\nThe council met today.\r\n").text, "afé\n\nThe council met today.");
    }

    #[test]
    fn messages_in_a_message_are_read_under_their_subjects() {
        let inner = "Subject: Talks fail\r\nFrom: a@b.example\r\n\r\nThe council met.\r\n";
        let forwarded = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
            {inner}--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n{}--b--\r\n",
            inner.replace("fail", "resume")
        );
        let text = "See below.\n\nTalks fail\n\nThe council met.\n\nTalks resume\n\nThe council met.";
        assert_eq!(read(forwarded.as_bytes()).unwrap().text, text);
        let digest = format!("{HEAD}Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n{inner}--b--\r\n");
        assert_eq!(read(digest.as_bytes()).unwrap().text, "Talks fail\n\nThe council met.");
        let packed = format!(
            "{HEAD}Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSubject: Talks fail\r\n\r\nCaf=C3=A9.\r\n"
        );
        assert_eq!(read(packed.as_bytes()).unwrap().text, "Talks fail\n\nCafé.");
    }

    #[test]
    fn what_nothing_closes_is_read() {
        let part = "\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nFirst.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Second.</p>\r\n";
        let text = |body: String| read(format!("{HEAD}Content-Type: multipart/{body}").as_bytes()).unwrap().text;
        assert_eq!(text(format!("mixed; boundary=b{part}")), "First.\n\nSecond.");
        assert_eq!(text(format!("alternative; boundary=b{part}")), "First.");
        let html = part.split_once("--b\r\n").unwrap().1.split_once("--b").unwrap().1;
        assert_eq!(text(format!("alternative; boundary=b\r\n\r\n--b{html}")), "Second.");
        // One in another, of which only the outer one is closed.
        let inner = format!("mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=b{part}--a\r\n\r\nThird.\r\n");
        for end in ["--a--\r\n", ""] {
            assert_eq!(text(format!("{inner}{end}")), "First.\n\nSecond.\n\nThird.", "{end}");
        }
        assert_eq!(text("mixed; boundary=b\r\n\r\nThe council met.\r\n".to_owned()), "The council met.");
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
