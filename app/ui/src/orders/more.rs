use caravan_domain::{
    id::{ClientId, OrderId},
    orders::{command::OrderAction, list::OrderFile},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::decide::use_order_action;
use crate::ui::{ConfirmSheet, IconButton, List, ListRow, Sheet, Show};

/// What its author can still do.
#[component]
pub(super) fn More(ids: Memo<(ClientId, OrderId)>, file: Memo<Option<OrderFile>>) -> impl IntoView {
    let (open, withdrawing) = (RwSignal::new(false), RwSignal::new(false));
    let act = use_order_action(ids);
    let said = tr!(orders.withdrawn_said);
    let may = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.may)));
    let change = Memo::new(move |_| may.get().is_some_and(|may| may.change));
    let withdraw = Memo::new(move |_| may.get().is_some_and(|may| may.withdraw));
    let edit = Signal::derive(move || {
        let (client, order) = ids.get();
        format!("/orders/{client}/{order}/edit")
    });
    view! {
        <Show when=move || change.get() || withdraw.get()>
            <IconButton label=tr!(orders.more) icon=icons::LuEllipsisVertical on_press=move || open.set(true) />
        </Show>
        <Sheet open title=tr!(orders.more)>
            <List>
                <Show when=move || change.get()>
                    <ListRow title=tr!(orders.change) icon=icons::LuPencil href=edit />
                </Show>
                <Show when=move || withdraw.get()>
                    <ListRow
                        title=tr!(orders.withdraw)
                        icon=icons::LuUndo2
                        on_press=Callback::new(move |()| {
                            open.set(false);
                            withdrawing.set(true);
                        })
                    />
                </Show>
            </List>
        </Sheet>
        <ConfirmSheet
            open=withdrawing
            title=tr!(orders.withdraw_title)
            body=tr!(orders.withdraw_body)
            verb=tr!(orders.withdraw)
            on_confirm=move || {
                let (_, order) = ids.get_untracked();
                act.run((OrderAction::Withdraw(order), said.get_untracked()));
            }
        />
    }
}
