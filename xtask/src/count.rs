//! How many tests passed and failed, read from what the test programs print.

use std::{fmt, iter::Sum, ops::Add};

/// A count of tests. Its text is the last line of `cargo xtask test`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

impl Count {
    /// A check that is no test of its own: it counts only when it fails, so that a failed run never ends
    /// in `0 failed`.
    pub const FAILED_CHECK: Self = Self { passed: 0, failed: 1 };

    /// Sums the lines `test result: ok. 12 passed; 0 failed; …` of `cargo test`.
    pub fn of_cargo(output: &str) -> Self {
        let results = output.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
        results
            .map(|result| Self { passed: before(result, " passed"), failed: before(result, " failed") })
            .sum()
    }

    /// Reads the `stats` of Playwright's JSON report. A test that passed only at a second try has failed.
    pub fn of_playwright(report: &str) -> Option<Self> {
        let report: serde_json::Value = serde_json::from_str(report).ok()?;
        let stat = |name: &str| report["stats"][name].as_u64();
        Some(Self { passed: stat("expected")?, failed: stat("unexpected")? + stat("flaky")? })
    }
}

/// What each failed test of `cargo test` printed, without the stack behind it. Empty where none of them failed, as after an error
/// of the compiler. The tests of forty programs come after a failure, so the end of the output does not tell it.
pub fn failures_of_cargo(output: &str) -> String {
    let mut told = false;
    let lines = output.lines().filter(|line| {
        if line.starts_with("---- ") && line.ends_with(" stdout ----") {
            told = true;
        } else if matches!(*line, "stack backtrace:" | "failures:") || line.starts_with("note: run with") {
            told = false;
        }
        told && !line.is_empty()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The number in front of a word.
fn before(text: &str, word: &str) -> u64 {
    let Some((front, _)) = text.split_once(word) else { return 0 };
    front.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Add for Count {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_program_of_a_run_is_counted() {
        let output = "
running 3 tests
test a_name_with_12 passed; ... ok
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
   Doc-tests article
test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.41s";
        assert_eq!(Count::of_cargo(output), Count { passed: 13, failed: 2 });
    }

    #[test]
    fn what_a_failed_test_printed_is_found_among_the_others() {
        let output = "
running 2 tests
test one ... ok
test a_page_says_so ... FAILED

failures:

---- a_page_says_so stdout ----

thread 'a_page_says_so' (7) panicked at tests/page.rs:73:5:
the page says 1, there is 2
stack backtrace:
   0: __rustc::rust_begin_unwind

failures:
    a_page_says_so

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.09s
     Running tests/slots.rs";
        let told = "---- a_page_says_so stdout ----\n\
            thread 'a_page_says_so' (7) panicked at tests/page.rs:73:5:\n\
            the page says 1, there is 2";
        assert_eq!(failures_of_cargo(output), told);
        assert_eq!(failures_of_cargo("error: could not compile `article`"), "");
    }

    #[test]
    fn output_without_results_counts_nothing() {
        assert_eq!(Count::of_cargo("error: could not compile `article`"), Count::default());
    }

    #[test]
    fn a_flaky_browser_test_has_failed() {
        let report = r#"{"stats": {"expected": 40, "unexpected": 1, "flaky": 2, "skipped": 5}}"#;
        assert_eq!(Count::of_playwright(report), Some(Count { passed: 40, failed: 3 }));
        assert_eq!(Count::of_playwright("{}"), None);
        assert_eq!(Count::of_playwright("not a report"), None);
    }

    #[test]
    fn the_closing_line_has_the_agreed_words() {
        let sum: Count = [Count { passed: 5, failed: 0 }, Count::FAILED_CHECK].into_iter().sum();
        assert_eq!(sum.to_string(), "5 passed, 1 failed");
    }
}
