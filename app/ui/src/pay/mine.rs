use caravan_domain::{
    id::{Id, PersonId},
    pay::view::{PayFile, StatementSummary},
    role::Role,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address::{path_of, person_of},
    adjust::{AdjustSheet, CitySheet},
    adjustments::Adjustments,
    disputes::Disputes,
    row::SummaryRow,
    words::{StateBadges, period_words},
};
use crate::{
    engine::use_engine,
    format::{today, use_format},
    recognition::WallLink,
    ui::{
        Button, ButtonKind, Each, EmptyState, LinkButton, List, ListRow, Page, SectionTitle, Show,
    },
};

/// The reader's own.
#[component]
pub(super) fn MyPayPage() -> impl IntoView {
    let me = use_engine().me();
    let person = Memo::new(move |_| me.with(|me| me.as_ref().map(|me| me.person)));
    let file = use_file(Signal::derive(move || {
        person.get().unwrap_or(PersonId(Id::ZERO))
    }));
    let runs = Memo::new(move |_| {
        me.with(|me| {
            let roles = me.as_ref().map(|me| &me.roles);
            let is = |role| roles.is_some_and(|roles| roles.contains(&role));
            is(Role::TeamManager) || is(Role::Director) || is(Role::Finance)
        })
    });
    view! {
        <Page title=tr!(pay.title) back="/me">
            <Now file />
            <Show when=move || runs.get()>
                <List label=tr!(pay.title)>
                    <ListRow title=tr!(pay.team) icon=icons::LuLandmark href="/pay/team" />
                </List>
            </Show>
            <WallLink />
            <Rest file />
            <List label=tr!(pay.plans)>
                <ListRow title=tr!(pay.plans) detail=tr!(pay.plans_hint) icon=icons::LuScrollText href="/pay/plans" />
            </List>
        </Page>
    }
}

/// Somebody's, for those who answer for it.
#[component]
pub(super) fn PersonPayPage() -> impl IntoView {
    let params = use_params_map();
    let person = Memo::new(move |_| params.with(person_of));
    let file = use_file(person.into());
    let known = Memo::new(move |_| file.with(|file| file.as_ref().map(Option::is_some)));
    let opened = Memo::new(move |_| file.get().flatten());
    let may =
        Memo::new(move |_| opened.with(|file| file.as_ref().is_some_and(|file| file.may_propose)));
    let may_set_city =
        Memo::new(move |_| opened.with(|file| file.as_ref().is_some_and(|file| file.may_set_city)));
    let city = Memo::new(move |_| {
        opened.with(|file| {
            file.as_ref()
                .map(|file| file.city.clone())
                .unwrap_or_default()
        })
    });
    let title = Signal::derive(move || {
        opened.with(|file| {
            file.as_ref()
                .map(|file| file.name.clone())
                .unwrap_or_default()
        })
    });
    let (adjusting, moving) = (RwSignal::new(false), RwSignal::new(false));
    let no_city = tr!(pay.no_city);
    view! {
        <Page
            title
            known_as=tr!(pay.team)
            back="/pay/team"
            main_action=move || {
                view! {
                    <Show when=move || may.get()>
                        <Button
                            label=tr!(pay.adjust)
                            kind=ButtonKind::Main
                            icon=icons::LuPencilLine
                            wide=true
                            on_press=move || adjusting.set(true)
                        />
                    </Show>
                }
            }
        >
            {move || match known.get() {
                Some(false) => {
                    view! { <EmptyState icon=icons::LuSearchX title=tr!(pay.missing) body=tr!(pay.missing_body) /> }
                        .into_any()
                }
                _ => {
                    view! {
                        <Now file />
                        <Rest file />
                        <Show when=move || may_set_city.get()>
                            <SectionTitle label=tr!(pay.terms) />
                            <List label=tr!(pay.terms)>
                                <ListRow
                                    title=tr!(pay.city)
                                    detail=Signal::derive(move || {
                                        Some(city.get()).filter(|city| !city.is_empty()).unwrap_or_else(|| no_city.get())
                                    })
                                    icon=icons::LuMapPin
                                    on_press=Callback::new(move |()| moving.set(true))
                                />
                            </List>
                        </Show>
                    }
                        .into_any()
                }
            }}
            <AdjustSheet open=adjusting person dispute=Signal::stored(None) />
            <CitySheet open=moving person city />
        </Page>
    }
}

type File = Signal<Option<Option<Box<PayFile>>>>;

/// Around today.
fn use_file(person: Signal<PersonId>) -> File {
    use_engine().pay(move || (person.get(), today()))
}

/// What the month comes to so far.
#[component]
fn Now(file: File) -> impl IntoView {
    let statements = Memo::new(move |_| {
        file.with(|file| Some(file.as_ref()?.as_ref()?.now.clone()))
            .unwrap_or_default()
    });
    view! {
        <Each each=move || statements.get() key=|summary| format!("{summary:?}") let:summary>
            <ThisPeriod summary />
        </Each>
    }
}

#[component]
fn ThisPeriod(summary: StatementSummary) -> impl IntoView {
    let format = use_format();
    let href = path_of(summary.person, summary.period);
    let (total, period) = (summary.total, period_words(summary.period));
    let open = summary.standing.is_none();
    let caption = match (open, summary.so_far) {
        (true, true) => Some(tr!(pay.so_far)),
        _ => None,
    };
    view! {
        <section class="flex flex-col gap-2 border-b border-line px-4 py-3">
            <div class="flex items-baseline justify-between gap-4">
                <h2 class="text-muted">{period}</h2>
                <StateBadges summary />
            </div>
            <p class="flex items-baseline gap-2">
                <span class="text-2xl font-semibold tabular-nums">{move || format.money(total)}</span>
                {caption.map(|caption| view! { <span class="text-sm text-muted">{caption}</span> })}
            </p>
            <LinkButton label=tr!(pay.open_statement) href=href icon=icons::LuListTree wide=true />
        </section>
    }
}

#[component]
fn Rest(file: File) -> impl IntoView {
    let part = move |read: fn(&PayFile) -> usize| {
        Memo::new(move |_| {
            file.with(|file| Some(read(file.as_ref()?.as_ref()?)))
                .unwrap_or_default()
        })
    };
    let earlier = Memo::new(move |_| {
        file.with(|file| Some(file.as_ref()?.as_ref()?.earlier.clone()))
            .unwrap_or_default()
    });
    let adjustments = Memo::new(move |_| {
        file.with(|file| Some(file.as_ref()?.as_ref()?.adjustments.clone()))
            .unwrap_or_default()
    });
    let disputes = Memo::new(move |_| {
        file.with(|file| Some(file.as_ref()?.as_ref()?.disputes.clone()))
            .unwrap_or_default()
    });
    let has_earlier = part(|file| file.earlier.len());
    view! {
        <Show when=move || has_earlier.get() != 0>
            <SectionTitle label=tr!(pay.earlier) />
            <List label=tr!(pay.earlier)>
                <Each each=move || earlier.get() key=|summary| format!("{summary:?}") let:summary>
                    <SummaryRow summary />
                </Each>
            </List>
        </Show>
        <Adjustments lines=adjustments />
        <Disputes lines=disputes />
    }
}
