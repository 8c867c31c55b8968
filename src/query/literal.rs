//! Texts of which nothing is a sign.

use super::lex::upright;
use crate::actors::Kind;
use crate::text::Words;

/// So many bytes of a text are asked for at the most.
const LONGEST: usize = 16_384;

/// The first words of `text`, at the most `most`, as a query in which each is a word and nothing else, in quotes as well as without: an `@`, a `*`
/// or a capital NOT in what somebody said asks for nobody, stands for nothing and leaves nothing out.
///
/// ```
/// use pundit::query::literal;
/// assert_eq!(literal("We asked @whitehouse: “War* OR peace?”", 10), "We asked whitehouse War or peace");
/// assert_eq!(literal("他说「双方同意」", 4), "他说 双方");
/// ```
#[must_use]
pub fn literal(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut end = 0;
    for word in Words::of(text).take(most) {
        if out.len() + word.span.len() > LONGEST {
            break;
        }
        // What stands together stays so: a script without spaces has words of several characters.
        if !out.is_empty() && word.span.start > end {
            out.push(' ');
        }
        let written = word.span.of(text);
        if is_sign(&upright(written)) {
            out.push_str(&written.to_lowercase());
        } else {
            out.push_str(written);
        }
        end = word.span.end;
    }
    out
}

/// Whether a word is one of those that are signs in capitals.
fn is_sign(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT") || Kind::ALL.into_iter().any(|kind| kind.word().to_uppercase() == word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::{Clause, Mode, PhrasePart, Tree, Wish, parse, parts};

    /// Whether a tree asks for words alone, any of which will do.
    fn is_of_words(tree: &Tree<Clause>) -> bool {
        match tree {
            Tree::Best(trees) => trees.iter().all(is_of_words),
            Tree::Clause(clause) => matches!(clause.wish, Wish::Word(_)),
            _ => false,
        }
    }

    #[test]
    fn no_more_is_asked_for_than_was_wanted() {
        assert_eq!(literal("one two three", 2), "one two");
        assert_eq!(literal(&"a".repeat(100_000), 8), "");
        assert!(literal(&"word ".repeat(100_000), usize::MAX).len() <= LONGEST);
    }

    proptest! {
        #[test]
        fn whatever_a_text_has_is_words(
            text in "\\PC{0,30}|([(\"“”「」()+\\-=@:&^~*?/＠＝]|AND|ＯＲ|NOT|PERSON|date:|title:|w/5|atleast2|制裁|[a-zA-Z]{1,3}| ){0,30}",
        ) {
            let words = literal(&text, 100);
            if words.is_empty() {
                return Ok(());
            }
            prop_assert!(is_of_words(&parse(&words, Mode::Any).unwrap()), "{}", words);
            match parse(&format!("\"{words}\""), Mode::All).unwrap() {
                Tree::Clause(clause) => match clause.wish {
                    Wish::Phrase(text) => {
                        prop_assert!(parts::parts(&text).unwrap().iter().all(|part| matches!(part, PhrasePart::Words(_))));
                    }
                    wish => prop_assert!(false, "{wish:?}"),
                },
                tree => prop_assert!(false, "{tree:?}"),
            }
        }
    }
}
