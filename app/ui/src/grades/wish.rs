use caravan_domain::{
    command::Command,
    grades::{command::GradeCommand, standing::Wish},
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{use_draft, use_perform},
    errors::Explain,
    format::use_format,
    ui::{Button, ButtonKind, Form, Sheet, TextArea, use_toasts},
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    text: String,
}

/// The person says that they would like to come up.
#[component]
pub(super) fn WishButton() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button
            label=tr!(grades.wish)
            kind=ButtonKind::Main
            icon=icons::LuHand
            wide=true
            on_press=move || open.set(true)
        />
        <Sheet open title=tr!(grades.wish)>
            <WishForm open />
        </Sheet>
    }
}

#[component]
fn WishForm(open: RwSignal<bool>) -> impl IntoView {
    let (explain, toasts, said) = (Explain::new(), use_toasts(), tr!(grades.wish_said));
    let draft = use_draft("grades/wish", Typed::default());
    let submit = draft.submit();
    let save = move || {
        let text = draft.value.get_untracked().text;
        submit.run(Command::Grade(GradeCommand::Wish(text)), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <TextArea
                label=tr!(grades.wish_text)
                hint=tr!(grades.wish_hint)
                bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text)
            />
            <p class="text-error empty:hidden" role="alert">
                {move || submit.failure.get().map(|failure| explain.run(failure))}
            </p>
            <Button
                label=tr!(grades.wish_send)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
    }
}

/// What was said, for whoever may read it; its author can take it back.
#[component]
pub(super) fn Wished(wish: Wish, is_me: bool) -> impl IntoView {
    let format = use_format();
    let (perform, said) = (use_perform(), tr!(grades.unwish_said));
    let at = wish.at;
    view! {
        <div class="flex flex-col gap-1 border-y border-line px-4 py-2">
            <p class="font-medium">{tr!(grades.wished, when = format.moment(at))}</p>
            <p class="break-words whitespace-pre-line empty:hidden">
                <bdi>{wish.text}</bdi>
            </p>
            {is_me
                .then(|| {
                    view! {
                        <Button
                            label=tr!(grades.unwish)
                            on_press=move || {
                                perform.run(Command::Grade(GradeCommand::Unwish), said.get_untracked());
                            }
                        />
                    }
                })}
        </div>
    }
}
