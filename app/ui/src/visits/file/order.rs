use caravan_domain::{
    id::{ClientId, VisitId},
    orders::list::{OrderFilter, OrderList},
    visits::{list::VisitFile, record::ActionKind},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::actions::TextAction;
use crate::{
    engine::use_engine,
    ui::{Icon, Show},
    visits::words::action_name,
};

/// Leads to the order form; done once the client has an order of the day. What was told in words before there were
/// orders stays to be read.
#[component]
pub(super) fn OrderStep(
    client: ClientId,
    visit: VisitId,
    file: Memo<Option<VisitFile>>,
) -> impl IntoView {
    let orders = use_engine().orders(move || OrderList {
        client: Some(client),
        show: OrderFilter::All,
        search: String::new(),
        offset: 0,
        limit: 20,
    });
    let day = Memo::new(move |_| {
        file.with(|file| {
            let visit = &file.as_ref()?.visit;
            Some(visit.check_in.as_ref()?.at.day())
        })
    });
    let taken = Memo::new(move |_| {
        let Some(day) = day.get() else { return 0 };
        orders.with(|page| {
            let lines = page.as_ref().map(|page| page.lines.as_slice());
            let of_the_day = lines.unwrap_or_default().iter();
            of_the_day.filter(|line| line.ordered_on == day).count()
        })
    });
    let told = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .is_some_and(|file| file.visit.actions.contains_key(&ActionKind::Order))
        })
    });
    view! {
        <a class="row" href=format!("/orders/new?client={client}")>
            {move || {
                let icon = match taken.get() {
                    0 => icons::LuCircle,
                    _ => icons::LuCircleCheck,
                };
                view! { <Icon icon class="size-5 shrink-0 text-primary" /> }
            }}
            <span class="min-w-0 flex-1">{action_name(ActionKind::Order)}</span>
            <Show when=move || { taken.get() > 0 }>
                <span class="shrink-0 text-sm text-muted">{tr!(visits.orders_taken, count = taken.get())}</span>
            </Show>
            <Icon icon=icons::LuChevronRight class="size-4 shrink-0 text-muted rtl:rotate-180" />
        </a>
        <Show when=move || told.get()>
            <TextAction client visit kind=ActionKind::Order file />
        </Show>
    }
}
