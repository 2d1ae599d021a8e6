//! Every soak, in short. In full: `cargo xtask soak NAME`.

use caravan_tests::soak::{self, RelayProgram};

fn relay() -> RelayProgram {
    RelayProgram::beside().expect("the relay's own tests have had it built")
}

#[tokio::test]
async fn a_killed_relay_loses_nothing_it_acknowledged() {
    let killed = soak::killed(&relay(), 1, 12)
        .await
        .expect("nothing is lost");
    assert!(killed.in_flight > 0, "{killed}");
}

#[tokio::test]
async fn a_full_disk_acknowledges_nothing_and_recovers() {
    let filled = soak::full_disk(&relay(), 1, 1)
        .await
        .expect("nothing is lost");
    match filled {
        Some(filled) => assert!(filled.refused > 0, "{filled}"),
        None => eprintln!("not shown: this system allows no mount namespace"),
    }
}

#[test]
fn thirty_days_offline_come_in_over_a_bad_line() {
    let away = soak::offline(1, 1100).expect("nothing is lost");
    assert!(away.edits >= 1100 && away.cuts > 5, "{away}");
}

#[tokio::test]
async fn a_relay_restored_from_an_old_backup_is_given_back_what_it_lacks() {
    let restored = soak::old_backup(&relay(), 1, 2).await;
    let restored = restored.expect("nothing is lost");
    assert!(restored.lacking > 20 && restored.of_lost > 0, "{restored}");
}

#[tokio::test]
async fn forgers_get_nothing_and_change_nothing() {
    let forgers = soak::forgers(&relay(), 1, 120).await;
    let forgers = forgers.expect("all are rejected");
    assert!(forgers.kept > 120 && forgers.origins >= 100, "{forgers}");
}

#[tokio::test]
async fn an_insider_gets_no_more_than_they_may() {
    let insider = soak::insider(&relay(), 1, 2).await;
    let insider = insider.expect("everything is denied");
    assert!(insider.tries > 50 && insider.kept > 50, "{insider}");
}

#[tokio::test]
async fn garbled_frames_do_no_harm() {
    let heard = soak::frames(&relay(), 1, 3000, 100).await;
    let heard = heard.expect("nothing panics");
    assert!(heard.in_process.readable > 0, "{heard}");
}

#[tokio::test]
async fn what_is_rotten_inside_is_not_passed_on() {
    let mutants = soak::mutants(&relay(), 1, 800, 6).await;
    let mutants = mutants.expect("what is passed on loads");
    assert!(mutants.quarantined > 60, "{mutants}");
    assert!(mutants.refused > 10 && mutants.passed_on > 10, "{mutants}");
}

#[tokio::test]
async fn a_flipped_bit_of_the_merkle_log_is_found() {
    let flips = soak::flips(&relay(), 1, 150).await;
    let flips = flips.expect("every flip is found");
    assert_eq!(flips.found, 150, "{flips}");
}

#[tokio::test]
async fn rotten_files_lose_nothing_without_a_word() {
    let rot = soak::rot(&relay(), 1, 64).await;
    let rot = rot.expect("nothing is lost without a word");
    assert!(rot.refused > 0, "{rot}");
}

#[tokio::test]
async fn what_is_erased_is_gone_wherever_the_relay_is_killed() {
    let erasure = soak::erasure(&relay(), 1, 12).await;
    let erasure = erasure.expect("nothing is left and nothing is lost");
    assert!(erasure.kept > 0 && erasure.backups == 2, "{erasure}");
}
