//! A value that a field shows and writes back.

use std::{collections::BTreeSet, str::FromStr};

use leptos::prelude::*;

/// Both directions of one field. From a signal of its own, or a part of a draft: see [`Bound::part`].
pub(crate) struct Bound<T: Send + Sync + 'static> {
    pub(crate) value: Signal<T>,
    pub(crate) set: Callback<T>,
}

impl<T: Send + Sync + 'static> Clone for Bound<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Bound<T> {}

impl<T: Clone + Send + Sync + 'static> Bound<T> {
    /// One field of a larger value: `Bound::part(draft, |d| &d.name, |d| &mut d.name)`.
    pub(crate) fn part<W: Send + Sync + 'static>(
        whole: RwSignal<W>,
        read: fn(&W) -> &T,
        write: fn(&mut W) -> &mut T,
    ) -> Self {
        Self {
            value: Signal::derive(move || whole.with(|whole| read(whole).clone())),
            set: Callback::new(move |value| whole.update(|whole| *write(whole) = value)),
        }
    }

    pub(crate) fn set(self, value: T) {
        self.set.run(value);
    }
}

impl<T: Ord + Clone + Send + Sync + 'static> Bound<BTreeSet<T>> {
    /// Whether `one` is chosen: what its tick shows and changes.
    pub(crate) fn member(self, one: T) -> Bound<bool> {
        let looked_for = one.clone();
        Bound {
            value: Signal::derive(move || self.value.with(|chosen| chosen.contains(&looked_for))),
            set: Callback::new(move |is_chosen: bool| {
                let mut chosen = self.value.get_untracked();
                match is_chosen {
                    true => chosen.insert(one.clone()),
                    false => chosen.remove(&one),
                };
                self.set(chosen);
            }),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Bound<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self {
            value: signal.into(),
            set: Callback::new(move |value| signal.set(value)),
        }
    }
}

impl Bound<String> {
    /// A choice of a larger value, by its word: `Bound::word(draft, |d| d.grade.word(), |d| &mut d.grade)`.
    pub(crate) fn word<W: Send + Sync + 'static, C: FromStr + 'static>(
        whole: RwSignal<W>,
        read: fn(&W) -> &'static str,
        write: fn(&mut W) -> &mut C,
    ) -> Self {
        Self {
            value: Signal::derive(move || whole.with(|whole| read(whole).to_owned())),
            // The words come from the choices offered; another one is nobody's choice.
            set: Callback::new(move |word: String| {
                if let Ok(choice) = word.parse() {
                    whole.update(|whole| *write(whole) = choice);
                }
            }),
        }
    }
}
