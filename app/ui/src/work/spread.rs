//! Several tasks given to several people: who gets what is shown before it is done, and can be changed.

use std::collections::BTreeMap;

use caravan_domain::{
    id::PersonId,
    work::load::OverLimit,
    work::query::{SpreadOf, SpreadOver, SpreadPiece, SpreadTaker, SpreadView},
};
use leptos::prelude::*;

use super::{
    bar::{Bar, Over},
    reasons::{Note, limit_words},
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Badge, Bound, Button, ButtonKind, SectionTitle, SelectField, Sheet, Show, Tone},
};

/// What each piece is and who gets it.
pub(super) type Given = Vec<(SpreadOf, PersonId)>;

#[component]
pub(super) fn SpreadSheet(
    open: RwSignal<bool>,
    #[prop(into)] over: Signal<SpreadOver>,
    #[prop(into)] on_confirm: Callback<Given>,
) -> impl IntoView {
    view! {
        <Sheet open title=tr!(work.spread_title) wide=true>
            <Preview
                over
                on_confirm=move |given| {
                    open.set(false);
                    on_confirm.run(given);
                }
            />
        </Sheet>
    }
}

#[component]
fn Preview(over: Signal<SpreadOver>, #[prop(into)] on_confirm: Callback<Given>) -> impl IntoView {
    let view = use_engine().spread(move || over.get());
    // What was changed by hand stays, whatever arrives meanwhile.
    let by_hand = RwSignal::new(BTreeMap::<SpreadOf, PersonId>::new());
    let given = Memo::new(move |_| {
        view.with(|view| view.as_ref().map(|view| given(view, &by_hand.read())))
    });
    let pieces = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .map(|view| view.pieces.clone())
                .unwrap_or_default()
        })
    });
    let takers = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .map(|view| view.takers.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <p class="px-4 pb-2 text-sm text-muted">{tr!(work.spread_hint)}</p>
        <div class="flex flex-col gap-3 px-4">
            {move || pieces.get().into_iter().map(|piece| view! { <Piece piece takers given by_hand /> }).collect_view()}
        </div>
        <SectionTitle label=tr!(work.after) />
        <ul class="divide-y divide-line" aria-label=tr!(work.after)>
            {move || {
                let pieces = pieces.get();
                let given = given.get().unwrap_or_default();
                let row = |taker| {
                    let more = pieces_of(&taker, &pieces, &given);
                    let (after, over) = (after(&taker, &more), passed(&taker, &more));
                    view! { <After taker after over /> }
                };
                takers.get().into_iter().map(row).collect_view()
            }}
        </ul>
        <Show when=move || !pieces.with(Vec::is_empty)>
            <div class="px-4 py-3">
                <Button
                    label=tr!(work.spread_do)
                    kind=ButtonKind::Main
                    wide=true
                    on_press=move || {
                        if let Some(given) = given.get_untracked() {
                            on_confirm.run(given);
                        }
                    }
                />
            </div>
        </Show>
    }
}

fn given(view: &SpreadView, by_hand: &BTreeMap<SpreadOf, PersonId>) -> Given {
    let pieces = view.pieces.iter();
    pieces
        .map(|piece| {
            (
                piece.of,
                by_hand.get(&piece.of).copied().unwrap_or(piece.to),
            )
        })
        .collect()
}

fn pieces_of(taker: &SpreadTaker, pieces: &[SpreadPiece], given: &Given) -> Vec<SpreadPiece> {
    let more = pieces.iter().zip(given);
    let more = more.filter(|(_, (_, to))| *to == taker.person);
    more.map(|(piece, _)| piece.clone()).collect()
}

/// What part-time work comes to then, beyond what is allowed.
fn passed(taker: &SpreadTaker, more: &[SpreadPiece]) -> Option<OverLimit> {
    let planned = more.iter().fold(taker.planned, |sum, piece| {
        sum.saturating_add(piece.estimate)
    });
    taker.limit?.over(planned)
}

/// Minutes of ordinary work that a taker has then.
fn after(taker: &SpreadTaker, more: &[SpreadPiece]) -> u32 {
    more.iter()
        .fold(taker.before, |sum, piece| sum.saturating_add(piece.weight))
}

#[component]
fn Piece(
    piece: SpreadPiece,
    takers: Memo<Vec<SpreadTaker>>,
    given: Memo<Option<Given>>,
    by_hand: RwSignal<BTreeMap<SpreadOf, PersonId>>,
) -> impl IntoView {
    let format = use_format();
    let of = piece.of;
    let options = Signal::derive(move || {
        let takers = takers.get().into_iter();
        takers
            .map(|taker| (taker.person.to_string(), taker.name))
            .collect::<Vec<_>>()
    });
    let bind = Bound {
        value: Signal::derive(move || {
            given.with(|given| {
                let mut given = given.iter().flatten();
                let found = given.find(|(known, _)| *known == of);
                found.map(|(_, to)| to.to_string()).unwrap_or_default()
            })
        }),
        set: Callback::new(move |word: String| {
            if let Ok(person) = word.parse() {
                by_hand.update(|by_hand| {
                    by_hand.insert(of, person);
                });
            }
        }),
    };
    let (title, weight) = (piece.title, piece.weight);
    view! {
        <div class="flex items-end gap-3">
            <div class="min-w-0 flex-1">
                <SelectField label=Signal::stored(title) bind options />
            </div>
            <span class="flex w-20 shrink-0 flex-col items-end pb-4 text-sm text-muted tabular-nums">
                {move || format.duration(weight)}
                {piece.hard.then(|| view! { <Badge label=tr!(work.hard_kind) tone=Tone::Warning /> })}
            </span>
        </div>
    }
}

#[component]
fn After(taker: SpreadTaker, after: u32, over: Option<OverLimit>) -> impl IntoView {
    let format = use_format();
    let warning = over.map(|over| limit_words(over, format));
    let available = taker.available;
    let numbers = tr!(
        work.of,
        load = format.duration(after),
        available = format.duration(available)
    );
    view! {
        <li class="flex flex-col gap-1 px-4 py-2">
            <span class="flex justify-between gap-3">
                <bdi>{taker.name}</bdi>
                <span class="text-sm text-muted tabular-nums">{numbers}</span>
            </span>
            <Bar load=after available />
            <Over load=after available />
            {warning.map(|label| view! { <Note label /> })}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{ClientId, Id};

    use super::*;

    #[test]
    fn what_is_changed_by_hand_counts() {
        let (one, other) = (PersonId(Id::ZERO), PersonId(Id::MAX));
        let of = SpreadOf::Client(ClientId(Id::ZERO));
        let view = SpreadView {
            pieces: vec![SpreadPiece {
                of,
                title: String::new(),
                weight: 90,
                estimate: 90,
                hard: false,
                to: one,
            }],
            takers: Vec::new(),
        };
        let taker = |person| SpreadTaker {
            person,
            name: String::new(),
            before: 10,
            available: 0,
            planned: 0,
            limit: None,
        };
        let load = |given: &Given, person| {
            let taker = taker(person);
            after(&taker, &pieces_of(&taker, &view.pieces, given))
        };
        let as_suggested = given(&view, &BTreeMap::new());
        assert_eq!(
            (load(&as_suggested, one), load(&as_suggested, other)),
            (100, 10)
        );
        let changed = given(&view, &[(of, other)].into());
        assert_eq!((load(&changed, one), load(&changed, other)), (10, 100));
    }
}
