use caravan_domain::{
    command::Command,
    visits::{command::VisitCommand, record::PositionReading},
};
use caravan_port::message::Ran;
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::{Submit, use_submit},
    forms::Refused,
    location::read_position,
    ui::{Button, ButtonKind, Show},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ready,
    /// The phone looks for its position; the person may go on without.
    Locating,
}

/// Checks in or out. The position is asked for now and never before; no consent, no fix and no patience are readings
/// like any other.
#[component]
pub(in crate::visits) fn CheckButton(
    #[prop(into)] label: Signal<String>,
    command: impl Fn(PositionReading) -> VisitCommand + Send + Sync + 'static,
    /// Of the form that this button sends, where there is one.
    #[prop(optional)]
    submit: Option<Submit>,
    #[prop(optional, into)] on_done: Option<Callback<Ran>>,
) -> impl IntoView {
    let submit = submit.unwrap_or_else(|| use_submit(None));
    let step = RwSignal::new(Step::Ready);
    let command = StoredValue::new(command);
    let write = move |reading: PositionReading| {
        step.set(Step::Ready);
        let command = command.with_value(|command| command(reading));
        submit.run(Command::Visit(command), move |ran| {
            if let Some(on_done) = on_done {
                on_done.run(ran);
            }
        });
    };
    let begin = move || {
        submit.failure.set(None);
        step.set(Step::Locating);
        spawn_local(async move {
            let reading = read_position().await;
            // Whoever went on without a position has been written down already.
            if step.try_get_untracked() == Some(Step::Locating) {
                write(reading);
            }
        });
    };
    let locating = tr!(location.asking);
    let shown = Signal::derive(move || match step.get() {
        Step::Ready => label.get(),
        Step::Locating => locating.get(),
    });
    view! {
        <div class="flex flex-col gap-2">
            <Refused submit />
            <Show when=move || step.get() == Step::Locating>
                <Button
                    label=tr!(visits.without_position)
                    wide=true
                    on_press=move || write(PositionReading::Unavailable)
                />
            </Show>
            <Button
                label=shown
                kind=ButtonKind::Main
                icon=icons::LuMapPinCheck
                wide=true
                disabled=Signal::derive(move || step.get() != Step::Ready || submit.busy.get())
                on_press=begin
            />
        </div>
    }
}
