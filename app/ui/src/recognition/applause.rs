use caravan_domain::{
    command::Command,
    recognition::{command::RecognitionCommand, list::PostLine},
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_perform,
    ui::{Icon, Show},
};

/// Names that are spelled out; the others are counted.
const NAMED: usize = 3;

/// One tap, one for each person, taken back by another; with the names of whoever applauds.
#[component]
pub(super) fn Applause(line: Memo<Option<PostLine>>) -> impl IntoView {
    let perform = use_perform();
    let is = move |read: fn(&PostLine) -> bool| {
        Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(read)))
    };
    let applauded = is(|line| line.applauded);
    let may = is(|line| !line.is_me && line.withdrawn_by.is_none());
    let (given, taken) = (tr!(recognition.applauded_said), tr!(recognition.taken_back));
    let press = move |_| {
        let Some(line) = line.get_untracked() else {
            return;
        };
        let on = !line.applauded;
        let command = RecognitionCommand::Applaud {
            team: line.post.team,
            post: line.post.id,
            on,
        };
        let said = if on { given } else { taken };
        perform.run(Command::Recognition(command), said.get_untracked());
    };
    let name = Memo::new(move |_| {
        line.with(|line| line.as_ref().map(|line| line.name.clone()))
            .unwrap_or_default()
    });
    let (to_give, to_take) = (
        tr!(recognition.applaud_named, name = name.get()),
        tr!(recognition.applauds_named, name = name.get()),
    );
    let (applaud, does) = (tr!(recognition.applaud), tr!(recognition.applauds));
    let either = move |on: Signal<String>, off: Signal<String>| match applauded.get() {
        true => on.get(),
        false => off.get(),
    };
    view! {
        <div class="flex flex-wrap items-center gap-x-3">
            <Show when=move || may.get()>
                <button
                    type="button"
                    class="btn btn-ghost -ms-3 text-primary"
                    class:font-semibold=move || applauded.get()
                    aria-label=move || either(to_take, to_give)
                    on:click=press
                >
                    <Icon icon=icons::LuPartyPopper />
                    <span>{move || either(does, applaud)}</span>
                </button>
            </Show>
            <Names line />
        </div>
    }
}

#[component]
fn Names(line: Memo<Option<PostLine>>) -> impl IntoView {
    let applause = Memo::new(move |_| {
        line.with(|line| line.as_ref().map(|line| line.applause.clone()))
            .unwrap_or_default()
    });
    let named = Memo::new(move |_| {
        applause.with(|names| names.iter().take(NAMED).cloned().collect::<Vec<_>>())
    });
    let comma = tr!(recognition.comma);
    let names = Memo::new(move |_| named.with(|named| named.join(&comma.get())));
    let count = Memo::new(move |_| applause.with(Vec::len));
    let all = tr!(recognition.applause_of, names = names.get());
    let many = tr!(
        recognition.applause_of_many,
        names = names.get(),
        count = count.get()
    );
    view! {
        <Show when=move || count.get() != 0>
            <p class="min-w-0 py-2 text-sm text-muted">
                <bdi>{move || if count.get() > NAMED { many.get() } else { all.get() }}</bdi>
            </p>
        </Show>
    }
}
