//! Two kinds of charts: a few lines over time from zero, with their numbers in a table behind a tap, and bars that are
//! the rows of their own table.
//!
//! Drawn here and not by a library: see docs/decisions/0013-charts.md.

mod bars;
mod drawing;
mod table;

use leptos::prelude::*;

pub(crate) use bars::{BarChart, BarRow};
use drawing::{Drawing, Legend};
use table::Table;

/// A place along the chart. `href` opens what its numbers were counted from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChartMark {
    /// From 0 at the left to 1 at the right.
    pub(crate) at: f64,
    pub(crate) name: String,
    pub(crate) href: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// From value to value, as far as there are any.
    Fact,
    /// The same for one of several parts, told apart by their dashes.
    Part(u8),
    /// From nothing straight to the last value, to compare with; dashed.
    Straight,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChartLine {
    pub(crate) name: String,
    /// One for each mark; `None` where there is none yet.
    pub(crate) values: Vec<Option<u32>>,
    pub(crate) shape: Shape,
}

/// The first line's numbers open their sources.
#[component]
pub(crate) fn LineChart(
    /// What the chart says, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] marks: Signal<Vec<ChartMark>>,
    #[prop(into)] lines: Signal<Vec<ChartLine>>,
    /// Over the marks' names in the table.
    #[prop(into)]
    mark_title: Signal<String>,
) -> impl IntoView {
    view! {
        <figure class="px-4 py-2">
            <Drawing label marks lines />
            <Legend lines />
            <details class="mt-1">
                <summary class="flex min-h-11 cursor-pointer items-center text-primary">{tr!(ui.chart_numbers)}</summary>
                <Table label marks lines mark_title />
            </details>
        </figure>
    }
}
