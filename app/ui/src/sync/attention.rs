use caravan_port::{
    act::Act,
    view::{AttentionLine, SyncView},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    labels::did,
    records::path_of,
    words::{Words, as_text},
};
use crate::{
    engine::use_engine,
    errors::Explain,
    format::use_format,
    ui::{Button, ButtonKind, Each, LinkButton, SectionTitle, Show, use_copy_out, use_toasts},
};

/// What the relay refused, with its reason and what can be done about it. Nothing of it is lost before it was seen.
#[component]
pub(super) fn Attention(view: Signal<Option<SyncView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .map(|view| view.attention.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(sync.attention) />
            <Show when=move || lines.with(|lines| lines.len() > 1)>
                <AllAgain />
            </Show>
            <ul class="divide-y divide-line" aria-label=tr!(sync.attention)>
                <Each each=move || lines.get() key=|line| line.sequence let:line>
                    <Line line />
                </Each>
            </ul>
        </Show>
    }
}

/// One tap for a whole day's work that came back.
#[component]
fn AllAgain() -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let toasts = use_toasts();
    let again = move || {
        spawn_local(async move {
            if let Err(failure) = engine.act(Act::WriteAllAgain).await {
                toasts.say(explain.act(failure));
            }
        });
    };
    view! {
        <div class="px-4 py-2">
            <Button label=tr!(sync.all_again) icon=icondata_lu::LuRedo2 on_press=again />
        </div>
    }
}

#[component]
fn Line(line: AttentionLine) -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let format = use_format();
    let toasts = use_toasts();
    let (title, subject, written) = (did(line.label), line.subject.clone(), line.written_at);
    let (sequence, reason) = (line.sequence, line.reason);
    let act = move |act: Act| {
        spawn_local(async move {
            if let Err(failure) = engine.act(act).await {
                toasts.say(explain.act(failure));
            }
        });
    };
    let refused = engine.refused(sequence);
    let words = Memo::new(move |_| {
        refused
            .get()
            .map(|refused| refused.words)
            .unwrap_or_default()
    });
    let can_write_again =
        Memo::new(move |_| refused.get().is_some_and(|refused| refused.can_write_again));
    let copy_out = use_copy_out();
    let copy = move || copy_out.copy(&words.with_untracked(|words| as_text(words, explain)));
    view! {
        <li class="flex flex-col gap-2 px-4 py-3">
            <p class="font-medium">
                {title} " · " <bdi>{subject}</bdi>
            </p>
            <p class="text-error">{move || explain.rejection(reason)}</p>
            <p class="text-sm text-muted">{move || format.moment(written)}</p>
            <Show when=move || !words.with(Vec::is_empty)>
                <Words words />
            </Show>
            <div class="flex flex-wrap gap-2">
                {line.record.map(|record| view! { <LinkButton label=tr!(sync.open) href=path_of(record) /> })}
                <Show when=move || can_write_again.get()>
                    <Button label=tr!(sync.again) on_press=move || act(Act::WriteAgain(sequence)) />
                </Show>
                <Show when=move || !words.with(Vec::is_empty)>
                    <Button label=tr!(sync.copy) kind=ButtonKind::Quiet on_press=copy />
                </Show>
                <Button
                    label=tr!(sync.dismiss)
                    kind=ButtonKind::Quiet
                    on_press=move || act(Act::Dismiss(sequence))
                />
            </div>
        </li>
    }
}
