//! Who had best take over which client: whoever shares it already, else whoever has clients nearby and room for more.
//! Each suggestion counts those before it, so that thirty clients do not all go to one.

use std::collections::{BTreeMap, BTreeSet};

use crate::handovers::view::{Because, Suggested};
use crate::id::PersonId;

/// Who may take over, with the clients they have: how many, and in which regions.
pub(super) struct Room<'a> {
    pub(super) person: PersonId,
    pub(super) clients: u32,
    pub(super) regions: BTreeMap<&'a str, u32>,
}

/// What is to be placed.
pub(super) struct Piece<'a> {
    pub(super) region: &'a str,
    pub(super) shared_with: Option<&'a BTreeSet<PersonId>>,
}

/// One for each piece, in order; none where nobody may take over.
pub(super) fn suggest(pieces: &[Piece<'_>], rooms: &mut [Room<'_>]) -> Vec<Option<Suggested>> {
    pieces.iter().map(|piece| place(piece, rooms)).collect()
}

fn place(piece: &Piece<'_>, rooms: &mut [Room<'_>]) -> Option<Suggested> {
    let shares = |room: &Room<'_>| {
        let with = piece.shared_with;
        with.is_some_and(|with| with.contains(&room.person))
    };
    let nearby = |room: &Room<'_>| match piece.region {
        "" => 0,
        region => room.regions.get(region).copied().unwrap_or_default(),
    };
    // Nearness by room: of two with as many clients, whoever is nearer; a stranger to the region only with far fewer.
    let better = |one: &Room<'_>, other: &Room<'_>| {
        let weight = |it: &Room<'_>, by: &Room<'_>| {
            (2 * u64::from(nearby(it)) + 1) * (u64::from(by.clients) + 1)
        };
        shares(one)
            .cmp(&shares(other))
            .then(weight(one, other).cmp(&weight(other, one)))
            .then(other.clients.cmp(&one.clients))
            .then(other.person.cmp(&one.person))
    };
    let best = (0..rooms.len()).max_by(|one, other| better(&rooms[*one], &rooms[*other]))?;
    let because = match (shares(&rooms[best]), nearby(&rooms[best])) {
        (true, _) => Because::Shares,
        (false, 0) => Because::Fewest(rooms[best].clients),
        (false, count) => Because::Nearby(count),
    };
    let chosen = &mut rooms[best];
    chosen.clients += 1;
    Some(Suggested {
        to: chosen.person,
        because,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::Id;

    fn person(number: u8) -> PersonId {
        PersonId(Id::from_bytes([number; 16]))
    }

    fn rooms(clients: &[u32]) -> Vec<Room<'static>> {
        (1u8..)
            .zip(clients)
            .map(|(number, clients)| Room {
                person: person(number),
                clients: *clients,
                regions: BTreeMap::new(),
            })
            .collect()
    }

    const NOWHERE: Piece<'static> = Piece {
        region: "",
        shared_with: None,
    };

    proptest! {
        #[test]
        fn without_a_reason_nobody_ends_up_with_more_than_they_had_unless_all_have_as_many(
            clients in proptest::collection::vec(0u32..20, 1..6),
            count in 0usize..40,
        ) {
            let mut rooms = rooms(&clients);
            let pieces: Vec<_> = (0..count).map(|_| NOWHERE).collect();
            let placed = suggest(&pieces, &mut rooms);
            prop_assert!(placed.iter().all(Option::is_some));
            let grown = rooms.iter().zip(&clients);
            let most = grown.filter(|(room, before)| room.clients > **before);
            let most = most.map(|(room, _)| room.clients).max().unwrap_or_default();
            let least = rooms.iter().map(|room| room.clients).min().unwrap_or_default();
            prop_assert!(most <= least + 1);
        }
    }

    #[test]
    fn sharing_comes_before_nearness_and_nearness_before_numbers() {
        let mut all = rooms(&[9, 3, 0]);
        all[0].regions.insert("西湖", 6);
        all[1].regions.insert("西湖", 3);
        let with = BTreeSet::from([person(2)]);
        let shared = Piece {
            region: "西湖",
            shared_with: Some(&with),
        };
        let near = Piece {
            region: "西湖",
            shared_with: None,
        };
        let placed = suggest(&[shared, near, NOWHERE], &mut all);
        let placed: Vec<_> = placed.into_iter().flatten().collect();
        let expected = [
            (2, Because::Shares),
            (2, Because::Nearby(3)),
            (3, Because::Fewest(0)),
        ];
        for (found, (to, because)) in placed.iter().zip(expected) {
            assert_eq!((found.to, found.because), (person(to), because));
        }
        assert!(suggest(&[NOWHERE], &mut []) == [None]);
    }
}
