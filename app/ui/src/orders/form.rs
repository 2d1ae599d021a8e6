//! The order form, new or changed: lines with a running total, one thumb, the decimal keypad.

use caravan_domain::{
    calendar::parse_day,
    command::{Command, Field, RecordRef},
    id::{ClientId, OrderId, PersonId},
    orders::{
        command::{OrderAction, OrderCommand},
        draft::{LineDraft, OrderDraft},
        record::{Channel, OrderVersion},
    },
};
use caravan_port::message::RunError;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::{
    lines::{LineFields, RunningTotal},
    page::order_of,
    words::channel_options,
};
use crate::{
    clients::ClientPicker,
    engine::{Failure, Submit, use_draft, use_engine},
    errors::{Explain, field_of},
    format::now,
    people::DoerField,
    ui::{
        Bound, Button, ButtonKind, DateField, Form, Page, RestoredNote, SectionTitle, SelectField,
        Show, TextArea, use_past_the_form,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    client: Option<ClientId>,
    pub(super) lines: Vec<LineDraft>,
    channel: Channel,
    /// `YYYY-MM-DD`.
    ordered_on: String,
    note: String,
    /// `None` for whoever fills the form in.
    representative: Option<PersonId>,
}

impl Typed {
    fn new(client: Option<ClientId>) -> Self {
        Self {
            client,
            ordered_on: now().day().to_string(),
            ..Self::default()
        }
    }

    fn of(client: ClientId, version: &OrderVersion) -> Self {
        let draft = OrderDraft::of(version);
        Self {
            client: Some(client),
            lines: draft.lines,
            channel: draft.channel,
            ordered_on: draft.ordered_on.to_string(),
            note: draft.note,
            representative: Some(draft.representative),
        }
    }

    fn draft(self, me: PersonId) -> OrderDraft {
        OrderDraft {
            representative: self.representative.unwrap_or(me),
            channel: self.channel,
            ordered_on: parse_day(&self.ordered_on).unwrap_or_else(|| now().day()),
            note: self.note,
            lines: self.lines,
        }
    }
}

/// `?client=` names the client it is for.
#[component]
pub(super) fn NewOrderPage() -> impl IntoView {
    let query = use_query_map();
    let asked =
        Memo::new(move |_| query.with(|query| query.get("client").and_then(|id| id.parse().ok())));
    view! { {move || view! { <NewOrder client=asked.get() /> }} }
}

#[component]
fn NewOrder(client: Option<ClientId>) -> impl IntoView {
    let (key, back) = match client {
        Some(client) => (format!("orders/new/{client}"), format!("/clients/{client}")),
        None => ("orders/new".to_owned(), "/orders".to_owned()),
    };
    let draft = use_draft(key, Typed::new(client));
    view! {
        <Page title=tr!(orders.new) back=back>
            <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
            <OrderForm typed=draft.value order=None submit=draft.submit() />
        </Page>
    }
}

#[component]
pub(super) fn EditOrderPage() -> impl IntoView {
    let params = use_params_map();
    let (client, order) = params.with_untracked(order_of);
    let file = use_engine().order(move || (client, order));
    // The form opens once; what arrives meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => file.with(|file| {
            let version = file.as_ref()?.as_ref()?.order.latest()?;
            Some(Typed::of(client, version))
        }),
    });
    view! {
        <Page title=tr!(orders.edit) back=format!("/orders/{client}/{order}")>
            {move || opened.get().map(|typed| view! { <ChangeOrder client order typed /> })}
        </Page>
    }
}

#[component]
fn ChangeOrder(client: ClientId, order: OrderId, typed: Typed) -> impl IntoView {
    let draft = use_draft(format!("orders/{client}/{order}/edit"), typed);
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <OrderForm typed=draft.value order=Some(order) submit=draft.submit() />
    }
}

#[component]
fn OrderForm(typed: RwSignal<Typed>, order: Option<OrderId>, submit: Submit) -> impl IntoView {
    let me = use_engine().me();
    let open = StoredValue::new(use_past_the_form());
    let unchosen = RwSignal::new(false);
    let write = move |and_submit: bool| {
        let me = me.with_untracked(|me| me.as_ref().map(|me| me.person));
        let typed = typed.get_untracked();
        unchosen.set(typed.client.is_none());
        let (Some(me), Some(client)) = (me, typed.client) else {
            return;
        };
        let action = OrderAction::Write {
            order,
            draft: typed.draft(me),
            submit: and_submit,
        };
        submit.run(
            Command::Order(OrderCommand { client, action }),
            move |ran| {
                if let Some(RecordRef::Order(client, order)) = ran.created {
                    open.with_value(|open| open(&format!("/orders/{client}/{order}")));
                }
            },
        );
    };
    view! {
        <Form on_submit=move || write(true)>
            <OrderFields typed fresh=order.is_none() failure=submit.failure unchosen />
            <div class="page-main-action -mx-4 flex flex-col gap-2 border-t border-line">
                <RunningTotal typed />
                <div class="grid grid-cols-2 gap-2">
                    <Button label=tr!(orders.save_draft) disabled=submit.busy on_press=move || write(false) />
                    <Button label=tr!(orders.submit) kind=ButtonKind::Main submit=true disabled=submit.busy />
                </div>
            </div>
        </Form>
    }
}

#[component]
fn OrderFields(
    typed: RwSignal<Typed>,
    fresh: bool,
    failure: RwSignal<Option<Failure<RunError>>>,
    unchosen: RwSignal<bool>,
) -> impl IntoView {
    let explain = Explain::new();
    let of_a_line = Signal::derive(move || {
        let failure = failure.get()?;
        let field = field_of(&failure).filter(|field| is_of_a_line(*field))?;
        Some((field, explain.run(failure)))
    });
    let elsewhere = move || {
        let failure = failure.get()?;
        let shown = field_of(&failure).is_some_and(is_of_a_line);
        (!shown).then(|| explain.run(failure))
    };
    let which = tr!(orders.which_client);
    let client = Bound::part(typed, |typed| &typed.client, |typed| &mut typed.client);
    let channel = Bound::word(
        typed,
        |typed| typed.channel.word(),
        |typed| &mut typed.channel,
    );
    view! {
        <Show when=move || fresh>
            <div class="flex flex-col gap-2">
                <span class="text-sm font-medium">{tr!(orders.client)}</span>
                <ClientPicker bind=client />
                <p class="text-error empty:hidden" role="alert">
                    {move || (unchosen.get() && client.value.get().is_none()).then(|| which.get())}
                </p>
            </div>
        </Show>
        <div class="-mx-4">
            <SectionTitle label=tr!(orders.lines) />
        </div>
        <LineFields typed error=of_a_line />
        <SelectField label=tr!(orders.channel) bind=channel options=channel_options() />
        <DateField
            label=tr!(orders.ordered_on)
            bind=Bound::part(typed, |typed| &typed.ordered_on, |typed| &mut typed.ordered_on)
        />
        <DoerField
            label=tr!(orders.representative)
            bind=Bound::part(typed, |typed| &typed.representative, |typed| &mut typed.representative)
        />
        <TextArea label=tr!(orders.note) bind=Bound::part(typed, |typed| &typed.note, |typed| &mut typed.note) />
        <p class="text-error empty:hidden" role="alert">
            {elsewhere}
        </p>
    }
}

fn is_of_a_line(field: Field) -> bool {
    matches!(
        field,
        Field::Product | Field::Quantity | Field::Price | Field::Discount
    )
}
