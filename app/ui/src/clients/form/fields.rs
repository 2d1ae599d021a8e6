use caravan_domain::{command::Field, id::ClientId, uscc};
use caravan_port::message::RunError;
use leptos::prelude::*;

use super::{contacts::ContactFields, similar::SimilarWarning, typed::Typed};
use crate::{
    clients::words::{GradeNames, StageNames},
    engine::{Failure, use_engine},
    forms::{Elsewhere, use_error_of},
    location::PositionField,
    ui::{Bound, SegmentedControl, SelectField, TagsField, TextArea, TextField},
};

/// Every field of the form, in the order in which they are known at the door.
/// The fields that say beside themselves what is wrong with them.
const SHOWN: &[Field] = &[
    Field::Name,
    Field::Code,
    Field::Phone,
    Field::Birthday,
    Field::Note,
];

#[component]
pub(super) fn ClientFields(
    typed: RwSignal<Typed>,
    failure: RwSignal<Option<Failure<RunError>>>,
    except: Option<ClientId>,
) -> impl IntoView {
    let doubtful = tr!(clients.code_doubtful);
    let code_hint = Signal::derive(move || {
        let doubt = typed.with(|Typed { after, .. }| {
            !after.code.trim().is_empty() && uscc::doubt(&after.code).is_some()
        });
        doubt.then(|| doubtful.get())
    });
    view! {
        <TextField
            label=tr!(clients.name)
            bind=Bound::part(typed, |typed| &typed.after.name, |typed| &mut typed.after.name)
            error=use_error_of(failure, Field::Name)
            required=true
            max=200
        />
        <SimilarWarning typed except />
        <ContactFields typed phone_error=use_error_of(failure, Field::Phone) birthday_error=use_error_of(failure, Field::Birthday) />
        <GradeField typed />
        <StageField typed />
        <TextField
            label=tr!(clients.region)
            bind=Bound::part(typed, |typed| &typed.after.region, |typed| &mut typed.after.region)
        />
        <TextField
            label=tr!(clients.address)
            bind=Bound::part(typed, |typed| &typed.after.address, |typed| &mut typed.after.address)
        />
        <PositionField bind=Bound::part(typed, |typed| &typed.after.position, |typed| &mut typed.after.position) />
        <TagField typed />
        <TextField
            label=tr!(clients.code)
            hint=code_hint
            bind=Bound::part(typed, |typed| &typed.after.code, |typed| &mut typed.after.code)
            error=use_error_of(failure, Field::Code)
        />
        <TextField
            label=tr!(clients.source)
            bind=Bound::part(typed, |typed| &typed.after.source, |typed| &mut typed.after.source)
        />
        <TextArea
            label=tr!(clients.note)
            bind=Bound::part(typed, |typed| &typed.after.note, |typed| &mut typed.after.note)
            error=use_error_of(failure, Field::Note)
        />
        <Elsewhere failure shown=SHOWN />
    }
}

#[component]
fn GradeField(typed: RwSignal<Typed>) -> impl IntoView {
    let bind = Bound::word(
        typed,
        |typed| typed.after.grade.word(),
        |typed| &mut typed.after.grade,
    );
    view! {
        <div class="flex flex-col gap-1">
            <span class="text-sm font-medium" aria-hidden="true">
                {tr!(clients.grade)}
            </span>
            <SegmentedControl label=tr!(clients.grade) bind options=Signal::stored(GradeNames::options()) />
        </div>
    }
}

#[component]
fn StageField(typed: RwSignal<Typed>) -> impl IntoView {
    let bind = Bound::word(
        typed,
        |typed| typed.after.stage.word(),
        |typed| &mut typed.after.stage,
    );
    view! { <SelectField label=tr!(clients.stage) bind options=StageNames::new().options() /> }
}

#[component]
fn TagField(typed: RwSignal<Typed>) -> impl IntoView {
    let known = use_engine().clients(|| caravan_domain::clients::list::ClientList {
        limit: 0,
        ..Default::default()
    });
    let suggestions = Signal::derive(move || {
        known.with(|page| {
            let tags = page.iter().flat_map(|page| page.tags.iter());
            tags.map(|(tag, _)| tag.clone()).collect()
        })
    });
    let bind = Bound {
        value: Signal::derive(move || {
            typed.with(|typed| typed.after.tags.iter().cloned().collect())
        }),
        set: Callback::new(move |tags: Vec<String>| {
            typed.update(|typed| typed.after.tags = tags.into_iter().collect());
        }),
    };
    view! { <TagsField label=tr!(clients.tags) hint=tr!(clients.tags_hint) bind suggestions /> }
}
