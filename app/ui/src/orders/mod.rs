//! Orders (R96, R68): the order desk's queue and everybody's own, one order with what was decided about it, the form.

mod client;
mod decide;
mod form;
mod lines;
mod list;
mod more;
mod page;
mod payments;
mod row;
mod words;

use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route},
    path,
};

use crate::module::{Chrome, Link, Module, Place};
pub(crate) use client::ClientOrders;

screens!(manage;
    list::OrdersPage,
    list::NoOrderOpen,
    form::NewOrderPage,
    page::OrderPage,
    form::EditOrderPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["orders"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        vec![
            view! {
                <ParentRoute path=path!("/orders") view=OrdersPage>
                    <Route path=path!("") view=NoOrderOpen />
                    <Route path=path!("/new") view=NewOrderPage />
                    <Route path=path!("/:client/:order") view=OrderPage />
                    <Route path=path!("/:client/:order/edit") view=EditOrderPage />
                </ParentRoute>
            }
            .into_inner()
            .into_any_nested_route(),
        ]
    },
    links: || {
        vec![Link {
            label: tr!(orders.title),
            icon: icons::LuReceiptText,
            href: "/orders",
        }]
    },
    actions: || {
        vec![Link {
            label: tr!(orders.new),
            icon: icons::LuReceiptText,
            href: "/orders/new",
        }]
    },
    ahead: screens::ahead,
};
