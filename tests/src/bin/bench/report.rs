//! The lines that are printed, the targets they are held against, and the table at the end.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

pub(crate) const OURS: &str = "caravan";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) bench: String,
    pub(crate) case: String,
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) peer: String,
    /// How many measurements the value is the median of.
    pub(crate) n: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) met: Option<bool>,
}

/// What the value is held against.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    AtMost(f64),
    AtLeast(f64),
}

#[derive(Default)]
pub(crate) struct Report(Vec<Line>);

impl Report {
    /// Adds our median of `values`.
    pub(crate) fn ours(
        &mut self,
        bench: &str,
        case: impl Into<String>,
        values: &[f64],
        unit: &str,
        target: Option<Target>,
    ) {
        let value = rounded(median(values));
        self.add(Line {
            bench: bench.to_owned(),
            case: case.into(),
            value,
            unit: unit.to_owned(),
            peer: OURS.to_owned(),
            n: values.len(),
            target: target.map(|target| target.text()),
            met: target.map(|target| target.met(value)),
        });
    }

    pub(crate) fn add(&mut self, line: Line) {
        match serde_json::to_string(&line) {
            Ok(json) => println!("{json}"),
            Err(error) => eprintln!("{}: {error}", line.bench),
        }
        self.0.push(line);
    }

    pub(crate) fn value(&self, bench: &str, case: &str, peer: &str) -> Option<f64> {
        let found = |line: &&Line| line.bench == bench && line.case == case && line.peer == peer;
        self.0.iter().find(found).map(|line| line.value)
    }

    pub(crate) fn print_table(&self) {
        let rows: Vec<[String; 6]> = self.0.iter().map(cells).collect();
        let heads = ["bench", "case", "value", "peer", "n", "target"].map(str::to_owned);
        let width = |column: usize| {
            let cells = rows
                .iter()
                .chain([&heads])
                .map(|row| row[column].chars().count());
            cells.max().unwrap_or_default()
        };
        let widths: [usize; 6] = std::array::from_fn(width);
        println!();
        for row in [&heads].into_iter().chain(&rows) {
            let mut text = String::new();
            for (place, cell) in row.iter().enumerate() {
                // Writing to a String never fails.
                let _ = if matches!(place, 2 | 4) {
                    write!(text, "{cell:>width$}  ", width = widths[place])
                } else {
                    write!(text, "{cell:<width$}  ", width = widths[place])
                };
            }
            println!("{}", text.trim_end());
        }
    }
}

impl Target {
    fn met(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
        }
    }

    fn text(self) -> String {
        match self {
            Self::AtMost(most) => format!("≤ {most}"),
            Self::AtLeast(least) => format!("≥ {least}"),
        }
    }
}

fn cells(line: &Line) -> [String; 6] {
    let verdict = match (&line.target, line.met) {
        (Some(target), Some(true)) => format!("{target} ✓"),
        (Some(target), _) => format!("{target} ✗ missed"),
        (None, _) => String::new(),
    };
    [
        line.bench.clone(),
        line.case.clone(),
        format!("{} {}", line.value, line.unit),
        line.peer.clone(),
        line.n.to_string(),
        verdict,
    ]
}

pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Between the two nearest values; 0 of nothing.
pub(crate) fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let place = part * last as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * place.fract()
}

/// To four digits: more would be noise.
fn rounded(value: f64) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    let scale = 10f64.powi(3 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}
