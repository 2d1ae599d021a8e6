//! Agreements: written, published, required, signed, countersigned; and what waits for a signature.

use caravan_domain::agreements::answer;
use caravan_domain::agreements::command::AgreementCommand;
use caravan_domain::agreements::decision::{AgreementDecision, Requirement, Terms, Waits, signed};
use caravan_domain::agreements::standing::{Standing, is_held_back, standing, waits};
use caravan_domain::agreements::text::{
    Agreement, AgreementDraft, Kind, VersionDigest, Wording, digest,
};
use caravan_domain::agreements::view::{AgreementsView, Foreseen, Planned};
use caravan_domain::agreements::written;
use caravan_domain::clients::open::OpenDocument;
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::command::{Command, CommandError, Field as FormField, RecordRef};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey, PersonStatus};
use caravan_domain::id::{AgreementId, DeviceId, PersonId};
use caravan_domain::policy::{is_place_of, may_put, may_read, may_write};
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::today::view::TodayView;
use proptest::prelude::*;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, Field, MORNING, id, named, person,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
const PHONE: DeviceId = DeviceId(id(90));
const HR: PersonId = person(31);
const NEW: PersonId = person(32);

fn draft(text: &str) -> AgreementDraft {
    AgreementDraft {
        kind: Kind::Confidentiality,
        zh: Wording {
            title: " 保密协议 ".to_owned(),
            text: text.to_owned(),
        },
        en: Wording {
            title: "Confidentiality agreement".to_owned(),
            text: "Client data belongs to the company.".to_owned(),
        },
        note: String::new(),
    }
}

fn run(field: &mut Field, me: PersonId, command: AgreementCommand) -> Result<(), CommandError> {
    field.run(me, Command::Agreement(command)).map(drop)
}

pub(crate) fn add(field: &mut Field) -> AgreementId {
    let command = AgreementCommand::Add(draft("客户资料归公司所有。"));
    match field.run(DIRECTOR, Command::Agreement(command)) {
        Ok(Some(RecordRef::Agreement(agreement))) => agreement,
        other => panic!("{other:?}"),
    }
}

fn stored(field: &Field, agreement: AgreementId) -> Agreement {
    Agreement::find(agreement, &field.trees[&DocumentId::COMPANY]).unwrap()
}

pub(crate) fn publish(field: &mut Field, agreement: AgreementId) -> VersionDigest {
    run(field, DIRECTOR, AgreementCommand::Publish { agreement }).unwrap();
    stored(field, agreement).versions.last().unwrap().digest
}

fn publish_again(field: &mut Field, agreement: AgreementId, text: &str) -> VersionDigest {
    let before = stored(field, agreement).draft;
    let after = draft(text);
    let change = AgreementCommand::Change {
        agreement,
        before,
        after,
    };
    run(field, DIRECTOR, change).unwrap();
    publish(field, agreement)
}

fn terms(waits: Waits) -> Terms {
    Terms {
        required_of: [Role::AccountManager].into(),
        within_days: 10,
        waits,
    }
}

fn require(field: &mut Field, agreement: AgreementId, version: VersionDigest, waits: Waits) {
    let terms = terms(waits);
    let command = AgreementCommand::Require {
        agreement,
        version,
        terms,
    };
    run(field, DIRECTOR, command).unwrap();
}

/// A published agreement that account managers have to sign.
fn required(field: &mut Field, waits: Waits) -> (AgreementId, VersionDigest) {
    let agreement = add(field);
    let version = publish(field, agreement);
    require(field, agreement, version, waits);
    (agreement, version)
}

fn sign(
    field: &mut Field,
    person: PersonId,
    agreement: AgreementId,
    version: VersionDigest,
) -> Result<(), CommandError> {
    field.give_device(person, PHONE);
    let name = " 李敏 ".to_owned();
    let command = AgreementCommand::Sign {
        agreement,
        version,
        name,
        device: PHONE,
    };
    run(field, person, command)
}

fn countersign(
    agreement: AgreementId,
    person: PersonId,
    version: VersionDigest,
) -> AgreementCommand {
    AgreementCommand::Countersign {
        agreement,
        person,
        version,
        name: "陈总".to_owned(),
    }
}

fn stands(field: &Field, person: PersonId, agreement: AgreementId) -> Standing {
    standing(person, agreement, &field.facts, field.now)
}

fn view(field: &Field, me: PersonId) -> AgreementsView {
    match field.ask(me, &Query::Agreements(None)) {
        Answer::Agreements(view) => view,
        other => panic!("{other:?}"),
    }
}

fn today(field: &Field, me: PersonId) -> TodayView {
    match field.ask(me, &Query::Today) {
        Answer::Today(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_draft_is_nobodys_affair_until_it_is_published() {
    let mut field = Field::new();
    let agreement = add(&mut field);
    let known = stored(&field, agreement);
    assert_eq!(known.draft.zh.title, "保密协议");
    assert_eq!(known.draft.kind, Kind::Confidentiality);
    assert!(view(&field, ALICE).lines.is_empty());
    assert_eq!(view(&field, DIRECTOR).lines.len(), 1);
    let version = publish(&mut field, agreement);
    assert_eq!(view(&field, ALICE).lines[0].number, 1);
    assert_eq!(view(&field, ALICE).lines[0].standing, Standing::NotAsked);
    let again = run(
        &mut field,
        DIRECTOR,
        AgreementCommand::Publish { agreement },
    );
    assert_eq!(again, Err(CommandError::AlreadyDone), "nothing is new");
    let second = publish_again(&mut field, agreement, "客户资料归公司。");
    assert_ne!(version, second);
    let known = stored(&field, agreement);
    let numbers: Vec<_> = known.versions.iter().map(|it| it.number).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(known.versions[0].zh.text, "客户资料归公司所有。");
}

#[test]
fn only_those_who_run_agreements_write_them_and_a_version_is_never_rewritten() {
    let mut field = Field::new();
    let command = AgreementCommand::Add(draft("我们说了算"));
    let refused = run(&mut field, ALICE, command);
    assert_eq!(refused, Err(CommandError::NotAllowed));
    let agreement = add(&mut field);
    publish(&mut field, agreement);
    let (key, version) = (agreement.to_string(), id(95).to_string());
    let path = |steps: &[&str]| {
        let mut path = vec!["agreements".to_owned(), key.clone()];
        path.extend(steps.iter().map(|step| (*step).to_owned()));
        path
    };
    let company = DocumentKind::Company;
    assert!(may_put(company, &path(&["versions", &version]), false));
    assert!(!may_put(company, &path(&["versions", &version]), true));
    assert!(!may_put(
        company,
        &path(&["versions", &version, "zh_text"]),
        true
    ));
    assert!(!may_put(company, &path(&["versions"]), true));
    assert!(!may_put(company, &path(&["kind"]), true));
    assert!(may_put(company, &path(&["draft", "zh_text"]), true));
    assert!(is_place_of(
        DIRECTOR,
        DocumentId::COMPANY,
        &path(&[]),
        &field.facts
    ));
}

#[test]
fn half_a_text_is_not_published() {
    let mut field = Field::new();
    let agreement = add(&mut field);
    let before = stored(&field, agreement).draft;
    let mut after = before.clone();
    after.en.text = String::new();
    let change = AgreementCommand::Change {
        agreement,
        before,
        after,
    };
    run(&mut field, DIRECTOR, change).unwrap();
    let refused = run(
        &mut field,
        DIRECTOR,
        AgreementCommand::Publish { agreement },
    );
    assert_eq!(refused, Err(CommandError::Blank(FormField::Title)));
}

#[test]
fn a_signature_opens_the_way_to_clients() {
    let mut field = Field::new();
    let client = DocumentId::from(field.create(ALICE, named("龙井茶庄")));
    let orders = DocumentId::orders(client.client().unwrap());
    assert!(may_read(ALICE, client, &field.facts));
    let (agreement, version) = required(&mut field, Waits::Everybody);
    assert!(waits(ALICE, &field.facts));
    assert!(!may_read(ALICE, client, &field.facts));
    assert!(!may_read(ALICE, orders, &field.facts));
    assert!(may_read(ALICE, ALICE.into(), &field.facts), "her own work");
    assert!(may_read(DIRECTOR, client, &field.facts), "nobody asks him");
    assert!(
        may_write(ALICE, client, &field.facts),
        "what she wrote before she heard of it still comes"
    );
    assert!(today(&field, ALICE).waits_for_signature);
    assert_eq!(today(&field, ALICE).agreements.len(), 1);

    field.now = field.now.plus_millis(3_000);
    sign(&mut field, ALICE, agreement, version).unwrap();
    assert!(may_read(ALICE, client, &field.facts));
    assert_eq!(stands(&field, ALICE, agreement), Standing::Signed);
    let all = signed(ALICE, agreement, &field.facts);
    assert_eq!((all[0].name.as_str(), all[0].device), ("李敏", PHONE));
    assert_eq!((all[0].number, all[0].received_at), (1, field.now));
    assert!(today(&field, ALICE).agreements.is_empty());
    let again = sign(&mut field, ALICE, agreement, version);
    assert_eq!(again, Err(CommandError::Refused(Refusal::AlreadySettled)));
}

#[test]
fn newcomers_wait_and_who_was_here_keeps_what_they_have() {
    let mut field = Field::new();
    let (agreement, _) = required(&mut field, Waits::Newcomers);
    assert!(!waits(ALICE, &field.facts));
    field.now = field.now.plus_millis(1_000);
    field.hire(NEW, "新来的", &[Role::AccountManager], Some(EAST));
    let mut known = field.facts.people[&NEW].clone();
    known.joined_at = field.now;
    field.know(FactKey::Person(NEW), Fact::Person(known));
    assert!(waits(NEW, &field.facts));
    // Other terms later do not make a newcomer of anybody, or anybody less of one.
    field.now = field.now.plus_millis(DAY);
    let current = field.facts.requirements[&agreement]
        .current()
        .unwrap()
        .digest;
    let wider = Terms {
        required_of: [Role::AccountManager, Role::TeamManager].into(),
        ..terms(Waits::Newcomers)
    };
    let command = AgreementCommand::Require {
        agreement,
        version: current,
        terms: wider,
    };
    run(&mut field, DIRECTOR, command).unwrap();
    assert!(waits(NEW, &field.facts));
    assert!(!waits(ALICE, &field.facts));
    let requirement = &field.facts.requirements[&agreement];
    assert_eq!((requirement.began, requirement.since), (MORNING, field.now));
}

#[test]
fn a_new_version_reminds_and_takes_nothing_away() {
    let mut field = Field::new();
    let client = field.create(DIRECTOR, named("龙井茶庄"));
    let (agreement, first) = required(&mut field, Waits::Everybody);
    sign(&mut field, ALICE, agreement, first).unwrap();
    field.now = field.now.plus_millis(30 * DAY);
    let second = publish_again(&mut field, agreement, "也不得告诉家人。");
    assert_eq!(
        stands(&field, ALICE, agreement),
        Standing::Signed,
        "not asked for yet"
    );
    require(&mut field, agreement, second, Waits::Everybody);
    let due = caravan_domain::calendar::plus_days(field.now.day(), 10);
    assert_eq!(stands(&field, ALICE, agreement), Standing::Due(due));
    assert!(!waits(ALICE, &field.facts));
    let give = Decision::Ownership(OwnershipDecision::Assign {
        clients: vec![client],
        owner: ALICE,
    });
    field.now = field.now.plus_millis(11 * DAY);
    assert_eq!(stands(&field, ALICE, agreement), Standing::Overdue(due));
    assert!(is_held_back(ALICE, &field.facts, field.now));
    assert_eq!(
        field.decide(DIRECTOR, &give),
        Err(Refusal::SignatureOverdue)
    );
    sign(&mut field, ALICE, agreement, second).unwrap();
    assert_eq!(field.decide(DIRECTOR, &give), Ok(()));
    let numbers: Vec<_> = signed(ALICE, agreement, &field.facts)
        .iter()
        .map(|it| it.number)
        .collect();
    assert_eq!(numbers, [1, 2]);
}

/// Whoever still has time is given clients: the data waits.
#[test]
fn a_client_may_be_given_to_somebody_who_has_yet_to_sign() {
    let mut field = Field::new();
    let client = field.create(DIRECTOR, named("龙井茶庄"));
    let (agreement, version) = required(&mut field, Waits::Everybody);
    let give = Decision::Ownership(OwnershipDecision::Assign {
        clients: vec![client],
        owner: ALICE,
    });
    assert_eq!(field.decide(DIRECTOR, &give), Ok(()));
    assert_eq!(field.facts.owner(client.into()), Some(ALICE));
    assert!(!may_read(ALICE, client.into(), &field.facts));
    sign(&mut field, ALICE, agreement, version).unwrap();
    assert!(may_read(ALICE, client.into(), &field.facts));
}

#[test]
fn nobody_signs_for_another_or_what_was_never_asked_for() {
    let mut field = Field::new();
    let (agreement, version) = required(&mut field, Waits::Everybody);
    field.give_device(BOB, DeviceId(id(91)));
    let sign_with = |version, device| {
        Decision::Agreement(AgreementDecision::Sign {
            agreement,
            version,
            name: "李敏".to_owned(),
            signed_at: MORNING,
            device,
        })
    };
    let on_bobs = sign_with(version, DeviceId(id(91)));
    assert_eq!(field.decide(ALICE, &on_bobs), Err(Refusal::NotAllowed));
    assert_eq!(on_bobs.device(), Some(DeviceId(id(91))));
    field.give_device(ALICE, PHONE);
    let other = sign_with(VersionDigest([3; 32]), PHONE);
    assert_eq!(field.decide(ALICE, &other), Err(Refusal::NotThatText));
    // What was asked for once may still be signed: somebody had it before them, offline.
    let second = publish_again(&mut field, agreement, "另一个说法。");
    require(&mut field, agreement, second, Waits::Everybody);
    assert_eq!(field.decide(ALICE, &sign_with(version, PHONE)), Ok(()));
    assert!(!waits(ALICE, &field.facts));
    assert!(matches!(stands(&field, ALICE, agreement), Standing::Due(_)));
    // The old text does not come back.
    let back = AgreementCommand::Require {
        agreement,
        version,
        terms: terms(Waits::Nobody),
    };
    let refused = run(&mut field, DIRECTOR, back);
    assert_eq!(refused, Err(CommandError::Refused(Refusal::NotThatText)));
}

#[test]
fn only_those_who_run_agreements_require_them() {
    let mut field = Field::new();
    let agreement = add(&mut field);
    let version = publish(&mut field, agreement);
    let ask = |terms: Terms| {
        Decision::Agreement(AgreementDecision::Require {
            agreement,
            version,
            number: 1,
            terms,
        })
    };
    for nobody in [ALICE, EAST_MANAGER] {
        let asked = field.decide(nobody, &ask(terms(Waits::Nobody)));
        assert_eq!(asked, Err(Refusal::NotAllowed));
    }
    let for_ever = Terms {
        within_days: 4_000,
        ..terms(Waits::Nobody)
    };
    assert_eq!(field.decide(ADMIN, &ask(for_ever)), Err(Refusal::TooMany));
    assert_eq!(field.decide(ADMIN, &ask(terms(Waits::Nobody))), Ok(()));
    let archive = AgreementCommand::SetArchived {
        agreement,
        archived: true,
    };
    let refused = run(&mut field, DIRECTOR, archive.clone());
    assert_eq!(refused, Err(CommandError::Refused(Refusal::UnderWay)));
    // Asked of nobody: that ends it.
    assert_eq!(field.decide(ADMIN, &ask(Terms::default())), Ok(()));
    run(&mut field, DIRECTOR, archive).unwrap();
    assert!(view(&field, ALICE).lines.is_empty());
    assert_eq!(view(&field, DIRECTOR).archived.len(), 1);
}

#[test]
fn the_company_signs_once_and_by_somebody_else() {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr, Role::AccountManager], None);
    let (agreement, version) = required(&mut field, Waits::Everybody);
    let early = run(&mut field, DIRECTOR, countersign(agreement, ALICE, version));
    assert_eq!(early, Err(CommandError::Refused(Refusal::NotFound)));
    sign(&mut field, ALICE, agreement, version).unwrap();
    sign(&mut field, HR, agreement, version).unwrap();
    assert!(today(&field, ALICE).to_countersign.is_empty());
    assert_eq!(
        today(&field, DIRECTOR).to_countersign[0]
            .count
            .to_countersign,
        2
    );
    for (by, person, refusal) in [
        (EAST_MANAGER, ALICE, Refusal::NotAllowed),
        (ALICE, ALICE, Refusal::NotAllowed),
        (HR, HR, Refusal::NotSeparate),
    ] {
        let refused = run(&mut field, by, countersign(agreement, person, version));
        assert_eq!(refused, Err(CommandError::Refused(refusal)), "{by:?}");
    }
    run(&mut field, HR, countersign(agreement, ALICE, version)).unwrap();
    let again = run(&mut field, DIRECTOR, countersign(agreement, ALICE, version));
    assert_eq!(again, Err(CommandError::Refused(Refusal::AlreadySettled)));
    let signature = &signed(ALICE, agreement, &field.facts)[0];
    let company = signature.countersigned.as_ref().unwrap();
    assert_eq!((company.by, company.name.as_str()), (HR, "陈总"));
    assert_eq!(
        today(&field, DIRECTOR).to_countersign[0]
            .count
            .to_countersign,
        1
    );
}

#[test]
fn who_would_wait_is_foreseen() {
    let mut field = Field::new();
    let agreement = add(&mut field);
    let version = publish(&mut field, agreement);
    let foresee = |field: &Field, me, waits| {
        let planned = Planned {
            agreement,
            version,
            terms: terms(waits),
        };
        match field.ask(me, &Query::Foresee(planned)) {
            Answer::Foresee(foreseen) => foreseen,
            other => panic!("{other:?}"),
        }
    };
    let all = foresee(&field, DIRECTOR, Waits::Everybody);
    assert_eq!(all.to_sign.len(), 3, "{all:?}");
    assert_eq!(all.lose, all.to_sign);
    assert!(foresee(&field, DIRECTOR, Waits::Newcomers).lose.is_empty());
    assert_eq!(
        foresee(&field, ALICE, Waits::Everybody),
        Foreseen::default()
    );
    require(&mut field, agreement, version, Waits::Newcomers);
    sign(&mut field, ALICE, agreement, version).unwrap();
    let rest = foresee(&field, DIRECTOR, Waits::Everybody);
    assert_eq!((rest.signed, rest.lose.len()), (1, 2));
}

#[test]
fn a_manager_sees_their_own_people_and_hr_everybody() {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr], None);
    let (agreement, version) = required(&mut field, Waits::Nobody);
    sign(&mut field, ALICE, agreement, version).unwrap();
    let file = |field: &Field, me| {
        field.with_sources(me, |from| {
            let document = OpenDocument {
                tree: &field.trees[&DocumentId::COMPANY],
                conflicts: &Vec::new(),
                received_at: &|_| None,
            };
            let sheet = answer::sheet(agreement, ALICE, &document, from);
            (answer::open(agreement, &document, from).unwrap(), sheet)
        })
    };
    let (of_hr, _) = file(&field, HR);
    assert_eq!(of_hr.people.len(), 3);
    let (managed, sheet) = file(&field, EAST_MANAGER);
    assert!(managed.people.iter().any(|it| it.person == ALICE));
    assert!(managed.people.iter().all(|it| it.person != CAROL));
    assert_eq!(sheet.unwrap().signatures.len(), 1);
    let (hers, sheet) = file(&field, ALICE);
    assert!(hers.people.is_empty());
    assert_eq!(hers.shown, Some(version));
    assert!(sheet.is_some());
    let (_, sheet) = file(&field, CAROL);
    assert!(sheet.is_none(), "a colleague's sheet");
}

#[test]
fn whoever_comes_back_still_has_to_sign() {
    let mut field = Field::new();
    let (agreement, _) = required(&mut field, Waits::Everybody);
    field.set_status(ALICE, PersonStatus::Suspended);
    assert_eq!(stands(&field, ALICE, agreement), Standing::NotAsked);
    field.set_status(ALICE, PersonStatus::Active);
    assert!(waits(ALICE, &field.facts));
}

#[test]
fn an_edit_to_what_was_published_is_seen() {
    let mut field = Field::new();
    let (agreement, version) = required(&mut field, Waits::Everybody);
    let tree = field.trees[&DocumentId::COMPANY].clone();
    let key = agreement.to_string();
    let (place, _) = tree
        .entries(&["agreements", &key, "versions"])
        .next()
        .unwrap();
    let steps = ["agreements", &key, "versions", place, "zh_text"];
    field.write(&Edit::put(DocumentId::COMPANY, &steps, "一切归我"));
    let known = stored(&field, agreement);
    assert!(known.version(version).is_none(), "it is another text now");
    let refused = sign(&mut field, ALICE, agreement, version);
    assert_eq!(refused, Err(CommandError::NotFound));
}

#[test]
fn the_starter_texts_are_agreements() {
    let zh = include_str!("../../../public/agreements/zh.txt");
    let en = include_str!("../../../public/agreements/en.txt");
    let drafts = written::read(zh, en);
    let kinds: Vec<_> = drafts.iter().map(|draft| draft.kind).collect();
    assert_eq!(kinds, [Kind::Cooperation, Kind::Confidentiality]);
    let mut field = Field::new();
    for draft in drafts {
        assert!(draft.zh.text.chars().count() > 500 && draft.en.text.len() > 1_500);
        assert!(!draft.zh.text.contains('#') && !draft.en.text.contains('#'));
        run(&mut field, DIRECTOR, AgreementCommand::Add(draft)).unwrap();
    }
}

proptest! {
    /// Whatever is moved from one field to the next makes another text.
    #[test]
    fn no_two_texts_have_one_digest(
        a in "[ab]{0,3}", b in "[ab]{0,3}", c in "[ab]{0,3}", d in "[ab]{0,3}",
        e in "[ab]{0,3}", f in "[ab]{0,3}", g in "[ab]{0,3}", h in "[ab]{0,3}",
    ) {
        let wording = |title: &str, text: &str| Wording { title: title.to_owned(), text: text.to_owned() };
        let of = |a, b, c, d| digest(AgreementId(id(1)), 1, &wording(a, b), &wording(c, d));
        prop_assert_eq!(of(&a, &b, &c, &d) == of(&e, &f, &g, &h), (a, b, c, d) == (e, f, g, h));
    }

    /// The gate depends on terms and signatures alone, and a signature never closes it.
    #[test]
    fn a_signature_never_closes_a_door(waits_for in 0u8..3, late in 0i64..40, signs: bool) {
        let mut field = Field::new();
        let client = DocumentId::from(field.create(ALICE, named("龙井茶庄")));
        let waits_for = [Waits::Nobody, Waits::Newcomers, Waits::Everybody][usize::from(waits_for)];
        let (agreement, version) = required(&mut field, waits_for);
        field.now = field.now.plus_millis(late * DAY);
        if signs {
            sign(&mut field, ALICE, agreement, version).unwrap();
        }
        prop_assert_eq!(may_read(ALICE, client, &field.facts), signs || waits_for != Waits::Everybody);
        let binding = waits_for != Waits::Nobody;
        prop_assert_eq!(is_held_back(ALICE, &field.facts, field.now), binding && !signs && late > 10);
        let kept = field.facts.requirements.values().all(|it: &Requirement| it.versions.len() == 1);
        prop_assert!(kept);
    }
}
