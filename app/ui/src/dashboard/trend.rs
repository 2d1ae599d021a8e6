use caravan_domain::dashboard::list::{Counted, SHOWN};
use leptos::prelude::*;

use super::{
    address,
    page::Shown,
    words::{FigureNames, drawn},
};
use crate::{
    format::use_format,
    ui::{Bound, ChartLine, ChartMark, LineChart, SectionTitle, SegmentedControl, Shape, Show},
};

/// One number over the last months; each month opens its records.
#[component]
pub(super) fn Trend(shown: Shown) -> impl IntoView {
    let (format, names) = (use_format(), FigureNames::new());
    let chosen = RwSignal::new(0usize);
    let months = shown.part(|found| found.trend.clone());
    let place = shown.place();
    let metric = move || SHOWN[chosen.get().min(SHOWN.len() - 1)];
    let options = Signal::derive(move || {
        let all = SHOWN.iter().enumerate();
        all.map(|(number, metric)| (number.to_string(), names.of(*metric).get()))
            .collect::<Vec<_>>()
    });
    let bind = Bound {
        value: Signal::derive(move || chosen.get().to_string()),
        set: Callback::new(move |word: String| chosen.set(word.parse().unwrap_or_default())),
    };
    let marks = Signal::derive(move || {
        let Some(place) = place.get() else {
            return Vec::new();
        };
        months.with(|months| {
            let last = months.len().saturating_sub(1).max(1);
            let marks = months.iter().enumerate().map(|(number, month)| ChartMark {
                at: number as f64 / last as f64,
                name: format.period(month.month),
                href: Some(address::records(
                    place,
                    month.month.first(),
                    Counted::Deeds(metric()),
                )),
            });
            marks.collect::<Vec<_>>()
        })
    });
    let unit = tr!(dashboard.in_yuan);
    let name = Signal::derive(move || match metric() {
        caravan_domain::goals::metric::Metric::Sales => unit.get(),
        other => names.of(other).get(),
    });
    let lines = Signal::derive(move || {
        months.with(|months| {
            let values = months.iter().map(|month| {
                let value = month.values.get(chosen.get()).copied();
                value.map(|value| drawn(metric(), value))
            });
            vec![ChartLine {
                name: name.get(),
                values: values.collect(),
                shape: Shape::Fact,
            }]
        })
    });
    let label = tr!(dashboard.trend_of, what = name.get());
    view! {
        <Show when=move || !months.with(Vec::is_empty)>
            <section>
                <SectionTitle label=tr!(dashboard.trend) />
                <div class="px-4 py-1">
                    <SegmentedControl label=tr!(dashboard.trend) bind options />
                </div>
                <LineChart label marks lines mark_title=tr!(dashboard.month) />
            </section>
        </Show>
    }
}
