use caravan_domain::{
    command::Command,
    visits::{command::VisitCommand, record::PositionReading},
};
use caravan_port::message::{Ran, RunError};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::{Failure, use_engine},
    errors::Explain,
    location::read_position,
    ui::{Button, ButtonKind},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ready,
    /// The phone looks for its position; the person may go on without.
    Locating,
    Writing,
}

/// Checks in or out. The position is asked for now and never before; no consent, no fix and no patience are readings
/// like any other.
#[component]
pub(in crate::visits) fn CheckButton(
    #[prop(into)] label: Signal<String>,
    command: impl Fn(PositionReading) -> VisitCommand + Send + Sync + 'static,
    #[prop(optional, into)] on_done: Option<Callback<Ran>>,
) -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let step = RwSignal::new(Step::Ready);
    let failure = RwSignal::new(None::<Failure<RunError>>);
    let command = StoredValue::new(command);
    let write = move |reading: PositionReading| {
        step.set(Step::Writing);
        let command = command.with_value(|command| command(reading));
        spawn_local(async move {
            match engine.run(Command::Visit(command)).await {
                Ok(ran) => {
                    if let Some(on_done) = on_done {
                        on_done.run(ran);
                    }
                }
                Err(refused) => {
                    failure.try_set(Some(refused));
                }
            }
            // The page may have moved on with the visit.
            step.try_set(Step::Ready);
        });
    };
    let begin = move || {
        failure.set(None);
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
        Step::Ready | Step::Writing => label.get(),
        Step::Locating => locating.get(),
    });
    view! {
        <div class="flex flex-col gap-2">
            <p class="text-error empty:hidden" role="alert">
                {move || failure.get().map(|failure| explain.run(failure))}
            </p>
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
                disabled=Signal::derive(move || step.get() != Step::Ready)
                on_press=begin
            />
        </div>
    }
}
