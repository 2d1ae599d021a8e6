use caravan_domain::{
    id::ClientId,
    orders::list::{OrderFilter, OrderList},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::row::OrderRow;
use crate::{
    engine::use_engine,
    ui::{Each, LinkButton, List, SectionTitle},
};

/// The latest orders in a client's file.
const SHOWN: u32 = 5;

#[component]
pub(crate) fn ClientOrders(id: ClientId) -> impl IntoView {
    let page = use_engine().orders(move || OrderList {
        client: Some(id),
        show: OrderFilter::All,
        search: String::new(),
        offset: 0,
        limit: SHOWN,
    });
    let lines = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.lines.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <SectionTitle label=tr!(orders.of_client) />
        <List label=tr!(orders.of_client)>
            <Each each=move || lines.get() key=|line| format!("{line:?}") let:line>
                <OrderRow line of_client=true />
            </Each>
        </List>
        <div class="px-4 py-2">
            <LinkButton
                label=tr!(orders.take)
                href=format!("/orders/new?client={id}")
                icon=icons::LuReceiptText
                wide=true
            />
        </div>
    }
}
