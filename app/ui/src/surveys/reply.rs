use caravan_domain::{
    command::Command,
    surveys::{decision::SurveyDecision, list::FeedbackLine, record::Point},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::{agreed_name, point_name, satisfaction_name, satisfaction_tone};
use crate::{
    engine::use_perform,
    format::use_format,
    ui::{Badge, Button, LinkButton, Tone},
};

/// One client's answer, and what is to be done about it.
#[component]
pub(super) fn Reply(
    line: FeedbackLine,
    /// The one that led here.
    current: bool,
) -> impl IntoView {
    let format = use_format();
    let (client, at) = (line.client, line.at);
    let points = Point::ALL.into_iter().zip(line.points);
    let points = points.filter_map(|(point, said)| Some((point_name(point), agreed_name(said?))));
    let noted = line.noted.clone().map(|(name, at)| {
        tr!(
            surveys.seen_to_by,
            name = name.clone(),
            when = format.moment(at)
        )
    });
    let unnamed = line.client_name.is_empty();
    view! {
        <li class="flex flex-col gap-1 px-4 py-3" class:bg-base-200=current aria-current=current.then_some("true")>
            <p class="flex flex-wrap items-baseline justify-between gap-x-3">
                <Badge
                    label=satisfaction_name(line.satisfaction)
                    tone=satisfaction_tone(line.satisfaction)
                />
                <span class="text-sm text-muted">{move || format.moment(at)}</span>
            </p>
            {(!unnamed)
                .then(|| {
                    view! {
                        <a
                            class="-my-1 flex min-h-11 items-center self-start text-primary underline underline-offset-4"
                            href=format!("/clients/{client}")
                        >
                            <bdi>{line.client_name.clone()}</bdi>
                        </a>
                    }
                })}
            {unnamed.then(|| view! { <p class="text-muted">{tr!(surveys.client_unseen)}</p> })}
            {(!line.words.is_empty())
                .then(|| view! { <p class="break-words whitespace-pre-line"><bdi>{line.words.clone()}</bdi></p> })}
            <p class="flex flex-wrap gap-x-4 text-sm text-muted empty:hidden">
                {points
                    .map(|(point, said)| view! { <span>{point} " " <b class="font-semibold">{said}</b></span> })
                    .collect_view()}
            </p>
            <p class="flex flex-wrap gap-x-4 empty:hidden">
                {line.by_themself.then(|| view! { <Badge label=tr!(surveys.own_link) /> })}
                {line.signed_in.then(|| view! { <Badge label=tr!(surveys.signed_in) tone=Tone::Warning /> })}
                {noted.map(|noted| view! { <Badge label=noted tone=Tone::Good /> })}
                {line.provisional.then(|| view! { <Badge label=tr!(surveys.provisional) tone=Tone::Warning /> })}
            </p>
            {(line.may_see_to && line.satisfaction.is_low()).then(|| view! { <SeeTo line=line.clone() /> })}
        </li>
    }
}

#[component]
fn SeeTo(line: FeedbackLine) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(surveys.seen_to_said);
    let see_to = move || {
        let decision = SurveyDecision::SeeTo {
            about: line.about,
            reply: line.reply,
        };
        perform.run(Command::Survey(decision), said.get_untracked());
    };
    view! {
        <div class="flex flex-wrap gap-2 pt-1">
            <LinkButton
                label=tr!(surveys.call_back)
                href=format!("/tasks/new?client={}", line.client)
                icon=icons::LuListPlus
            />
            <Button label=tr!(surveys.see_to) icon=icons::LuCheck on_press=see_to />
        </div>
    }
}
