//! Several tasks at once, so that everybody ends up with the same part of their time filled (R25). Hard tasks weigh more,
//! so that one person gets fewer of them.

use core::cmp::Reverse;

use crate::id::PersonId;
use crate::order::sort_by;
use crate::work::load::Weight;

/// Somebody who can be given tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taker {
    pub person: PersonId,
    /// What they have to do without any of the tasks that are spread.
    pub before: Weight,
    /// What they can do, in the same unit.
    pub capacity: Weight,
}

struct Hand {
    taker: Taker,
    load: u64,
}

/// Who gets each of `pieces`, in their order; `None` for each when there is nobody to take them. What it makes least is the
/// sum of load² ÷ capacity, of which no single task can be moved to make it less; of several such spreads
/// always the same one, whatever the order of pieces and takers: equal ones are told apart by their key and by
/// the person's id. Whoever has no time gets nothing while others have some.
pub fn spread<K: Ord>(pieces: &[(K, Weight)], takers: &[Taker]) -> Vec<Option<PersonId>> {
    let mut hands = hands(takers);
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    sort_by(&mut order, |one, other| {
        let key = |place: usize| (Reverse(pieces[place].1), &pieces[place].0);
        key(*one).cmp(&key(*other))
    });
    let mut taken = vec![None; pieces.len()];
    for place in &order {
        let weight = pieces[*place].1.0;
        let best = (0..hands.len()).min_by(|one, other| gain(&hands[*one], &hands[*other], weight));
        if let Some(best) = best {
            hands[best].load += weight;
            taken[*place] = Some(best);
        }
    }
    while let Some((place, to)) = better(pieces, &order, &taken, &hands) {
        let weight = pieces[place].1.0;
        if let Some(from) = taken[place].replace(to) {
            hands[from].load -= weight;
        }
        hands[to].load += weight;
    }
    let person = |hand: usize| hands[hand].taker.person;
    taken.into_iter().map(|hand| hand.map(person)).collect()
}

/// By id. Without anybody who has time, all count alike.
fn hands(takers: &[Taker]) -> Vec<Hand> {
    let nobody_has_time = takers.iter().all(|taker| taker.capacity.0 == 0);
    let able = takers.iter().copied().filter_map(|mut taker| {
        if nobody_has_time {
            taker.capacity = Weight(1);
        }
        (taker.capacity.0 > 0).then_some(taker)
    });
    let mut hands: Vec<_> = able
        .map(|taker| Hand {
            taker,
            load: taker.before.0,
        })
        .collect();
    sort_by(&mut hands, |one, other| {
        one.taker.person.cmp(&other.taker.person)
    });
    hands
}

/// Which of two comes out better with `weight` more: what load² ÷ capacity grows by, without dividing.
fn gain(one: &Hand, other: &Hand, weight: u64) -> core::cmp::Ordering {
    let grows = |hand: &Hand| 2 * u128::from(hand.load) + u128::from(weight);
    let scaled = |hand: &Hand, by: &Hand| grows(hand) * u128::from(by.taker.capacity.0);
    scaled(one, other).cmp(&scaled(other, one))
}

/// The first piece whose moving makes the sum less, and where to.
fn better<K>(
    pieces: &[(K, Weight)],
    order: &[usize],
    taken: &[Option<usize>],
    hands: &[Hand],
) -> Option<(usize, usize)> {
    order.iter().find_map(|place| {
        let (weight, from) = (pieces[*place].1.0, taken[*place]?);
        let without = Hand {
            taker: hands[from].taker,
            load: hands[from].load - weight,
        };
        (0..hands.len())
            .filter(|to| *to != from)
            .find(|to| gain(&hands[*to], &without, weight).is_lt())
            .map(|to| (*place, to))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::Id;

    fn takers(of: &[(u64, u64)]) -> Vec<Taker> {
        let numbered = (1u8..).zip(of);
        numbered
            .map(|(number, (before, capacity))| Taker {
                person: PersonId(Id::from_bytes([number; 16])),
                before: Weight(*before),
                capacity: Weight(*capacity),
            })
            .collect()
    }

    /// The sum that is made least, in a common denominator.
    fn cost(loads: &[u64], takers: &[Taker]) -> u128 {
        let all: u128 = takers
            .iter()
            .map(|taker| u128::from(taker.capacity.0))
            .product();
        let each = loads.iter().zip(takers);
        each.map(|(load, taker)| u128::from(*load).pow(2) * (all / u128::from(taker.capacity.0)))
            .sum()
    }

    fn loads(pieces: &[(u16, Weight)], taken: &[Option<PersonId>], takers: &[Taker]) -> Vec<u64> {
        let of = |taker: &Taker| {
            let given = pieces.iter().zip(taken);
            let given = given.filter(|(_, to)| **to == Some(taker.person));
            taker.before.0 + given.map(|((_, weight), _)| weight.0).sum::<u64>()
        };
        takers.iter().map(of).collect()
    }

    fn numbered(weights: &[u64]) -> Vec<(u16, Weight)> {
        (0..)
            .zip(weights.iter().map(|weight| Weight(*weight)))
            .collect()
    }

    proptest! {
        #[test]
        fn no_spread_is_better_by_moving_one_task(
            weights in proptest::collection::vec(1u64..60, 0..12),
            people in proptest::collection::vec((0u64..100, 1u64..40), 1..5),
        ) {
            let (pieces, takers) = (numbered(&weights), takers(&people));
            let taken = spread(&pieces, &takers);
            let reached = cost(&loads(&pieces, &taken, &takers), &takers);
            for place in 0..pieces.len() {
                for taker in &takers {
                    let mut other = taken.clone();
                    other[place] = Some(taker.person);
                    prop_assert!(reached <= cost(&loads(&pieces, &other, &takers), &takers));
                }
            }
        }

        #[test]
        fn the_order_of_what_comes_in_does_not_matter(
            weights in proptest::collection::vec(1u64..9, 0..12),
            people in proptest::collection::vec((0u64..9, 0u64..9), 1..5),
            turn in 0usize..12,
        ) {
            let (pieces, takers) = (numbered(&weights), takers(&people));
            let sorted = |pieces: &[(u16, Weight)], takers: &[Taker]| {
                let taken = spread(pieces, takers);
                let mut taken: Vec<_> = pieces.iter().map(|(key, _)| *key).zip(taken).collect();
                taken.sort_unstable();
                taken
            };
            let (mut turned, mut reversed) = (pieces.clone(), takers.clone());
            turned.rotate_left(turn.min(pieces.len()));
            reversed.reverse();
            prop_assert_eq!(sorted(&pieces, &takers), sorted(&turned, &reversed));
        }

        #[test]
        fn whoever_has_no_time_gets_nothing_while_others_have_some(
            weights in proptest::collection::vec(1u64..9, 0..12),
            people in proptest::collection::vec((0u64..9, 0u64..3), 1..5),
        ) {
            let (pieces, takers) = (numbered(&weights), takers(&people));
            let taken = spread(&pieces, &takers);
            let able: Vec<_> = takers.iter().filter(|taker| taker.capacity.0 > 0).collect();
            for person in taken {
                let person = person.unwrap_or(PersonId(Id::ZERO));
                prop_assert!(able.is_empty() || able.iter().any(|taker| taker.person == person));
                prop_assert!(takers.iter().any(|taker| taker.person == person));
            }
        }
    }

    #[test]
    fn hard_ones_count_more() {
        let people = takers(&[(0, 60), (0, 60)]);
        let taken = spread(&numbered(&[30, 10, 10, 10]), &people);
        let first = taken[0];
        assert_eq!(
            taken[1..],
            [taken[1]; 3],
            "three ordinary ones stand against one hard one"
        );
        assert_ne!(first, taken[1]);
        assert_eq!(spread(&numbered(&[1]), &[]), [None]);
    }
}
