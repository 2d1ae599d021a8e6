use caravan_domain::goals::list::GoalHint;
use leptos::prelude::*;

use super::typed::Typed;

/// Whether it is within reach: what the same people came to in the periods before, and how often the target among it.
#[component]
pub(super) fn Reach(hint: Signal<Option<GoalHint>>, typed: RwSignal<Typed>) -> impl IntoView {
    let counted = move || typed.with(|typed| typed.metric.is_counted());
    let target = move || typed.with(|typed| typed.target.trim().parse::<u32>().ok());
    let usual = Memo::new(move |_| hint.with(|hint| hint.as_ref().and_then(GoalHint::usual)));
    let history = Memo::new(move |_| {
        let values = hint.with(|hint| hint.as_ref().map(|hint| hint.history.clone()));
        values
            .unwrap_or_default()
            .into_iter()
            .map(|(_, value)| value)
            .collect::<Vec<_>>()
    });
    let count = move || history.with(Vec::len).to_string();
    let part = move |part: fn((u32, u32, u32)) -> u32| {
        usual
            .get()
            .map(|usual| part(usual).to_string())
            .unwrap_or_default()
    };
    let times = move || {
        let target = target().unwrap_or_default();
        history.with(|history| history.iter().filter(|value| **value >= target).count())
    };
    let range = tr!(
        goals.usual,
        count = count(),
        low = part(|(low, _, _)| low),
        median = part(|(_, median, _)| median),
        best = part(|(_, _, best)| best)
    );
    let same = tr!(
        goals.usual_same,
        count = count(),
        low = part(|(low, _, _)| low)
    );
    let wanted = move || {
        target()
            .map(|target| target.to_string())
            .unwrap_or_default()
    };
    let never = tr!(goals.never_reached, target = wanted());
    let often = tr!(
        goals.often_reached,
        target = wanted(),
        times = times().to_string()
    );
    let none = tr!(goals.no_history);
    let coverage = Memo::new(move |_| {
        let coverage = hint.with(|hint| hint.as_ref().map(|hint| hint.coverage));
        coverage.filter(|coverage| !coverage.is_whole())
    });
    let partial = tr!(
        goals.partial_history,
        seen = coverage.get().map_or(0, |it| it.seen).to_string(),
        of = coverage.get().map_or(0, |it| it.of).to_string()
    );
    let words = move || {
        if !counted() || hint.with(Option::is_none) {
            return String::new();
        }
        let mut words = match usual.get() {
            None => return none.get(),
            Some((low, _, best)) if low == best => same.get(),
            Some(_) => range.get(),
        };
        if target().is_some_and(|target| target > 0) {
            words.push(' ');
            words.push_str(&if times() == 0 {
                never.get()
            } else {
                often.get()
            });
        }
        if coverage.get().is_some() {
            words.push(' ');
            words.push_str(&partial.get());
        }
        words
    };
    view! {
        <p class="text-sm text-muted empty:hidden" role="status">
            {words}
        </p>
    }
}
