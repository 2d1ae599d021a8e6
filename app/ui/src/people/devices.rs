use caravan_domain::{
    command::Command,
    people::{decision::PeopleDecision, query::DeviceLine},
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_perform,
    format::use_format,
    ui::{Badge, Button, ButtonKind, ConfirmSheet, Each, List, ListRow, Show, Tone},
};

/// A person's devices, each of which can be taken out of the workspace.
#[component]
pub(crate) fn DeviceList(
    devices: Signal<Vec<DeviceLine>>,
    may_revoke: Signal<bool>,
) -> impl IntoView {
    view! {
        <List label=tr!(people.devices)>
            <Each each=move || devices.get() key=|line| line.clone() let:line>
                <DeviceRow line may_revoke />
            </Each>
        </List>
    }
}

#[component]
fn DeviceRow(line: DeviceLine, may_revoke: Signal<bool>) -> impl IntoView {
    let format = use_format();
    let perform = use_perform();
    let asking = RwSignal::new(false);
    let unnamed = tr!(people.unnamed_device);
    let label = line.detail.as_ref().map(|detail| detail.label.clone());
    let title = Signal::derive(move || match &label {
        Some(label) if !label.is_empty() => label.clone(),
        _ => unnamed.get(),
    });
    let joined = line.detail.as_ref().map(|detail| detail.joined_at);
    let revoked = line.device.revoked_at;
    let (here, since, gone) = (
        tr!(people.this_device),
        tr!(people.since),
        tr!(people.revoked_on),
    );
    let is_here = line.is_this_one;
    let detail = Signal::derive(move || match (revoked, is_here, joined) {
        (Some(at), _, _) => format!("{} {}", gone.get(), format.moment(at)),
        (None, true, _) => here.get(),
        (None, false, Some(at)) => format!("{} {}", since.get(), format.moment(at)),
        (None, false, None) => String::new(),
    });
    let done = tr!(people.device_revoked);
    let device = line.id;
    view! {
        <ListRow title detail icon=icons::LuSmartphone>
            {line.provisional.then(|| view! { <Badge label=tr!(people.provisional) tone=Tone::Info /> })}
            <Show when=move || revoked.is_none() && may_revoke.get()>
                <Button label=tr!(people.revoke) kind=ButtonKind::Quiet on_press=move || asking.set(true) />
            </Show>
        </ListRow>
        <ConfirmSheet
            open=asking
            title=tr!(people.revoke_question)
            body=if is_here { tr!(people.revoke_this_body) } else { tr!(people.revoke_body) }
            verb=tr!(people.revoke)
            danger=true
            on_confirm=move || {
                perform.run(Command::People(PeopleDecision::RevokeDevice { device }), done.get_untracked());
            }
        />
    }
}
