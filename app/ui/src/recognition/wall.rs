use std::collections::BTreeSet;

use caravan_domain::{
    calendar::{Period, Span},
    command::Command,
    id::PersonId,
    recognition::{
        command::RecognitionCommand,
        list::{PostLine, RecognitionList, RecognitionPage},
    },
    time::Day,
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    address::{self, person_in},
    post::PostRow,
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Bound, Button, Each, EmptyState, MainLink, Page, SectionTitle, SelectField, Show, live},
};

/// Posts shown before one asks for more.
const STEP: u32 = 50;

/// What the reader's teams have been told, by the month it was written in; of one person with `?person=`.
#[component]
pub(super) fn WallPage() -> impl IntoView {
    let query = use_query_map();
    let person = Memo::new(move |_| query.with(person_in));
    let limit = RwSignal::new(STEP);
    let asked = move || RecognitionList {
        person: person.get(),
        limit: limit.get(),
    };
    let page = use_engine().recognition(asked);
    let lines = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.lines.clone()))
            .unwrap_or_default()
    });
    let part = move |read: fn(&RecognitionPage) -> u32| {
        Memo::new(move |_| page.with(|page| page.as_ref().map(read)))
    };
    let total = part(|page| page.total);
    let may_post = part(|page| u32::from(page.may_post));
    see(lines);
    let new = move || {
        person
            .get()
            .map_or_else(|| address::NEW.to_owned(), address::new_about)
    };
    view! {
        <Page
            title=tr!(recognition.title)
            back="/"
            main_action=move || {
                view! {
                    <MainLink
                        label=tr!(recognition.new)
                        href=Signal::derive(new)
                        icon=icons::LuPartyPopper
                        may=Signal::derive(move || may_post.get() == Some(1))
                    />
                }
            }
        >
            <WhoseFilter page person />
            <Months lines />
            <Show when=move || total.get().is_some_and(|total| total > limit.get())>
                <div class="p-4">
                    <Button
                        label=tr!(ui.records_more, total = total.get().unwrap_or_default())
                        wide=true
                        on_press=move || limit.update(|limit| *limit += STEP)
                    />
                </div>
            </Show>
            {live(move || {
                let may = may_post.get().filter(|_| total.get() == Some(0))? == 1;
                let body = match may {
                    true => tr!(recognition.none_body),
                    false => tr!(recognition.none_body_alone),
                };
                Some(view! { <EmptyState icon=icons::LuAward title=tr!(recognition.none) body /> })
            })}
        </Page>
    }
}

/// Whoever has the wall before them has read what it says of them: once, whichever device it is on.
fn see(lines: Memo<Vec<PostLine>>) {
    let engine = use_engine();
    let told = StoredValue::new(BTreeSet::new());
    Effect::new(move || {
        let unread = lines.with(|lines| {
            let unread = lines
                .iter()
                .filter(|line| line.is_me && !line.post.seen && line.withdrawn_by.is_none());
            let posts = unread.map(|line| (line.post.team, line.post.id));
            let fresh = |post: &_| told.with_value(|told| !told.contains(post));
            posts.filter(fresh).collect::<Vec<_>>()
        });
        if unread.is_empty() {
            return;
        }
        told.update_value(|told| told.extend(unread.iter().copied()));
        spawn_local(async move {
            let command = Command::Recognition(RecognitionCommand::See(unread));
            // Today goes on saying so, and the next look at the wall tries again.
            if let Err(failure) = engine.run(command).await {
                leptos::logging::warn!("what was read was not noted: {failure:?}");
            }
        });
    });
}

/// Everybody or one of those that any post is about. The choice stands in the address, for the way back.
#[component]
fn WhoseFilter(
    page: Signal<Option<RecognitionPage>>,
    person: Memo<Option<PersonId>>,
) -> impl IntoView {
    let people = Memo::new(move |_| {
        page.with(|page| page.as_ref().map(|page| page.people.clone()))
            .unwrap_or_default()
    });
    let everybody = tr!(recognition.everybody);
    let options = Signal::derive(move || {
        let all = (String::new(), everybody.get());
        let people = people.get().into_iter();
        let people = people.map(|(person, name)| (person.to_string(), name));
        core::iter::once(all).chain(people).collect::<Vec<_>>()
    });
    let navigate = use_navigate();
    let bind = Bound {
        value: Signal::derive(move || {
            person
                .get()
                .map(|person| person.to_string())
                .unwrap_or_default()
        }),
        set: Callback::new(move |person: String| {
            let href = match person.parse() {
                Ok(person) => address::of_person(person),
                Err(_) => address::WALL.to_owned(),
            };
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&href, options);
        }),
    };
    view! {
        <Show when=move || people.with(|people| people.len() > 1) || person.get().is_some()>
            <div class="px-4 pb-2">
                <SelectField label=tr!(recognition.about_whom) bind options />
            </div>
        </Show>
    }
}

#[component]
fn Months(lines: Memo<Vec<PostLine>>) -> impl IntoView {
    let format = use_format();
    let months = Memo::new(move |_| {
        lines.with(|lines| {
            let mut months: Vec<Day> = lines.iter().map(month_of).collect();
            months.dedup();
            months
        })
    });
    let teams = Memo::new(move |_| {
        lines.with(|lines| {
            let teams: BTreeSet<_> = lines.iter().map(|line| line.post.team).collect();
            teams.len() > 1
        })
    });
    view! {
        <Each each=move || months.get() key=|month| *month let:month>
            <SectionTitle label=Signal::derive(move || {
                format.period(Period::of(Span::Month, month))
            }) />
            <ul class="divide-y divide-line border-y border-line">
                <Each
                    each=move || {
                        lines
                            .with(|lines| {
                                let of_month = lines.iter().filter(|line| month_of(line) == month);
                                of_month.map(|line| line.post.id).collect::<Vec<_>>()
                            })
                    }
                    key=|post| *post
                    let:post
                >
                    <li class="flex flex-col gap-1 px-4 py-3">
                        <PostRow post lines teams />
                    </li>
                </Each>
            </ul>
        </Each>
    }
}

/// In which it was written: a wall is read in the order of its posts.
fn month_of(line: &PostLine) -> Day {
    line.post.at.day().first_of_month()
}
