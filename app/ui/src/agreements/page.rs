//! One agreement: its text to read, the signature beneath it; for those who run it, what is asked and who has signed.

use caravan_domain::{
    agreements::{
        command::AgreementCommand,
        decision::{Requirement, Waits},
        standing::Standing,
        text::Version,
        view::AgreementFile,
    },
    command::Command,
    id::AgreementId,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    agreement_of,
    people::Signers,
    reading::Reading,
    sheet::Signatures,
    sign::SignForm,
    words::{standing_badge, wording_in},
};
use crate::{
    engine::{use_engine, use_perform},
    format::use_format,
    people::RoleNames,
    prefs::use_language,
    ui::{
        Badge, Button, ButtonKind, EmptyState, IconButton, LinkButton, List, ListRow, Page,
        SectionTitle, Sheet, Show, SyncMark, Tone, live,
    },
};

type File = Signal<Option<Option<Box<AgreementFile>>>>;

#[component]
pub(super) fn AgreementPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(agreement_of));
    let answer = use_engine().agreement(move || id.get());
    // Whatever else comes in while somebody signs, the form stays as it is.
    let file: File = Memo::new(move |_| answer.get()).into();
    let language = use_language();
    let title = Signal::derive(move || {
        of(file, |file| {
            let shown = file.shown.and_then(|digest| file.agreement.version(digest));
            let draft = &file.agreement.draft;
            let (zh, en) = shown.map_or((&draft.zh, &draft.en), |it| (&it.zh, &it.en));
            wording_in(language.get(), zh, en).title.clone()
        })
        .unwrap_or_default()
    });
    let may_run = Memo::new(move |_| of(file, |file| file.may_run) == Some(true));
    view! {
        <Page
            title
            back="/agreements"
            actions=move || {
                view! {
                    <Show when=move || may_run.get()>
                        <More id file />
                    </Show>
                }
            }
            main_action=move || view! { <NextStep id file /> }
        >
            {move || match file.get() {
                None => ().into_any(),
                Some(None) => {
                    view! {
                        <EmptyState
                            icon=icons::LuSearchX
                            title=tr!(agreements.missing)
                            body=tr!(agreements.missing_body)
                        />
                    }
                        .into_any()
                }
                Some(Some(file)) => view! { <Detail file=*file /> }.into_any(),
            }}
        </Page>
    }
}

fn of<T>(file: File, read: impl FnOnce(&AgreementFile) -> T) -> Option<T> {
    file.with(|file| Some(read(file.as_ref()?.as_ref()?)))
}

/// What those who run it do next: publish what is new, then ask for it. Whoever is to sign does so beneath the text.
#[component]
fn NextStep(id: Memo<AgreementId>, file: File) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(agreements.published_said);
    let state = Memo::new(move |_| {
        of(file, |file| {
            let last = file.agreement.versions.last().map(|it| it.digest);
            let asked = file.requirement.as_ref().and_then(Requirement::current);
            let asked = asked.map(|it| it.digest);
            let news = file.agreement.has_news();
            (file.may_run, news, last.is_some() && last != asked)
        })
    });
    let publish = Callback::new(move |()| {
        let agreement = id.get_untracked();
        let command = AgreementCommand::Publish { agreement };
        perform.run(Command::Agreement(command), said.get_untracked());
    });
    live(move || match state.get() {
        Some((true, true, _)) => view! {
            <Button
                label=tr!(agreements.publish)
                kind=ButtonKind::Main
                icon=icons::LuStamp
                wide=true
                on_press=publish
            />
        }
        .into_any(),
        Some((true, false, true)) => view! {
            <LinkButton
                label=tr!(agreements.ask)
                href=format!("/agreements/{}/ask", id.get())
                kind=ButtonKind::Main
                icon=icons::LuUsers
                wide=true
            />
        }
        .into_any(),
        _ => ().into_any(),
    })
}

#[component]
fn More(id: Memo<AgreementId>, file: File) -> impl IntoView {
    let shown = RwSignal::new(false);
    let perform = use_perform();
    let archived = Memo::new(move |_| of(file, |file| file.agreement.archived) == Some(true));
    let published =
        Memo::new(move |_| of(file, |file| !file.agreement.versions.is_empty()) == Some(true));
    let (archived_said, restored_said) =
        (tr!(agreements.archived_said), tr!(agreements.restored_said));
    let set = Callback::new(move |archived: bool| {
        shown.set(false);
        let said = if archived {
            archived_said
        } else {
            restored_said
        };
        let agreement = id.get_untracked();
        let command = AgreementCommand::SetArchived {
            agreement,
            archived,
        };
        perform.run(Command::Agreement(command), said.get_untracked());
    });
    let to = move |part: &'static str| {
        Signal::derive(move || format!("/agreements/{}/{part}", id.get()))
    };
    view! {
        <IconButton label=tr!(agreements.more) icon=icons::LuEllipsisVertical on_press=move || shown.set(true) />
        <Sheet open=shown title=tr!(agreements.more)>
            <List>
                <ListRow title=tr!(agreements.edit) icon=icons::LuPencil href=to("edit") />
                <Show when=move || published.get()>
                    <ListRow title=tr!(agreements.ask) icon=icons::LuUsers href=to("ask") />
                </Show>
                <Show
                    when=move || archived.get()
                    fallback=move || {
                        view! {
                            <ListRow
                                title=tr!(agreements.archive)
                                icon=icons::LuArchive
                                on_press=Callback::new(move |()| set.run(true))
                            />
                        }
                    }
                >
                    <ListRow
                        title=tr!(agreements.restore)
                        icon=icons::LuArchiveRestore
                        on_press=Callback::new(move |()| set.run(false))
                    />
                </Show>
            </List>
        </Sheet>
    }
}

#[component]
fn Detail(file: AgreementFile) -> impl IntoView {
    let id = file.agreement.id;
    let shown = file.shown.and_then(|digest| file.agreement.version(digest));
    let shown = shown.cloned();
    let to_sign = matches!(file.standing, Standing::Due(_) | Standing::Overdue(_));
    let provisional = file.signatures.last().is_some_and(|it| it.provisional);
    let draft = (file.may_run && file.agreement.has_news()).then(|| file.agreement.draft.clone());
    view! {
        <div class="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 pb-2">
            {shown
                .as_ref()
                .map(|version| {
                    let number = version.number;
                    view! { <span class="text-sm text-muted">{tr!(agreements.version, number = number)}</span> }
                })}
            {standing_badge(file.standing).map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
            {provisional
                .then(|| {
                    view! {
                        <Badge label=tr!(agreements.provisional) tone=Signal::stored(Tone::Info) />
                    }
                })}
            <SyncMark mark=Signal::stored(file.mark) />
        </div>
        {(to_sign && file.waits)
            .then(|| {
                view! {
                    <p class="px-4 pb-3" role="status">
                        {tr!(agreements.waits)}
                    </p>
                }
            })}
        {(provisional && !to_sign)
            .then(|| {
                view! {
                    <p class="px-4 pb-3 text-muted" role="status">
                        {tr!(agreements.provisional_hint)}
                    </p>
                }
            })}
        <Asked file=file.clone() />
        <Signers file=file.clone() />
        {draft
            .map(|draft| {
                view! {
                    <SectionTitle label=tr!(agreements.draft) />
                    <Reading zh=draft.zh en=draft.en />
                }
            })}
        {match shown.clone() {
            Some(version) => view! { <VersionText version titled=file.may_run /> }.into_any(),
            // It is required, and its text has not come yet.
            None if to_sign => {
                view! {
                    <EmptyState
                        icon=icons::LuCloudDownload
                        title=tr!(agreements.text_coming)
                        body=tr!(agreements.text_coming_body)
                    />
                }
                    .into_any()
            }
            None => ().into_any(),
        }}
        {shown
            .filter(|_| to_sign)
            .map(|version| view! { <SignForm agreement=id version=version.digest number=version.number /> })}
        <Mine file />
    }
}

#[component]
fn VersionText(version: Version, titled: bool) -> impl IntoView {
    let (number, note) = (version.number, version.note);
    view! {
        {titled
            .then(|| {
                view! { <SectionTitle label=tr!(agreements.text_of, number = number) /> }
            })}
        {(!note.is_empty())
            .then(|| {
                view! {
                    <p class="max-w-prose px-4 pb-2">
                        <span class="font-medium">{tr!(agreements.what_is_new)}</span>
                        " "
                        <bdi>{note}</bdi>
                    </p>
                }
            })}
        <Reading zh=version.zh en=version.en />
    }
}

/// Who is asked for which version, for those who run agreements.
#[component]
fn Asked(file: AgreementFile) -> impl IntoView {
    let roles = RoleNames::new();
    let Some(requirement) = file.requirement.filter(|_| file.may_run) else {
        return ().into_any();
    };
    let number = requirement.current().map_or(0, |it| it.number);
    let terms = requirement.terms;
    let none = tr!(agreements.asked_of_nobody);
    let title = Signal::derive(move || match terms.required_of.is_empty() {
        true => none.get(),
        false => roles.list(&terms.required_of),
    });
    let (version, days) = (
        tr!(agreements.version, number = number),
        tr!(agreements.within_days, days = terms.within_days),
    );
    let detail = Signal::derive(move || format!("{} · {}", version.get(), days.get()));
    let waits = waits_name(terms.waits);
    view! {
        <SectionTitle label=tr!(agreements.asked_of) />
        <List label=tr!(agreements.asked_of)>
            <ListRow title detail icon=icons::LuUsers href=format!("/agreements/{}/ask", file.agreement.id) />
        </List>
        <p class="px-4 text-sm text-muted">{tr!(agreements.whose_data_waits)} ": " {waits}</p>
    }
    .into_any()
}

pub(super) fn waits_name(waits: Waits) -> Signal<String> {
    match waits {
        Waits::Nobody => tr!(agreements.waits_nobody),
        Waits::Newcomers => tr!(agreements.waits_newcomers),
        Waits::Everybody => tr!(agreements.waits_everybody),
    }
}

/// What the reader has signed themself.
#[component]
fn Mine(file: AgreementFile) -> impl IntoView {
    let me = use_engine().me();
    let agreement = file.agreement.id;
    if file.signatures.is_empty() {
        return ().into_any();
    }
    let format = use_format();
    let lines = file.signatures.clone();
    view! {
        <SectionTitle label=tr!(agreements.mine) />
        <Signatures lines format />
        {move || {
            me.get()
                .map(|me| {
                    view! {
                        <div class="px-4 pb-4">
                            <LinkButton
                                label=tr!(agreements.print_mine)
                                href=format!("/agreements/{agreement}/signed/{}", me.person)
                                icon=icons::LuPrinter
                                wide=true
                            />
                        </div>
                    }
                })
        }}
    }
    .into_any()
}
