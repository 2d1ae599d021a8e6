use caravan_domain::training::needs::view::{Mine, RoundLine};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Badge, ListRow, Tone},
};

/// One round in a list; a tap on one that waits for the reader leads to the form.
#[component]
pub(crate) fn RoundRow(line: RoundLine) -> impl IntoView {
    let when = when(&line);
    let count = (line.asked > 0).then(|| count(&line));
    let detail = Signal::derive(move || match count {
        Some(count) => format!("{} · {}", when.get(), count.get()),
        None => when.get(),
    });
    let to_answer = line.is_open && line.mine == Mine::ToAnswer;
    let href = match to_answer {
        true => format!("/training/needs/{}/answer", line.id),
        false => format!("/training/needs/{}", line.id),
    };
    let badge = match (to_answer, line.mine) {
        (true, _) => Some((tr!(needs.to_answer), Tone::Info)),
        (false, Mine::Answered) => Some((tr!(needs.answered), Tone::Good)),
        (false, _) => None,
    };
    view! {
        <ListRow title=Signal::stored(line.round.plan.title) detail href icon=icons::LuClipboardList>
            {badge.map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
        </ListRow>
    }
}

/// Until when, or since when no more. To be called while a component is being built.
pub(super) fn when(line: &RoundLine) -> Signal<String> {
    let format = use_format();
    let (until, closed_at) = (line.round.plan.until, line.round.closed_at);
    match line.is_open {
        true => tr!(needs.until_day, day = format.near_day(until)),
        false => {
            let last = closed_at.map_or(until, |at| at.day());
            tr!(needs.over_since, day = format.near_day(last))
        }
    }
}

pub(super) fn count(line: &RoundLine) -> Signal<String> {
    let (answered, asked) = (line.answered, line.asked);
    tr!(needs.answered_of, answered = answered, asked = asked)
}
