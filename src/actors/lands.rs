//! Names in which an actor's stands who is not meant: New Mexico, the Indian Ocean, Latin America, 发展**中国**家. They are found as the names of
//! actors are, and are nobody's.

pub(super) const TABLE: &str = include_str!("roster/lands.tsv");

/// The names, as they are written.
pub(super) fn lands() -> impl Iterator<Item = &'static str> {
    super::tables::rows(TABLE).flat_map(|row| row.list("names").collect::<Vec<_>>())
}
