use caravan_domain::{
    today::view::TodayView,
    visits::{list::VisitLine, record::VisitState},
};
use caravan_port::view::{Connection, SyncLine};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    agreements::Agreements,
    attention::Attention,
    birthdays::Birthdays,
    calls::Calls,
    courses::{Classes, Courses, Rounds},
    development::Development,
    feedback::Feedback,
    follow_ups::FollowUps,
    goals::Goals,
    grades::Grades,
    handovers::Handovers,
    next::NextVisit,
    reviews::Reviews,
    tasks::DueTasks,
    visits::RestOfDay,
};
use crate::{
    engine::use_engine,
    format::{self, use_format},
    recognition::TodayPosts,
    ui::{ButtonKind, EmptyState, LinkButton, Page, live},
};

#[component]
pub(super) fn TodayPage() -> impl IntoView {
    let format = use_format();
    let engine = use_engine();
    let view = engine.today();
    let line = engine.sync_line();
    let fetching = Memo::new(move |_| line.with(|line| line.as_ref().is_none_or(is_fetching)));
    let today = Memo::new(move |_| view.get().map(|view| *view));
    let next = Memo::new(move |_| today.with(|today| today.as_ref().and_then(next_visit)));
    let posts = Memo::new(move |_| {
        today
            .with(|today| today.as_ref().map(|today| today.recognition.clone()))
            .unwrap_or_default()
    });
    let stands = Memo::new(move |_| today.with(|today| today.as_ref().map(standing)));
    view! {
        <Page title=tr!(shell.today) main_action=move || view! { <MainAction stands next /> }>
            <p class="flex items-center justify-between gap-4 ps-4">
                <span class="text-muted">{move || format.day(format::today())}</span>
                <LinkButton
                    label=tr!(dashboard.open)
                    href="/dashboard"
                    kind=ButtonKind::Quiet
                    icon=icons::LuLayoutDashboard
                />
            </p>
            <Agreements today />
            <Handovers today />
            <Attention today />
            <Calls today />
            <Feedback today />
            <NextVisit next />
            <RestOfDay today next />
            <DueTasks today />
            <Classes today />
            <Courses today />
            <Rounds today />
            <Goals today />
            <Reviews today />
            <Grades today />
            <Development today />
            <TodayPosts posts=posts.into() />
            <FollowUps today />
            <Birthdays today />
            {move || match stands.get() {
                Some(Standing::NoClients) if fetching.get() => {
                    view! {
                        <EmptyState
                            icon=icons::LuCloudDownload
                            title=tr!(today.fetching)
                            body=tr!(today.fetching_body)
                        />
                    }
                        .into_any()
                }
                Some(Standing::NoClients) => view! { <FirstSteps /> }.into_any(),
                Some(Standing::Nothing) => {
                    view! {
                        <EmptyState icon=icons::LuSun title=tr!(today.nothing) body=tr!(today.nothing_body) />
                    }
                        .into_any()
                }
                _ => ().into_any(),
            }}
        </Page>
    }
}

/// A phone that has just joined is empty because its clients are still on their way.
fn is_fetching(line: &SyncLine) -> bool {
    line.connection == Connection::Connecting || line.remaining > 0
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// There are no clients before something is signed.
    ToSign,
    /// An empty phone is told what to do first.
    NoClients,
    Nothing,
    Something,
}

fn standing(today: &TodayView) -> Standing {
    let nothing = today.visits.is_empty()
        && today.tasks.is_empty()
        && today.courses.is_empty()
        && today.classes.is_empty()
        && today.rounds.is_empty()
        && today.agreements.is_empty()
        && today.to_countersign.is_empty()
        && today.calls.is_empty()
        && today.follow_ups.is_empty()
        && today.birthdays.is_empty()
        && today.goals.is_empty()
        && today.reviews.is_empty()
        && today.feedback.is_empty()
        && today.capsules.is_empty()
        && today.grades.is_empty()
        && today.development.is_empty();
    match (today.has_clients, nothing) {
        _ if today.waits_for_signature => Standing::ToSign,
        (_, false) => Standing::Something,
        (true, true) => Standing::Nothing,
        (false, true) => Standing::NoClients,
    }
}

/// The visit under way, else the first that is still to be made.
fn next_visit(today: &TodayView) -> Option<VisitLine> {
    let open =
        |line: &&VisitLine| matches!(line.row.state, VisitState::UnderWay | VisitState::Planned);
    today.visits.iter().find(open).cloned()
}

/// Always in the same place: on to the visit, or to planning one, or to the first client.
#[component]
fn MainAction(stands: Memo<Option<Standing>>, next: Memo<Option<VisitLine>>) -> impl IntoView {
    live(move || match (next.get(), stands.get()) {
        (Some(line), _) => {
            let label = match line.row.state {
                VisitState::UnderWay => tr!(today.go_on),
                _ => tr!(today.go),
            };
            view! {
                <LinkButton
                    label
                    href=format!("/visits/{}/{}", line.row.client, line.row.id)
                    kind=ButtonKind::Main
                    icon=icons::LuMapPin
                    wide=true
                />
            }
            .into_any()
        }
        (None, Some(Standing::ToSign)) => view! {
            <LinkButton
                label=tr!(agreements.go_sign)
                href="/agreements"
                kind=ButtonKind::Main
                icon=icons::LuPenLine
                wide=true
            />
        }
        .into_any(),
        (None, Some(Standing::NoClients)) => view! {
            <LinkButton
                label=tr!(today.new_client)
                href="/clients/new"
                kind=ButtonKind::Main
                icon=icons::LuPlus
                wide=true
            />
        }
        .into_any(),
        (None, Some(_)) => view! {
            <LinkButton
                label=tr!(today.plan_visit)
                href="/visits/new"
                kind=ButtonKind::Main
                icon=icons::LuMapPinPlus
                wide=true
            />
        }
        .into_any(),
        (None, None) => ().into_any(),
    })
}

#[component]
fn FirstSteps() -> impl IntoView {
    view! {
        <EmptyState icon=icons::LuSun title=tr!(today.first) body=tr!(today.first_body)>
            <LinkButton label=tr!(today.import) href="/import" icon=icons::LuFileUp />
            <LinkButton label=tr!(today.invite) href="/invite" icon=icons::LuUserPlus />
        </EmptyState>
    }
}
