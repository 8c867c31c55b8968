//! Tables that are ready to be asked where they lie: texts whose lines stand in order.

/// The lines of `table` from the first on that `is_before` is false of. It is true of all lines before that one.
///
/// Halves the table, so that some twenty lines are looked at whatever its size, and nothing is built beforehand.
#[must_use]
pub fn lines_from(table: &str, is_before: impl Fn(&str) -> bool) -> &str {
    let bytes = table.as_bytes();
    // The line that is sought begins at `low` or behind it, and not behind `high`. What is cut at a line feed is cut between characters.
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low.midpoint(high);
        let (before, behind) = bytes.split_at_checked(middle).unwrap_or_default();
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let end = behind.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |end| middle + end);
        if is_before(table.get(start..end).unwrap_or_default()) { low = end + 1 } else { high = start }
    }
    table.get(low..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_lines_are_those_that_a_look_at_each_finds(
            lines in prop::collection::btree_set("[a-c é安]{0,4}", 0..30),
            wanted in "[a-c é安]{0,4}",
            last in any::<bool>(),
        ) {
            let mut table: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
            // The last line may have no end.
            if last {
                table.pop();
            }
            let found: Vec<&str> = lines_from(&table, |line| line < wanted.as_str()).lines().collect();
            let expected: Vec<&str> = table.lines().filter(|line| *line >= wanted.as_str()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
