use caravan_domain::{
    command::Command,
    grades::{command::GradeCommand, list::LadderView, usual::usual},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::{
    fields::RungFields,
    typed::{Typed, TypedCriterion, TypedRung},
};
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::Refused,
    i18n::Locale,
    ui::{Button, ButtonKind, DateField, Form, Page, RestoredNote, use_past_the_form, use_toasts},
};

/// The next version, beginning with the latest; the first with what is suggested.
#[component]
pub(in crate::grades) fn EditLadderPage() -> impl IntoView {
    let view = use_engine().ladder();
    // The form opens once; what is decided meanwhile does not overwrite what is being typed.
    let opened = Memo::new(
        move |before: Option<&Option<(Typed, LadderView)>>| match before {
            Some(Some(opened)) => Some(opened.clone()),
            _ => view.get().map(|view| {
                let today = now().day();
                let typed = match view.versions.first() {
                    Some((_, latest)) => Typed::of(latest, today),
                    None => suggested(today),
                };
                (typed, view)
            }),
        },
    );
    view! {
        <Page title=tr!(grades.ladder) back="/grades/ladder">
            {move || opened.get().map(|(typed, view)| view! { <Edit typed view /> })}
        </Page>
    }
}

/// Both names are filled in, whatever language the reader has.
fn suggested(from: caravan_domain::time::Day) -> Typed {
    let name = |language: Locale| {
        [
            td_string!(language, grades.usual_1),
            td_string!(language, grades.usual_2),
            td_string!(language, grades.usual_3),
            td_string!(language, grades.usual_4),
            td_string!(language, grades.usual_5),
        ]
    };
    let language = crate::prefs::use_language().get_untracked();
    let may = [
        td_string!(language, grades.usual_1_may),
        td_string!(language, grades.usual_2_may),
        td_string!(language, grades.usual_3_may),
        td_string!(language, grades.usual_4_may),
        td_string!(language, grades.usual_5_may),
    ];
    let names = name(Locale::zh).into_iter().zip(name(Locale::en));
    let rungs = names.zip(may).zip(usual());
    Typed {
        from: from.to_string(),
        rungs: rungs
            .map(|(((zh, en), may), criteria)| TypedRung {
                id: None,
                zh: zh.to_owned(),
                en: en.to_owned(),
                may: may.to_owned(),
                criteria: criteria.iter().map(TypedCriterion::of).collect(),
            })
            .collect(),
    }
}

#[component]
fn Edit(typed: Typed, view: LadderView) -> impl IntoView {
    let courses = StoredValue::new(view.courses);
    let draft = use_draft("grades/ladder".to_owned(), typed);
    let typed = draft.value;
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(grades.published_said));
    let open = StoredValue::new(use_past_the_form());
    let save = move || {
        let ladder = typed.with_untracked(Typed::draft);
        submit.run(Command::Grade(GradeCommand::Publish(ladder)), move |_| {
            toasts.say(said.get_untracked());
            open.with_value(|open| open("/grades/ladder"));
        });
    };
    let count = Memo::new(move |_| typed.with(|typed| typed.rungs.len()));
    let rungs = move || {
        let rungs = 0..count.get();
        rungs
            .map(|place| view! { <RungFields typed place courses /> })
            .collect_view()
    };
    let add = move || typed.update(|typed| typed.rungs.push(TypedRung::default()));
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <p class="text-muted">{tr!(grades.edit_hint)}</p>
            <DateField
                label=tr!(grades.ladder_from)
                bind=draft.bind(|typed| &typed.from, |typed| &mut typed.from)
            />
            <div class="-mx-4 border-t border-line">{rungs}</div>
            <Button label=tr!(grades.add_rung) icon=icons::LuPlus on_press=add />
            <Refused submit />
            <Button label=tr!(grades.publish) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
