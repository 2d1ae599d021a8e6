//! The month's statements, one step further all at once. Each is a command of its own: one that is refused stops no
//! other.

use caravan_domain::{
    command::Command,
    pay::{
        command::PayCommand,
        view::{StatementFile, StatementRights, StatementSummary},
    },
    query::{Answer, Query},
};
use caravan_port::ask::{Ask, Told};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::{Engine, use_engine},
    ui::{Button, ButtonKind, ConfirmSheet, live, use_toasts},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    DrawUp,
    Approve,
    Lock,
}

impl Step {
    fn is_open_to(self, may: StatementRights) -> bool {
        match self {
            Self::DrawUp => may.draw_up,
            Self::Approve => may.approve,
            Self::Lock => may.lock,
        }
    }
}

/// What can be done with most of them: what is approved is locked first, then what waits is approved, and only what was
/// never drawn up is drawn up.
fn next_step(statements: &[StatementSummary]) -> Option<(Step, usize)> {
    [Step::Lock, Step::Approve, Step::DrawUp]
        .into_iter()
        .map(|step| (step, concerned(step, statements).count()))
        .find(|(_, count)| *count > 1)
}

fn concerned(
    step: Step,
    statements: &[StatementSummary],
) -> impl Iterator<Item = &StatementSummary> {
    statements.iter().filter(move |summary| {
        let fresh = step != Step::DrawUp || (summary.standing.is_none() && !summary.so_far);
        fresh && step.is_open_to(summary.may)
    })
}

#[component]
pub(super) fn Bulk(statements: Memo<Vec<StatementSummary>>) -> impl IntoView {
    let engine = use_engine();
    let toasts = use_toasts();
    let (busy, asking) = (RwSignal::new(false), RwSignal::new(false));
    let (done, of) = (RwSignal::new(0), RwSignal::new(0));
    let said = tr!(pay.bulk_said, done = done.get(), of = of.get());
    let next = Memo::new(move |_| statements.with(|all| next_step(all)));
    let run = move || {
        let Some((step, _)) = next.get_untracked() else {
            return;
        };
        let todo =
            statements.with_untracked(|all| concerned(step, all).cloned().collect::<Vec<_>>());
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let (all, mut count) = (todo.len(), 0);
            for summary in todo {
                count += usize::from(take(engine, step, summary).await);
            }
            done.try_set(count);
            of.try_set(all);
            if let Some(said) = said.try_get_untracked() {
                toasts.say(said);
            }
            busy.try_set(false);
        });
    };
    let (draw_up, approve, lock) = (
        tr!(
            pay.draw_up_all,
            count = next.get().map_or(0, |(_, count)| count)
        ),
        tr!(
            pay.approve_all,
            count = next.get().map_or(0, |(_, count)| count)
        ),
        tr!(
            pay.lock_all,
            count = next.get().map_or(0, |(_, count)| count)
        ),
    );
    let label = Signal::derive(move || match next.get() {
        Some((Step::Approve, _)) => approve.get(),
        Some((Step::Lock, _)) => lock.get(),
        _ => draw_up.get(),
    });
    let any = Memo::new(move |_| next.get().is_some());
    view! {
        {live(move || match any.get() {
            true => {
                view! {
                    <Button
                        label
                        kind=ButtonKind::Main
                        icon=icons::LuListChecks
                        wide=true
                        disabled=busy
                        on_press=move || asking.set(true)
                    />
                }
                    .into_any()
            }
            false => ().into_any(),
        })}
        <ConfirmSheet open=asking title=label body=tr!(pay.bulk_body) verb=label on_confirm=run />
    }
}

/// Whether it was done.
async fn take(engine: Engine, step: Step, summary: StatementSummary) -> bool {
    let (person, period) = (summary.person, summary.period);
    let statement = summary.standing.as_ref().map(|standing| standing.drawn.id);
    let command = match (step, statement) {
        (Step::DrawUp, _) => {
            let ask = Ask::Rows(Query::PayStatement(person, period));
            let file: Option<Box<StatementFile>> = engine
                .ask(ask, |file| Told::Rows(Answer::PayStatement(file)))
                .await
                .flatten();
            file.map(|file| PayCommand::DrawUp(file.drawing()))
        }
        (Step::Approve, Some(statement)) => Some(PayCommand::ApproveStatement {
            person,
            period,
            statement,
        }),
        (Step::Lock, Some(statement)) => Some(PayCommand::Lock {
            person,
            period,
            statement,
        }),
        (_, None) => None,
    };
    match command {
        Some(command) => engine.run(Command::Pay(command)).await.is_ok(),
        None => false,
    }
}
