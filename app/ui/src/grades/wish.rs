use caravan_domain::{
    command::Command,
    grades::{command::GradeCommand, standing::Wish},
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_perform,
    format::use_format,
    forms::WordsForm,
    ui::{Button, ButtonKind, Sheet},
};

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
    view! {
        <WordsForm
            open
            key="grades/wish"
            label=tr!(grades.wish_text)
            hint=tr!(grades.wish_hint)
            send=tr!(grades.wish_send)
            said=tr!(grades.wish_said)
            command=|text| Command::Grade(GradeCommand::Wish(text))
        />
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
