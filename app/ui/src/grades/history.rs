//! What led to a grade, and every proposal with the criteria as they stood: nothing of it is ever taken away.

use caravan_domain::{
    grades::{
        list::{HeldLine, PromotionLine},
        standing::PromotionState,
    },
    id::PersonId,
};
use leptos::prelude::*;

use super::{
    criteria::Criteria,
    words::{rung_name, state_badge},
};
use crate::{
    format::use_format,
    ui::{Badge, SectionTitle},
};

#[component]
pub(super) fn History(lines: Vec<HeldLine>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let rows = lines.into_iter().map(|line| view! { <HeldRow line /> });
        view! {
            <SectionTitle label=tr!(grades.history) />
            <ul class="divide-y divide-line">{rows.collect_view()}</ul>
        }
    })
}

#[component]
fn HeldRow(line: HeldLine) -> impl IntoView {
    let format = use_format();
    let (name, since, at) = (rung_name(line.name), line.since, line.at);
    let by = line.by_name;
    let by = match line.promoted {
        true => tr!(
            grades.promoted_by,
            name = by.clone(),
            when = format.moment(at)
        ),
        false => tr!(grades.set_by, name = by.clone(), when = format.moment(at)),
    };
    view! {
        <li class="flex flex-col gap-1 px-4 py-2">
            <p class="flex items-baseline justify-between gap-3">
                <bdi class="font-medium">{name}</bdi>
                <span class="shrink-0 text-muted">{tr!(grades.since, day = format.day(since))}</span>
            </p>
            <p class="break-words whitespace-pre-line empty:hidden">
                <bdi>{line.reason}</bdi>
            </p>
            <p class="text-sm text-muted">
                <bdi>{by}</bdi>
            </p>
        </li>
    }
}

#[component]
pub(super) fn Proposals(person: PersonId, lines: Vec<PromotionLine>, is_me: bool) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let rows = lines
            .into_iter()
            .map(|line| view! { <Proposal person line is_me /> });
        view! {
            <SectionTitle label=tr!(grades.past_proposals) />
            <div class="divide-y divide-line">{rows.collect_view()}</div>
        }
    })
}

#[component]
pub(super) fn Proposal(person: PersonId, line: PromotionLine, is_me: bool) -> impl IntoView {
    let format = use_format();
    let promotion = line.promotion;
    let name = rung_name(line.name);
    let (label, tone) = state_badge(&promotion.state);
    let (by, at, since) = (line.by_name, promotion.at, promotion.since);
    let proposed = tr!(
        grades.proposed_by,
        name = by.clone(),
        when = format.moment(at)
    );
    let answered_by = line.answered_by;
    let answer = match promotion.state {
        PromotionState::Accepted(answer) | PromotionState::Declined(answer) => {
            let at = answer.at;
            let by = tr!(
                grades.answered_by,
                name = answered_by.clone(),
                when = format.moment(at)
            );
            Some((answer.reply, by))
        }
        PromotionState::Proposed | PromotionState::Withdrawn { .. } => None,
    };
    view! {
        <div class="flex flex-col gap-1 py-2">
            <p class="flex items-baseline justify-between gap-3 px-4">
                <span class="min-w-0">
                    <bdi class="font-medium">{name}</bdi>
                    " "
                    <span class="text-muted">{tr!(grades.since, day = format.day(since))}</span>
                </span>
                <span class="shrink-0">
                    <Badge label tone />
                </span>
            </p>
            <p class="px-4 break-words whitespace-pre-line">
                <bdi>{promotion.reason}</bdi>
            </p>
            <p class="px-4 text-sm text-muted">
                <bdi>{proposed}</bdi>
            </p>
            {answer
                .map(|(reply, by)| {
                    view! {
                        <p class="px-4 break-words whitespace-pre-line empty:hidden">
                            <bdi>{reply}</bdi>
                        </p>
                        <p class="px-4 text-sm text-muted">
                            <bdi>{by}</bdi>
                        </p>
                    }
                })}
            <details>
                <summary class="flex min-h-12 cursor-pointer items-center px-4 text-primary">
                    {tr!(grades.as_it_was)}
                </summary>
                <Criteria person lines=line.criteria is_me live=false />
            </details>
        </div>
    }
}
