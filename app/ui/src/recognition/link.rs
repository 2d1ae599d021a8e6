use caravan_domain::{
    id::PersonId,
    recognition::list::{RecognitionList, RecognitionPage},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::address;
use crate::{
    engine::use_engine,
    ui::{List, ListRow, Show},
};

/// More than anybody reads before an interview.
const COUNTED: u32 = 100;

/// What somebody was recognised for: on their page, in their reviews and beside their grade. Something to read, and no
/// points.
#[component]
pub(crate) fn RecognitionLink(person: PersonId) -> impl IntoView {
    let asked = move || RecognitionList {
        person: Some(person),
        limit: COUNTED,
    };
    let page = use_engine().recognition(asked);
    let standing = move |page: &RecognitionPage| {
        let lines = page.lines.iter();
        let standing = lines.filter(|line| line.withdrawn_by.is_none());
        standing
            .map(|line| line.post.words.clone())
            .collect::<Vec<_>>()
    };
    let standing = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(standing))
            .unwrap_or_default()
    });
    let total = Memo::new(move |_| standing.with(Vec::len));
    let latest = Memo::new(move |_| standing.with(|words| words.first().cloned()));
    view! {
        <Show when=move || total.get() != 0>
            <List>
                <ListRow
                    title=tr!(recognition.of_person, count = total.get())
                    detail=MaybeProp::derive(move || latest.get())
                    icon=icons::LuAward
                    href=address::of_person(person)
                />
            </List>
        </Show>
    }
}

/// From the screens of people and of a month to the wall.
#[component]
pub(crate) fn WallLink() -> impl IntoView {
    view! {
        <List>
            <ListRow
                title=tr!(recognition.title)
                detail=tr!(recognition.wall_hint)
                icon=icons::LuAward
                href=address::WALL
            />
        </List>
    }
}
