//! Who has signed what, and what is still to be signed.

use crate::agreements::decision::{RequiredVersion, Requirement, require, signed};
use crate::agreements::rights::may_countersign;
use crate::agreements::row::AgreementRow;
use crate::agreements::standing::{Standing, is_held_back, standing, waits, waits_for};
use crate::agreements::text::Agreement;
use crate::agreements::view::{
    AgreementFile, AgreementLine, AgreementsView, Count, Foreseen, Planned, SignatureLine,
    SignedLine, SignedSheet, Signer,
};
use crate::clients::open::OpenDocument;
use crate::command::RecordRef;
use crate::document::DocumentId;
use crate::id::{AgreementId, PersonId};
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;
use crate::search;
use crate::time::Day;
use crate::training::decision::may_run;

pub(crate) fn view(person: Option<PersonId>, from: &Sources<'_>) -> AgreementsView {
    let person = person.unwrap_or(from.me);
    let rows = from.rows.agreements.of(DocumentId::COMPANY).iter();
    let (archived, shown): (Vec<_>, Vec<_>) = rows.partition(|row| row.archived);
    let runs = may_run(from.me, from.facts);
    let lines = |rows: Vec<&AgreementRow>| {
        // A draft is its writers' affair.
        let rows = rows
            .into_iter()
            .filter(|row| runs || !row.versions.is_empty());
        let mut lines: Vec<_> = rows.map(|row| line(row, person, from)).collect();
        sort_by(&mut lines, |one, other| {
            let order = |line: &AgreementLine| (urgency(line.standing), line.kind, line.id);
            order(one).cmp(&order(other))
        });
        lines
    };
    AgreementsView {
        lines: lines(shown),
        archived: if runs { lines(archived) } else { Vec::new() },
        waits: waits(person, from.facts),
        held_back: is_held_back(person, from.facts, from.now),
        may_run: runs,
    }
}

/// One opened, for reading and signing, and for those who run it.
#[must_use]
pub fn open(
    agreement: AgreementId,
    document: &OpenDocument<'_>,
    from: &Sources<'_>,
) -> Option<AgreementFile> {
    let agreement = Agreement::find(agreement, document.tree)?;
    let id = agreement.id;
    let requirement = from.facts.requirements.get(&id);
    let standing = standing(from.me, id, from.facts, from.now);
    let signatures = signatures(from.me, id, from);
    let current = requirement.and_then(Requirement::current);
    let current = current.map(|it| it.digest);
    let last = agreement.versions.last().map(|it| it.digest);
    let signed_last = signatures.last().map(|line| line.signature.version);
    let shown = match standing {
        Standing::Due(_) | Standing::Overdue(_) => current,
        Standing::Signed | Standing::NotAsked => signed_last.or(current).or(last),
    };
    let countersigns = may_countersign(from.me, from.facts);
    let mut people: Vec<_> = answered_for(from)
        .map(|person| signer(person, id, countersigns, from))
        .filter(|it| it.standing != Standing::NotAsked || it.signed.is_some())
        .collect();
    sort_by(&mut people, |one, other| {
        let key = |it: &Signer| (urgency(it.standing), search::sort_key(&it.name), it.person);
        key(one).cmp(&key(other))
    });
    let runs = may_run(from.me, from.facts);
    if !runs && agreement.versions.is_empty() {
        return None;
    }
    Some(AgreementFile {
        shown,
        standing,
        signatures,
        waits: waits_for(from.me, id, from.facts),
        people,
        may_run: runs,
        may_countersign: countersigns,
        mark: from.marks.mark(RecordRef::Agreement(id)),
        requirement: requirement.cloned(),
        agreement,
    })
}

/// What one person has signed, with the text above it. `None` for whoever does not answer for them.
#[must_use]
pub fn sheet(
    agreement: AgreementId,
    person: PersonId,
    document: &OpenDocument<'_>,
    from: &Sources<'_>,
) -> Option<SignedSheet> {
    let agreement = Agreement::find(agreement, document.tree)?;
    let may = person == from.me || answered_for(from).any(|it| it == person);
    may.then(|| SignedSheet {
        name: from.name_of(person),
        code: person.code(),
        signatures: signatures(person, agreement.id, from),
        may_countersign: person != from.me && may_countersign(from.me, from.facts),
        person,
        agreement,
    })
}

/// Whom it would touch if it were asked now.
pub(crate) fn foresee(planned: &Planned, from: &Sources<'_>) -> Foreseen {
    let Planned {
        agreement,
        version,
        terms,
    } = planned;
    let asked = RequiredVersion {
        digest: *version,
        number: 0,
        since: from.now,
    };
    let Ok(changes) = require(*agreement, asked, terms, from.me, from.facts) else {
        return Foreseen::default();
    };
    let mut then = from.facts.clone();
    changes.into_iter().for_each(|change| then.apply(change));
    let Some(requirement) = then.requirements.get(agreement) else {
        return Foreseen::default();
    };
    let people = from.facts.people.keys().copied();
    let asked = people.filter(|person| {
        let known = then.active(*person);
        known.is_some_and(|known| requirement.is_of(known))
    });
    let mut foreseen = Foreseen::default();
    for person in asked {
        match standing(person, *agreement, &then, from.now) {
            Standing::Signed => foreseen.signed += 1,
            _ => foreseen.to_sign.push(from.name_of(person)),
        }
        if waits(person, &then) && !waits(person, from.facts) {
            foreseen.lose.push(from.name_of(person));
        }
    }
    for names in [&mut foreseen.to_sign, &mut foreseen.lose] {
        sort_by(names, |one, other| {
            search::sort_key(one).cmp(&search::sort_key(other))
        });
    }
    foreseen
}

/// Asked of the reader and not signed, the most urgent first.
pub(crate) fn to_sign(from: &Sources<'_>) -> Vec<AgreementLine> {
    let rows = from.rows.agreements.of(DocumentId::COMPANY).iter();
    let rows = rows.filter(|row| {
        let standing = standing(from.me, row.id, from.facts, from.now);
        matches!(standing, Standing::Due(_) | Standing::Overdue(_))
    });
    let mut lines: Vec<_> = rows.map(|row| line(row, from.me, from)).collect();
    sort_by(&mut lines, |one, other| {
        (urgency(one.standing), one.id).cmp(&(urgency(other.standing), other.id))
    });
    lines
}

/// Signed by others, and waiting for the reader to sign for the company.
pub(crate) fn to_countersign(from: &Sources<'_>) -> Vec<AgreementLine> {
    if from.facts.signatures.is_empty() || !may_countersign(from.me, from.facts) {
        return Vec::new();
    }
    let rows = from.rows.agreements.of(DocumentId::COMPANY).iter();
    let lines = rows.map(|row| line(row, from.me, from));
    lines.filter(|line| line.count.to_countersign > 0).collect()
}

fn line(row: &AgreementRow, person: PersonId, from: &Sources<'_>) -> AgreementLine {
    let requirement = from.facts.requirements.get(&row.id);
    let asked = requirement.and_then(Requirement::current);
    let mut versions = row.versions.iter().rev();
    let version = match asked {
        Some(asked) => versions.find(|it| it.digest == asked.digest),
        None => versions.next(),
    };
    let number = version.map(|it| it.number).or(asked.map(|it| it.number));
    let signature = signed(person, row.id, from.facts).last();
    AgreementLine {
        id: row.id,
        kind: row.kind,
        titles: version.map_or_else(|| row.titles.clone(), |it| it.titles.clone()),
        number: number.unwrap_or_default(),
        standing: standing(person, row.id, from.facts, from.now),
        signed: signature.map(|it| SignedLine {
            number: it.number,
            on: it.received_at,
            countersigned: it.countersigned.is_some(),
        }),
        provisional: signatures(person, row.id, from)
            .iter()
            .any(|it| it.provisional),
        count: count(row.id, from),
    }
}

fn count(agreement: AgreementId, from: &Sources<'_>) -> Count {
    let mut count = Count::default();
    for person in answered_for(from) {
        let standing = standing(person, agreement, from.facts, from.now);
        count.asked += u32::from(standing != Standing::NotAsked);
        count.signed += u32::from(standing == Standing::Signed);
        count.overdue += u32::from(matches!(standing, Standing::Overdue(_)));
        let last = signed(person, agreement, from.facts).last();
        let open = last.is_some_and(|it| it.countersigned.is_none());
        count.to_countersign += u32::from(open);
    }
    count
}

fn signer(
    person: PersonId,
    agreement: AgreementId,
    countersigns: bool,
    from: &Sources<'_>,
) -> Signer {
    let team = from.facts.people.get(&person).and_then(|known| known.team);
    let team = team.and_then(|team| from.facts.teams.get(&team));
    let signed = signatures(person, agreement, from).pop();
    let open = signed
        .as_ref()
        .is_some_and(|it| it.signature.countersigned.is_none());
    Signer {
        person,
        name: from.name_of(person),
        team_name: team.map(|team| team.name.clone()).unwrap_or_default(),
        standing: standing(person, agreement, from.facts, from.now),
        waits: waits_for(person, agreement, from.facts),
        to_countersign: countersigns && open,
        may_remind: policy::may_write(from.me, person.into(), from.facts),
        signed,
    }
}

fn signatures(person: PersonId, agreement: AgreementId, from: &Sources<'_>) -> Vec<SignatureLine> {
    let settled = signed(person, agreement, from.settled);
    let all = signed(person, agreement, from.facts).iter();
    all.map(|signature| SignatureLine {
        provisional: !settled.contains(signature),
        signature: signature.clone(),
    })
    .collect()
}

/// Their own people; those who say what is required answer for everybody.
fn answered_for<'a>(from: &Sources<'a>) -> impl Iterator<Item = PersonId> + use<'a> {
    let (me, facts) = (from.me, from.facts);
    let runs = may_run(me, facts);
    let active = facts.people.keys().copied();
    active.filter(move |person| {
        *person != me
            && facts.active(*person).is_some()
            && (runs || policy::holds(*person, me, facts))
    })
}

fn urgency(standing: Standing) -> (u8, Option<Day>) {
    match standing {
        Standing::Overdue(day) => (0, Some(day)),
        Standing::Due(day) => (1, Some(day)),
        Standing::Signed => (2, None),
        Standing::NotAsked => (3, None),
    }
}
