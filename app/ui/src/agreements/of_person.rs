use caravan_domain::{
    agreements::{standing::Standing, view::AgreementLine},
    id::PersonId,
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::{standing_badge, title_of};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Badge, List, ListRow, SectionTitle, Show},
};

/// On a person's page: what they have signed and when, and what they still have to.
#[component]
pub(crate) fn PersonAgreements(person: PersonId) -> impl IntoView {
    let view = use_engine().agreements(move || Some(person));
    let lines = Memo::new(move |_| {
        let lines = view.with(|view| view.as_ref().map(|view| view.lines.clone()));
        let mut lines = lines.unwrap_or_default();
        lines.retain(|line| line.signed.is_some() || line.standing != Standing::NotAsked);
        lines
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(agreements.title) />
            <List label=tr!(agreements.title)>
                {move || lines.get().into_iter().map(|line| view! { <Row person line /> }).collect_view()}
            </List>
        </Show>
    }
}

#[component]
fn Row(person: PersonId, line: AgreementLine) -> impl IntoView {
    let format = use_format();
    let signed = line.signed;
    let (number, on) = signed.map(|it| (it.number, it.on)).unwrap_or_default();
    let (both, one) = (
        tr!(
            agreements.both_signed,
            number = number,
            day = format.near_day(on.day())
        ),
        tr!(
            agreements.one_signed,
            number = number,
            day = format.near_day(on.day())
        ),
    );
    let detail = Signal::derive(move || {
        signed.map(|it| match it.countersigned {
            true => both.get(),
            false => one.get(),
        })
    });
    let href = match signed.is_some() {
        true => format!("/agreements/{}/signed/{person}", line.id),
        false => format!("/agreements/{}", line.id),
    };
    view! {
        <ListRow title=title_of(line.titles.clone()) detail icon=icons::LuSignature href>
            {standing_badge(line.standing).map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
        </ListRow>
    }
}
