//! Sorting and gathering in little code. The standard library compiles a whole sorting algorithm for every type that is
//! sorted or collected into a tree, four kilobytes each. Lists of thousands that answer while one types have `window`.

use core::cmp::Ordering;

/// As `slice::sort_by`: stable.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &|one, other| {
        compare(&items[one], &items[other])
    });
    let mut unsorted: Vec<_> = items.drain(..).map(Some).collect();
    items.extend(
        places
            .into_iter()
            .filter_map(|place| unsorted[place].take()),
    );
}

/// As `collect`, into a map or set.
pub(crate) fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

fn sort_places(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|one, other| compare(*one, *other));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_like_the_standard_library(pairs in proptest::collection::vec((0u8..8, 0u8..), 0..60)) {
            let (mut ours, mut theirs) = (pairs.clone(), pairs);
            sort_by(&mut ours, |one, other| one.0.cmp(&other.0));
            theirs.sort_by_key(|(first, _)| *first);
            prop_assert_eq!(ours, theirs);
        }
    }
}
