use caravan_domain::{
    command::Command,
    pay::{
        approval::StatementStep, command::PayCommand, decision::PayDecision, view::StatementFile,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_perform,
    ui::{Button, ButtonKind, ConfirmSheet, live},
};

/// The next step of the statement, for whoever takes it.
#[component]
pub(super) fn Decide(file: Memo<Option<StatementFile>>) -> impl IntoView {
    let perform = use_perform();
    let locking = RwSignal::new(false);
    let early = RwSignal::new(false);
    let may = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?;
            let mut may = file.summary.may;
            // What is drawn up already is drawn up anew only when it comes to something else.
            may.draw_up &= file.as_drawn.is_none() || file.reckoned_now.is_some();
            Some(may)
        })
    });
    let is_early =
        Memo::new(move |_| file.with(|file| file.as_ref().is_some_and(|file| file.summary.so_far)));
    let (drawn, approved) = (tr!(pay.drawn_said), tr!(pay.approved_said));
    let (locked, sent_back) = (tr!(pay.locked_said), tr!(pay.sent_back_said));
    let run = move |command: fn(&StatementFile) -> Option<PayCommand>, said: Signal<String>| {
        let command = file.with_untracked(|file| command(file.as_ref()?));
        if let Some(command) = command {
            perform.run(Command::Pay(command), said.get_untracked());
        }
    };
    let draw_up = move || run(|file| Some(PayCommand::DrawUp(file.drawing())), drawn);
    let press_draw_up = move || match is_early.get_untracked() {
        true => early.set(true),
        false => draw_up(),
    };
    let send_back = move || {
        run(
            |file| {
                Some(PayCommand::Decide(PayDecision::Statement {
                    person: file.summary.person,
                    period: file.summary.period,
                    step: StatementStep::SendBack,
                }))
            },
            sent_back,
        );
    };
    let approve = move || {
        run(
            |file| {
                Some(PayCommand::ApproveStatement {
                    person: file.summary.person,
                    period: file.summary.period,
                    statement: file.summary.standing.as_ref()?.drawn.id,
                })
            },
            approved,
        );
    };
    let lock = move || {
        run(
            |file| {
                Some(PayCommand::Lock {
                    person: file.summary.person,
                    period: file.summary.period,
                    statement: file.summary.standing.as_ref()?.drawn.id,
                })
            },
            locked,
        );
    };
    let action = live(move || {
        let Some(may) = may.get() else {
            return ().into_any();
        };
        let back = may.send_back.then(|| {
            view! { <Button label=tr!(pay.send_back) icon=icons::LuUndo2 on_press=send_back wide=true /> }
        });
        let next = if may.approve {
            view! {
                <Button label=tr!(pay.approve) kind=ButtonKind::Main icon=icons::LuCheck on_press=approve wide=true />
            }
            .into_any()
        } else if may.lock {
            view! {
                <Button
                    label=tr!(pay.lock)
                    kind=ButtonKind::Main
                    icon=icons::LuLock
                    on_press=move || locking.set(true)
                    wide=true
                />
            }
            .into_any()
        } else if may.draw_up {
            view! {
                <Button
                    label=tr!(pay.draw_up)
                    kind=ButtonKind::Main
                    icon=icons::LuStamp
                    on_press=press_draw_up
                    wide=true
                />
            }
            .into_any()
        } else {
            ().into_any()
        };
        view! {
            <div class="grid auto-cols-fr grid-flow-col gap-2 empty:hidden">{back} {next}</div>
        }
        .into_any()
    });
    view! {
        {action}
        <ConfirmSheet
            open=locking
            title=tr!(pay.lock_title)
            body=tr!(pay.lock_body)
            verb=tr!(pay.lock)
            on_confirm=lock
        />
        <ConfirmSheet
            open=early
            title=tr!(pay.early_title)
            body=tr!(pay.early_body)
            verb=tr!(pay.draw_up)
            on_confirm=draw_up
        />
    }
}
