use leptos::prelude::*;

use super::{ChartLine, ChartMark, Shape};

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 100.0;
const DASHES: &str = "5 4";

/// The lines themselves, the highest number and the two ends of time.
#[component]
pub(super) fn Drawing(
    label: Signal<String>,
    marks: Signal<Vec<ChartMark>>,
    lines: Signal<Vec<ChartLine>>,
) -> impl IntoView {
    let top = Memo::new(move |_| lines.with(|lines| highest(lines)));
    let end = move |last: bool| {
        marks.with(|marks| {
            let mark = if last { marks.last() } else { marks.first() };
            mark.map(|mark| mark.name.clone()).unwrap_or_default()
        })
    };
    let shapes = move || {
        let top = top.get();
        lines.with(|lines| {
            let shapes = lines.iter().map(|line| {
                let points = marks.with(|marks| points(marks, line, top));
                let (stroke, dashes) = look(line);
                view! {
                    <polyline
                        class=stroke
                        points=points
                        fill="none"
                        stroke="currentColor"
                        stroke-width="2"
                        stroke-dasharray=dashes
                        stroke-linejoin="round"
                        stroke-linecap="round"
                        vector-effect="non-scaling-stroke"
                    />
                }
            });
            shapes.collect_view()
        })
    };
    view! {
        <p class="text-sm text-muted tabular-nums" aria-hidden="true">
            {move || top.get()}
        </p>
        <svg
            class="h-36 w-full overflow-visible border-b border-line"
            viewBox="0 0 300 100"
            preserveAspectRatio="none"
            role="img"
            aria-label=label
        >
            {shapes}
        </svg>
        <p class="flex justify-between pt-1 text-sm text-muted tabular-nums" aria-hidden="true">
            <span>{move || end(false)}</span>
            <span>{move || end(true)}</span>
        </p>
    }
}

/// Which line is which, by its dashes as well as by its colour.
#[component]
pub(super) fn Legend(lines: Signal<Vec<ChartLine>>) -> impl IntoView {
    view! {
        <ul class="flex flex-wrap gap-x-4 text-sm text-muted" aria-hidden="true">
            {move || {
                lines
                    .get()
                    .into_iter()
                    .map(|line| {
                        let (stroke, dashes) = look(&line);
                        view! {
                            <li class="flex items-center gap-2">
                                <svg class="h-2 w-8" viewBox="0 0 32 8">
                                    <line
                                        class=stroke
                                        x1="0"
                                        y1="4"
                                        x2="32"
                                        y2="4"
                                        stroke="currentColor"
                                        stroke-width="2"
                                        stroke-dasharray=dashes
                                    />
                                </svg>
                                {line.name}
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
    }
}

fn look(line: &ChartLine) -> (&'static str, Option<&'static str>) {
    match line.shape {
        Shape::Straight => ("text-muted", Some(DASHES)),
        Shape::Fact => ("text-primary", None),
        Shape::Part(0) => ("text-success", Some("7 3")),
        Shape::Part(1) => ("text-warning", Some("2 3")),
        Shape::Part(_) => ("text-info", Some("8 3 2 3")),
    }
}

/// At least 1, so that a chart of nothing has a height.
fn highest(lines: &[ChartLine]) -> u32 {
    let values = lines.iter().flat_map(|line| line.values.iter().flatten());
    values.max().copied().unwrap_or_default().max(1)
}

fn points(marks: &[ChartMark], line: &ChartLine, top: u32) -> String {
    let places = marks.iter().zip(&line.values);
    let mut known = places.filter_map(|(mark, value)| Some((mark.at, (*value)?)));
    let known: Vec<_> = match line.shape {
        Shape::Fact | Shape::Part(_) => {
            let known: Vec<_> = known.collect();
            match known.as_slice() {
                // One point alone draws nothing; a level line shows where it is.
                [(_, value)] if marks.len() == 1 => vec![(0.0, *value), (1.0, *value)],
                _ => known,
            }
        }
        Shape::Straight => [(0.0, 0)].into_iter().chain(known.next_back()).collect(),
    };
    let written = known.into_iter().map(|(at, value)| {
        let height = HEIGHT - f64::from(value) / f64::from(top) * HEIGHT;
        format!("{:.1},{height:.1}", at * WIDTH)
    });
    written.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[Option<u32>]) -> ChartLine {
        ChartLine {
            name: String::new(),
            values: values.to_vec(),
            shape: Shape::Fact,
        }
    }

    #[test]
    fn lines_begin_at_zero_and_end_where_nothing_is_known() {
        let marks = [0.0, 0.5, 1.0].map(|at| ChartMark {
            at,
            name: String::new(),
            href: None,
        });
        let actual = line(&[Some(0), Some(3), None]);
        assert_eq!(points(&marks, &actual, 6), "0.0,100.0 150.0,50.0");
        let straight = ChartLine {
            shape: Shape::Straight,
            ..line(&[Some(0), Some(2), Some(6)])
        };
        assert_eq!(points(&marks, &straight, 6), "0.0,100.0 300.0,0.0");
        let alone = line(&[Some(3)]);
        assert_eq!(points(&marks[..1], &alone, 6), "0.0,50.0 300.0,50.0");
        assert_eq!(highest(&[actual, line(&[Some(6)])]), 6);
        assert_eq!(highest(&[line(&[None, Some(0)])]), 1);
    }
}
