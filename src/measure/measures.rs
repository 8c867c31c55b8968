use super::trec::by_either_form;
use super::{Judgments, Run, decode_id};

/// Means over the queries that have a relevant piece. Grades of 0 or less count as not relevant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// How many queries have a relevant piece.
    pub queries: usize,
    /// Of how many of those the run gives anything.
    pub answered: usize,
    /// Normalised discounted cumulative gain of the first `k` (Järvelin and Kekäläinen 2002, with the grade as gain).
    pub ndcg: f64,
    /// Mean average precision.
    pub map: f64,
    /// The part of the relevant pieces that is among the first `k`.
    pub recall: f64,
    /// The mean of 1 over the rank of the first relevant piece.
    pub mrr: f64,
}

/// Measures `run` by `judgments`, gain among the first `k` and recall among the first `recall_k`.
///
/// A query that the run does not answer counts as nothing found, as with `trec_eval -c`.
#[must_use]
pub fn measure(run: &Run, judgments: &Judgments, k: usize, recall_k: usize) -> Measures {
    let mut sum = Measures::default();
    let none = Vec::new();
    for (qid, grades) in &judgments.0 {
        let relevant = grades.values().filter(|&&grade| grade > 0).count();
        if relevant == 0 {
            continue;
        }
        sum.queries += 1;
        // The ids of a run are decoded.
        let ranked = run.0.get(qid).or_else(|| run.0.get(&decode_id(qid))).unwrap_or(&none);
        let grades_of = by_either_form(grades);
        sum.answered += usize::from(!ranked.is_empty());
        let gains: Vec<i64> = ranked.iter().map(|id| grades_of.get(id.as_str()).map_or(0, |grade| **grade).max(0)).collect();
        let mut ideal: Vec<i64> = grades.values().copied().filter(|&grade| grade > 0).collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        sum.ndcg += discounted(&gains, k) / discounted(&ideal, k);
        let hits = |gains: &[i64]| gains.iter().filter(|&&gain| gain > 0).count();
        sum.recall += ratio(hits(gains.get(..recall_k).unwrap_or(&gains)), relevant);
        let mut found = 0;
        let mut precision = 0.0;
        for (gain, rank) in gains.iter().zip(1..) {
            if *gain > 0 {
                found += 1;
                precision += ratio(found, rank);
                if found == 1 {
                    sum.mrr += ratio(1, rank);
                }
            }
        }
        sum.map += precision / ratio(relevant, 1);
    }
    let queries = ratio(sum.queries.max(1), 1);
    Measures { ndcg: sum.ndcg / queries, map: sum.map / queries, recall: sum.recall / queries, mrr: sum.mrr / queries, ..sum }
}

fn discounted(gains: &[i64], k: usize) -> f64 {
    gains.iter().take(k).zip(2_u32..).map(|(&gain, rank)| float(gain) / f64::from(rank).log2()).sum()
}

#[expect(clippy::cast_precision_loss, reason = "grades are small whole numbers")]
fn float(gain: i64) -> f64 {
    gain as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of pieces are far below what a float tells apart")]
fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by hand; `trec_eval -c -m ndcg_cut.3 -m map -m recall.3 -m recip_rank` gives the same to four places.
    #[test]
    fn a_fixture_worked_out_by_hand() {
        let judgments = Judgments::parse("q1 a 3\nq1 b 2\nq1 c 1\nq1 d 0\nq2 a 1\nq2 x 1\nq3 y 1\nq4 z 0\n").unwrap();
        let run = Run::parse("q1 Q0 d 1 9 t\nq1 Q0 b 2 8 t\nq1 Q0 a 3 7 t\nq1 Q0 c 4 6 t\nq2 Q0 x 1 5 t\nq2 Q0 k 2 4 t\nq9 Q0 a 1 1 t\n")
            .unwrap();
        let found = measure(&run, &judgments, 3, 3);
        assert_eq!((found.queries, found.answered), (3, 2));
        // q1: DCG@3 = 0/1 + 2/log2 3 + 3/2 = 2.76186; ideal = 3 + 2/log2 3 + 1/2 = 4.76186; 0.57999.
        // q2: DCG@3 = 1; ideal = 1 + 1/log2 3 = 1.63093; 0.61315. q3: 0.
        assert!((found.ndcg - (0.579_996 + 0.613_147) / 3.0).abs() < 5e-5, "{}", found.ndcg);
        // q1: (1/2 + 2/3 + 3/4) / 3 = 0.63889; q2: 1/2; q3: 0.
        assert!((found.map - (0.638_889 + 0.5) / 3.0).abs() < 5e-5, "{}", found.map);
        // q1: 2 of 3; q2: 1 of 2; q3: none.
        assert!((found.recall - (0.666_667 + 0.5) / 3.0).abs() < 5e-5, "{}", found.recall);
        assert!((found.mrr - (0.5 + 1.0) / 3.0).abs() < 5e-5, "{}", found.mrr);
    }

    #[test]
    fn judgments_may_be_encoded_as_runs_are() {
        let run = Run::parse("q%201 Q0 a%20b 1 9 t\nq%201 Q0 c%2520d 2 8 t\nq2 Q0 100%25 1 9 t\n").unwrap();
        for judgments in ["q 1\ta b\t1\nq 1\tc%20d\t1\nq2\t100%\t1\n", "q%201 0 a%20b 1\nq%201 0 c%2520d 1\nq2 0 100%25 1\n"] {
            let found = measure(&run, &Judgments::parse(judgments).unwrap(), 3, 3);
            assert_eq!((found.queries, found.answered, found.ndcg, found.recall), (2, 2, 1.0, 1.0), "{judgments}");
        }
    }
}
