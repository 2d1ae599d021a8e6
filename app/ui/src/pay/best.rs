use caravan_domain::{pay::view::BestOfMonth, time::Day};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    format::use_format,
    recognition::new_best,
    ui::{Badge, Icon, LinkButton, Tone},
};

/// The best of a month that is over (R37), and the way to the congratulations before the team (R44).
#[component]
pub(super) fn Best(best: Memo<Option<BestOfMonth>>, month: Memo<Day>) -> impl IntoView {
    let format = use_format();
    view! {
        {move || {
            best.get()
                .map(|best| {
                    let (net, award) = (best.net, best.award);
                    let sold = tr!(pay.best_sold, net = format.money(net), award = format.money(award));
                    let asks = best.may_recognise && !best.recognised;
                    let href = new_best(best.person, month.get());
                    view! {
                        <section class="flex flex-col gap-2 border-y border-line px-4 py-3">
                            <p class="flex items-center gap-2">
                                <Icon icon=icons::LuAward class="size-5 shrink-0 text-primary" />
                                <span class="min-w-0 flex-1">
                                    <span class="text-muted">{tr!(pay.best)}</span>
                                    " "
                                    <bdi class="font-medium">{best.name.clone()}</bdi>
                                </span>
                                {best.recognised.then(|| view! { <Badge label=tr!(pay.recognised) tone=Tone::Good /> })}
                            </p>
                            <p class="text-sm text-muted tabular-nums">{sold}</p>
                            {asks
                                .then(|| {
                                    view! {
                                        <LinkButton
                                            label=tr!(pay.recognise)
                                            icon=icons::LuPartyPopper
                                            wide=true
                                            href
                                        />
                                    }
                                })}
                        </section>
                    }
                })
        }}
    }
}
