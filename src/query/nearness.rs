//! The part of the parser that reads what stands near what.

use super::lex::What;
use super::parse::{DEEPEST, Parser};
use super::{Clause, How, SyntaxError, Tree, Written};
use crate::text::Span;

impl Parser<'_> {
    /// Parts with `w/5` and the like between them, from left to right.
    pub(super) fn nearness(&mut self) -> Result<Tree<Clause>, SyntaxError> {
        let start = self.peek().map_or(0, |token| token.at.start);
        let mut tree = self.part()?;
        let mut before = Span::new(start, self.end());
        let mut links = 0;
        while let Some((how, at)) = self.how() {
            links += 1;
            if links > DEEPEST {
                return Err(self.error(at, "too many terms are joined by nearness", "remove some"));
            }
            self.operand(&tree, before, how)?;
            if !self.begins_part() {
                return Err(self.error(at, &format!("{how} needs something on both sides"), "write the term that is to be near"));
            }
            let from = self.peek().map_or(0, |token| token.at.start);
            let right = self.part()?;
            self.operand(&right, Span::new(from, self.end()), how)?;
            before = Span::new(start, self.end());
            tree = Tree::Near(Box::new(tree), how, Box::new(right), Written::default());
        }
        // Nobody asks how a part of it was typed, so the text is copied once and not for each link.
        if let Tree::Near(.., written) = &mut tree
            && links > 0
        {
            *written = Written(before.of(self.query).to_owned());
        }
        Ok(tree)
    }

    /// Where the last token that was taken ends.
    fn end(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.at.end)
    }

    /// The sign of nearness that comes next, if one does, and where; a "not" before it belongs to it.
    fn how(&mut self) -> Option<(How, Span)> {
        let not = match &self.peek()?.what {
            What::Not => true,
            What::Word(word) => word == "not",
            _ => false,
        };
        let first = self.next;
        let sign = first + usize::from(not);
        let (begin, end) = (self.tokens.get(first)?.at, self.tokens.get(sign)?.at);
        let What::Near(how) = self.tokens.get(sign)?.what else { return None };
        self.next = sign + 1;
        Some((How { negated: not, ..how }, begin.cover(end)))
    }

    /// Whether `tree`, at `at`, can be near something; what to do if not.
    fn operand(&self, tree: &Tree<Clause>, at: Span, how: How) -> Result<(), SyntaxError> {
        if tree.is_operand() {
            return Ok(());
        }
        let (what, hint) = match tree {
            Tree::All(_) | Tree::Best(_) => ("AND", "write a \"phrase\" in quotes, or one after the other: (a w/5 c) AND (b w/5 c)"),
            Tree::Any(_) => ("one of these alternatives", "keep only words, phrases and actors in the brackets"),
            Tree::Not(_) => ("NOT", "write NOT (a w/5 b), or a not w/5 b for an a without a b near it"),
            Tree::Must(_) => ("+", "put it before the brackets: +(a w/5 b)"),
            Tree::Boost(..) => ("a weight", "put it after the brackets: (a w/5 b)^2"),
            Tree::AtLeast(..) => ("atleast", "it counts places in a piece; join it with AND"),
            Tree::Clause(_) | Tree::Near(..) => ("a field", "it is about the piece; join it with AND"),
        };
        Err(self.error(at, &format!("{what} cannot stand beside {how}"), hint))
    }

    /// The brackets of `atleast`.
    pub(super) fn at_least(&mut self, times: u32, at: Span) -> Result<Tree<Clause>, SyntaxError> {
        let bracket = self.peek().map_or(at, |token| token.at);
        self.next += 1;
        let tree = self.bracket(bracket)?;
        let whole = Span::new(at.start, self.end());
        if !tree.is_operand() {
            return Err(self.error(
                whole,
                "this cannot be counted",
                "atleast counts words, phrases and actors, also joined by OR or by nearness",
            ));
        }
        Ok(Tree::AtLeast(times, Box::new(tree), Written(whole.of(self.query).to_owned())))
    }
}
