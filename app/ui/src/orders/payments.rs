use caravan_domain::{
    calendar::parse_day,
    command::{Command, Field},
    id::{ClientId, OrderId},
    orders::{
        command::{OrderAction, OrderCommand, PaymentDraft},
        decision::OrderState,
        list::OrderFile,
        record::Payment,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::use_draft,
    format::{now, use_format},
    forms::{Elsewhere, use_error_of},
    ui::{
        Button, ButtonKind, DateField, DecimalField, Form, SectionTitle, Sheet, Show, TextField,
        use_toasts,
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Back,
}

/// What came in for an accepted order and what went back, and what it brings after that.
#[component]
pub(super) fn Payments(
    ids: Memo<(ClientId, OrderId)>,
    file: Memo<Option<OrderFile>>,
) -> impl IntoView {
    let (receiving, refunding) = (RwSignal::new(false), RwSignal::new(false));
    let accepted = Memo::new(move |_| file.with(|file| is_accepted(file.as_ref())));
    let books =
        Memo::new(move |_| file.with(|file| file.as_ref().is_some_and(|file| file.may.book)));
    view! {
        <Show when=move || accepted.get()>
            <SectionTitle label=tr!(orders.payments) />
            {move || file.get().map(|file| view! { <Booked file /> })}
            <Show when=move || books.get()>
                <div class="grid grid-cols-2 gap-2 px-4 py-3">
                    <Button label=tr!(orders.refund) on_press=move || refunding.set(true) />
                    <Button label=tr!(orders.receive) on_press=move || receiving.set(true) />
                </div>
                <PaymentSheet open=receiving ids way=Way::In />
                <PaymentSheet open=refunding ids way=Way::Back />
            </Show>
        </Show>
    }
}

fn is_accepted(file: Option<&OrderFile>) -> bool {
    let standing = file.and_then(|file| file.state.standing.as_ref());
    standing.is_some_and(|standing| standing.state == OrderState::Accepted)
}

#[component]
fn Booked(file: OrderFile) -> impl IntoView {
    let format = use_format();
    let ordered = file.state.standing.as_ref();
    let ordered = ordered.map(|standing| standing.submission.amount);
    let net = ordered.unwrap_or_default() - file.order.refunded();
    let nothing = file.order.receipts.is_empty() && file.order.refunds.is_empty();
    view! {
        <ul class="divide-y divide-line border-y border-line">
            {file.order.receipts.into_iter().map(|payment| view! { <Line payment way=Way::In /> }).collect_view()}
            {file.order.refunds.into_iter().map(|payment| view! { <Line payment way=Way::Back /> }).collect_view()}
        </ul>
        {nothing.then(|| view! { <p class="px-4 py-2 text-muted">{tr!(orders.no_payments)}</p> })}
        <p class="flex items-baseline justify-between px-4 py-2">
            <span class="text-muted">{tr!(orders.net)}</span>
            <span class="font-semibold tabular-nums">{move || format.money(net)}</span>
        </p>
    }
}

#[component]
fn Line(payment: Payment, way: Way) -> impl IntoView {
    let format = use_format();
    let (name, amount) = match way {
        Way::In => (tr!(orders.received), payment.amount),
        Way::Back => (tr!(orders.refunded), -payment.amount),
    };
    let (on, note) = (payment.on, payment.note);
    let about = move || match note.is_empty() {
        true => format.day(on),
        false => format!("{} · {note}", format.day(on)),
    };
    view! {
        <li class="flex min-h-11 items-center gap-4 px-4 py-2">
            <span class="flex min-w-0 flex-1 flex-col">
                <span>{name}</span>
                <bdi class="text-sm text-muted">{about}</bdi>
            </span>
            <span class="shrink-0 tabular-nums">{move || format.money(amount)}</span>
        </li>
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    amount: String,
    on: String,
    note: String,
}

#[component]
fn PaymentSheet(open: RwSignal<bool>, ids: Memo<(ClientId, OrderId)>, way: Way) -> impl IntoView {
    let (_, order) = ids.get_untracked();
    let (title, said, word) = match way {
        Way::In => (tr!(orders.receive), tr!(orders.receipt_said), "receipt"),
        Way::Back => (tr!(orders.refund), tr!(orders.refund_said), "refund"),
    };
    let today = Typed {
        on: now().day().to_string(),
        ..Typed::default()
    };
    let draft = use_draft(format!("orders/{order}/{word}"), today);
    let (submit, toasts) = (draft.submit(), use_toasts());
    let save = move || {
        let (client, order) = ids.get_untracked();
        let typed = draft.value.get_untracked();
        let payment = PaymentDraft {
            amount: typed.amount,
            on: parse_day(&typed.on).unwrap_or_else(|| now().day()),
            note: typed.note,
        };
        let action = match way {
            Way::In => OrderAction::Receive(order, payment),
            Way::Back => OrderAction::Refund(order, payment),
        };
        submit.run(Command::Order(OrderCommand { client, action }), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Sheet open title>
            <Form on_submit=save in_sheet=true>
                <DecimalField
                    label=tr!(orders.amount)
                    error=use_error_of(submit.failure, Field::Amount)
                    bind=draft.bind(|typed| &typed.amount, |typed| &mut typed.amount)
                    required=true
                    max=16
                />
                <DateField label=tr!(orders.paid_on) bind=draft.bind(|typed| &typed.on, |typed| &mut typed.on) />
                <TextField label=tr!(orders.note) bind=draft.bind(|typed| &typed.note, |typed| &mut typed.note) max=200 />
                <Elsewhere failure=submit.failure shown=&[Field::Amount] />
                <Button label=tr!(orders.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
        </Sheet>
    }
}
