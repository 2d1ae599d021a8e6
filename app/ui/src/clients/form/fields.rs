use caravan_domain::{
    clients::record::{ClientDraft, Grade, Stage},
    command::Field,
    id::ClientId,
    uscc,
};
use caravan_port::message::RunError;
use leptos::prelude::*;

use super::{contacts::ContactFields, similar::SimilarWarning};
use crate::{
    clients::words::{GradeNames, StageNames},
    engine::{Failure, use_engine},
    errors::{Explain, field_of},
    location::PositionField,
    ui::{Bound, SegmentedControl, SelectField, TagsField, TextArea, TextField},
};

/// Every field of the form, in the order in which they are known at the door.
#[component]
pub(super) fn ClientFields(
    draft: RwSignal<ClientDraft>,
    restored: RwSignal<bool>,
    failure: RwSignal<Option<Failure<RunError>>>,
    except: Option<ClientId>,
) -> impl IntoView {
    let explain = Explain::new();
    let error_at = move |field: Field| {
        Signal::derive(move || {
            let failure = failure.get()?;
            (field_of(&failure) == Some(field)).then(|| explain.run(failure))
        })
    };
    let elsewhere = move || {
        const SHOWN: [Field; 5] = [
            Field::Name,
            Field::Code,
            Field::Phone,
            Field::Birthday,
            Field::Note,
        ];
        let failure = failure.get()?;
        let shown = field_of(&failure).is_some_and(|field| SHOWN.contains(&field));
        (!shown).then(|| explain.run(failure))
    };
    let doubtful = tr!(clients.code_doubtful);
    let code_hint = Signal::derive(move || {
        let doubt =
            draft.with(|draft| !draft.code.trim().is_empty() && uscc::doubt(&draft.code).is_some());
        doubt.then(|| doubtful.get())
    });
    view! {
        <Show when=move || restored.get()>
            <p class="text-sm text-muted" role="status">
                {tr!(ui.draft_restored)}
            </p>
        </Show>
        <TextField
            label=tr!(clients.name)
            bind=Bound::part(draft, |draft| &draft.name, |draft| &mut draft.name)
            error=error_at(Field::Name)
            required=true
            max=200
        />
        <SimilarWarning draft except />
        <ContactFields draft phone_error=error_at(Field::Phone) birthday_error=error_at(Field::Birthday) />
        <GradeField draft />
        <StageField draft />
        <TextField
            label=tr!(clients.region)
            bind=Bound::part(draft, |draft| &draft.region, |draft| &mut draft.region)
        />
        <TextField
            label=tr!(clients.address)
            bind=Bound::part(draft, |draft| &draft.address, |draft| &mut draft.address)
        />
        <PositionField bind=Bound::part(draft, |draft| &draft.position, |draft| &mut draft.position) />
        <TagField draft />
        <TextField
            label=tr!(clients.code)
            hint=code_hint
            bind=Bound::part(draft, |draft| &draft.code, |draft| &mut draft.code)
            error=error_at(Field::Code)
        />
        <TextField
            label=tr!(clients.source)
            bind=Bound::part(draft, |draft| &draft.source, |draft| &mut draft.source)
        />
        <TextArea
            label=tr!(clients.note)
            bind=Bound::part(draft, |draft| &draft.note, |draft| &mut draft.note)
            error=error_at(Field::Note)
        />
        <p class="text-error" role="alert">
            {elsewhere}
        </p>
    }
}

#[component]
fn GradeField(draft: RwSignal<ClientDraft>) -> impl IntoView {
    let bind = Bound {
        value: Signal::derive(move || draft.with(|draft| draft.grade.word().to_owned())),
        set: Callback::new(move |word: String| {
            if let Ok(grade) = word.parse::<Grade>() {
                draft.update(|draft| draft.grade = grade);
            }
        }),
    };
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
fn StageField(draft: RwSignal<ClientDraft>) -> impl IntoView {
    let bind = Bound {
        value: Signal::derive(move || draft.with(|draft| draft.stage.word().to_owned())),
        set: Callback::new(move |word: String| {
            if let Ok(stage) = word.parse::<Stage>() {
                draft.update(|draft| draft.stage = stage);
            }
        }),
    };
    view! { <SelectField label=tr!(clients.stage) bind options=StageNames::new().options() /> }
}

#[component]
fn TagField(draft: RwSignal<ClientDraft>) -> impl IntoView {
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
        value: Signal::derive(move || draft.with(|draft| draft.tags.iter().cloned().collect())),
        set: Callback::new(move |tags: Vec<String>| {
            draft.update(|draft| draft.tags = tags.into_iter().collect());
        }),
    };
    view! { <TagsField label=tr!(clients.tags) hint=tr!(clients.tags_hint) bind suggestions /> }
}
