use caravan_domain::{
    command::Command,
    reviews::{
        command::ReviewCommand,
        plan::{FileField, ScoreRole},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    super::words::{dimension_name, field_name, options, role_name},
    fields::{GradeFields, IndicatorFields, part_of},
    typed::{Typed, weight},
};
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::Refused,
    ui::{
        Bound, Button, ButtonKind, CheckField, DateField, Form, NumberField, Page, RestoredNote,
        SectionTitle, SelectField, Show, use_past_the_form, use_toasts,
    },
};

/// The next version of a role's plan, beginning with what is in force.
#[component]
pub(crate) fn EditPlanPage() -> impl IntoView {
    let params = use_params_map();
    let role = params.with_untracked(|params| params.get("role"));
    let role: ScoreRole = role.and_then(|word| word.parse().ok()).unwrap_or_default();
    let view = use_engine().score_plans();
    // The form opens once; what is decided meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => view.with(|view| {
            let plans = view.as_ref()?.roles.iter().find(|it| it.role == role)?;
            // The latest decided, which may not be in force yet.
            let (_, latest) = plans.versions.first()?;
            Some(Typed::of(latest, now().day().first_of_month()))
        }),
    });
    view! {
        <Page title=role_name(role) back="/reviews/plans">
            {move || opened.get().map(|typed| view! { <Edit role typed /> })}
        </Page>
    }
}

#[component]
fn Edit(role: ScoreRole, typed: Typed) -> impl IntoView {
    let dimensions = typed.dimensions.len();
    let draft = use_draft(format!("reviews/plans/{}", role.word()), typed);
    let typed = draft.value;
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(reviews.plan_said));
    let open = StoredValue::new(use_past_the_form());
    let save = move || {
        let plan = typed.with_untracked(Typed::plan);
        let command = Command::Review(ReviewCommand::ChangePlan(role, plan));
        submit.run(command, move |_| {
            toasts.say(said.get_untracked());
            open.with_value(|open| open("/reviews/plans"));
        });
    };
    let sum = Memo::new(move |_| {
        typed.with(|typed| {
            let weights = typed
                .dimensions
                .iter()
                .map(|it| u32::from(weight(&it.weight)));
            weights.sum::<u32>()
        })
    });
    let off = tr!(reviews.sum_off, sum = sum.get());
    let cycles = [
        ("1", tr!(reviews.span_month)),
        ("3", tr!(reviews.span_quarter)),
        ("12", tr!(reviews.span_year)),
    ];
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <DateField
                label=tr!(reviews.from_day)
                hint=tr!(reviews.from_hint)
                bind=draft.bind(|typed| &typed.from, |typed| &mut typed.from)
            />
            <SelectField
                label=tr!(reviews.cycle)
                bind=draft.bind(|typed| &typed.every, |typed| &mut typed.every)
                options=options(cycles.to_vec())
            />
            <div class="grid grid-cols-2 gap-3">
                <NumberField
                    label=tr!(reviews.due_days)
                    bind=draft.bind(|typed| &typed.due_days, |typed| &mut typed.due_days)
                    max=3
                />
                <NumberField
                    label=tr!(reviews.remind_days)
                    bind=draft.bind(|typed| &typed.remind_days, |typed| &mut typed.remind_days)
                    max=3
                />
            </div>
            {(0..dimensions).map(|place| view! { <DimensionFields typed place /> }).collect_view()}
            <Show when=move || sum.get() != 100>
                <p class="text-error" role="status">
                    {off}
                </p>
            </Show>
            <CompleteFields typed />
            <GradeFields typed />
            <Refused submit />
            <Button label=tr!(reviews.plan_save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

#[component]
fn DimensionFields(typed: RwSignal<Typed>, place: usize) -> impl IntoView {
    let kind = typed.with_untracked(|typed| typed.dimensions[place].kind);
    let sum = Memo::new(move |_| {
        typed.with(|typed| {
            let indicators = typed.dimensions.get(place).map(|it| it.indicators.iter());
            let weights = indicators.into_iter().flatten();
            weights.map(|it| u32::from(weight(&it.weight))).sum::<u32>()
        })
    });
    let off = tr!(reviews.sum_off, sum = sum.get());
    let name = dimension_name(kind);
    let label = tr!(reviews.dimension_weight, name = name.get());
    let bind = part_of(
        typed,
        move |typed| typed.dimensions.get(place).map(|it| &it.weight),
        move |typed| typed.dimensions.get_mut(place).map(|it| &mut it.weight),
    );
    view! {
        <div class="-mx-4">
            <SectionTitle label=name />
        </div>
        <NumberField label bind max=3 />
        <IndicatorFields typed place />
        <Show when=move || sum.get() != 100>
            <p class="text-error" role="status">
                {off}
            </p>
        </Show>
    }
}

/// What makes a file complete (R08).
#[component]
fn CompleteFields(typed: RwSignal<Typed>) -> impl IntoView {
    let fields = FileField::ALL.iter().map(|field| {
        let field = *field;
        let bind = Bound {
            value: Signal::derive(move || typed.with(|typed| typed.fields.contains(&field))),
            set: Callback::new(move |on: bool| {
                typed.update(|typed| {
                    match on {
                        true => typed.fields.insert(field),
                        false => typed.fields.remove(&field),
                    };
                });
            }),
        };
        view! { <CheckField label=field_name(field) bind /> }
    });
    view! {
        <fieldset class="flex flex-col">
            <legend class="text-sm font-medium">{tr!(reviews.complete_fields)}</legend>
            {fields.collect_view()}
        </fieldset>
    }
}
