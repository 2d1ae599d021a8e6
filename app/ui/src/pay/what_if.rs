use caravan_domain::{
    money::Fen,
    pay::{
        plan::PayPlan,
        what_if::{Compared, WhatIf, WhatIfView},
    },
};
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    format::{now, use_format},
    ui::{Bound, SectionTitle, SegmentedControl, Show},
};

const MONTHS: [u32; 4] = [1, 3, 6, 12];

/// What the version that is being typed would have made of the months gone by (R46).
#[component]
pub(super) fn WhatIfSection(plan: Memo<Option<PayPlan>>) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <details class="border-t border-line" on:toggle:target=move |event| open.set(event.target().open())>
            <summary class="flex min-h-12 cursor-pointer items-center px-4 font-medium text-primary">
                {tr!(pay.what_if)}
            </summary>
            <Show when=move || open.get() && plan.with(Option::is_some)>
                <Comparison plan />
            </Show>
            <Show when=move || plan.with(Option::is_none)>
                <p class="px-4 pb-3 text-muted">{tr!(pay.what_if_unreadable)}</p>
            </Show>
        </details>
    }
}

#[component]
fn Comparison(plan: Memo<Option<PayPlan>>) -> impl IntoView {
    let months = RwSignal::new(3u32);
    let until = untrack(now).day().first_of_month();
    let until = until.yesterday().unwrap_or(until);
    // The last plan that could be read, while another number is being typed.
    let readable = Memo::new(move |before: Option<&Option<PayPlan>>| {
        plan.get().or_else(|| before.cloned().flatten())
    });
    let view = use_engine().pay_what_if(move || WhatIf {
        plan: readable.get().unwrap_or_else(|| PayPlan::usual(until)),
        until,
        months: months.get(),
    });
    let names = MONTHS.map(|count| tr!(pay.months, count = count));
    let options = Signal::derive(move || {
        let named = MONTHS.iter().zip(names);
        named
            .map(|(count, name)| (count.to_string(), name.get()))
            .collect()
    });
    let bind = Bound {
        value: Signal::derive(move || months.get().to_string()),
        set: Callback::new(move |word: String| {
            if let Ok(count) = word.parse() {
                months.set(count);
            }
        }),
    };
    view! {
        <div class="px-4 pb-2">
            <SegmentedControl label=tr!(pay.what_if_months) bind options />
        </div>
        {move || view.get().map(|view| view! { <Compare view /> })}
    }
}

#[component]
fn Compare(view: WhatIfView) -> impl IntoView {
    let partial = view.partial;
    view! {
        <SectionTitle label=tr!(pay.what_if_people) />
        <div class="overflow-x-auto px-4 pb-4" tabindex="0" role="region" aria-label=tr!(pay.what_if_people)>
            <table class="w-full text-sm tabular-nums">
                <thead>
                    <tr class="border-b border-line text-muted">
                        <th class="py-1 text-start font-medium" scope="col">
                            {tr!(pay.column_name)}
                        </th>
                        <th class="py-1 text-end font-medium" scope="col">
                            {tr!(pay.before)}
                        </th>
                        <th class="py-1 text-end font-medium" scope="col">
                            {tr!(pay.after)}
                        </th>
                        <th class="py-1 text-end font-medium" scope="col">
                            {tr!(pay.difference)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {view.people.into_iter().map(|line| view! { <Row line /> }).collect_view()}
                </tbody>
                <tfoot>
                    <tr class="border-t border-line font-semibold">
                        <th class="py-2 text-start" scope="row">
                            {tr!(pay.total)}
                        </th>
                        <Amounts before=view.before after=view.after />
                    </tr>
                </tfoot>
            </table>
        </div>
        {partial.then(|| view! { <p class="px-4 pb-4 text-sm text-muted">{tr!(pay.team_partial)}</p> })}
    }
}

#[component]
fn Row(line: Compared) -> impl IntoView {
    view! {
        <tr class="border-b border-line">
            <th class="py-2 text-start font-normal" scope="row">
                <bdi>{line.name}</bdi>
            </th>
            <Amounts before=line.before after=line.after />
        </tr>
    }
}

#[component]
fn Amounts(before: Fen, after: Fen) -> impl IntoView {
    let format = use_format();
    let change = after - before;
    let sign = if change > Fen::ZERO { "+" } else { "" };
    view! {
        <td class="py-2 ps-2 text-end">{move || format.money(before)}</td>
        <td class="py-2 ps-2 text-end">{move || format.money(after)}</td>
        <td class="py-2 ps-2 text-end">{move || format!("{sign}{}", format.money(change))}</td>
    }
}
