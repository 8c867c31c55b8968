use std::collections::BTreeMap;

use super::Run;

/// The constant of reciprocal rank fusion, as its authors set it.
const K: f64 = 60.0;

/// Several runs as one: a piece counts 1 / (60 + rank) for each run that has it (Cormack, Clarke and Büttcher 2009). Gives for each query the
/// pieces with their scores, the best first; of equal ones that with the later id, as programs that
/// read a run take them to stand.
#[must_use]
pub fn fuse(runs: &[Run]) -> BTreeMap<String, Vec<(String, f64)>> {
    let mut scores: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for run in runs {
        for (qid, pieces) in &run.0 {
            let of_query = scores.entry(qid).or_default();
            for (piece, rank) in pieces.iter().zip(1_u32..) {
                *of_query.entry(piece).or_default() += 1.0 / (K + f64::from(rank));
            }
        }
    }
    let sorted = scores.into_iter().map(|(qid, pieces)| {
        let mut pieces: Vec<(String, f64)> = pieces.into_iter().map(|(id, score)| (id.to_owned(), score)).collect();
        pieces.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
        (qid.to_owned(), pieces)
    });
    sorted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_runs_have_comes_first() {
        let run = |text: &str| Run::parse(text).unwrap();
        let fused = fuse(&[run("q Q0 a 1 9 x\nq Q0 b 2 8 x\nq Q0 c 3 7 x\n"), run("q Q0 c 1 5 x\nq Q0 b 2 4 x\nr Q0 z 1 1 x\n")]);
        let ids: Vec<&str> = fused["q"].iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!((ids, fused["r"].len()), (vec!["c", "b", "a"], 1));
        let same = fuse(&[run("q Q0 a 1 9 x\n"), run("q Q0 b 1 9 x\n")]);
        assert_eq!(same["q"].iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert!((fused["q"][0].1 - (1.0 / 63.0 + 1.0 / 61.0)).abs() < 1e-12);
    }
}
