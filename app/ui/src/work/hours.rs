use caravan_domain::{
    calendar::parse_day,
    command::Command,
    id::PersonId,
    work::{
        command::WorkCommand,
        hours::{Hours, HoursOf, Window},
        query::WorkFile,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::words::{hours_words, weekday_names};
use crate::{
    engine::{use_draft, use_perform},
    format::use_format,
    ui::{
        Bound, Button, ButtonKind, DateField, Form, IconButton, List, ListRow, SectionTitle,
        SegmentedControl, Sheet, Show, TimeField,
    },
};

/// A day whose hours are shown or being changed.
#[derive(Clone, PartialEq)]
struct Day {
    of: HoursOf,
    name: Signal<String>,
    hours: Hours,
}

/// When a person can work: windows of the week, and what differs on single dates.
#[component]
pub(super) fn HoursSection(file: Memo<Option<WorkFile>>) -> impl IntoView {
    let format = use_format();
    let (adding, changing) = (RwSignal::new(false), RwSignal::new(false));
    let edited = RwSignal::new(None::<Day>);
    let names = weekday_names();
    let may_edit =
        Memo::new(move |_| file.with(|file| file.as_ref().is_some_and(|it| it.may_edit)));
    let person = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.person)));
    let weekdays = Memo::new(move |_| {
        let hours = file.with(|file| file.as_ref().map(|file| file.weekdays.clone()));
        let named = (0u8..).zip(names).zip(hours.unwrap_or_default());
        let days = named.map(|((day, name), hours)| {
            let of = HoursOf::Weekday(day);
            Day { of, name, hours }
        });
        days.collect::<Vec<_>>()
    });
    let dates = Memo::new(move |_| {
        let dates = file.with(|file| file.as_ref().map(|file| file.dates.clone()));
        let days = dates.unwrap_or_default().into_iter().map(|line| {
            let day = line.day;
            Day {
                of: line.of,
                name: Signal::derive(move || format.day(day)),
                hours: line.hours,
            }
        });
        days.collect::<Vec<_>>()
    });
    let edit = Callback::new(move |day| {
        edited.set(Some(day));
        changing.set(true);
    });
    let name = Signal::derive(move || edited.get().map(|day| day.name.get()).unwrap_or_default());
    view! {
        <SectionTitle label=tr!(work.week_hours) />
        <p class="px-4 pb-2 text-sm text-muted">{tr!(work.hours_hint)}</p>
        <Days label=tr!(work.week_hours) days=weekdays may_edit edit />
        <SectionTitle label=tr!(work.dates) />
        <Days label=tr!(work.dates) days=dates may_edit edit />
        <Show when=move || may_edit.get()>
            <div class="px-4 py-3">
                <Button label=tr!(work.add_date) icon=icons::LuCalendarPlus on_press=move || adding.set(true) />
            </div>
        </Show>
        <Sheet open=changing title=tr!(work.hours_of, day = name.get())>
            {move || {
                let (person, day) = (person.get_untracked()?, edited.get_untracked()?);
                Some(view! { <HoursForm person open=changing of=Some(day.of) hours=day.hours /> })
            }}
        </Sheet>
        <Sheet open=adding title=tr!(work.add_date)>
            {move || {
                let person = person.get_untracked()?;
                Some(view! { <HoursForm person open=adding of=None hours=Hours::Off /> })
            }}
        </Sheet>
    }
}

#[component]
fn Days(
    label: Signal<String>,
    days: Memo<Vec<Day>>,
    may_edit: Memo<bool>,
    edit: Callback<Day>,
) -> impl IntoView {
    view! {
        <Show when=move || !days.with(Vec::is_empty)>
            <List label>
                {move || {
                    let may_edit = may_edit.get();
                    let row = |day| view! { <DayRow day may_edit edit /> };
                    days.get().into_iter().map(row).collect_view()
                }}
            </List>
        </Show>
    }
}

#[component]
fn DayRow(day: Day, may_edit: bool, edit: Callback<Day>) -> impl IntoView {
    let words = hours_words(&day.hours);
    let title = day.name;
    let words = view! { <span class="text-sm text-muted tabular-nums">{words}</span> };
    match may_edit {
        true => view! {
            <ListRow
                title
                icon=icons::LuCalendarClock
                on_press=Callback::new(move |()| edit.run(day.clone()))
            >
                {words}
            </ListRow>
        }
        .into_any(),
        false => view! {
            <ListRow title icon=icons::LuCalendarClock>
                {words}
            </ListRow>
        }
        .into_any(),
    }
}

const USUAL: &str = "usual";
const OFF: &str = "off";
const DURING: &str = "during";

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    date: String,
    choice: String,
    /// `hh:mm` each.
    windows: Vec<(String, String)>,
}

impl Typed {
    fn of(hours: &Hours) -> Self {
        let (choice, windows) = match hours {
            Hours::Usual => (USUAL, Vec::new()),
            Hours::Off => (OFF, Vec::new()),
            Hours::During(windows) => (DURING, windows.clone()),
        };
        let windows = windows
            .iter()
            .map(|window| (window.begins(), window.ends()));
        Self {
            date: String::new(),
            choice: choice.to_owned(),
            windows: windows.collect(),
        }
    }

    /// `None` for hours that end before they begin.
    fn hours(&self) -> Option<Hours> {
        match self.choice.as_str() {
            OFF => Some(Hours::Off),
            DURING => {
                let windows = self.windows.iter();
                let windows = windows.map(|(from, to)| format!("{from}-{to}").parse::<Window>());
                windows.collect::<Result<_, _>>().ok().map(Hours::During)
            }
            _ => Some(Hours::Usual),
        }
    }
}

/// Without `of` it asks for the date.
#[component]
fn HoursForm(
    person: PersonId,
    open: RwSignal<bool>,
    of: Option<HoursOf>,
    hours: Hours,
) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(work.hours_said);
    let key = of.map_or_else(|| "date".to_owned(), |of| of.to_string());
    let draft = use_draft(format!("people/{person}/hours/{key}"), Typed::of(&hours));
    let typed = draft.value;
    let wrong = RwSignal::new(false);
    let save = move || {
        let now = typed.get_untracked();
        let of = of.or_else(|| parse_day(&now.date).map(HoursOf::Date));
        let (Some(of), Some(hours)) = (of, now.hours()) else {
            wrong.set(true);
            return;
        };
        draft.discard();
        open.set(false);
        let command = WorkCommand::SetHours { person, of, hours };
        perform.run(Command::Work(command), said.get_untracked());
    };
    let usual = match of {
        Some(HoursOf::Weekday(_)) => tr!(work.usual),
        _ => tr!(work.usual_date),
    };
    let (off, during) = (tr!(work.off), tr!(work.during));
    let options = Signal::derive(move || {
        let options = [
            (USUAL, usual.get()),
            (OFF, off.get()),
            (DURING, during.get()),
        ];
        options.map(|(word, name)| (word.to_owned(), name)).to_vec()
    });
    let choice = Bound {
        value: Signal::derive(move || typed.with(|typed| typed.choice.clone())),
        set: Callback::new(move |word: String| {
            typed.update(|typed| {
                if word == DURING && typed.windows.is_empty() {
                    typed.windows.push(morning());
                }
                typed.choice = word;
            });
        }),
    };
    view! {
        <Form on_submit=save in_sheet=true>
            {of
                .is_none()
                .then(|| {
                    view! {
                        <DateField
                            label=tr!(work.date)
                            bind=Bound::part(typed, |typed| &typed.date, |typed| &mut typed.date)
                            required=true
                        />
                    }
                })}
            <SegmentedControl label=tr!(work.during) bind=choice options />
            <Show when=move || typed.with(|typed| typed.choice == DURING)>
                <Windows typed />
            </Show>
            <Show when=move || wrong.get()>
                <p class="text-error" role="alert">
                    {tr!(work.bad_window)}
                </p>
            </Show>
            <Button label=tr!(work.hours_save) kind=ButtonKind::Main wide=true submit=true />
        </Form>
    }
}

fn morning() -> (String, String) {
    ("09:00".to_owned(), "12:00".to_owned())
}

#[component]
fn Windows(typed: RwSignal<Typed>) -> impl IntoView {
    let count = Memo::new(move |_| typed.with(|typed| typed.windows.len()));
    view! {
        {move || (0..count.get()).map(|place| view! { <WindowFields typed place /> }).collect_view()}
        <Button
            label=tr!(work.add_window)
            icon=icons::LuPlus
            on_press=move || {
                typed.update(|typed| typed.windows.push(("14:00".to_owned(), "17:00".to_owned())));
            }
        />
    }
}

#[component]
fn WindowFields(typed: RwSignal<Typed>, place: usize) -> impl IntoView {
    let read = move |pick: fn(&(String, String)) -> &String| {
        Signal::derive(move || {
            typed.with(|typed| {
                typed
                    .windows
                    .get(place)
                    .map(pick)
                    .cloned()
                    .unwrap_or_default()
            })
        })
    };
    let write = move |pick: fn(&mut (String, String)) -> &mut String| {
        Callback::new(move |text: String| {
            typed.update(|typed| {
                if let Some(window) = typed.windows.get_mut(place) {
                    *pick(window) = text;
                }
            });
        })
    };
    let from = Bound {
        value: read(|window| &window.0),
        set: write(|window| &mut window.0),
    };
    let to = Bound {
        value: read(|window| &window.1),
        set: write(|window| &mut window.1),
    };
    view! {
        <div class="flex items-end gap-2">
            <div class="flex-1">
                <TimeField label=tr!(work.from) bind=from />
            </div>
            <div class="flex-1">
                <TimeField label=tr!(work.to) bind=to />
            </div>
            <IconButton
                label=tr!(work.remove_window)
                icon=icons::LuTrash2
                on_press=move || {
                    typed.update(|typed| {
                        if place < typed.windows.len() {
                            typed.windows.remove(place);
                        }
                    });
                }
            />
        </div>
    }
}
