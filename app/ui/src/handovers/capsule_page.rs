use caravan_domain::{
    command::Command,
    handovers::{command::HandoverCommand, view::CapsuleFile},
    id::{ClientId, HandoverId, Id},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::capsule::CapsuleSheet;
use crate::{
    engine::{use_engine, use_perform},
    ui::{Button, ButtonKind, EmptyState, IconButton, LinkButton, Page, live},
};

/// One capsule, on the screen or on paper; whoever got the client says here that they have read it.
#[component]
pub(super) fn CapsulePage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| {
        params.with(|params| {
            let part = |name| params.get(name).unwrap_or_default();
            let client = part("client").parse().unwrap_or(ClientId(Id::ZERO));
            let handover = part("handover").parse();
            (client, handover.unwrap_or(HandoverId::FIRST))
        })
    });
    let answer = use_engine().client(move || ids.get().0);
    let known = Memo::new(move |_| answer.with(Option::is_some));
    let file = Memo::new(move |_| {
        answer.with(|answer| {
            let capsules = &answer.as_ref()?.as_ref()?.capsules;
            let (_, handover) = ids.get();
            let mut capsules = capsules.iter();
            capsules
                .find(|file| file.capsule.handover == handover)
                .cloned()
        })
    });
    let back = Signal::derive(move || {
        let awaits = file.with(|file| file.as_ref().is_some_and(|file| file.awaits_me));
        Some(match awaits {
            true => "/handovers".to_owned(),
            false => format!("/clients/{}", ids.get().0),
        })
    });
    let print = move || {
        // Refused only where there is no printer to ask; the page stays.
        let _ = window().print();
    };
    view! {
        <Page
            title=tr!(handovers.capsule)
            back
            actions=move || {
                view! { <IconButton label=tr!(handovers.print) icon=icons::LuPrinter on_press=print /> }
            }
            main_action=move || view! { <MainAction file /> }
        >
            {move || match (known.get(), file.get()) {
                (_, Some(file)) => view! { <CapsuleSheet file /> }.into_any(),
                (true, None) => {
                    view! {
                        <EmptyState
                            icon=icons::LuSearchX
                            title=tr!(handovers.missing_capsule)
                            body=tr!(handovers.missing_capsule_body)
                        />
                    }
                        .into_any()
                }
                (false, None) => ().into_any(),
            }}
        </Page>
    }
}

#[component]
fn MainAction(file: Memo<Option<CapsuleFile>>) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(handovers.read_said);
    live(move || {
        let file = file.get()?;
        let (client, handover) = (file.capsule.client, file.capsule.handover);
        let read = move || {
            let command = HandoverCommand::Read(vec![(client, handover)]);
            perform.run(Command::Handover(command), said.get_untracked());
        };
        Some(match file.awaits_me {
            true => view! {
                <Button
                    label=tr!(handovers.read)
                    kind=ButtonKind::Main
                    icon=icons::LuCheck
                    wide=true
                    on_press=read
                />
            }
            .into_any(),
            false => view! {
                <LinkButton
                    label=tr!(handovers.open_client)
                    href=format!("/clients/{client}")
                    kind=ButtonKind::Main
                    wide=true
                />
            }
            .into_any(),
        })
    })
}
