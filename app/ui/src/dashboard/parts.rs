use caravan_domain::{
    dashboard::list::{Counted, PartLine, SHOWN},
    goals::{metric::Metric, place::GoalPlace},
    money::Fen,
    time::Day,
};
use leptos::prelude::*;

use super::{
    address,
    page::Shown,
    words::{FigureNames, value},
};
use crate::{
    format::{Format, use_format},
    ui::{BarChart, BarRow, Bound, SectionTitle, SelectField, Show},
};

/// What parts are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Counted(usize),
    Goals,
    Load,
    Overdue,
    Pay,
}

const ALL: [By; 8] = [
    By::Counted(0),
    By::Counted(1),
    By::Counted(2),
    By::Counted(3),
    By::Goals,
    By::Load,
    By::Overdue,
    By::Pay,
];

/// Teams or people side by side, by one number at a time; a name leads on to theirs, a number to its records.
#[component]
pub(super) fn Compared(shown: Shown) -> impl IntoView {
    let format = use_format();
    let lines = shown.part(|found| found.parts.clone());
    let (place, pay) = (shown.place(), shown.pay());
    let by = RwSignal::new(ALL[0]);
    let (of_teams, of_people) = (tr!(dashboard.teams), tr!(dashboard.people));
    let title = Signal::derive(move || match place.get() {
        Some(GoalPlace::Company) => of_teams.get(),
        _ => of_people.get(),
    });
    let (names, options) = choices();
    let bind = Bound {
        value: Signal::derive(move || {
            let place = ALL.iter().position(|it| *it == by.get());
            place.unwrap_or_default().to_string()
        }),
        set: Callback::new(move |word: String| {
            let place: usize = word.parse().unwrap_or_default();
            by.set(ALL.get(place).copied().unwrap_or(ALL[0]));
        }),
    };
    let rows = Signal::derive(move || {
        let paid = pay.with(|pay| pay.as_ref().map(|pay| pay.parts.clone()));
        let (by, month) = (by.get(), shown.month.get());
        let lines = lines.get().into_iter();
        let mut rows: Vec<_> = lines
            .map(|line| row(line, by, paid.as_deref().unwrap_or_default(), month, format))
            .collect();
        rows.sort_by_key(|row| core::cmp::Reverse(row.value));
        rows
    });
    let value_title = Signal::derive(move || {
        let place = ALL.iter().position(|it| *it == by.get());
        names[place.unwrap_or_default()].get()
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <section>
                <SectionTitle label=title />
                <div class="px-4 pb-2">
                    <SelectField label=tr!(dashboard.compare) bind options />
                </div>
                <BarChart label=title rows name_title=title value_title />
            </section>
        </Show>
    }
}

type Choices = ([Signal<String>; 8], Signal<Vec<(String, String)>>);

fn choices() -> Choices {
    let figures = FigureNames::new();
    let [sales, visits, clients, tasks] = SHOWN.map(|metric| figures.of(metric));
    let names = [
        sales,
        visits,
        clients,
        tasks,
        tr!(dashboard.goals_reached),
        tr!(dashboard.load),
        tr!(dashboard.overdue),
        tr!(dashboard.pay),
    ];
    let options = Signal::derive(move || {
        let named = names.iter().enumerate();
        named
            .map(|(place, name)| (place.to_string(), name.get()))
            .collect()
    });
    (names, options)
}

fn row(line: PartLine, by: By, paid: &[(GoalPlace, Fen)], month: Day, format: Format) -> BarRow {
    let (place, own) = (line.place, address::page(line.place, month));
    let person = match place {
        GoalPlace::Person(person) => Some(person),
        _ => None,
    };
    let (number, shown, records) = match by {
        By::Counted(number) => {
            let metric = SHOWN.get(number).copied().unwrap_or(Metric::Sales);
            let number = line.values.get(number).copied().unwrap_or_default();
            let records = address::records(place, month, Counted::Deeds(metric));
            (number, value(format, metric, number), records)
        }
        By::Goals => {
            let (reached, all) = line.goals_reached;
            let shown = format!("{reached} / {all}");
            (part(reached.into(), all.into()), shown, "/goals".to_owned())
        }
        By::Load => {
            let (load, available) = line.load;
            let shown = format!("{} / {}", format.duration(load), format.duration(available));
            let records = person.map(|person| format!("/work/load/{person}"));
            let records = records.unwrap_or_else(|| own.clone());
            (part(load.into(), available.into()), shown, records)
        }
        By::Overdue => {
            let records = address::records(place, month, Counted::Overdue(None));
            let count = line.overdue;
            (count.into(), format.count(count.into()), records)
        }
        By::Pay => {
            let known = paid.iter().find(|(of, _)| *of == place);
            let amount = known.map(|(_, amount)| *amount);
            let records = person.map(|person| format!("/pay/{person}"));
            (
                amount.map_or(0, |amount| amount.0),
                amount.map_or_else(|| "—".to_owned(), |amount| format.money(amount)),
                records.unwrap_or_else(|| own.clone()),
            )
        }
    };
    BarRow {
        name: line.name,
        href: Some(own),
        value: number,
        shown,
        records: Some(records),
    }
}

/// In thousandths; whoever has work and no time for it has all of it filled.
fn part(of: i64, whole: i64) -> i64 {
    match (of, whole) {
        (0, _) => 0,
        (_, 0) => 1000,
        _ => of.saturating_mul(1000) / whole,
    }
}
