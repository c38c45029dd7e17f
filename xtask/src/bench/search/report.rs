//! The figures of a collection and an engine: a line of JSON for programs, a table for people.

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{
    engine::Engine,
    runner::Answer,
    score::{Score, percentile},
};

/// What stands above the table. The last two are told where they were measured.
const COLUMNS: [&str; 13] = [
    "collection",
    "engine",
    "nDCG@10",
    "MRR@10",
    "empty",
    "queries",
    "build",
    "index",
    "in Brotli",
    "p50",
    "p95",
    "p95 a key",
    "of clean",
];
/// Columns of words; the others are numbers.
const WORDS: usize = 2;

pub struct Row {
    collection: String,
    engine: Engine,
    score: Score,
    build_ms: f64,
    index_bytes: u64,
    brotli_bytes: Option<u64>,
    p50_ms: f64,
    p95_ms: f64,
    keystroke_p95_ms: Option<f64>,
    /// nDCG@10 as a share of that without typos, in the row of the queries with them.
    kept: Option<f64>,
}

impl Row {
    /// `times` are of the queries that were scored: an answer may hold those of others too.
    pub fn new(collection: &str, engine: Engine, score: Score, answer: &Answer, times: &[f64]) -> Self {
        let keystrokes = &answer.keystrokes_ms;
        Self {
            collection: collection.to_owned(),
            engine,
            score,
            build_ms: answer.build_ms,
            index_bytes: answer.index_bytes,
            brotli_bytes: answer.brotli_bytes,
            p50_ms: percentile(times, 0.5),
            p95_ms: percentile(times, 0.95),
            keystroke_p95_ms: (!keystrokes.is_empty()).then(|| percentile(keystrokes, 0.95)),
            kept: None,
        }
    }

    /// Says how it compares to the same queries without typos.
    pub fn beside(mut self, clean: Score) -> Self {
        self.kept = (clean.ndcg10 > 0.0).then(|| self.score.ndcg10 / clean.ndcg10);
        // Those were beginnings of queries without typos.
        self.keystroke_p95_ms = None;
        self
    }

    pub fn json(&self) -> Value {
        json!({
            "collection": self.collection,
            "engine": self.engine.name(),
            "ndcg10": rounded(self.score.ndcg10),
            "mrr10": rounded(self.score.mrr10),
            "empty": rounded(self.score.empty),
            "queries": self.score.queries,
            "build_ms": rounded(self.build_ms),
            "index_bytes": self.index_bytes,
            "p50_ms": rounded(self.p50_ms),
            "p95_ms": rounded(self.p95_ms),
        })
    }

    fn cells(&self) -> [String; COLUMNS.len()] {
        let share = |share: f64| format!("{:.1} %", share * 100.0);
        let kilobytes = |bytes: u64| format!("{:.0} KB", bytes as f64 / 1000.0);
        let or_nothing = Option::<String>::unwrap_or_default;
        [
            self.collection.clone(),
            self.engine.name(),
            format!("{:.4}", self.score.ndcg10),
            format!("{:.4}", self.score.mrr10),
            share(self.score.empty),
            self.score.queries.to_string(),
            format!("{:.0} ms", self.build_ms),
            kilobytes(self.index_bytes),
            or_nothing(self.brotli_bytes.map(kilobytes)),
            format!("{:.2} ms", self.p50_ms),
            format!("{:.2} ms", self.p95_ms),
            or_nothing(self.keystroke_p95_ms.map(|p95| format!("{p95:.2} ms"))),
            or_nothing(self.kept.map(share)),
        ]
    }
}

/// For people: the rows, and how each engine was set up.
pub fn table(rows: &[Row]) -> String {
    let lines: Vec<_> = [COLUMNS.map(str::to_owned)].into_iter().chain(rows.iter().map(Row::cells)).collect();
    let widths: Vec<_> = (0..COLUMNS.len())
        .map(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default())
        .collect();
    let mut table = String::new();
    for line in &lines {
        let cells =
            line.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column < WORDS {
                true => format!("{cell:width$}"),
                false => format!("{cell:>width$}"),
            });
        table.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        table.push('\n');
    }
    table.push_str(
        "\np50 and p95: of the queries, the median time of each. p95 a key: of beginnings of queries, as typed.\n\
         of clean: nDCG@10 with a typo in the longest word, as a share of that without.\n\n",
    );
    let width = rows.iter().map(|row| row.engine.name().len()).max().unwrap_or_default();
    let engines = Engine::value_variants().iter().filter(|one| rows.iter().any(|row| row.engine == **one));
    table.extend(engines.map(|engine| format!("{:width$}  {}\n", engine.name(), engine.setup())));
    table
}

/// No measurement is finer than this.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ndcg10: f64) -> Row {
        let answer = Answer {
            ranked: vec![],
            times_ms: vec![],
            build_ms: 12.345_678,
            index_bytes: 20_000,
            brotli_bytes: None,
            keystrokes_ms: vec![0.5],
        };
        let score = Score { ndcg10, mrr10: 0.75, empty: 0.0, queries: 3 };
        Row::new("med", Engine::DoorwayWasm, score, &answer, &[1.0, 3.0, 2.0])
    }

    #[test]
    fn programs_get_exactly_the_agreed_fields() {
        let expected = json!({
            "collection": "med", "engine": "doorway-wasm", "ndcg10": 0.7124, "mrr10": 0.75, "empty": 0.0,
            "queries": 3, "build_ms": 12.3457, "index_bytes": 20_000, "p50_ms": 2.0, "p95_ms": 3.0,
        });
        assert_eq!(row(0.712_35).json(), expected);
    }

    #[test]
    fn people_get_what_typos_leave_and_how_the_engine_was_set_up() {
        let clean = Score { ndcg10: 0.8, mrr10: 0.0, empty: 0.0, queries: 3 };
        let table = table(&[row(0.8), row(0.76).beside(clean)]);
        let lines: Vec<_> = table.lines().collect();
        assert!(lines[1].ends_with("3.00 ms    0.50 ms"), "{table}");
        assert!(lines[2].ends_with("95.0 %"), "{table}");
        assert_eq!(table.matches(Engine::DoorwayWasm.setup()).count(), 1, "{table}");
        assert!(!table.contains(Engine::Lunr.setup()), "{table}");
    }
}
