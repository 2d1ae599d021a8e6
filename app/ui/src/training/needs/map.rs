//! People or teams by topics, as a table: the number in every cell, its shade a second sign.

use caravan_domain::{
    id::RoundId,
    training::needs::{
        gap::{Cell, FEWEST},
        round::NeedTopic,
        view::{NeedsOf, NeedsRow},
    },
};
use leptos::prelude::*;

use super::{
    team_word,
    words::{STEPS, shade, step_name, step_range, tenths, topic_name},
};

/// The first column stays where it is while the others are moved under the thumb.
const FIRST: &str = "sticky start-0 z-1 bg-base-100 pe-3 text-start";

#[component]
pub(super) fn NeedsTable(
    round: RoundId,
    /// What its rows are.
    label: Signal<String>,
    topics: Vec<(u8, NeedTopic)>,
    rows: Vec<NeedsRow>,
    /// Everybody together; of one person there is no need for it.
    all: Option<Vec<Cell>>,
) -> impl IntoView {
    let places: Vec<_> = topics.iter().map(|(place, _)| *place).collect();
    let heads = topics.iter().map(|(_, topic)| {
        view! {
            <th class="min-w-20 px-1 pb-2 text-center align-bottom font-medium" scope="col">
                <bdi>{topic_name(topic)}</bdi>
            </th>
        }
    });
    let heads = heads.collect_view();
    let rows = rows
        .into_iter()
        .map(|row| view! { <Row round row places=places.clone() /> });
    let rows = rows.collect_view();
    let all = all.map(|cells| {
        let cells = cells
            .into_iter()
            .map(|cell| view! { <td class="p-1"><Filled cell several=true /></td> });
        let cells = cells.collect_view();
        view! {
            <tr class="border-t border-line">
                <th class=format!("{FIRST} py-1 font-medium") scope="row">
                    {tr!(needs.all)}
                </th>
                {cells}
            </tr>
        }
    });
    view! {
        <div class="overflow-x-auto pb-2 ps-4" tabindex="0" role="region" aria-label=label>
            <table>
                <thead>
                    <tr class="text-sm">
                        <th class=format!("{FIRST} pb-2 align-bottom font-medium text-muted") scope="col">
                            {label}
                        </th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows} {all}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(round: RoundId, row: NeedsRow, places: Vec<u8>) -> impl IntoView {
    let base = format!("/training/needs/{round}");
    let (path, several) = match row.of {
        NeedsOf::Person(person) => (format!("{base}/people/{person}"), false),
        NeedsOf::Team(team) => (format!("{base}/teams/{}", team_word(team)), true),
    };
    let name = match row.name.is_empty() {
        true => tr!(needs.no_team),
        false => Signal::stored(row.name),
    };
    let cells = row.cells.into_iter().zip(places).map(|(cell, place)| {
        let href = format!("{path}/{place}");
        let inside = view! { <Filled cell several /> };
        match cell.answers {
            0 => view! { <td class="p-1">{inside}</td> }.into_any(),
            _ => view! {
                <td class="p-1">
                    <a class="block rounded-field" href=href>
                        {inside}
                    </a>
                </td>
            }
            .into_any(),
        }
    });
    let cells = cells.collect_view();
    let head = match several {
        true => view! {
            <a class="inline-flex min-h-11 items-center text-primary underline underline-offset-4" href=path>
                <bdi>{name}</bdi>
            </a>
        }
        .into_any(),
        false => view! { <bdi>{name}</bdi> }.into_any(),
    };
    let count = several.then(|| {
        let (answered, asked) = (row.answered, row.asked);
        view! {
            <span class="block text-sm text-muted tabular-nums">
                {tr!(needs.answered_of, answered = answered, asked = asked)}
            </span>
        }
    });
    view! {
        <tr class="border-t border-line">
            <th class=format!("{FIRST} min-w-24 max-w-32 py-1 font-normal") scope="row">
                {head} {count}
            </th>
            {cells}
        </tr>
    }
}

/// The gap with its step in words for who does not see the shade; of several people also how many it is made of.
#[component]
fn Filled(cell: Cell, several: bool) -> impl IntoView {
    let base = "flex min-h-11 min-w-16 flex-col items-center justify-center rounded-field px-2 py-1 tabular-nums";
    let count = cell.answers;
    match cell.means {
        Some(means) => view! {
            <span class=format!("{base} {}", shade(means.step()))>
                <span>
                    {tenths(means.gap())} <span class="sr-only">{step_name(means.step())}</span>
                </span>
                {several.then(|| view! { <span class="text-sm">{tr!(needs.count, count = count)}</span> })}
            </span>
        }
        .into_any(),
        None if count > 0 => view! {
            <span class=format!("{base} text-center text-sm text-muted")>
                <span>{tr!(needs.too_few)}</span>
                <span>{tr!(needs.count, count = count)}</span>
            </span>
        }
        .into_any(),
        None => view! {
            <span class=format!("{base} text-muted")>
                <span aria-hidden="true">"–"</span>
                <span class="sr-only">{tr!(needs.nothing_said)}</span>
            </span>
        }
        .into_any(),
    }
}

/// What the numbers and the shades say.
#[component]
pub(super) fn Legend(
    /// Means of teams are shown, too.
    several: bool,
) -> impl IntoView {
    let steps = STEPS.map(|step| {
        view! {
            <li class="flex items-center gap-2">
                <span class=format!("size-5 shrink-0 rounded-selector {}", shade(step)) aria-hidden="true"></span>
                <span>{step_name(step)}</span>
                <span class="text-muted tabular-nums">{step_range(step)}</span>
            </li>
        }
    });
    let steps = steps.into_iter().collect_view();
    view! {
        <div class="flex flex-col gap-2 px-4 py-2 text-sm">
            <ul class="flex flex-wrap gap-x-4 gap-y-1" aria-label=tr!(needs.legend)>
                {steps}
            </ul>
            <p class="text-muted">{tr!(needs.map_hint)}</p>
            {several.then(|| view! { <p class="text-muted">{tr!(needs.too_few_hint, fewest = FEWEST)}</p> })}
        </div>
    }
}
