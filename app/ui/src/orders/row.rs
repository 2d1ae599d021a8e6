use caravan_domain::{mark::Mark, orders::list::OrderSummary};
use leptos::prelude::*;

use super::words::StateBadge;
use crate::{format::use_format, ui::SyncMark};

/// One order in a list: whose it is, what, how much, and where it stands.
#[component]
pub(super) fn OrderRow(
    line: OrderSummary,
    #[prop(optional, into)] current: Signal<bool>,
    /// Leaves out whose client it is: the list stands in the client's file.
    #[prop(optional)]
    of_client: bool,
) -> impl IntoView {
    let format = use_format();
    let href = format!("/orders/{}/{}", line.client, line.id);
    let (product, others) = (line.product.clone(), line.others);
    let named = product.clone();
    let several = tr!(orders.and_others, product = named.clone(), count = others);
    let what = Signal::derive(move || match others {
        0 => product.clone(),
        _ => several.get(),
    });
    let client = line.client_name.clone();
    let title = Signal::derive(move || match of_client {
        true => what.get(),
        false => client.clone(),
    });
    let (by, on) = (line.representative_name.clone(), line.ordered_on);
    let detail = move || {
        let what = (!of_client).then(|| what.get());
        let parts = [what, Some(by.clone()), Some(format.near_day(on))];
        let parts = parts.into_iter().flatten();
        parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let (total, mark) = (line.total, line.mark);
    view! {
        <li>
            <a class="row" href=href aria-current=move || current.get().then_some("true")>
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="truncate">{title}</bdi>
                    <bdi class="truncate text-sm text-muted">{detail}</bdi>
                </span>
                <span class="flex shrink-0 flex-col items-end">
                    <span class="tabular-nums">{move || format.money(total)}</span>
                    <StateBadge state=line.state />
                    {(!matches!(mark, Mark::Received(_))).then(|| view! { <SyncMark mark=Signal::stored(mark) /> })}
                </span>
            </a>
        </li>
    }
}
