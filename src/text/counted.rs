/// `count` things in words, with the plural of `thing` where it is due: "1 piece", "2 pieces", "3 queries".
///
/// ```
/// use pundit::text::counted;
/// assert_eq!([counted(0, "piece"), counted(1, "query"), counted(2, "query")], ["0 pieces", "1 query", "2 queries"]);
/// ```
#[must_use]
pub fn counted(count: u64, thing: &str) -> String {
    match thing.strip_suffix('y') {
        _ if count == 1 => format!("1 {thing}"),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{count} {stem}ies"),
        _ => format!("{count} {thing}s"),
    }
}
