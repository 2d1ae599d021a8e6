//! A thousand schedules of a team on a bad network. `CARAVAN_SEED=17` plays one alone;
//! `CARAVAN_SEEDS=20000` plays more.

use std::env;

use caravan_tests::simulator::{Tally, run, run_all};

const SEEDS: u64 = 1000;

/// What a thousand stories hold at the least: were it less, they would show less than they seem to.
const LEAST: [(&str, usize); 54] = [
    ("command: ArchiveClient", 60),
    ("command: AssignClients", 350),
    ("command: ChangeClient", 2500),
    ("command: CheckIn", 350),
    ("command: CreateClient", 2000),
    ("command: EraseClient", 50),
    ("command: ImportClients", 500),
    ("command: ResolveConflict", 40),
    ("command: UndoImport", 15),
    ("conflict shown in the end", 40),
    ("connection cut", 100),
    ("decided: Assign", 300),
    ("decided: Erase", 50),
    ("decided: RevokeDevice", 15),
    ("decided: Roles", 450),
    ("decided: Share", 250),
    ("decided: Status", 80),
    ("decided: Team", 200),
    ("decided: Unshare", 150),
    ("device lost power", 1500),
    ("device wiped", 30),
    ("document", 3500),
    ("document purged", 450),
    ("doubled", 450),
    ("entry", 15_000),
    ("entry lost with the log", 400),
    ("envelope of another given back", 200),
    ("envelope waits again", 400),
    ("episode: away and back", 40),
    ("episode: one field, two people", 60),
    ("episode: suspended for a while", 40),
    ("forged: a gap", 150),
    ("forged: another past", 150),
    ("lost", 800),
    ("refused: BadSignature", 150),
    ("refused: Decision(AlreadySettled)", 100),
    ("refused: Decision(LastAdministrator)", 45),
    ("refused: Decision(NotActive)", 35),
    ("refused: Decision(NotAllowed)", 200),
    ("refused: Decision(NotFound)", 100),
    ("refused: Erased", 45),
    ("refused: Malformed", 130),
    ("refused: NotAllowed", 750),
    ("refused: Quarantined(NotAllowed)", 120),
    ("refused: Quarantined(Unsound)", 120),
    ("refused: Repeated", 15),
    ("refused: RestsOnRefused", 750),
    ("refused: TooLarge", 25),
    ("refused: WrongActor", 150),
    ("relay lost power in a push", 350),
    ("relay restored from a backup", 80),
    ("snapshot", 240),
    ("storage full", 90),
    ("undo", 300),
];

fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    Some(text.parse().expect("a seed is a number"))
}

#[test]
fn devices_that_come_back_agree() {
    if let Some(seed) = number("CARAVAN_SEED") {
        let played = run(seed);
        played.unwrap_or_else(|failed| panic!("{failed}"));
        return;
    }
    let seeds = number("CARAVAN_SEEDS").unwrap_or(SEEDS);
    let played = run_all(0..seeds);
    for failed in &played.failed {
        eprintln!("{failed}");
    }
    let failed: Vec<_> = played.failed.iter().map(|failed| failed.seed).collect();
    assert!(failed.is_empty(), "seeds {failed:?} failed; see above");
    if seeds >= SEEDS {
        assert_eventful(&played.tally);
    }
}

fn assert_eventful(tally: &Tally) {
    let scarce: Vec<_> = LEAST
        .iter()
        .filter(|(what, least)| tally.of(what) < *least)
        .collect();
    assert!(scarce.is_empty(), "too few of {scarce:?} in\n{tally}");
}

#[test]
fn a_seed_is_the_same_story_every_time() {
    assert_eq!(run(3), run(3));
}
