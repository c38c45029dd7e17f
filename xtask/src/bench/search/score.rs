//! How good a ranking is, in the measures that published results use.

use std::collections::HashSet;

use super::collection::{Collection, Grades};

/// Only what is on the first page counts.
const DEPTH: usize = 10;

/// Means over the queries of a collection that have a document that answers them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Gain of the first ten by grade, each divided by log2(rank + 1), as a share of the best possible.
    pub ndcg10: f64,
    /// One by the rank of the first answer.
    pub mrr10: f64,
    /// Share of all queries without any result. They count 0 in the means.
    pub empty: f64,
    /// How many queries there are in all.
    pub queries: usize,
}

/// Scores the rankings of a collection's queries, in their order.
pub fn score(collection: &Collection, ranked: &[Vec<String>]) -> Score {
    let queries = || collection.queries.iter().zip(ranked);
    let judged = || queries().filter_map(|(query, ranked)| Some((ranked, collection.grades(query)?)));
    Score {
        ndcg10: mean(judged().filter_map(|(ranked, grades)| ndcg(ranked, grades))),
        mrr10: mean(judged().filter_map(|(ranked, grades)| reciprocal_rank(ranked, grades))),
        empty: mean(queries().map(|(_, ranked)| if ranked.is_empty() { 1.0 } else { 0.0 })),
        queries: collection.queries.len(),
    }
}

/// The value below which a share of `values` lies (nearest rank); 0 of none.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or_default()
}

/// `None` if no document answers the query: then there is nothing to find.
fn ndcg(ranked: &[String], grades: &Grades) -> Option<f64> {
    let mut best: Vec<f64> = grades.values().copied().filter(|grade| *grade > 0.0).collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let ideal = discounted(best.into_iter());
    (ideal > 0.0).then(|| discounted(gains(ranked, grades)) / ideal)
}

fn reciprocal_rank(ranked: &[String], grades: &Grades) -> Option<f64> {
    if !grades.values().any(|grade| *grade > 0.0) {
        return None;
    }
    let first = gains(ranked, grades).take(DEPTH).position(|gain| gain > 0.0);
    Some(first.map_or(0.0, |above| 1.0 / (above + 1) as f64))
}

/// The gain at each rank. A document that comes again gains nothing.
fn gains(ranked: &[String], grades: &Grades) -> impl Iterator<Item = f64> {
    let mut seen = HashSet::new();
    ranked.iter().map(move |id| match seen.insert(id) {
        true => grades.get(id).copied().unwrap_or_default().max(0.0),
        false => 0.0,
    })
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.take(DEPTH).enumerate().map(|(above, gain)| gain / (above as f64 + 2.0).log2()).sum()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &str) -> Vec<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    fn grades() -> Grades {
        [("a", 3.0), ("b", 2.0), ("c", 1.0), ("d", 0.0)].map(|(id, grade)| (id.to_owned(), grade)).into()
    }

    #[test]
    fn the_gain_is_as_worked_out_by_hand() {
        // Found: b at rank 1, nothing at 2, a at 3.  2/log2(2) + 0/log2(3) + 3/log2(4) = 2 + 0 + 1.5 = 3.5
        // Best:  a, b, c.  3/log2(2) + 2/log2(3) + 1/log2(4) = 3 + 1.26186 + 0.5 = 4.76186
        let ndcg = ndcg(&ids("b x a"), &grades()).unwrap();
        assert!((ndcg - 3.5 / 4.761_859_507).abs() < 1e-9, "{ndcg}");
    }

    #[test]
    fn the_best_order_has_all_and_a_wrong_one_nothing() {
        assert_eq!(ndcg(&ids("a b c"), &grades()), Some(1.0));
        assert_eq!(ndcg(&ids("d x y"), &grades()), Some(0.0));
        assert_eq!(ndcg(&[], &grades()), Some(0.0));
        assert_eq!(ndcg(&ids("a"), &Grades::from([("a".to_owned(), 0.0)])), None);
    }

    #[test]
    fn the_eleventh_result_and_one_that_comes_again_count_nothing() {
        assert_eq!(ndcg(&ids("1 2 3 4 5 6 7 8 9 10 a"), &grades()), Some(0.0));
        assert_eq!(reciprocal_rank(&ids("1 2 3 4 5 6 7 8 9 10 a"), &grades()), Some(0.0));
        assert_eq!(ndcg(&ids("a a a"), &grades()), ndcg(&ids("a"), &grades()));
    }

    #[test]
    fn the_first_answer_counts_by_its_rank() {
        assert_eq!(reciprocal_rank(&ids("x d c a"), &grades()), Some(1.0 / 3.0));
        assert_eq!(reciprocal_rank(&ids("x"), &grades()), Some(0.0));
        assert_eq!(reciprocal_rank(&ids("x"), &Grades::new()), None);
    }

    #[test]
    fn a_query_without_result_pulls_the_mean_down_and_one_without_answer_does_not() {
        let collection: Collection = serde_json::from_str(
            r#"{"docs": [], "queries": [{"id": "1", "text": ""}, {"id": "2", "text": ""},
                {"id": "3", "text": ""}, {"id": "4", "text": ""}],
                "qrels": {"1": {"a": 1}, "2": {"a": 1}, "3": {"a": 0}}}"#,
        )
        .unwrap();
        let score = score(&collection, &[ids("a"), vec![], ids("b"), ids("b")]);
        assert_eq!(score, Score { ndcg10: 0.5, mrr10: 0.5, empty: 0.25, queries: 4 });
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let values: Vec<f64> = (1..=20).rev().map(f64::from).collect();
        assert_eq!((percentile(&values, 0.5), percentile(&values, 0.95)), (10.0, 19.0));
        assert_eq!((percentile(&[7.0], 0.95), percentile(&[], 0.5)), (7.0, 0.0));
    }
}
