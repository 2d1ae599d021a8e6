use caravan_domain::{
    command::Command,
    id::{ClientId, Id, PersonId, SurveyId},
    surveys::decision::SurveyDecision,
};
use caravan_port::{act::Act, message::RunError};
use caravan_sync::envelope::Hash;
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_params_map};

use super::{
    address::{self, client_of, secret_key},
    client::SurveyRows,
};
use crate::{
    engine::{Failure, use_engine},
    errors::Explain,
    format::now,
    random,
    ui::{Button, ButtonKind, EmptyState, Page, SelectField, Show},
};

/// A client's surveys, and the way to a new link.
#[component]
pub(super) fn SurveysPage() -> impl IntoView {
    let params = use_params_map();
    let client = Memo::new(move |_| params.with(client_of));
    let view = use_engine().surveys(move || client.get());
    let name = Signal::derive(move || {
        let name = view.with(|view| view.as_ref().map(|view| view.client_name.clone()));
        name.unwrap_or_default()
    });
    let people = Memo::new(move |_| {
        let about = view.with(|view| view.as_ref().map(|view| view.about.clone()));
        about.unwrap_or_default()
    });
    let lines = Memo::new(move |_| {
        let lines = view.with(|view| view.as_ref().map(|view| view.lines.clone()));
        lines.unwrap_or_default()
    });
    view! {
        <Page
            title=name
            known_as=tr!(surveys.title)
            back=Signal::derive(move || Some(format!("/clients/{}", client.get())))
            main_action=move || view! { <Ask client people /> }
        >
            <p class="px-4 pb-4 text-muted">{tr!(surveys.intro)}</p>
            {move || view! { <SurveyRows client=client.get() lines /> }}
            <Show when=move || view.with(Option::is_some) && lines.with(Vec::is_empty)>
                <EmptyState icon=icons::LuSmile title=tr!(surveys.none) body=tr!(surveys.none_body) />
            </Show>
        </Page>
    }
}

/// One tap; where several look after the client, about whom.
#[component]
fn Ask(client: Memo<ClientId>, people: Memo<Vec<(PersonId, String)>>) -> impl IntoView {
    let explain = Explain::new();
    let failure = RwSignal::new(None::<Failure<RunError>>);
    let busy = RwSignal::new(false);
    let chosen = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        let people = people.get().into_iter();
        people
            .map(|(person, name)| (person.to_string(), name))
            .collect::<Vec<_>>()
    });
    let make = use_make(client, failure, busy);
    let about = move || {
        let chosen = chosen.with_untracked(|chosen| chosen.parse().ok());
        chosen.or_else(|| people.with_untracked(|people| people.first().map(|(first, _)| *first)))
    };
    view! {
        <div class="flex flex-col gap-2">
            <Show when=move || { people.with(Vec::len) > 1 }>
                <SelectField label=tr!(surveys.about_whom) bind=chosen options />
            </Show>
            <p class="text-error empty:hidden" role="alert">
                {move || failure.get().map(|failure| explain.run(failure))}
            </p>
            <Show when=move || !people.with(Vec::is_empty)>
                <Button
                    label=tr!(surveys.make_link)
                    kind=ButtonKind::Main
                    icon=icons::LuQrCode
                    wide=true
                    disabled=busy
                    on_press=Callback::new({
                        let make = make.clone();
                        move |()| {
                            if let Some(about) = about() {
                                make(about);
                            }
                        }
                    })
                />
            </Show>
        </div>
    }
}

/// Makes a link and opens it. The secret is kept before anybody hears of its hash: whoever closes the app in between finds the
/// link again.
fn use_make(
    client: Memo<ClientId>,
    failure: RwSignal<Option<Failure<RunError>>>,
    busy: RwSignal<bool>,
) -> impl Fn(PersonId) + Clone + Send + Sync + 'static {
    let engine = use_engine();
    let navigate = StoredValue::new_local(use_navigate());
    move |about| {
        let made = random::bytes::<16>().and_then(|secret| Ok((secret, random::mint(now())?)));
        let Ok((secret, survey)) = made else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (client, survey) = (client.get_untracked(), SurveyId(survey));
        let issue = SurveyDecision::Issue {
            survey,
            client,
            about,
            secret_hash: Hash::of(&secret).0,
        };
        spawn_local(async move {
            let key = secret_key(client, survey);
            let text = Id::from_bytes(secret).to_string();
            let draft = serde_json::to_vec(&text).unwrap_or_default();
            let keep = Act::SaveDraft {
                key: key.clone(),
                draft,
            };
            if let Err(error) = engine.act(keep).await {
                leptos::logging::error!("the link was not kept: {error}");
            }
            match engine.run(Command::Survey(issue)).await {
                Ok(_) => {
                    let path = address::link(client, survey);
                    navigate.try_with_value(|navigate| navigate(&path, Default::default()));
                }
                Err(refused) => {
                    let _ = engine.act(Act::DropDraft { key }).await;
                    failure.try_set(Some(refused));
                }
            }
            busy.try_set(false);
        });
    }
}
