//! Random texts through the parser of queries: none may make it panic, none may take long, and what a tree is shown as must be understood
//! as the same tree.
//!
//! `cargo run --release --manifest-path fuzz/Cargo.toml --bin queries -- [TEXTS] [SEED]`, a million texts from seed 1 by default. Runs on stable Rust, needs
//! no instrumentation, and says which seed made a text, so that a finding is seen again.

use std::time::{Duration, Instant};

use pundit::query::{Mode, parse};

/// What queries are made of, and what looks like it.
const BITS: [&str; 64] = [
    "a",
    "oil",
    "sanctions",
    "制裁",
    "金正恩",
    "санкции",
    "العقوبات",
    "é",
    "\u{301}",
    "👩‍👩‍👧",
    " ",
    " ",
    " ",
    "\u{3000}",
    "\t",
    "\n",
    "AND",
    "OR",
    "NOT",
    "not",
    "and",
    "-",
    "+",
    "=",
    "(",
    ")",
    "（",
    "）",
    "\"",
    "“",
    "”",
    "「",
    "」",
    "《",
    "w/5",
    "pre/3",
    "w/s",
    "w/p",
    "w/0",
    "w/99999999999",
    "NEAR/5",
    "atleast3(",
    "atleast",
    "*",
    "?",
    "~",
    "~1",
    "~2",
    "^2",
    "^",
    "/",
    "\\",
    "[",
    "{9999}",
    "@",
    "@russia",
    "actor:",
    "title:",
    "date:",
    "last-month",
    "2024年1月",
    "..",
    "：",
    "PERSON",
];

/// No text of these lengths may take longer, on a machine that does other things too.
const SLOWEST: Duration = Duration::from_millis(250);

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or_default()
    }

    fn text(&mut self) -> String {
        let bits = match self.below(100) {
            0 => 400,
            1..10 => 60,
            _ => 16,
        };
        let count = self.below(bits);
        let mut text = String::new();
        for _ in 0..count {
            match self.below(12) {
                0 => text.extend(char::from_u32(u32::try_from(self.below(0x11_0000)).unwrap_or_default())),
                1 => text.push(char::from(u8::try_from(32 + self.below(95)).unwrap_or(b' '))),
                _ => text.push_str(BITS[self.below(BITS.len())]),
            }
        }
        text
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let (texts, seed) = (arguments.next().unwrap_or(1_000_000), arguments.next().unwrap_or(1));
    let mut slowest = (Duration::ZERO, 0);
    let mut trees = 0_u64;
    for number in seed..seed.saturating_add(texts) {
        let text = Random(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1).text();
        for mode in [Mode::All, Mode::Any] {
            let started = Instant::now();
            let parsed = parse(&text, mode);
            let took = started.elapsed();
            assert!(took < SLOWEST, "seed {number} took {took:?}: {text:?}");
            slowest = slowest.max((took, number));
            if let (Ok(tree), Mode::All) = (parsed, mode) {
                trees += 1;
                let shown = tree.to_string();
                let again = parse(&shown, mode);
                assert!(again.as_ref() == Ok(&tree), "seed {number}: {text:?}\nshown as {shown:?}\nunderstood as {again:?}");
            }
        }
    }
    println!("{texts} texts, {trees} of them queries; the slowest took {:?} (seed {})", slowest.0, slowest.1);
}
