//! The part of a long list that a screen shows, without sorting the rest.

use core::cmp::Ordering;

/// `limit` entries from `offset` on in the order of `compare`, which must be total.
pub(crate) fn window<T>(
    mut all: Vec<T>,
    offset: u32,
    limit: u32,
    mut compare: impl FnMut(&T, &T) -> Ordering,
) -> Vec<T> {
    let start = (offset as usize).min(all.len());
    let end = start.saturating_add(limit as usize).min(all.len());
    if end < all.len() {
        all.select_nth_unstable_by(end, &mut compare);
        all.truncate(end);
    }
    if start > 0 && start < end {
        all.select_nth_unstable_by(start, &mut compare);
    }
    let mut shown = all.split_off(start);
    shown.sort_unstable_by(compare);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_window_is_a_slice_of_the_sorted_list(
            all in proptest::collection::vec(0u16..500, 0..200),
            offset in 0u32..250,
            limit in 0u32..250,
        ) {
            let mut sorted = all.clone();
            sorted.sort_unstable();
            let expected: Vec<_> = sorted
                .into_iter()
                .skip(offset as usize)
                .take(limit as usize)
                .collect();
            prop_assert_eq!(window(all, offset, limit, Ord::cmp), expected);
        }
    }
}
