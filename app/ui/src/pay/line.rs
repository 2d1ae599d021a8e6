//! A line that explains itself (R46): the record, the version of the plan, when it was accepted, fen by fen.

use caravan_domain::{
    id::PersonId,
    money::Fen,
    pay::{
        statement::{Share, Why},
        view::ShownLine,
    },
    time::Day,
};
use leptos::prelude::*;

use super::words::{line_name, reckoning};
use crate::{
    format::use_format,
    ui::{Badge, Button, LinkButton, Tone},
};

#[component]
pub(super) fn LineRow(
    shown: ShownLine,
    person: PersonId,
    may_dispute: bool,
    disputing: RwSignal<Option<ShownLine>>,
) -> impl IntoView {
    let format = use_format();
    let name = line_name(&shown.line);
    let subject = shown.subject.clone();
    let has_subject = !subject.is_empty();
    let title = Signal::derive(move || match has_subject {
        true => subject.clone(),
        false => name.get(),
    });
    let how = reckoning(&shown.line, format);
    let detail = move || {
        let name = has_subject.then(|| name.get());
        let how = how.map(|how| how.get());
        name.into_iter().chain(how).collect::<Vec<_>>().join(" · ")
    };
    let due = shown.line.due();
    let disputed = shown.disputed;
    view! {
        <li>
            <details class="group">
                <summary class="row cursor-pointer list-none">
                    <span class="flex min-w-0 flex-1 flex-col">
                        <bdi class="truncate group-open:whitespace-normal">{title}</bdi>
                        <span class="text-sm text-muted tabular-nums">{detail}</span>
                    </span>
                    <span class="flex shrink-0 flex-col items-end">
                        <span class="tabular-nums" class:text-error=move || due < Fen::ZERO>
                            {move || format.money(due)}
                        </span>
                        {disputed.then(|| view! { <Badge label=tr!(pay.disputed) tone=Tone::Warning /> })}
                    </span>
                </summary>
                <Explained shown=shown.clone() person />
                {may_dispute
                    .then(|| {
                        let shown = shown.clone();
                        view! {
                            <div class="px-4 pb-3">
                                <Button
                                    label=tr!(pay.dispute_line)
                                    on_press=move || disputing.set(Some(shown.clone()))
                                    wide=true
                                />
                            </div>
                        }
                    })}
            </details>
        </li>
    }
}

#[component]
fn Explained(shown: ShownLine, person: PersonId) -> impl IntoView {
    let format = use_format();
    let money = move |amount: Fen| Signal::derive(move || format.money(amount));
    let day = move |day: Day| Signal::derive(move || format.day(day));
    let line = shown.line.clone();
    let mut facts: Vec<(Signal<String>, Signal<String>)> = Vec::new();
    let mut href = None;
    match &line.why {
        Why::Base { wage, .. } => facts.push((tr!(pay.wage), money(*wage))),
        Why::Commission {
            order,
            client,
            accepted_at,
            of,
            net,
            share,
            ..
        } => {
            let at = *accepted_at;
            facts.push((
                tr!(pay.accepted_at),
                Signal::derive(move || format.moment(at)),
            ));
            facts.push((tr!(pay.order_amount), money(*of)));
            facts.push((tr!(pay.month_net), money(*net)));
            if *share == Share::Manager && !shown.representative.is_empty() {
                let whose = shown.representative.clone();
                facts.push((tr!(pay.representative), Signal::stored(whose)));
            }
            href = Some((tr!(pay.open_order), format!("/orders/{client}/{order}")));
        }
        Why::GivenBack {
            order,
            client,
            on,
            of,
            ..
        } => {
            facts.push((tr!(pay.given_back_on), day(*on)));
            facts.push((tr!(pay.given_back), money(*of)));
            href = Some((tr!(pay.open_order), format!("/orders/{client}/{order}")));
        }
        Why::Task {
            task,
            on,
            difficulty,
        } => {
            let difficulty = *difficulty;
            facts.push((tr!(pay.done_on), day(*on)));
            facts.push((tr!(pay.difficulty), Signal::stored(difficulty.to_string())));
            href = Some((tr!(pay.open_task), format!("/tasks/{person}/{task}")));
        }
        Why::Ranked { net, .. } | Why::Best { net } => {
            facts.push((tr!(pay.month_net), money(*net)))
        }
        Why::Vested { on, of, .. } => {
            facts.push((tr!(pay.vests_on), day(*on)));
            facts.push((tr!(pay.award_whole), money(*of)));
        }
        Why::Adjusted { on, .. } => facts.push((tr!(pay.adjusted_on), day(*on))),
        Why::Penalty { on, asked, .. } => {
            facts.push((tr!(pay.adjusted_on), day(*on)));
            facts.push((tr!(pay.asked), money(*asked)));
        }
        Why::Reviewed {
            period,
            on,
            bonus,
            before,
            ..
        } => {
            facts.push((tr!(pay.reviewed_on), day(*on)));
            facts.push((tr!(pay.review_bonus), money(*bonus)));
            if *before != Fen::ZERO {
                facts.push((tr!(pay.review_paid), money(*before)));
            }
            href = Some((tr!(pay.open_review), format!("/reviews/{person}/{period}")));
        }
    }
    let usual = tr!(pay.usual_plan);
    if let Some(plan) = line.plan {
        let since = tr!(pay.version_since, day = plan.to_string());
        let version = Signal::derive(move || match plan == Day::MIN {
            true => usual.get(),
            false => since.get(),
        });
        facts.push((tr!(pay.version), version));
    }
    if line.paid_before != Fen::ZERO {
        facts.push((tr!(pay.month_so_far), money(line.amount)));
        facts.push((tr!(pay.paid_before), money(line.paid_before)));
    }
    let href = href.filter(|_| shown.is_here);
    view! {
        <dl class="flex flex-col gap-1 px-4 pb-3 text-sm">
            {facts
                .into_iter()
                .map(|(label, text)| {
                    view! {
                        <div class="flex justify-between gap-4">
                            <dt class="text-muted">{label}</dt>
                            <dd class="text-end tabular-nums">
                                <bdi>{text}</bdi>
                            </dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
        {href
            .map(|(label, href)| {
                view! {
                    <div class="px-4 pb-3">
                        <LinkButton label href=href wide=true />
                    </div>
                }
            })}
    }
}
