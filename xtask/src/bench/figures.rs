//! Figures as they are told: a table for people, one JSON object a line for programs.

use serde_json::{Value, json};

/// All that was measured, in order.
#[derive(Default)]
pub struct Figures {
    entries: Vec<Entry>,
}

enum Entry {
    /// What the figures after it depend on.
    About {
        name: String,
        values: Value,
    },
    Figure(Figure),
}

/// One thing, measured once or several times.
struct Figure {
    part: &'static str,
    name: String,
    unit: &'static str,
    /// Sorted. Empty: could not be measured here.
    values: Vec<f64>,
}

impl Figures {
    /// Says under which circumstances the next figures were taken: an object of names and values.
    pub fn about(&mut self, name: impl Into<String>, values: Value) {
        self.entries.push(Entry::About { name: name.into(), values });
    }

    /// Adds all measurements of one thing; none means that it cannot be measured on this system.
    pub fn add(&mut self, part: &'static str, name: impl Into<String>, unit: &'static str, values: Vec<f64>) {
        let mut values = values;
        values.sort_by(f64::total_cmp);
        self.entries.push(Entry::Figure(Figure { part, name: name.into(), unit, values }));
    }

    /// For programs.
    pub fn lines(&self) -> String {
        self.entries.iter().map(|entry| format!("{}\n", entry.json())).collect()
    }

    /// For people.
    pub fn table(&self) -> String {
        let figures = || self.entries.iter().filter_map(Entry::figure);
        let width = |text: &dyn Fn(&Figure) -> String| {
            figures().map(|figure| text(figure).chars().count()).max().unwrap_or_default()
        };
        let names = width(&|figure| figure.name.clone());
        let medians = width(&Figure::median_text);
        let units = width(&|figure| figure.unit.to_owned());
        let mut table = String::new();
        let mut part = "";
        for entry in &self.entries {
            match entry {
                Entry::About { name, values } => {
                    part = "";
                    table.push_str(&format!("\n{name}\n  {}\n", spoken(values)));
                }
                Entry::Figure(figure) => {
                    if part != figure.part {
                        part = figure.part;
                        table.push_str(&format!("\n{part}\n"));
                    }
                    let (name, median, unit) = (&figure.name, figure.median_text(), figure.unit);
                    let line =
                        format!("  {name:names$}  {median:>medians$} {unit:units$}{}", figure.spread());
                    table.push_str(line.trim_end());
                    table.push('\n');
                }
            }
        }
        table
    }
}

impl Entry {
    fn figure(&self) -> Option<&Figure> {
        match self {
            Self::About { .. } => None,
            Self::Figure(figure) => Some(figure),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::About { name, values } => json!({ "about": name, "values": values }),
            Self::Figure(Figure { part, name, unit, values }) => json!({
                "part": part, "name": name, "unit": unit, "runs": values.len(),
                "median": median(values).map(rounded),
                "min": values.first().copied().map(rounded),
                "max": values.last().copied().map(rounded),
            }),
        }
    }
}

impl Figure {
    fn median_text(&self) -> String {
        median(&self.values).map_or_else(|| "not measured".to_owned(), number)
    }

    fn spread(&self) -> String {
        match self.values.as_slice() {
            [] | [_] => String::new(),
            [low, .., high] => {
                format!("  {} to {} in {} runs", number(*low), number(*high), self.values.len())
            }
        }
    }
}

/// The middle of sorted values.
fn median(values: &[f64]) -> Option<f64> {
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => values.get(middle).copied(),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// No measurement is finer than this.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// As many digits as say something.
fn number(value: f64) -> String {
    match value.abs() {
        whole if whole >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        tens if tens >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// `name: value, name: value`
fn spoken(values: &Value) -> String {
    let Some(values) = values.as_object() else { return values.to_string() };
    let said = values.iter().filter(|(_, value)| !value.is_null());
    let parts: Vec<_> = said
        .map(|(name, value)| match value.as_str() {
            Some(text) => format!("{name}: {text}"),
            None => format!("{name}: {value}"),
        })
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Figures {
        let mut figures = Figures::default();
        figures.about("machine", json!({ "cores": 2, "load": null }));
        figures.add("library", "ready after", "s", vec![3.0, 1.5, 2.25]);
        figures.add("library", "memory", "MB", vec![]);
        figures
    }

    #[test]
    fn the_median_is_told_with_its_spread() {
        let table = some().table();
        assert!(table.contains("machine\n  cores: 2\n"), "{table}");
        assert!(table.contains("  ready after          2.25 s   1.50 to 3 in 3 runs\n"), "{table}");
    }

    #[test]
    fn what_was_not_measured_is_not_nought() {
        assert!(some().table().contains("not measured MB"));
        let last = some().lines().lines().last().map(str::to_owned).unwrap();
        let last: Value = serde_json::from_str(&last).unwrap();
        assert_eq!((&last["runs"], &last["median"]), (&json!(0), &Value::Null));
    }

    #[test]
    fn of_an_even_count_the_median_is_between_the_two_in_the_middle() {
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), Some(3.0));
        assert_eq!(median(&[7.0]), Some(7.0));
        assert_eq!(median(&[]), None);
    }
}
