use caravan_domain::{
    command::Command,
    id::{ClientId, SurveyId},
    surveys::{
        decision::SurveyDecision,
        list::{SurveyLine, SurveyStage},
    },
};
use icondata_lu as icons;
use leptos::{prelude::*, web_sys};
use leptos_router::hooks::use_params_map;
use wasm_bindgen::JsValue;

use super::{
    address::{self, client_of, for_client, secret_key, survey_of},
    words::stage_badge,
};
use crate::{
    engine::{use_draft, use_engine, use_perform},
    format::use_format,
    ui::{
        Badge, Button, ButtonKind, ConfirmSheet, EmptyState, LinkButton, Page, SharedLink, Show,
        use_copy_out,
    },
};

/// One link: to be shown, sent or withdrawn, and what has become of it.
#[component]
pub(super) fn LinkPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| params.with(|params| (client_of(params), survey_of(params))));
    let view = use_engine().surveys(move || ids.get().0);
    let line = Memo::new(move |_| {
        let survey = ids.get().1;
        view.with(|view| {
            let mut lines = view.as_ref()?.lines.iter();
            lines.find(|line| line.survey == survey).cloned()
        })
    });
    let title = tr!(
        surveys.about,
        name = line
            .with(|line| line.as_ref().map(|line| line.about_name.clone()))
            .unwrap_or_default()
    );
    view! {
        <Page
            title
            known_as=tr!(surveys.title)
            back=Signal::derive(move || Some(address::of_client(ids.get().0)))
        >
            <Show when=move || view.with(Option::is_some) && line.with(Option::is_none)>
                <EmptyState icon=icons::LuSearchX title=tr!(surveys.missing) body=tr!(surveys.missing_body) />
            </Show>
            <Show when=move || line.with(Option::is_some)>
                {move || {
                    let (client, survey) = ids.get();
                    view! { <Opened client survey line /> }
                }}
            </Show>
        </Page>
    }
}

#[component]
fn Opened(client: ClientId, survey: SurveyId, line: Memo<Option<SurveyLine>>) -> impl IntoView {
    let format = use_format();
    let secret = use_draft(secret_key(client, survey), String::new()).value;
    let waiting = Memo::new(move |_| {
        line.with(|line| {
            let stage = line.as_ref().map(|line| line.stage);
            stage == Some(SurveyStage::Waiting)
        })
    });
    let stands = move || {
        let line = line.get()?;
        let (label, tone) = stage_badge(line.stage, line.provisional);
        let until = line.expires_at.day();
        let said = match line.stage {
            SurveyStage::Waiting if line.provisional => tr!(surveys.not_yet_open_body),
            SurveyStage::Waiting => tr!(surveys.waiting_body, day = format.day(until)),
            SurveyStage::Answered(at) => tr!(surveys.answered_body, when = format.moment(at)),
            SurveyStage::Expired => tr!(surveys.expired_body),
            SurveyStage::Withdrawn => tr!(surveys.withdrawn_body),
        };
        Some(view! {
            <div class="flex flex-col gap-1 px-4 pb-4">
                <Badge label tone />
                <p class="text-muted">{said}</p>
            </div>
        })
    };
    view! {
        {stands}
        <Show when=move || waiting.get() && !secret.with(String::is_empty)>
            <ForClient line secret />
        </Show>
        <Show when=move || waiting.get() && secret.with(String::is_empty)>
            <p class="px-4 pb-4">{tr!(surveys.elsewhere)}</p>
        </Show>
        <Show when=move || line.with(|line| line.as_ref().is_some_and(|line| line.may_withdraw))>
            <Withdraw client survey />
        </Show>
    }
}

/// As a code for whoever stands here; as a message for whoever does not.
#[component]
fn ForClient(line: Memo<Option<SurveyLine>>, secret: RwSignal<String>) -> impl IntoView {
    let copy_out = use_copy_out();
    let link = Memo::new(move |_| secret.with(|secret| for_client(secret)));
    let name = Memo::new(move |_| {
        let name = line.with(|line| line.as_ref().map(|line| line.about_name.clone()));
        name.unwrap_or_default()
    });
    let message = tr!(surveys.message, name = name.get(), link = link.get());
    let by_sms = Signal::derive(move || {
        let text: String = js_sys::encode_uri_component(&message.get()).into();
        // iOS wants “&” here and Android “?”; both take both.
        format!("sms:?&body={text}")
    });
    view! {
        <div class="flex flex-col items-center gap-4 px-4">
            {move || {
                view! { <SharedLink link=link.get() qr_label=tr!(surveys.qr) intro=tr!(surveys.show_client) /> }
            }}
            <Button
                label=tr!(surveys.copy_message)
                icon=icons::LuMessageSquareText
                wide=true
                on_press=move || copy_out.copy(&message.get_untracked())
            />
            <LinkButton label=tr!(surveys.by_sms) href=by_sms icon=icons::LuSmartphone wide=true />
            {can_share()
                .then(|| {
                    view! {
                        <Button
                            label=tr!(surveys.share)
                            icon=icons::LuShare2
                            wide=true
                            on_press=move || share(&message.get_untracked())
                        />
                    }
                })}
            <p class="text-sm text-muted">{tr!(surveys.once)}</p>
        </div>
    }
}

fn can_share() -> bool {
    js_sys::Reflect::has(&window().navigator(), &JsValue::from_str("share")).unwrap_or(false)
}

/// Whoever closes the system's sheet without choosing has changed their mind: there is nothing to say.
fn share(text: &str) {
    let data = web_sys::ShareData::new();
    data.set_text(text);
    let _ = window().navigator().share_with_data(&data);
}

#[component]
fn Withdraw(client: ClientId, survey: SurveyId) -> impl IntoView {
    let perform = use_perform();
    let asking = RwSignal::new(false);
    let said = tr!(surveys.withdrawn_said);
    let withdraw = move || {
        let decision = SurveyDecision::Withdraw { client, survey };
        perform.run(Command::Survey(decision), said.get_untracked());
    };
    view! {
        <div class="px-4 py-4">
            <Button
                label=tr!(surveys.withdraw)
                kind=ButtonKind::Quiet
                wide=true
                on_press=move || asking.set(true)
            />
        </div>
        <ConfirmSheet
            open=asking
            title=tr!(surveys.withdraw_question)
            body=tr!(surveys.withdrawn_body)
            verb=tr!(surveys.withdraw)
            danger=true
            on_confirm=withdraw
        />
    }
}
