use caravan_domain::{
    clients::{
        command::ClientCommand,
        record::{InteractionDraft, InteractionKind},
    },
    command::Command,
    id::{ClientId, InteractionId},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    clients::words::{LOGGED, interaction_name},
    engine::use_draft,
    errors::Explain,
    ui::{Bound, Button, ButtonKind, Form, SegmentedControl, Sheet, Show, TextArea, use_toasts},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    kind: InteractionKind,
    text: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            kind: InteractionKind::Note,
            text: String::new(),
        }
    }
}

/// Writes an entry into the timeline, or a correction of one that is there.
#[component]
pub(super) fn LogSheet(
    open: RwSignal<bool>,
    id: ClientId,
    corrected: RwSignal<Option<InteractionId>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let explain = Explain::new();
    let draft = use_draft(format!("clients/{id}/log"), Typed::default());
    let submit = draft.submit();
    let logged = tr!(clients.logged);
    let save = move || {
        let Typed { kind, text } = draft.value.get_untracked();
        let command = ClientCommand::LogInteraction {
            client: id,
            draft: InteractionDraft {
                kind,
                text,
                happened_at: None,
                corrects: corrected.get_untracked(),
            },
        };
        submit.run(Command::Client(command), move |_| {
            open.set(false);
            toasts.say(logged.get_untracked());
        });
    };
    let kinds = LOGGED.map(|kind| (kind.word().to_owned(), interaction_name(kind)));
    let kinds = StoredValue::new(kinds);
    let options = Signal::derive(move || {
        kinds.with_value(|kinds| {
            kinds
                .iter()
                .map(|(word, name)| (word.clone(), name.get()))
                .collect()
        })
    });
    let kind = Bound::word(
        draft.value,
        |typed| typed.kind.word(),
        |typed| &mut typed.kind,
    );
    let (log, correct) = (tr!(clients.log), tr!(clients.correct));
    let title = Signal::derive(move || match corrected.get() {
        Some(_) => correct.get(),
        None => log.get(),
    });
    let error = Signal::derive(move || submit.failure.get().map(|failure| explain.run(failure)));
    view! {
        <Sheet open title>
            <Form on_submit=save in_sheet=true>
                <Show when=move || corrected.get().is_none()>
                    <SegmentedControl label=tr!(clients.kind) bind=kind options />
                </Show>
                <TextArea
                    label=tr!(clients.what_happened)
                    error
                    bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text)
                />
                <p class="text-sm text-muted">{tr!(clients.log_stays)}</p>
                <Button label=tr!(clients.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
        </Sheet>
    }
}
