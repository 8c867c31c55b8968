//! What a run of Han has to have where everything is required.

use super::operands::unparted;
use super::plan::{Need, needed};
use crate::text::grammar::is_small;
use crate::text::han::{self, Asked};

/// What a run of Han needs: each of its parts, but no small word where others stand.
pub(super) fn required(run: &str) -> Vec<Need> {
    let asked = han::asked_apart(run);
    let tells = |part: &Asked<'_>| !matches!(part, Asked::Together(part) if is_small(part));
    let any = asked.iter().any(tells);
    let wanted = asked.into_iter().filter(|part| !any || tells(part));
    let need = |part| match part {
        Asked::Together(part) => needed(unparted(part)),
        Asked::Beside(either) => Need::Any(either.into_iter().map(|part| needed(unparted(part))).collect()),
    };
    wanted.map(need).collect()
}
