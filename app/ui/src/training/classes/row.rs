use caravan_domain::training::classes::{decision::Seat, view::ClassLine};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::{AttendanceNames, tone_of, when};
use crate::{
    format::use_format,
    ui::{Badge, ListRow, Tone},
};

/// One class in a list: what, when, where, and how the reader stands with it.
#[component]
pub(crate) fn ClassRow(line: ClassLine) -> impl IntoView {
    let format = use_format();
    let class = line.class.clone();
    let detail = Signal::derive(move || format!("{} · {}", when(&class, format), class.place));
    let to_mark = line.to_mark;
    let badge = if line.class.called_off {
        Some((tr!(classes.called_off), Tone::Bad))
    } else if to_mark > 0 {
        Some((tr!(classes.to_mark, count = to_mark), Tone::Warning))
    } else {
        line.seat.and_then(seat_badge)
    };
    view! {
        <ListRow
            title=Signal::stored(line.class.title)
            detail
            href=format!("/training/classes/{}", line.id)
            icon=icons::LuCalendarDays
        >
            {badge.map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
        </ListRow>
    }
}

/// What was marked, else what the person has said. To be called while a component is being built.
pub(super) fn seat_badge(seat: Seat) -> Option<(Signal<String>, Tone)> {
    let names = AttendanceNames::new();
    match (seat.marked, seat.coming) {
        (Some(marked), _) => {
            let attendance = marked.attendance;
            let label = Signal::derive(move || names.name(attendance));
            Some((label, tone_of(attendance)))
        }
        (None, Some(true)) => Some((tr!(classes.is_coming), Tone::Good)),
        (None, Some(false)) => Some((tr!(classes.is_not_coming), Tone::Neutral)),
        (None, None) => Some((tr!(classes.to_answer), Tone::Info)),
    }
}
