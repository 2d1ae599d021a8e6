use caravan_domain::{
    command::Command,
    id::{ClientId, VisitId},
    visits::{
        command::VisitCommand,
        list::VisitFile,
        record::{ActionDone, ActionKind},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::use_draft,
    errors::Explain,
    format::use_format,
    ui::{Button, ButtonKind, Form, Icon, Sheet, Show, TextArea},
    visits::words::action_name,
};

/// An action that is told in words: stock, competitors, an order, a survey.
#[component]
pub(super) fn TextAction(
    client: ClientId,
    visit: VisitId,
    kind: ActionKind,
    file: Memo<Option<VisitFile>>,
) -> impl IntoView {
    let format = use_format();
    let open = RwSignal::new(false);
    let name = action_name(kind);
    let done = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .and_then(|file| file.visit.actions.get(&kind).cloned())
        })
    });
    let may_edit =
        Memo::new(move |_| file.with(|file| file.as_ref().is_some_and(|file| file.may_edit)));
    let to_do = tr!(visits.to_do);
    let state = move || match done.get() {
        Some(ActionDone { at, .. }) => format.moment(at),
        None => to_do.get(),
    };
    let text = Memo::new(move |_| done.get().map(|done| done.text).unwrap_or_default());
    view! {
        <button
            type="button"
            class="row cursor-pointer"
            aria-haspopup="dialog"
            disabled=move || !may_edit.get()
            on:click=move |_| open.set(true)
        >
            {move || {
                let icon = match done.with(Option::is_some) {
                    true => icons::LuCircleCheck,
                    false => icons::LuCircle,
                };
                view! { <Icon icon class="size-5 shrink-0 text-primary" /> }
            }}
            <span class="flex min-w-0 flex-1 flex-col">
                <span>{name}</span>
                <Show when=move || !text.with(String::is_empty)>
                    <bdi class="line-clamp-2 text-sm whitespace-pre-line text-muted">{text}</bdi>
                </Show>
            </span>
            <span class="shrink-0 text-sm text-muted">{state}</span>
        </button>
        <ActionSheet open client visit kind stored=text />
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    text: String,
}

#[component]
fn ActionSheet(
    open: RwSignal<bool>,
    client: ClientId,
    visit: VisitId,
    kind: ActionKind,
    stored: Memo<String>,
) -> impl IntoView {
    let explain = Explain::new();
    let draft = use_draft(format!("visits/{visit}/{}", kind.word()), Typed::default());
    let submit = draft.submit();
    // Opened again, it shows what was written, unless something unsaved is there.
    Effect::new(move || {
        if open.get() && draft.value.with_untracked(|typed| typed.text.is_empty()) {
            draft.value.set(Typed {
                text: stored.get_untracked(),
            });
        }
    });
    let save = move || {
        let text = draft.value.with_untracked(|typed| typed.text.clone());
        let command = VisitCommand::DoAction {
            client,
            visit,
            action: kind,
            text,
        };
        submit.run(Command::Visit(command), move |_| open.set(false));
    };
    let error = Signal::derive(move || submit.failure.get().map(|failure| explain.run(failure)));
    view! {
        <Sheet open title=action_name(kind)>
            <Form on_submit=save in_sheet=true>
                <TextArea
                    label=tr!(visits.what_you_saw)
                    error
                    bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text)
                />
                <Button label=tr!(visits.action_done) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
        </Sheet>
    }
}
