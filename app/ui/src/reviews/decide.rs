//! The main action of a review: write it, acknowledge or dispute it, answer.

use caravan_domain::{
    command::Command,
    id::Id,
    reviews::{
        command::{ReviewCommand, ReviewRef},
        list::ReviewFile,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::address;
use crate::{
    engine::use_perform,
    forms::WordsForm,
    ui::{Button, ButtonKind, LinkButton, Sheet, live},
};

/// What is said with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Saying {
    Dispute,
    Uphold,
    Reopen,
}

#[component]
pub(super) fn Decide(file: Memo<Option<ReviewFile>>) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(reviews.acknowledged_said);
    let shown = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?;
            let frozen = file.standing.as_ref().map(|it| it.submission.frozen);
            Some((file.may, file.line.review, frozen))
        })
    });
    live(move || {
        let Some((may, review, frozen)) = shown.get() else {
            return ().into_any();
        };
        let frozen = frozen.unwrap_or(Id::ZERO);
        if may.write {
            return view! {
                <LinkButton
                    label=tr!(reviews.write)
                    href=address::part(review, "write")
                    kind=ButtonKind::Main
                    icon=icons::LuPencil
                    wide=true
                />
            }
            .into_any();
        }
        if may.acknowledge {
            let acknowledge = move || {
                let command = ReviewCommand::Acknowledge(review, frozen);
                perform.run(Command::Review(command), said.get_untracked());
            };
            return view! {
                <div class="grid grid-cols-2 gap-2">
                    {match may.dispute {
                        true => view! { <Say saying=Saying::Dispute review frozen main=false /> }.into_any(),
                        false => view! { <span></span> }.into_any(),
                    }}
                    <Button
                        label=tr!(reviews.acknowledge)
                        kind=ButtonKind::Main
                        icon=icons::LuCheck
                        on_press=acknowledge
                    />
                </div>
            }
            .into_any();
        }
        if may.answer {
            return view! {
                <div class="grid grid-cols-2 gap-2">
                    <Say saying=Saying::Uphold review frozen main=false />
                    <Say saying=Saying::Reopen review frozen main=true />
                </div>
            }
            .into_any();
        }
        may.reopen
            .then(|| view! { <Say saying=Saying::Reopen review frozen main=false /> })
            .into_any()
    })
}

/// The button and the sheet in which it is said why.
#[component]
fn Say(saying: Saying, review: ReviewRef, frozen: Id, main: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    let (label, icon) = match saying {
        Saying::Dispute => (tr!(reviews.dispute), icons::LuMessageCircleWarning),
        Saying::Uphold => (tr!(reviews.uphold), icons::LuCheck),
        Saying::Reopen => (tr!(reviews.reopen), icons::LuUndo2),
    };
    let kind = if main {
        ButtonKind::Main
    } else {
        ButtonKind::Plain
    };
    view! {
        <Button label kind icon wide=true on_press=move || open.set(true) />
        <Sheet open title=label>
            <SayForm open saying review frozen label />
        </Sheet>
    }
}

#[component]
fn SayForm(
    open: RwSignal<bool>,
    saying: Saying,
    review: ReviewRef,
    frozen: Id,
    label: Signal<String>,
) -> impl IntoView {
    let (hint, said) = match saying {
        Saying::Dispute => (tr!(reviews.dispute_hint), tr!(reviews.disputed_said)),
        Saying::Uphold => (tr!(reviews.uphold_hint), tr!(reviews.answered_said)),
        Saying::Reopen => (tr!(reviews.reopen_hint), tr!(reviews.answered_said)),
    };
    let command = move |text| {
        Command::Review(match saying {
            Saying::Dispute => ReviewCommand::Dispute(review, frozen, text),
            Saying::Uphold => ReviewCommand::Uphold(review, frozen, text),
            Saying::Reopen => ReviewCommand::Reopen(review, frozen, text),
        })
    };
    view! {
        <WordsForm
            open
            key=format!("reviews/{}/{}/{saying:?}", review.person, review.period)
            label=tr!(reviews.why)
            hint
            send=label
            said
            command
        />
    }
}
