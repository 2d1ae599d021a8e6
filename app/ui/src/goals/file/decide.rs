//! Both sign (R20): what waits for a signature, and which of two versions is to stand (R21).

use caravan_domain::{
    command::Command,
    goals::{
        command::GoalCommand,
        list::{GoalFile, VersionLine},
        place::GoalRef,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_perform,
    format::use_format,
    goals::address,
    ui::{Button, ButtonKind, LinkButton},
};

/// Signs the version that is on the screen, and no other.
#[component]
pub(super) fn Accept(file: Signal<Option<Option<Box<GoalFile>>>>) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(goals.accepted);
    let accept = move || {
        let shown = file.with_untracked(|file| {
            let file = file.as_ref()?.as_ref()?;
            let head = file.heads().find(|head| head.may_accept)?;
            Some((file.line.goal, head.version.id))
        });
        if let Some((goal, version)) = shown {
            let command = Command::Goal(GoalCommand::Accept { goal, version });
            perform.run(command, said.get_untracked());
        }
    };
    view! {
        <Button
            label=tr!(goals.accept)
            kind=ButtonKind::Main
            icon=icons::LuSignature
            wide=true
            on_press=accept
        />
    }
}

/// What is proposed while it is not agreed, whose signature it waits for, and the way to other numbers.
#[component]
pub(super) fn Proposal(file: GoalFile) -> impl IntoView {
    let heads: Vec<_> = file.heads().cloned().collect();
    let open = match heads.as_slice() {
        [head] if !head.in_force => head.clone(),
        _ => return ().into_any(),
    };
    let names = file.awaited.join(" · ");
    let waits = match names.is_empty() {
        true => tr!(goals.awaits_nobody),
        false => tr!(goals.awaits, names = names.clone()),
    };
    let may_accept = open.may_accept;
    let goal = file.line.goal;
    view! {
        <section class="mx-4 my-2 flex flex-col gap-1 border-s-2 border-primary ps-3" aria-label=tr!(goals.is_proposed)>
            <Offer line=open />
            <p class="text-sm text-muted">{waits}</p>
            {may_accept
                .then(|| view! { <LinkButton label=tr!(goals.counter) href=address::change(goal) /> })}
        </section>
    }
    .into_any()
}

#[component]
fn Offer(line: VersionLine) -> impl IntoView {
    let format = use_format();
    let version = line.version;
    let (target, deadline) = (version.terms.target.to_string(), version.terms.deadline);
    let offer = match version.dropped {
        true => tr!(goals.proposal_drop),
        false => tr!(
            goals.proposal,
            target = target.clone(),
            day = format.day(deadline)
        ),
    };
    view! {
        <p class="font-medium">{offer}</p>
        <p>
            <bdi>{version.reason}</bdi>
        </p>
        <p class="text-sm text-muted">
            <bdi>{line.by_name}</bdi>
        </p>
    }
}

/// Two people wrote at once: both are shown, one tap settles it.
#[component]
pub(super) fn TwoVersions(file: GoalFile) -> impl IntoView {
    let heads: Vec<_> = file.heads().cloned().collect();
    if heads.len() < 2 {
        return ().into_any();
    }
    let (goal, may_write) = (file.line.goal, file.may_write);
    let heads = heads.into_iter().map(|head| {
        view! {
            <li class="flex flex-col gap-1 py-2">
                <Offer line=head.clone() />
                {may_write.then(|| view! { <Keep goal head /> })}
            </li>
        }
    });
    view! {
        <section class="mx-4 my-2 border-s-2 border-warning ps-3" aria-label=tr!(goals.two_versions)>
            <h2 class="font-medium">{tr!(goals.two_versions)}</h2>
            <ul class="divide-y divide-line">{heads.collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Keep(goal: GoalRef, head: VersionLine) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(goals.kept);
    let (version, target) = (head.version.id, head.version.terms.target);
    let keep = move || {
        let command = Command::Goal(GoalCommand::Pick { goal, version });
        perform.run(command, said.get_untracked());
    };
    view! { <Button label=tr!(goals.keep_this, target = target.to_string()) on_press=keep /> }
}
