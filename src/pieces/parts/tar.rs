//! Tar: a header of 512 bytes, the file, padding to the next 512, until a header of zeros. Read here rather than by a library because
//! long names stand in files of their own, which in a library's hands may fill the memory.

use std::io::{self, Read};

use super::zip::at_name;
use super::{Flow, Place, Unpacker, drain, inner, name_text};
use crate::pieces::Reason;

const BLOCK: usize = 512;
/// The longest name or extended header that is taken.
const LONGEST: u64 = 1 << 20;

struct Header {
    name: Vec<u8>,
    size: u64,
    /// How many bytes stand between the file and the next header.
    padding: u64,
    kind: u8,
}

impl Unpacker<'_> {
    pub(super) fn tar(&mut self, place: &Place, reader: &mut dyn Read) -> Flow {
        let mut long_name: Option<Vec<u8>> = None;
        loop {
            let header = match header(reader) {
                Ok(Some(header)) => header,
                Ok(None) => return Flow::Continue(()),
                Err(error) => return self.failed(place, &error),
            };
            if matches!(header.kind, b'L' | b'x') {
                match long(reader, &header) {
                    Ok(name) => long_name = name.or(long_name),
                    Err(error) => return self.failed(place, &error),
                }
            } else {
                let name = name_text(&long_name.take().unwrap_or(header.name));
                let mut file = reader.take(header.size);
                if matches!(header.kind, b'0' | 0 | b'7') {
                    self.file(place, &name, &mut file)?;
                }
                if let Err(error) = drain(&mut file) {
                    return self.failed(place, &error);
                }
                if self.entries > self.limits.entries {
                    return self.leave_out(place, Reason::Entries(self.limits.entries));
                }
            }
            if let Err(error) = io::copy(&mut reader.take(header.padding), &mut io::sink()) {
                return self.failed(place, &error);
            }
        }
    }

    fn file(&mut self, place: &Place, name: &str, file: &mut dyn Read) -> Flow {
        let Some(inner) = inner(place, name) else { return Flow::Continue(()) };
        self.entries += 1;
        match inner {
            _ if self.entries > self.limits.entries => Flow::Continue(()),
            Ok(inner) => self.open(&inner, file),
            Err(reason) => self.leave_out(&at_name(place, name), reason),
        }
    }
}

/// The next header; `None` at the end.
fn header(reader: &mut dyn Read) -> io::Result<Option<Header>> {
    let mut block = Vec::with_capacity(BLOCK);
    reader.take(BLOCK as u64).read_to_end(&mut block)?;
    if block.iter().all(|&byte| byte == 0) {
        return Ok(None);
    }
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "a header in the archive is broken");
    let field = |from: usize, to: usize| block.get(from..to).ok_or_else(broken);
    let text = |field: &[u8]| field.split(|&byte| byte == 0).next().unwrap_or_default().to_vec();
    let sum: u64 = field(0, 148)?.iter().chain(field(156, BLOCK)?).map(|&byte| u64::from(byte)).sum::<u64>() + 8 * 32;
    if number(field(148, 156)?) != Some(sum) {
        return Err(broken());
    }
    let mut name = text(field(0, 100)?);
    let prefix = text(field(345, 500)?);
    if field(257, 263)? == b"ustar\0" && !prefix.is_empty() {
        name = [prefix.as_slice(), b"/", &name].concat();
    }
    let size = number(field(124, 136)?).ok_or_else(broken)?;
    let padding = size.checked_next_multiple_of(BLOCK as u64).ok_or_else(broken)? - size;
    Ok(Some(Header { name, size, padding, kind: block.get(156).copied().unwrap_or_default() }))
}

/// A number in octal digits; or, where it is too large for them, in binary with the first bit set.
fn number(field: &[u8]) -> Option<u64> {
    if let [first, rest @ ..] = field
        && first & 0x80 != 0
    {
        return rest.iter().try_fold(u64::from(first & 0x7F), |value, &byte| value.checked_mul(256)?.checked_add(u64::from(byte)));
    }
    let digits = field.trim_ascii().split(|&byte| byte == 0 || byte == b' ').next()?;
    digits.iter().try_fold(0_u64, |value, &digit| {
        let digit = u64::from(digit.checked_sub(b'0').filter(|&digit| digit < 8)?);
        value.checked_mul(8)?.checked_add(digit)
    })
}

/// The name for the next file that stands in a file of its own: GNU's, or the path among the fields of an extended header.
fn long(reader: &mut dyn Read, header: &Header) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(header.size.min(LONGEST)).read_to_end(&mut bytes)?;
    io::copy(&mut reader.take(header.size.saturating_sub(LONGEST)), &mut io::sink())?;
    if header.kind == b'L' {
        return Ok(bytes.split(|&byte| byte == 0).next().map(<[u8]>::to_vec));
    }
    // Each field: its length, a space, its name, an equals sign, its value, a newline.
    let mut rest = bytes.as_slice();
    while let Some(space) = rest.iter().position(|&byte| byte == b' ') {
        let Some(length) = number_decimal(rest.get(..space).unwrap_or_default()).filter(|length| *length > space) else { break };
        let field = rest.get(space + 1..length).unwrap_or_default();
        if let Some(path) = field.strip_prefix(b"path=") {
            return Ok(Some(path.strip_suffix(b"\n").unwrap_or(path).to_vec()));
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(None)
}

fn number_decimal(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}
