//! The part of the lexer that reads regular expressions.

use super::lex::{Lexer, What, ascii, is_stop};
use super::{Pattern, SyntaxError};
use crate::text::Span;
use crate::text::quotation::Marks;
use crate::text::script::{Shape, shape};

impl Lexer<'_> {
    /// A regular expression, up to the slash before white space, a bracket or the end; else a word.
    pub(super) fn slash(&mut self) -> Result<(), SyntaxError> {
        let Some(behind) = self.rest().strip_prefix('/') else { return self.word() };
        let from = self.at + 1;
        let end = self.ahead.expression_end.find(from, || end_of(behind));
        let inside = behind.get(..end).unwrap_or_default();
        if inside.is_empty() || !behind.get(end..).is_some_and(|rest| rest.starts_with('/')) {
            return self.word();
        }
        // `/usr/bin/` is a path.
        let escape = self.ahead.escape.find(from, || behind.find("\\/").unwrap_or(behind.len()));
        if inside.contains('/') && escape + "\\/".len() > end {
            return self.word();
        }
        let len = inside.len() + "//".len();
        if is_of_characters(inside) {
            let fault = (
                "an expression is compared with single words, and in scripts without spaces each character is a word",
                "write several in quotes, or A pre/2 B for two with one character between them",
            );
            return Err(self.fault(len, fault));
        }
        let pattern = Pattern::Regex(inside.replace("\\/", "/"));
        if let Err(problem) = pattern.automaton() {
            return Err(SyntaxError::new(
                self.query,
                Span::new(self.at, self.at + len),
                format!("this expression cannot be used: {problem}"),
                "it is compared with whole words in lower case: /sanction(s|ed)?/",
            ));
        }
        self.push(What::Pattern(pattern), len);
        self.weight()
    }
}

/// The first slash in `text` that an expression may end with, or white space before any.
fn end_of(text: &str) -> usize {
    let may_follow = |c: char| c.is_whitespace() || matches!(ascii(c), '(' | ')' | '^') || Marks::of(c).is_some() || is_stop(c);
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = c == '/' && before != '\\' && chars.peek().is_none_or(|&(_, next)| may_follow(next));
        if ends || c.is_whitespace() {
            return at;
        }
        before = c;
    }
    text.len()
}

/// Whether an expression asks for more than one character of a script without spaces, whatever it takes for them.
fn is_of_characters(expression: &str) -> bool {
    expression.chars().any(|c| shape(c) == Shape::Solo) && expression.chars().nth(1).is_some() && !expression.contains(['[', '(', '|'])
}
