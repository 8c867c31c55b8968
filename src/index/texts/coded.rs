//! What is kept of a document, coded: first bytes that are no text (its *shell*), then its strings.
//!
//! A string is one unit, the number of a string of the vocabulary; a text is as many as it takes ([`super::spelling`]). While a piece is read the
//! numbers are those of its own terms, in a file those of the segment's vocabulary; else the bytes are the same.

use super::codes;

/// What is kept of a document.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct Coded<'c> {
    /// What is no text.
    pub(in crate::index) shell: &'c [u8],
    /// The codes of its symbols.
    symbols: &'c [u8],
}

/// What stands in a coded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) enum Symbol<'c> {
    /// What comes next stands right behind what came last, against what their letters would tell.
    Joined,
    /// A string that is spelled here.
    Spelled(&'c [u8]),
    /// A string by its number.
    Unit(u32),
}

const JOINED: u32 = 0;
const SPELLED: u32 = 1;
/// From here on, numbers of units.
const UNITS: u32 = 2;

impl<'c> Coded<'c> {
    /// What `bytes` are.
    pub(in crate::index) fn read(bytes: &'c [u8]) -> Option<Self> {
        let mut symbols = bytes;
        Some(Self { shell: codes::take_bytes(&mut symbols)?, symbols })
    }

    /// Its symbols.
    pub(in crate::index) fn symbols(&self) -> Symbols<'c> {
        Symbols(self.symbols)
    }

    /// Appends it to `out` with other numbers of its units.
    pub(super) fn renumbered(&self, mut number: impl FnMut(u32) -> u32, out: &mut Vec<u8>) {
        codes::put_bytes(self.shell, out);
        for symbol in self.symbols() {
            let symbol = if let Symbol::Unit(unit) = symbol { Symbol::Unit(number(unit)) } else { symbol };
            symbol.put(out);
        }
    }
}

impl Symbol<'_> {
    /// Appends its code to `out`.
    #[inline]
    pub(in crate::index) fn put(self, out: &mut Vec<u8>) {
        match self {
            Self::Joined => codes::put(JOINED, out),
            Self::Spelled(string) => {
                codes::put(SPELLED, out);
                codes::put_bytes(string, out);
            }
            Self::Unit(number) => codes::put(number.saturating_add(UNITS), out),
        }
    }
}

/// Symbols by their codes.
#[derive(Clone)]
pub(in crate::index) struct Symbols<'c>(&'c [u8]);

impl Symbols<'_> {
    /// The number of the next unit, if that is what comes next.
    #[inline]
    pub(in crate::index) fn unit(&mut self) -> Option<u32> {
        codes::take(&mut self.0)?.checked_sub(UNITS)
    }
}

impl<'c> Iterator for Symbols<'c> {
    type Item = Symbol<'c>;

    #[inline]
    fn next(&mut self) -> Option<Symbol<'c>> {
        Some(match codes::take(&mut self.0)? {
            JOINED => Symbol::Joined,
            SPELLED => Symbol::Spelled(codes::take_bytes(&mut self.0)?),
            unit => Symbol::Unit(unit - UNITS),
        })
    }
}

/// What is kept of some documents, one behind the other.
#[derive(Debug, Default)]
pub(in crate::index) struct CodedDocuments {
    /// Where what is kept of the next is appended.
    pub(in crate::index) bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl CodedDocuments {
    /// Ends a document, of which nothing is kept if nothing was appended.
    pub(in crate::index) fn end(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// What is kept of each.
    pub(in crate::index) fn each(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().filter_map(move |&end| self.bytes.get(std::mem::replace(&mut start, end)..end))
    }
}

/// Appends the shell of a document to `out`, behind which its symbols are put.
pub(in crate::index) fn put_shell(shell: &[u8], out: &mut Vec<u8>) {
    codes::put_bytes(shell, out);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn units_get_other_numbers_and_all_else_stays(
            shell in prop::collection::vec(any::<u8>(), 0..300),
            symbols in prop::collection::vec((0_u32..90_000, "[a-z]{0,20}"), 0..30),
        ) {
            let symbols: Vec<Symbol<'_>> = symbols.iter().map(|(number, string)| match number % 5 {
                0 => Symbol::Joined,
                1 => Symbol::Spelled(string.as_bytes()),
                _ => Symbol::Unit(*number),
            }).collect();
            let mut bytes = Vec::new();
            put_shell(&shell, &mut bytes);
            for symbol in &symbols {
                symbol.put(&mut bytes);
            }
            let coded = Coded::read(&bytes).unwrap();
            prop_assert_eq!(coded.shell, shell.as_slice());
            prop_assert!(coded.symbols().eq(symbols.iter().copied()));
            let mut renumbered = Vec::new();
            coded.renumbered(|number| number + 7, &mut renumbered);
            let coded = Coded::read(&renumbered).unwrap();
            prop_assert_eq!(coded.shell, shell.as_slice());
            let other = symbols.iter().map(|symbol| if let Symbol::Unit(number) = symbol { Symbol::Unit(number + 7) } else { *symbol });
            prop_assert!(coded.symbols().eq(other));
        }
    }
}
