//! Goals: who may write what, how two sides come to agree, and that nothing is ever rewritten.

use std::collections::BTreeSet;

use caravan_domain::calendar::{Period, Span};
use caravan_domain::command::{Command, CommandError, Field as FormField, Outcome};
use caravan_domain::decision::Refusal;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::goals::Agreement;
use caravan_domain::goals::command::{GoalChange, GoalCommand, GoalDraft};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::{GoalPlace, GoalRef};
use caravan_domain::goals::record::{Goal, Side, Terms};
use caravan_domain::id::{GoalVersionId, PersonId};
use caravan_domain::policy::{is_minted, is_place_of, may_claim};
use caravan_domain::role::Role;
use caravan_domain::value::{Value, map_of};
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, WEST_MANAGER, id,
    person, today,
};

pub(crate) const COMPANY: GoalPlace = GoalPlace::Company;
pub(crate) const TEAM: GoalPlace = GoalPlace::Team(EAST);
pub(crate) const HERS: GoalPlace = GoalPlace::Person(ALICE);

pub(crate) fn terms(target: u32) -> Terms {
    Terms {
        what: " 十一月跑遍老客户 ".to_owned(),
        target,
        deadline: date(2026, 11, 30),
        parent: None,
        update_every: 7,
        alert_below: 80,
    }
}

pub(crate) fn draft(place: GoalPlace, target: u32) -> GoalDraft {
    GoalDraft {
        place,
        metric: Metric::Visits,
        unit: String::new(),
        period: Period::of(Span::Month, today()),
        terms: terms(target),
        reason: "旺季".to_owned(),
    }
}

pub(crate) fn read(field: &Field, goal: GoalRef) -> Goal {
    let tree = &field.trees[&goal.place.document()];
    let mut all = Goal::read_all(goal.place, tree).into_iter();
    all.find(|read| read.id == goal.goal).unwrap()
}

fn last(field: &Field, goal: GoalRef) -> GoalVersionId {
    read(field, goal).heads().last().unwrap().id
}

fn change(goal: GoalRef, after: &[GoalVersionId], target: u32) -> Command {
    Command::Goal(GoalCommand::Change(GoalChange {
        goal,
        after: after.iter().copied().collect(),
        terms: terms(target),
        reason: "客户少了".to_owned(),
        dropped: false,
    }))
}

fn accept(goal: GoalRef, version: GoalVersionId) -> Command {
    Command::Goal(GoalCommand::Accept { goal, version })
}

#[test]
fn who_sets_goals_where() {
    let everybody = [
        ADMIN,
        DIRECTOR,
        EAST_MANAGER,
        WEST_MANAGER,
        ALICE,
        BOB,
        CAROL,
        FINANCE,
    ];
    for (place, allowed) in [
        (COMPANY, &[DIRECTOR][..]),
        (TEAM, &[DIRECTOR, EAST_MANAGER]),
        (HERS, &[DIRECTOR, EAST_MANAGER, ALICE]),
        (GoalPlace::Person(EAST_MANAGER), &[DIRECTOR, EAST_MANAGER]),
    ] {
        for author in everybody {
            let mut field = Field::new();
            let proposed = field.run(author, Command::Goal(GoalCommand::Propose(draft(place, 5))));
            assert_eq!(
                proposed.is_ok(),
                allowed.contains(&author),
                "{place} {author}"
            );
        }
    }
}

/// What the relay asks of a change, whatever the device that wrote it let pass.
#[test]
fn which_places_of_a_goal_are_whose() {
    let field = Field::new();
    let document = |place: GoalPlace| place.document();
    for (place, author, setter, bearer, others) in [
        (COMPANY, DIRECTOR, true, false, true),
        (COMPANY, ADMIN, false, false, false),
        (COMPANY, EAST_MANAGER, false, false, false),
        (TEAM, DIRECTOR, true, false, true),
        (TEAM, EAST_MANAGER, false, true, true),
        (TEAM, WEST_MANAGER, false, false, false),
        (TEAM, ALICE, false, false, false),
        (HERS, ALICE, false, true, true),
        (HERS, EAST_MANAGER, true, false, true),
        (HERS, DIRECTOR, true, false, true),
        (HERS, BOB, false, false, false),
        (HERS, WEST_MANAGER, false, false, false),
    ] {
        let may = |path: &str| {
            let path: Vec<_> = path.split('/').map(str::to_owned).collect();
            is_place_of(author, document(place), &path, &field.facts)
        };
        let found = (
            may("goals/1/setter/2"),
            may("goals/1/bearer/2"),
            may("goals/1/versions/2"),
        );
        assert_eq!(found, (setter, bearer, others), "{place} {author}");
        assert_eq!(may("goals/1/about"), others, "{place} {author}");
        assert_eq!(may("goals/1/updates/2"), others, "{place} {author}");
    }
}

#[test]
fn nobody_signs_in_anothers_name() {
    let steps = |path: &str| -> Vec<_> { path.split('/').map(str::to_owned).collect() };
    let by = |author: PersonId| Value::Map(map_of([("by", Some(author.to_string().into()))]));
    for kind in [
        DocumentKind::Company,
        DocumentKind::Team,
        DocumentKind::Person,
    ] {
        for path in [
            "goals/1/about",
            "goals/1/versions/2",
            "goals/1/setter/2",
            "goals/1/bearer/2",
            "goals/1/updates/2",
        ] {
            let path = steps(path);
            assert!(is_minted(kind, &path));
            assert!(may_claim(kind, &path, &by(ALICE), ALICE));
            assert!(!may_claim(kind, &path, &by(ALICE), BOB));
            assert!(!may_claim(
                kind,
                &path,
                &Value::Map(map_of([("at", None)])),
                BOB
            ));
        }
    }
    assert!(!is_minted(DocumentKind::Client, &steps("goals/1/about")));
    assert!(!is_minted(DocumentKind::Person, &steps("goals/1/about/by")));
}

#[test]
fn a_goal_is_agreed_when_both_have_signed() {
    for (place, setter, bearer) in [
        (TEAM, DIRECTOR, EAST_MANAGER),
        (HERS, EAST_MANAGER, ALICE),
        (GoalPlace::Person(EAST_MANAGER), DIRECTOR, EAST_MANAGER),
    ] {
        for (first, second, awaited) in [
            (setter, bearer, Side::Bearer),
            (bearer, setter, Side::Setter),
        ] {
            let mut field = Field::new();
            let goal = field.propose_goal(first, draft(place, 5));
            let version = last(&field, goal);
            assert_eq!(read(&field, goal).agreement(), Agreement::Proposed);
            assert_eq!(read(&field, goal).awaits(), Some((version, awaited)));
            assert_eq!(
                field.run(first, accept(goal, version)),
                Err(CommandError::NotAllowed),
                "nobody signs twice"
            );
            field.run(second, accept(goal, version)).unwrap();
            let agreed = read(&field, goal);
            assert_eq!(agreed.agreement(), Agreement::Agreed);
            assert_eq!(agreed.versions[0].terms.what, "十一月跑遍老客户");
            let signed: BTreeSet<_> = agreed.signatures.iter().map(|it| it.by).collect();
            assert_eq!(signed, [first, second].into());
            assert_eq!(
                field.run(second, accept(goal, version)),
                Err(CommandError::AlreadyDone)
            );
        }
    }
    let mut field = Field::new();
    let goal = field.propose_goal(DIRECTOR, draft(COMPANY, 5));
    assert_eq!(read(&field, goal).agreement(), Agreement::Agreed);
}

/// A director who also manages the team stands on both sides; that makes no agreement of two.
#[test]
fn one_person_is_not_both_sides() {
    let mut field = Field::new();
    let both = person(30);
    field.hire(
        both,
        "两职",
        &[Role::Director, Role::TeamManager],
        Some(EAST),
    );
    let goal = field.propose_goal(both, draft(TEAM, 5));
    let version = last(&field, goal);
    assert_eq!(
        field.run(both, accept(goal, version)),
        Err(CommandError::NotAllowed)
    );
    field.run(EAST_MANAGER, accept(goal, version)).unwrap();
    assert_eq!(read(&field, goal).agreement(), Agreement::Agreed);
}

#[test]
fn a_counter_is_accepted_by_the_other_side() {
    let mut field = Field::new();
    let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 12));
    let asked = last(&field, goal);
    field.run(ALICE, change(goal, &[asked], 8)).unwrap();
    let countered = last(&field, goal);
    assert_eq!(read(&field, goal).awaits(), Some((countered, Side::Setter)));
    // The version that was replaced can be agreed to no more.
    assert_eq!(
        field.run(ALICE, accept(goal, asked)),
        Err(CommandError::Refused(Refusal::AlreadySettled))
    );
    field.run(EAST_MANAGER, accept(goal, countered)).unwrap();
    let agreed = read(&field, goal);
    assert_eq!(agreed.agreement(), Agreement::Agreed);
    assert_eq!(agreed.current().terms.target, 8);
    assert_eq!(agreed.versions.len(), 2);
}

#[test]
fn what_was_agreed_holds_until_the_adjustment_is() {
    let mut field = Field::new();
    let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 12));
    let first = last(&field, goal);
    field.run(ALICE, accept(goal, first)).unwrap();
    field.run(ALICE, change(goal, &[first], 6)).unwrap();
    let adjusted = last(&field, goal);
    let open = read(&field, goal);
    assert_eq!(open.agreement(), Agreement::Adjusting);
    assert_eq!(open.current().terms.target, 12);
    field.run(DIRECTOR, accept(goal, adjusted)).unwrap();
    assert_eq!(read(&field, goal).current().terms.target, 6);
    assert_eq!(read(&field, goal).version(first).unwrap().terms.target, 12);
}

#[test]
fn an_adjustment_says_why_and_names_what_it_replaces() {
    let mut field = Field::new();
    let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 12));
    let first = last(&field, goal);
    let GoalCommand::Change(whole) = (match change(goal, &[first], 6) {
        Command::Goal(command) => command,
        other => panic!("{other:?}"),
    }) else {
        panic!("a change");
    };
    let mut refused = |edit: fn(&mut GoalChange)| {
        let mut change = whole.clone();
        edit(&mut change);
        field.run(ALICE, Command::Goal(GoalCommand::Change(change)))
    };
    let malformed = |field| Err(CommandError::Malformed(field));
    assert_eq!(
        refused(|it| it.reason = " ".to_owned()),
        Err(CommandError::Blank(FormField::Reason))
    );
    assert_eq!(
        refused(|it| it.terms.what = String::new()),
        Err(CommandError::Blank(FormField::Title))
    );
    assert_eq!(
        refused(|it| it.after = BTreeSet::new()),
        Err(CommandError::NotFound)
    );
    assert_eq!(
        refused(|it| it.after = [GoalVersionId(id(9))].into()),
        Err(CommandError::NotFound)
    );
    assert_eq!(
        refused(|it| it.terms.target = 0),
        malformed(FormField::Target)
    );
    assert_eq!(
        refused(|it| it.terms.deadline = date(2026, 12, 1)),
        malformed(FormField::Due)
    );
    assert_eq!(
        refused(|it| it.terms.alert_below = 101),
        malformed(FormField::AlertBelow)
    );
    assert_eq!(
        refused(|it| it.terms.update_every = 400),
        malformed(FormField::UpdateEvery)
    );
    assert_eq!(
        refused(|it| it.terms.parent = Some(it.goal)),
        malformed(FormField::Parent)
    );
    assert_eq!(refused(|_| {}), Ok(None));
}

#[test]
fn two_who_adjust_at_once_are_shown_both_and_pick() {
    let mut field = Field::new();
    let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 12));
    let first = last(&field, goal);
    field.run(ALICE, accept(goal, first)).unwrap();
    let hers = field.propose(ALICE, change(goal, &[first], 6)).unwrap();
    let his = field
        .propose(EAST_MANAGER, change(goal, &[first], 15))
        .unwrap();
    write(&mut field, hers);
    write(&mut field, his);
    let disputed = read(&field, goal);
    assert_eq!(disputed.agreement(), Agreement::Disputed);
    assert_eq!(disputed.heads().len(), 2);
    assert_eq!(disputed.current().terms.target, 12, "what was agreed holds");
    let six = disputed
        .versions
        .iter()
        .find(|it| it.terms.target == 6)
        .unwrap()
        .id;
    let pick = Command::Goal(GoalCommand::Pick { goal, version: six });
    field.run(EAST_MANAGER, pick.clone()).unwrap();
    let picked = last(&field, goal);
    assert_eq!(read(&field, goal).version(picked).unwrap().after.len(), 2);
    assert_eq!(read(&field, goal).agreement(), Agreement::Adjusting);
    assert_eq!(
        field.run(ALICE, pick),
        Err(CommandError::Refused(Refusal::AlreadySettled))
    );
    field.run(ALICE, accept(goal, picked)).unwrap();
    assert_eq!(read(&field, goal).current().terms.target, 6);
    assert_eq!(read(&field, goal).versions.len(), 4);
}

fn write(field: &mut Field, outcome: Outcome) {
    for edit in &outcome.edits {
        field.write(edit);
        field.project(edit.document);
    }
}

#[test]
fn a_goal_is_given_up_by_both() {
    let mut field = Field::new();
    let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 12));
    let first = last(&field, goal);
    field.run(ALICE, accept(goal, first)).unwrap();
    let drop = GoalCommand::Change(GoalChange {
        goal,
        after: [first].into(),
        terms: terms(12),
        reason: "换岗".to_owned(),
        dropped: true,
    });
    field.run(EAST_MANAGER, Command::Goal(drop)).unwrap();
    assert_eq!(read(&field, goal).agreement(), Agreement::Adjusting);
    let dropped = last(&field, goal);
    field.run(ALICE, accept(goal, dropped)).unwrap();
    assert_eq!(read(&field, goal).agreement(), Agreement::Dropped);
}

#[test]
fn only_what_no_record_tells_is_typed() {
    let mut field = Field::new();
    let update = |goal, value, note: &str| {
        Command::Goal(GoalCommand::Update {
            goal,
            value,
            note: note.to_owned(),
        })
    };
    let counted = field.propose_goal(EAST_MANAGER, draft(HERS, 12));
    assert_eq!(
        field.run(ALICE, update(counted, Some(3), "")),
        Err(CommandError::Malformed(FormField::Value))
    );
    assert_eq!(
        field.run(ALICE, update(counted, None, " ")),
        Err(CommandError::Blank(FormField::Note))
    );
    field.run(ALICE, update(counted, None, "约好五家")).unwrap();
    let by_hand = GoalDraft {
        metric: Metric::ByHand,
        unit: "场".to_owned(),
        ..draft(HERS, 4)
    };
    let by_hand = field.propose_goal(ALICE, by_hand);
    assert_eq!(
        field.run(ALICE, update(by_hand, None, "两场")),
        Err(CommandError::Blank(FormField::Value))
    );
    field.run(ALICE, update(by_hand, Some(2), "")).unwrap();
    assert_eq!(read(&field, by_hand).unit, "场");
    assert_eq!(read(&field, by_hand).updates[0].value, Some(2));
    assert_eq!(
        field.run(BOB, update(counted, None, "不是我的")),
        Err(CommandError::NotAllowed)
    );
}

/// Every command adds places and touches none that was there.
#[test]
fn nothing_is_written_twice() {
    let mut field = Field::new();
    let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 12));
    let first = last(&field, goal);
    for (author, command) in [
        (ALICE, change(goal, &[first], 8)),
        (ALICE, accept(goal, first)),
    ] {
        let outcome = field.propose(author, command).unwrap();
        let tree = field.trees[&DocumentId::from(ALICE)].clone();
        for edit in &outcome.edits {
            let path: Vec<_> = edit.path.iter().map(String::as_str).collect();
            assert_eq!(tree.at(&path), None, "{path:?}");
        }
    }
}

proptest! {
    /// Versions, signatures and updates in whatever order they come make the same goal, and it is never stuck.
    #[test]
    fn entries_agree_in_any_order(
        steps in proptest::collection::vec((any::<bool>(), 0u8..4, any::<u8>()), 1..14),
        order in any::<u64>(),
    ) {
        let mut field = Field::new();
        let goal = field.propose_goal(EAST_MANAGER, draft(HERS, 12));
        let mut written = Vec::new();
        for (by_her, kind, pick) in steps {
            field.now = field.now.plus_millis(60_000);
            let me = if by_her { ALICE } else { EAST_MANAGER };
            let known = read(&field, goal).versions;
            let version = known[usize::from(pick) % known.len()].id;
            let command = match kind {
                0 | 1 => change(goal, &[version], u32::from(pick) + 1),
                2 => accept(goal, version),
                _ => Command::Goal(GoalCommand::Pick { goal, version }),
            };
            if let Ok(outcome) = field.propose(me, command) {
                written.extend(outcome.edits.clone());
                write(&mut field, outcome);
            }
        }
        let whole = read(&field, goal);
        let mut again = Field::new();
        prop_assert_eq!(again.propose_goal(EAST_MANAGER, draft(HERS, 12)), goal);
        let mut seed = order;
        while !written.is_empty() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let place = usize::try_from(seed >> 33).unwrap() % written.len();
            again.write(&written.swap_remove(place));
        }
        prop_assert_eq!(&read(&again, goal), &whole);
        let heads = whole.heads();
        prop_assert!(!heads.is_empty());
        prop_assert_eq!(whole.agreement() == Agreement::Disputed, heads.len() > 1);
        let force = whole.in_force();
        prop_assert!(force.is_none_or(|it| whole.is_agreed(it.id)));
        prop_assert_eq!(force.is_none(), whole.versions.iter().all(|it| !whole.is_agreed(it.id)));
    }
}
