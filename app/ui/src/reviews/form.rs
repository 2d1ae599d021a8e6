//! Writing a review: ratings with evidence, feedback, and the score as it would be. What is typed stays on the device
//! until it is saved for the other reviewers, or submitted.

use std::collections::BTreeMap;

use caravan_domain::{
    command::Command,
    id::PersonId,
    reviews::{
        command::{RatingDraft, ReviewCommand, ReviewDraft, ReviewRef},
        list::ReviewFile,
        measure::Measure,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{
    address::{self, review_of},
    score::{Dimensions, Total},
    words::MeasureNames,
};
use crate::{
    development::DevelopmentLink,
    engine::{use_draft, use_engine},
    forms::Refused,
    recognition::RecognitionLink,
    ui::{
        Bound, Button, ButtonKind, Form, Page, RestoredNote, SectionTitle, SelectField, Show,
        TextArea, use_past_the_form, use_toasts,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    /// By the measure's word: the level, empty for none, and the evidence.
    ratings: BTreeMap<String, (String, String)>,
    feedback: String,
}

impl Typed {
    /// What the reviewer has saved before.
    fn of(file: &ReviewFile, me: PersonId) -> Self {
        let mine = file.ratings.iter().filter(|(rating, _)| rating.by == me);
        let ratings = mine.map(|(rating, _)| {
            let level = rating.level.map(|level| level.to_string());
            let said = (level.unwrap_or_default(), rating.evidence.clone());
            (rating.measure.word().to_owned(), said)
        });
        let feedback = file.feedback.iter().find(|(said, _)| said.by == me);
        Self {
            ratings: ratings.collect(),
            feedback: feedback
                .map(|(said, _)| said.text.clone())
                .unwrap_or_default(),
        }
    }

    fn draft(&self, review: ReviewRef) -> ReviewDraft {
        let ratings = self.ratings.iter().filter_map(|(word, (level, evidence))| {
            Some(RatingDraft {
                measure: word.parse().ok()?,
                level: level.parse().ok(),
                evidence: evidence.clone(),
            })
        });
        ReviewDraft {
            review,
            ratings: ratings.collect(),
            feedback: self.feedback.clone(),
        }
    }
}

#[component]
pub(super) fn WritePage() -> impl IntoView {
    let engine = use_engine();
    let (params, me) = (use_params_map(), engine.me());
    let review = params.with_untracked(review_of);
    let answer = engine.review(move || review);
    let file = Memo::new(move |_| answer.get().flatten().map(|file| *file));
    // The form opens once; what arrives meanwhile does not overwrite what is being typed.
    let opened = Memo::new(
        move |before: Option<&Option<(Typed, Vec<Measure>)>>| match before {
            Some(Some(typed)) => Some(typed.clone()),
            _ => file.with(|file| {
                let file = file.as_ref()?;
                let me = me.with(|me| me.as_ref().map(|me| me.person))?;
                let rated = file.plan.indicators().map(|it| it.measure);
                let rated = rated.filter(|measure| measure.is_rated()).collect();
                Some((Typed::of(file, me), rated))
            }),
        },
    );
    let name = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|file| file.line.name.clone()))
            .unwrap_or_default()
    });
    let title = tr!(reviews.write_of, name = name.get());
    view! {
        <Page title known_as=tr!(reviews.write) back=address::page(review)>
            {move || opened.get().map(|(typed, rated)| view! { <Write review file typed rated /> })}
            <DevelopmentLink person=review.person />
            <RecognitionLink person=review.person />
        </Page>
    }
}

#[component]
fn Write(
    review: ReviewRef,
    file: Memo<Option<ReviewFile>>,
    typed: Typed,
    rated: Vec<Measure>,
) -> impl IntoView {
    let key = format!("reviews/{}/{}/write", review.person, review.period);
    let draft = use_draft(key, typed);
    let (submit, toasts) = (draft.submit(), use_toasts());
    let open = StoredValue::new(use_past_the_form());
    let (saved, submitted) = (tr!(reviews.saved_said), tr!(reviews.submitted_said));
    let send = move |finally: bool| {
        let draft = draft.value.get_untracked().draft(review);
        let figures = file.with_untracked(|file| file.as_ref().map(|file| file.figures.clone()));
        let (command, said) = match finally {
            true => {
                let figures = figures.unwrap_or_default();
                (ReviewCommand::Submit { draft, figures }, submitted)
            }
            false => (ReviewCommand::Save(draft), saved),
        };
        submit.run(Command::Review(command), move |_| {
            toasts.say(said.get_untracked());
            open.with_value(|open| open(&address::page(review)));
        });
    };
    let rated = rated.into_iter();
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <p class="px-4 pb-2 text-sm text-muted">{tr!(reviews.write_hint)}</p>
        <Form on_submit=move || send(true)>
            {rated.map(|measure| view! { <RatingField measure typed=draft.value /> }).collect_view()}
            <TextArea
                label=tr!(reviews.feedback)
                hint=tr!(reviews.feedback_hint)
                bind=draft.bind(|typed| &typed.feedback, |typed| &mut typed.feedback)
            />
            <Refused submit />
            <div class="page-main-action -mx-4 grid grid-cols-2 gap-2 border-t border-line">
                <Button label=tr!(reviews.save_draft) disabled=submit.busy on_press=move || send(false) />
                <Button label=tr!(reviews.submit) kind=ButtonKind::Main submit=true disabled=submit.busy />
            </div>
        </Form>
        <SectionTitle label=tr!(reviews.figures) />
        {move || {
            file.get()
                .map(|file| {
                    view! {
                        <Total file=file.clone() />
                        <Dimensions file />
                    }
                })
        }}
    }
}

#[component]
fn RatingField(measure: Measure, typed: RwSignal<Typed>) -> impl IntoView {
    let names = MeasureNames::new();
    let word = measure.word();
    let said = move || typed.with(|typed| typed.ratings.get(word).cloned().unwrap_or_default());
    let change = move |change: &dyn Fn(&mut (String, String))| {
        typed.update(|typed| change(typed.ratings.entry(word.to_owned()).or_default()));
    };
    let level = Bound {
        value: Signal::derive(move || said().0),
        set: Callback::new(move |level: String| change(&|said| said.0.clone_from(&level))),
    };
    let evidence = Bound {
        value: Signal::derive(move || said().1),
        set: Callback::new(move |text: String| change(&|said| said.1.clone_from(&text))),
    };
    let levels = [
        tr!(reviews.level_none),
        tr!(reviews.level_0),
        tr!(reviews.level_1),
        tr!(reviews.level_2),
        tr!(reviews.level_3),
        tr!(reviews.level_4),
        tr!(reviews.level_5),
    ];
    let options = Signal::derive(move || {
        let words = ["", "0", "1", "2", "3", "4", "5"].iter();
        words
            .zip(levels)
            .map(|(word, name)| ((*word).to_owned(), name.get()))
            .collect::<Vec<_>>()
    });
    let evidence_label = tr!(reviews.evidence_of, name = names.name(measure));
    view! {
        <fieldset class="flex flex-col gap-2">
            <SelectField label=names.signal(measure) bind=level options />
            <Show when=move || !said().0.is_empty()>
                <TextArea label=evidence_label bind=evidence max=2000 />
            </Show>
        </fieldset>
    }
}
