//! Five hundred schedules of a team on a bad network. `CARAVAN_SEED=17` plays one alone;
//! `CARAVAN_SEEDS=20000` plays more.

use std::env;

use caravan_tests::simulator::{Tally, run, run_all};

const SEEDS: u64 = 500;

/// What five hundred stories hold at the least: were it less, they would show less than they seem to.
const LEAST: [(&str, usize); 83] = [
    ("client data waits in the end", 75),
    ("command: AnswerInvitation", 90),
    ("command: CountersignAgreement", 100),
    ("command: DecideGrade", 35),
    ("command: HoldClass", 120),
    ("command: MarkAttendance", 70),
    ("command: ProposeGrade", 80),
    ("command: PublishLadder", 140),
    ("command: RequireAgreement", 90),
    ("command: RequireOfPerson", 5),
    ("command: ScoreRolePlay", 30),
    ("command: SetPath", 7),
    ("command: SignAgreement", 140),
    ("episode: one proposal, two answers", 35),
    ("episode: scored too late", 35),
    ("episode: signed twice", 55),
    ("episode: the last seat", 50),
    ("episode: to be signed first", 12),
    ("refused: Decision(ClassFull)", 15),
    ("command: AddCourse", 60),
    ("command: ProposeGoal", 130),
    ("command: SubmitOrder", 95),
    ("command: WriteOrder", 70),
    ("command: DisputePay", 70),
    ("command: DrawUpStatement", 40),
    ("command: SubmitReview", 40),
    ("decided: HandOver", 10),
    ("decided: Order", 80),
    ("decided: Pay", 70),
    ("command: ArchiveClient", 16),
    ("command: AssignClients", 200),
    ("command: ChangeClient", 1000),
    ("command: CheckIn", 100),
    ("command: CreateClient", 700),
    ("command: EraseClient", 20),
    ("command: ImportClients", 180),
    ("command: ResolveConflict", 14),
    ("command: UndoImport", 4),
    ("conflict shown in the end", 13),
    ("connection cut", 50),
    ("decided: Assign", 170),
    ("decided: Erase", 20),
    ("decided: RevokeDevice", 7),
    ("decided: Roles", 210),
    ("decided: Share", 100),
    ("decided: Status", 40),
    ("decided: Team", 100),
    ("decided: Unshare", 60),
    ("device lost power", 800),
    ("device wiped", 13),
    ("document", 1600),
    ("document purged", 250),
    ("doubled", 230),
    ("entry", 6000),
    ("entry lost with the log", 180),
    ("envelope of another given back", 50),
    ("envelope waits again", 200),
    ("episode: away and back", 12),
    ("episode: one field, two people", 24),
    ("episode: suspended for a while", 22),
    ("forged: a gap", 50),
    ("forged: another past", 45),
    ("lost", 450),
    ("refused: BadSignature", 45),
    ("refused: Decision(AlreadySettled)", 35),
    ("refused: Decision(LastAdministrator)", 20),
    ("refused: Decision(NotActive)", 12),
    ("refused: Decision(NotAllowed)", 80),
    ("refused: Decision(NotFound)", 60),
    ("refused: Erased", 20),
    ("refused: Malformed", 80),
    ("refused: NotAllowed", 300),
    ("refused: Quarantined(NotAllowed)", 50),
    ("refused: Quarantined(Unsound)", 35),
    ("refused: Repeated", 11),
    ("refused: RestsOnRefused", 350),
    ("refused: TooLarge", 7),
    ("refused: WrongActor", 45),
    ("relay lost power in a push", 140),
    ("relay restored from a backup", 45),
    ("snapshot", 130),
    ("storage full", 45),
    ("undo", 120),
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
