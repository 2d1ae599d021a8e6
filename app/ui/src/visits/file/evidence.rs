use caravan_domain::{
    time::Instant,
    visits::{list::VisitFile, record::Check},
};
use leptos::prelude::*;

use crate::{
    engine::use_engine, format::use_format, ui::SectionTitle, visits::presence::PresenceLine,
};

/// What the visit can be held to: the phone's clock, the relay's time of receipt, and the position.
#[component]
pub(super) fn Evidence(file: Memo<Option<VisitFile>>) -> impl IntoView {
    let checks = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?;
            let visit = &file.visit;
            visit.check_in.clone().map(|check_in| {
                (
                    (check_in, file.check_in_received_at),
                    visit
                        .check_out
                        .clone()
                        .map(|check| (check, file.check_out_received_at)),
                )
            })
        })
    });
    view! {
        {move || {
            checks
                .get()
                .map(|((check_in, received), check_out)| {
                    view! {
                        <SectionTitle label=tr!(visits.evidence) />
                        <dl class="divide-y divide-line">
                            <OneCheck label=tr!(visits.check_in) check=check_in received />
                            {check_out
                                .map(|(check, received)| {
                                    view! { <OneCheck label=tr!(visits.check_out) check received /> }
                                })}
                        </dl>
                    }
                })
        }}
    }
}

#[component]
fn OneCheck(label: Signal<String>, check: Check, received: Option<Instant>) -> impl IntoView {
    let format = use_format();
    let plan = use_engine().plan();
    let at = check.at;
    let phone_said = tr!(visits.phone_clock, time = format.moment(at));
    let relay_said = tr!(
        visits.relay_received,
        time = received.map(|at| format.moment(at)).unwrap_or_default()
    );
    let not_yet = tr!(visits.relay_not_yet);
    let receipt = move || match received {
        Some(_) => relay_said.get(),
        None => not_yet.get(),
    };
    view! {
        <div class="flex gap-4 px-4 py-2">
            <dt class="w-20 shrink-0 text-muted">{label}</dt>
            <dd class="flex min-w-0 flex-1 flex-col">
                <span class="tabular-nums">{phone_said}</span>
                <span class="text-sm text-muted tabular-nums">{receipt}</span>
                {move || {
                    plan.with(|plan| plan.as_ref().map(|plan| plan.accuracy_at_most))
                        .map(|accuracy_at_most| view! { <PresenceLine check=check.clone() accuracy_at_most /> })
                }}
            </dd>
        </div>
    }
}
