use leptos::prelude::*;

use super::{ChartLine, ChartMark};

/// What the chart shows, in numbers.
#[component]
pub(super) fn Table(
    label: Signal<String>,
    marks: Signal<Vec<ChartMark>>,
    lines: Signal<Vec<ChartLine>>,
    mark_title: Signal<String>,
) -> impl IntoView {
    let names = move || {
        let lines = lines.get().into_iter();
        lines
            .map(
                |line| view! { <th class="py-2 text-end font-medium" scope="col">{line.name}</th> },
            )
            .collect_view()
    };
    let rows = move || {
        let lines = lines.get();
        let marks = marks.get().into_iter().enumerate();
        marks
            .map(|(place, mark)| {
                let cells = lines.iter().enumerate().map(|(number, line)| {
                    let value = line.values.get(place).copied().flatten();
                    let href = mark.href.clone().filter(|_| number == 0);
                    view! { <td class="text-end tabular-nums">{cell(value, href)}</td> }
                });
                view! {
                    <tr class="border-t border-line">
                        <th class="py-2 text-start font-normal" scope="row">
                            {mark.name.clone()}
                        </th>
                        {cells.collect_view()}
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <table class="w-full text-sm">
            <caption class="sr-only">{label}</caption>
            <thead>
                <tr>
                    <th class="py-2 text-start font-medium" scope="col">
                        {mark_title}
                    </th>
                    {names}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn cell(value: Option<u32>, href: Option<String>) -> Option<AnyView> {
    let value = value?;
    let shown = match href {
        Some(href) => view! {
            <a
                class="inline-flex min-h-11 min-w-11 items-center justify-end text-primary underline underline-offset-4"
                href=href
            >
                {value}
            </a>
        }
        .into_any(),
        None => value.into_any(),
    };
    Some(shown)
}
