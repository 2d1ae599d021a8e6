use caravan_domain::id::Id;
use caravan_port::act::{Act, ActError, Done};
use caravan_sync::join::{JoinError, Offered};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

use super::{form::JoiningForm, rebuild::GivingBack};
use crate::{
    engine::{Failure, use_engine},
    errors::Explain,
    ui::{Button, EmptyState, Page},
};

/// `/join#<token>`: the token stands behind the `#`, so that no server ever logs it.
#[component]
pub(super) fn InvitationPage() -> impl IntoView {
    let hash = use_location().hash;
    let token = Memo::new(move |_| hash.with(|hash| token_of(hash)));
    let engine = use_engine();
    let explain = Explain::new();
    let offered = RwSignal::new(None::<Result<Offered, Failure<ActError>>>);
    let look = move || {
        offered.set(None);
        let Some(token) = token.get() else {
            offered.set(Some(Err(Failure::Refused(ActError::Join(
                JoinError::UnknownLink,
            )))));
            return;
        };
        spawn_local(async move {
            match engine.act(Act::LookAtInvitation { token }).await {
                Ok(Done::Offered(offer)) => offered.set(Some(Ok(offer))),
                Ok(_) => {}
                Err(failure) => offered.set(Some(Err(failure))),
            }
        });
    };
    Effect::new(look);
    let (welcome, giving_back) = (tr!(join.welcome), tr!(join.rebuild_title));
    let title = move || match offered.get() {
        Some(Ok(Offered::Rebuilding)) => giving_back.get(),
        _ => welcome.get(),
    };
    view! {
        <Page title=Signal::derive(title)>
            {move || match (offered.get(), token.get()) {
                (Some(Ok(Offered::Rebuilding)), Some(token)) => view! { <GivingBack token /> }.into_any(),
                (Some(Ok(offer)), Some(token)) => {
                    view! {
                        <Introduction offered=offer.clone() />
                        <JoiningForm token offered=offer />
                    }
                        .into_any()
                }
                (Some(Err(failure)), _) => {
                    let title = explain.act(failure);
                    view! {
                        <EmptyState icon=icons::LuUnlink title=Signal::stored(title)>
                            <Button label=tr!(join.try_again) on_press=look />
                        </EmptyState>
                    }
                        .into_any()
                }
                _ => view! { <p class="px-4 text-muted" role="status">{tr!(join.looking)}</p> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Introduction(offered: Offered) -> impl IntoView {
    let sentence = match offered {
        // The second has a page of its own.
        Offered::Founding | Offered::Rebuilding => tr!(join.founding_intro),
        Offered::Membership {
            workspace_name,
            invited_by,
            own_device,
            ..
        } => {
            if own_device {
                tr!(join.own_device_intro, workspace = workspace_name.clone())
            } else {
                tr!(
                    join.membership_intro,
                    workspace = workspace_name.clone(),
                    person = invited_by.clone()
                )
            }
        }
        Offered::NewPassword {
            workspace_name,
            name,
            made_by,
        } => tr!(
            join.renew_intro,
            name = name.clone(),
            workspace = workspace_name.clone(),
            person = made_by.clone()
        ),
    };
    view! { <p class="px-4 pb-4 text-lg">{sentence}</p> }
}

fn token_of(hash: &str) -> Option<[u8; 16]> {
    let token: Id = hash.trim_start_matches('#').parse().ok()?;
    Some(*token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::token_of;

    #[test]
    fn only_a_whole_token_is_taken() {
        assert_eq!(token_of("#00000000000000000000000001"), {
            let mut token = [0; 16];
            token[15] = 1;
            Some(token)
        });
        assert_eq!(token_of("#0000"), None);
        assert_eq!(token_of(""), None);
    }
}
