use caravan_domain::{command::Command, id::PersonId, people::decision::PeopleDecision};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use super::{link::InvitationLink, token::FreshToken};
use crate::{
    engine::use_engine,
    errors::Explain,
    ui::{Button, ButtonKind, SectionTitle, Sheet, use_toasts},
};

/// Long enough to reach somebody on the road.
const GOOD_FOR_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// For somebody who has forgotten their password: a link by which they set another. It is made only after its maker has
/// read what it can be used for.
#[component]
pub(super) fn Forgotten(id: PersonId, name: String) -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let token = RwSignal::new(None::<[u8; 16]>);
    let make = move || {
        let Ok(fresh) = FreshToken::good_for(GOOD_FOR_MILLIS) else {
            return;
        };
        let decision = PeopleDecision::RenewPassword {
            invitation: fresh.invitation,
            person: id,
            token_hash: fresh.token_hash,
            expires_at: fresh.expires_at,
        };
        spawn_local(async move {
            match engine.run(Command::People(decision)).await {
                Ok(_) => token.set(Some(fresh.token)),
                Err(failure) => toasts.say(explain.run(failure)),
            }
        });
    };
    let warning = tr!(people.forgotten_warning, name = name.clone());
    view! {
        <SectionTitle label=tr!(people.forgotten) />
        <div class="flex flex-col items-start gap-3 px-4">
            <p class="text-sm text-muted">{tr!(people.forgotten_body)}</p>
            <Button
                label=tr!(people.make_password_link)
                icon=icons::LuKeyRound
                on_press=move || {
                    token.set(None);
                    open.set(true);
                }
            />
        </div>
        <Sheet open title=tr!(people.forgotten)>
            {move || match token.get() {
                Some(token) => view! { <InvitationLink token intro=warning /> }.into_any(),
                None => {
                    view! {
                        <div class="flex flex-col gap-4 px-4 pb-4">
                            <p>{warning}</p>
                            <Button
                                label=tr!(people.make_password_link)
                                kind=ButtonKind::Main
                                wide=true
                                on_press=make
                            />
                        </div>
                    }
                        .into_any()
                }
            }}
        </Sheet>
    }
}
