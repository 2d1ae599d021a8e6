use caravan_domain::clients::{file::ClientFile, record::ClientDraft};
use leptos::prelude::*;

use crate::{
    clients::StageNames,
    format::use_format,
    ui::{Badge, Chip, SectionTitle, Show, Tone},
};

/// What is known about the client: one line each, only what is there.
#[component]
pub(super) fn ClientFacts(file: Memo<Option<ClientFile>>) -> impl IntoView {
    let stages = StageNames::new();
    let format = use_format();
    let text = move |read: fn(&ClientDraft) -> &String| {
        Signal::derive(move || {
            file.with(|file| {
                file.as_ref()
                    .map(|file| read(&file.client.draft).clone())
                    .unwrap_or_default()
            })
        })
    };
    let stage = Signal::derive(move || {
        file.with(|file| {
            file.as_ref()
                .map(|file| stages.name(file.client.draft.stage))
                .unwrap_or_default()
        })
    });
    let grade = Signal::derive(move || {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.client.draft.grade.word().to_owned())
                .unwrap_or_default()
        })
    });
    let due = Signal::derive(move || {
        let on = file.with(|file| file.as_ref().and_then(|file| file.due_on));
        on.map(|day| format.near_day(day)).unwrap_or_default()
    });
    let tags = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.client.draft.tags.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <SectionTitle label=tr!(clients.profile) />
        <dl class="divide-y divide-line">
            <Fact label=tr!(clients.grade) text=grade />
            <Fact label=tr!(clients.stage) text=stage />
            <Fact label=tr!(clients.next_contact) text=due />
            <OwnerFact file />
            <Fact label=tr!(clients.region) text=text(|draft| &draft.region) />
            <Fact label=tr!(clients.address) text=text(|draft| &draft.address) />
            <Fact label=tr!(clients.code) text=text(|draft| &draft.code) />
            <Fact label=tr!(clients.source) text=text(|draft| &draft.source) />
            <Fact label=tr!(clients.note) text=text(|draft| &draft.note) />
        </dl>
        <Show when=move || !tags.with(|tags| tags.is_empty())>
            <div class="flex flex-wrap gap-2 px-4 py-2">
                {move || tags.get().into_iter().map(|tag| view! { <Chip label=tag /> }).collect_view()}
            </div>
        </Show>
    }
}

#[component]
fn Fact(label: Signal<String>, text: Signal<String>) -> impl IntoView {
    view! {
        <Show when=move || !text.with(String::is_empty)>
            <div class="flex gap-4 px-4 py-2">
                <dt class="w-24 shrink-0 text-muted">{label}</dt>
                <dd class="min-w-0 flex-1 break-words whitespace-pre-line">
                    <bdi>{text}</bdi>
                </dd>
            </div>
        </Show>
    }
}

/// The owner, and whether the relay has confirmed it; with whom it is shared.
#[component]
fn OwnerFact(file: Memo<Option<ClientFile>>) -> impl IntoView {
    let owner = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.owner_name.clone())
                .unwrap_or_default()
        })
    });
    let provisional = Memo::new(move |_| {
        file.with(|file| file.as_ref().is_some_and(|file| file.owner_is_provisional))
    });
    let shared = Signal::derive(move || {
        file.with(|file| {
            let with = file.iter().flat_map(|file| file.shared_with.iter());
            with.map(|(_, name)| name.as_str())
                .collect::<Vec<_>>()
                .join("、")
        })
    });
    view! {
        <div class="flex gap-4 px-4 py-2">
            <dt class="w-24 shrink-0 text-muted">{tr!(clients.owner)}</dt>
            <dd class="flex min-w-0 flex-1 flex-wrap gap-2">
                <bdi>{owner}</bdi>
                <Show when=move || provisional.get()>
                    <Badge label=tr!(clients.provisional) tone=Tone::Info />
                </Show>
            </dd>
        </div>
        <Fact label=tr!(clients.shared_with) text=shared />
    }
}
