use caravan_domain::{
    calendar::{Period, Span, parse_day},
    command::Command,
    development::record::LinkTo,
    id::PersonId,
    recognition::{
        command::{PostDraft, RecognitionCommand},
        kind::PostKind,
        list::{Idea, RecognitionForm},
    },
    time::Day,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::{
    address::{self, Chosen, chosen_in},
    ideas::Ideas,
    words::{first_words, kind_name, words_best},
};
use crate::{
    engine::{use_draft, use_engine},
    format::{Format, now, use_format},
    forms::Refused,
    ui::{
        Bound, Button, ButtonKind, EmptyState, Form, Page, RestoredNote, SectionTitle, SelectField,
        Show, TextArea, use_past_the_form, use_toasts,
    },
};

/// Months back for which somebody can still be the best.
const MONTHS: i32 = 6;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    person: String,
    kind: PostKind,
    /// The first day of the month it is about.
    month: String,
    words: String,
    /// As [`LinkTo`] is written; empty for none.
    about: String,
}

impl Typed {
    fn of(chosen: Chosen, idea: Option<&Idea>, form: &RecognitionForm, format: Format) -> Self {
        let known = form.people.iter();
        let mut known = known.filter(|it| Some(it.person) == chosen.person);
        let known = known.next();
        let any_kind = known.map_or_else(|| praises(form), |it| it.any_kind);
        let kind = match any_kind {
            true => chosen.kind.unwrap_or(PostKind::Help),
            false => PostKind::Thanks,
        };
        let month = chosen.month.unwrap_or_else(|| now().day().first_of_month());
        let words = match (idea, known, kind) {
            (Some(idea), ..) => first_words(format, idea).get_untracked(),
            (None, Some(known), PostKind::Best) => {
                words_best(format, known.name.clone(), month).get_untracked()
            }
            _ => String::new(),
        };
        Self {
            person: known.map(|it| it.person.to_string()).unwrap_or_default(),
            kind,
            month: month.to_string(),
            words,
            about: chosen.about.map(|it| it.to_string()).unwrap_or_default(),
        }
    }

    /// Only what was suggested for this person and kind is about a record.
    fn draft(&self, chosen: Chosen) -> Option<PostDraft> {
        let person: PersonId = self.person.parse().ok()?;
        let about: Option<LinkTo> = self.about.parse().ok();
        let same = chosen.person == Some(person) && chosen.kind == Some(self.kind);
        let month = parse_day(&self.month).filter(|_| same || self.kind == PostKind::Best);
        Some(PostDraft {
            person,
            kind: self.kind,
            month: month.unwrap_or_else(|| now().day()),
            words: self.words.clone(),
            about: about.filter(|_| same),
        })
    }
}

/// There is somebody about whom the asker may say anything.
fn praises(form: &RecognitionForm) -> bool {
    form.people.iter().any(|it| it.any_kind)
}

/// What is worth a post first, then a form of one's own; a suggestion's form alone once it was chosen.
#[component]
pub(super) fn NewPostPage() -> impl IntoView {
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.with(chosen_in));
    let form = use_engine().recognition_form();
    // The form opens once; what comes meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<(Chosen, RecognitionForm)>>| {
        let chosen = chosen.get();
        if let Some(Some((of, form))) = before
            && *of == chosen
        {
            return Some((chosen, form.clone()));
        }
        Some((chosen, form.get()?))
    });
    let ideas = Memo::new(move |_| {
        let shown = chosen.get() == Chosen::default();
        form.with(|form| {
            form.as_ref()
                .filter(|_| shown)
                .map(|form| form.ideas.clone())
        })
        .unwrap_or_default()
    });
    let back = Signal::derive(move || match chosen.get() == Chosen::default() {
        true => Some(address::WALL.to_owned()),
        false => Some(address::NEW.to_owned()),
    });
    view! {
        <Page title=tr!(recognition.new) back>
            <Ideas ideas />
            <Show when=move || !ideas.with(Vec::is_empty)>
                <SectionTitle label=tr!(recognition.of_your_own) />
            </Show>
            {move || {
                let (chosen, form) = opened.get()?;
                Some(
                    match form.people.is_empty() {
                        true => {
                            view! {
                                <EmptyState
                                    icon=icons::LuUsersRound
                                    title=tr!(recognition.nobody)
                                    body=tr!(recognition.nobody_body)
                                />
                            }
                                .into_any()
                        }
                        false => view! { <PostForm chosen form /> }.into_any(),
                    },
                )
            }}
        </Page>
    }
}

#[component]
fn PostForm(chosen: Chosen, form: RecognitionForm) -> impl IntoView {
    let format = use_format();
    let idea = form.ideas.iter().find(|idea| chosen.is(idea));
    let initial = Typed::of(chosen, idea, &form, format);
    let key = match chosen == Chosen::default() {
        true => "recognition/new".to_owned(),
        false => format!(
            "recognition/new/{}/{}/{}/{}",
            initial.person,
            initial.kind.word(),
            initial.month,
            initial.about
        ),
    };
    let draft = use_draft(key, initial);
    let (submit, toasts) = (draft.submit(), use_toasts());
    let said = tr!(recognition.posted_said);
    let open = StoredValue::new(use_past_the_form());
    let missing = RwSignal::new(false);
    let save = move || {
        let Some(post) = draft.value.with_untracked(|typed| typed.draft(chosen)) else {
            missing.set(true);
            return;
        };
        submit.run(
            Command::Recognition(RecognitionCommand::Post(post)),
            move |_| {
                toasts.say(said.get_untracked());
                open.with_value(|open| open(address::WALL));
            },
        );
    };
    let no_one = tr!(recognition.choose_person);
    let error = move || missing.get().then(|| no_one.get());
    let best = Memo::new(move |_| draft.value.with(|typed| typed.kind == PostKind::Best));
    let bind_person = Bound {
        value: Signal::derive(move || draft.value.with(|typed| typed.person.clone())),
        set: Callback::new({
            let form = form.clone();
            move |person: String| {
                missing.set(false);
                let known = form.people.iter();
                let mut known = known.filter(|it| it.person.to_string() == person);
                let any_kind = known.next().is_none_or(|it| it.any_kind);
                draft.value.update(|typed| {
                    typed.person = person;
                    if !any_kind {
                        typed.kind = PostKind::Thanks;
                    }
                });
            }
        }),
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <SelectField
                label=tr!(recognition.person)
                bind=bind_person
                options=people(&form)
                error=MaybeProp::derive(error)
            />
            <KindField form typed=draft.value />
            <Show when=move || best.get()>
                <SelectField
                    label=tr!(recognition.month)
                    bind=draft.bind(|typed| &typed.month, |typed| &mut typed.month)
                    options=months(format, chosen.month)
                />
            </Show>
            <TextArea
                label=tr!(recognition.words)
                hint=tr!(recognition.words_hint)
                bind=draft.bind(|typed| &typed.words, |typed| &mut typed.words)
            />
            <Refused submit />
            <Button
                label=tr!(recognition.send)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
    }
}

fn people(form: &RecognitionForm) -> Signal<Vec<(String, String)>> {
    let choose = tr!(recognition.choose);
    let known = form.people.iter();
    let known: Vec<_> = known
        .map(|it| (it.person.to_string(), it.name.clone()))
        .collect();
    Signal::derive(move || {
        let first = (String::new(), choose.get());
        core::iter::once(first)
            .chain(known.iter().cloned())
            .collect()
    })
}

/// Between colleagues there is nothing to choose: they thank each other.
#[component]
fn KindField(form: RecognitionForm, typed: RwSignal<Typed>) -> impl IntoView {
    let led = form.people.iter().filter(|it| it.any_kind);
    let led: Vec<_> = led.map(|it| it.person.to_string()).collect();
    let praises = praises(&form);
    let names: Vec<_> = PostKind::ALL
        .iter()
        .map(|kind| (*kind, kind_name(*kind)))
        .collect();
    let options = Signal::derive(move || {
        let names = names.iter();
        names
            .map(|(kind, name)| (kind.word().to_owned(), name.get()))
            .collect::<Vec<_>>()
    });
    let may_choose = Memo::new(move |_| {
        typed.with(|typed| match typed.person.is_empty() {
            true => praises,
            false => led.contains(&typed.person),
        })
    });
    let bind = Bound::word(typed, |typed| typed.kind.word(), |typed| &mut typed.kind);
    view! {
        <Show
            when=move || may_choose.get()
            fallback=move || view! { <p class="text-muted">{tr!(recognition.thanks_only)}</p> }
        >
            <SelectField label=tr!(recognition.kind) bind options />
        </Show>
    }
}

/// This month and those before it, and the one that was asked for.
fn months(format: Format, asked: Option<Day>) -> Signal<Vec<(String, String)>> {
    let this = Period::of(Span::Month, now().day());
    let mut months: Vec<_> = (0..MONTHS).map(|back| this.moved(-back)).collect();
    months.extend(asked.map(|day| Period::of(Span::Month, day)));
    months.sort_by_key(|month| core::cmp::Reverse(month.first()));
    months.dedup();
    Signal::derive(move || {
        let months = months.iter();
        months
            .map(|month| (month.first().to_string(), format.period(*month)))
            .collect()
    })
}
