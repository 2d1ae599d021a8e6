//! What an insider sends, and why it must be denied.

use anyhow::{Context, Result, ensure};
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Employment, PersonStatus};
use caravan_domain::id::{ClientId, DeviceId, InvitationId, PersonId};
use caravan_domain::people::decision::{Offer, PeopleDecision, PersonChange};
use caravan_domain::plan::Plan;
use caravan_domain::role::Role;
use caravan_domain::time::Instant;
use caravan_sync::envelope::{Envelope, Hash, Payload};
use caravan_sync::frame::{Quarantine, Rejection, Verdict};

use super::growth;
use super::office::{Office, SHARED, Written, given_away, said};
use crate::native::{Device, now};
use crate::soak::raw::{change, new_client, new_name};

/// Something that was sent and must not count.
pub(super) struct Tried {
    pub(super) name: &'static str,
    /// The device and its number.
    pub(super) number: (DeviceId, u64),
    pub(super) reason: Rejection,
    /// Whether it takes a place in the log.
    pub(super) keeps: bool,
    /// Not received before.
    pub(super) at: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Ann,
    Manager,
    Clerk,
}

/// Who tries what, and the reason it is denied for.
pub(super) type Try = (Who, &'static str, (DocumentId, Payload), Rejection);

pub(super) const DECISION: Rejection = Rejection::Decision(Refusal::NotAllowed);
const LOOKED_INTO: Rejection = Rejection::Quarantined(Quarantine::NotAllowed);
/// Clocks of one machine, a little apart.
const SLACK: i64 = -1000;

pub(super) async fn try_all(office: &mut Office) -> Result<Vec<Tried>> {
    let mut all = decisions(office);
    all.extend(growth::decisions(office));
    all.extend(changes(office)?);
    all.extend(rewritings(office)?);
    let mut tried = Vec::new();
    for (who, name, (document, payload), reason) in all {
        let device = device(office, who);
        let envelope = device.envelope(document, payload)?;
        tried.push(send(office, who, name, envelope, reason).await?);
    }
    tried.push(in_bobs_name(office).await?);
    Ok(tried)
}

fn device(office: &mut Office, who: Who) -> &mut Device {
    match who {
        Who::Ann => &mut office.ann,
        Who::Manager => &mut office.manager,
        Who::Clerk => &mut office.clerk,
    }
}

async fn send(
    office: &mut Office,
    who: Who,
    name: &'static str,
    envelope: Envelope,
    reason: Rejection,
) -> Result<Tried> {
    let asking = device(office, who).clone();
    let forbidden = office.forbidden(&asking);
    let sender = device(office, who);
    let number = (envelope.device, envelope.sequence);
    let at = now().plus_millis(SLACK);
    let reply = sender.exchange(vec![envelope]).await?;
    let verdict = &reply.receipts.first().context("one was pushed")?.verdict;
    let denied = match verdict {
        Verdict::Refused { reason: given, .. } => *given == reason,
        // Denied once it was looked into, before anybody gets it.
        Verdict::Received { .. } => reason == LOOKED_INTO,
        Verdict::OutOfOrder { .. } | Verdict::Waits => false,
    };
    ensure!(denied, "{name}: {verdict:?}");
    let leaked = given_away(&reply, &forbidden);
    ensure!(leaked.is_none(), "{name} brought {leaked:?}");
    Ok(Tried {
        name,
        number,
        reason,
        keeps: reason != Rejection::WrongActor,
        at,
    })
}

/// Orders that are not theirs to give.
fn decisions(office: &Office) -> Vec<Try> {
    let people = |decision| Decision::People(decision);
    let person = |person, change| people(PeopleDecision::ChangePerson { person, change });
    let assign = |written: &Written, owner: PersonId| {
        let clients = vec![ClientId(written.document.id)];
        Decision::Ownership(OwnershipDecision::Assign { clients, owner })
    };
    let share = |written: &Written, with: PersonId| {
        let client = ClientId(written.document.id);
        Decision::Ownership(OwnershipDecision::Share { client, with })
    };
    let (ann, bob, cao) = (office.ann.person, office.bob.person, office.cao.person);
    let (manager, clerk) = (office.manager.person, office.clerk.person);
    let all = |roles: &[Role]| PersonChange::Roles(roles.iter().copied().collect());
    let invite = people(PeopleDecision::Invite {
        invitation: InvitationId(new_client().id),
        offer: Offer {
            name: "Me again".into(),
            roles: [Role::Director].into(),
            team: None,
            employment: Employment::FullTime,
            token_hash: Hash::of(&office.dice.bytes::<16>()).0,
            expires_at: now().plus_millis(60_000),
        },
    });
    let rename = people(PeopleDecision::RenameWorkspace {
        name: "Mine".into(),
    });
    let close = people(PeopleDecision::DefineTeam {
        team: office.east,
        name: "Mine".into(),
        closed: true,
    });
    let revoke = people(PeopleDecision::RevokeDevice {
        device: office.bob.id,
    });
    let own_role = all(&[Role::AccountManager, Role::Director]);
    let suspend = PersonChange::Status(PersonStatus::Suspended);
    let leave = PersonChange::Team(None);
    let plan = || Decision::ChangePlan(Plan::default());
    use Who::{Ann, Clerk, Manager};
    let tries = [
        (Ann, "makes herself a director", person(ann, own_role)),
        (
            Ann,
            "makes herself an administrator",
            person(ann, all(&[Role::Administrator])),
        ),
        (Ann, "leaves her team", person(ann, leave.clone())),
        (
            Ann,
            "takes a colleague's role",
            person(bob, all(&[Role::Hr])),
        ),
        (
            Ann,
            "suspends her manager",
            person(manager, suspend.clone()),
        ),
        (
            Ann,
            "renames a colleague",
            person(bob, PersonChange::Name("Bo".into())),
        ),
        (Ann, "invites a director", invite),
        (Ann, "revokes a colleague's device", revoke),
        (Ann, "renames the workspace", rename),
        (Ann, "closes her team", close),
        (Ann, "changes the plan", plan()),
        (
            Ann,
            "gives herself a colleague's client",
            assign(&office.bobs, ann),
        ),
        (
            Ann,
            "gives herself another team's client",
            assign(&office.caos, ann),
        ),
        (
            Ann,
            "shares a colleague's client with herself",
            share(&office.bobs, ann),
        ),
        (
            Ann,
            "shares another team's client with herself",
            share(&office.caos, ann),
        ),
        (
            Manager,
            "makes himself a director",
            person(manager, all(&[Role::Director])),
        ),
        (
            Manager,
            "takes over another team's client",
            assign(&office.caos, manager),
        ),
        (
            Manager,
            "gives a client to another team",
            assign(&office.bobs, cao),
        ),
        (
            Manager,
            "shares another team's client with himself",
            share(&office.caos, manager),
        ),
        (
            Manager,
            "suspends somebody of another team",
            person(cao, suspend),
        ),
        (Manager, "changes the plan, too", plan()),
        (Clerk, "gives herself a client", assign(&office.bobs, clerk)),
        (
            Clerk,
            "shares a client with herself",
            share(&office.bobs, clerk),
        ),
    ];
    let payload = |decision| (DocumentId::WORKSPACE, Payload::of_decision(&decision));
    tries
        .into_iter()
        .map(|(who, name, decision)| (who, name, payload(decision), DECISION))
        .collect()
}

/// Documents that are not theirs to write in.
fn changes(office: &Office) -> Result<Vec<Try>> {
    let named = |device: &Device, written: &Written| {
        let document = written.document;
        let edit = Edit::put(document, &["profile", "name"], "Mine");
        let payload = change(device.id, document, &written.chunks, &[edit])?;
        anyhow::Ok((document, payload))
    };
    let tasked = |device: &Device, person: PersonId| {
        let document = DocumentId::from(person);
        let task = new_client().id.to_string();
        let edit = Edit::put(document, &["tasks", &task, "title"], "Do my work");
        anyhow::Ok((document, change(device.id, document, &[], &[edit])?))
    };
    let told = |device: &Device, written: &Written| {
        let document = written.document;
        let entry = new_client().id.to_string();
        let edit = Edit::put(document, &["interactions", &entry], said(device, "x"));
        let payload = change(device.id, document, &written.chunks, &[edit])?;
        anyhow::Ok((document, payload))
    };
    let fresh = |device: &Device| {
        let document = new_client();
        anyhow::Ok((document, new_name(&office.dice, device.id, document)?))
    };
    let (ann, manager, clerk) = (&office.ann, &office.manager, &office.clerk);
    let (bob, cao) = (office.bob.person, office.cao.person);
    let order = Decision::People(PeopleDecision::RenameWorkspace {
        name: "Mine".into(),
    });
    let (_, at_workspace) = fresh(ann)?;
    let not = Rejection::NotAllowed;
    use Who::{Ann, Clerk, Manager};
    Ok(vec![
        (
            Ann,
            "edits a colleague's client",
            named(ann, &office.bobs)?,
            not,
        ),
        (
            Ann,
            "edits another team's client",
            named(ann, &office.caos)?,
            not,
        ),
        (
            Ann,
            "adds to a colleague's timeline",
            told(ann, &office.bobs)?,
            not,
        ),
        (Ann, "edits a colleague's tasks", tasked(ann, bob)?, not),
        (Ann, "edits another team's tasks", tasked(ann, cao)?, not),
        (
            Ann,
            "writes in the workspace itself",
            (DocumentId::WORKSPACE, at_workspace),
            not,
        ),
        (
            Ann,
            "hides an order in a client",
            (office.bobs.document, Payload::of_decision(&order)),
            Rejection::Malformed,
        ),
        (
            Manager,
            "edits another team's client",
            named(manager, &office.caos)?,
            not,
        ),
        (
            Manager,
            "adds to another team's timeline",
            told(manager, &office.caos)?,
            not,
        ),
        (
            Manager,
            "edits another team's tasks",
            tasked(manager, cao)?,
            not,
        ),
        (Clerk, "writes a client down", fresh(clerk)?, not),
        (Clerk, "edits a client", named(clerk, &office.bobs)?, not),
        (Clerk, "adds to a timeline", told(clerk, &office.bobs)?, not),
        (Clerk, "edits somebody's tasks", tasked(clerk, bob)?, not),
    ])
}

/// In clients that Ann may write in, what nobody may.
fn rewritings(office: &Office) -> Result<Vec<Try>> {
    let shared: [&Written; SHARED] = office
        .shared
        .iter()
        .collect::<Vec<_>>()
        .try_into()
        .ok()
        .context("Bob has shared some clients")?;
    let [one, two, three, four, five] = shared;
    let entry = |written: &Written| written.interaction.to_string();
    let ann = &office.ann;
    let edited = |written: &Written, edit: Edit| {
        let payload = change(ann.id, written.document, &written.chunks, &[edit])?;
        anyhow::Ok((written.document, payload))
    };
    let rewrite = Edit::put(
        one.document,
        &["interactions", &entry(one), "text"],
        "never said",
    );
    let replace = Edit::put(
        two.document,
        &["interactions", &entry(two)],
        said(ann, "never said"),
    );
    let erase = Edit::delete(three.document, &["interactions", &entry(three)]);
    let claim = Edit::put(
        four.document,
        &["profile", "created_by"],
        ann.person.to_string().as_str(),
    );
    let new = new_client().id.to_string();
    let forge = Edit::put(
        five.document,
        &["interactions", &new],
        said(&office.bob, "he promised"),
    );
    let by = |name, tried| (Who::Ann, name, tried, LOOKED_INTO);
    Ok(vec![
        by("rewrites the timeline", edited(one, rewrite)?),
        by("replaces an entry of the timeline", edited(two, replace)?),
        by("erases an entry of the timeline", edited(three, erase)?),
        by("claims to have written a client down", edited(four, claim)?),
        by(
            "adds to the timeline in another's name",
            edited(five, forge)?,
        ),
    ])
}

/// Bob's own envelope, once more, by Ann.
async fn in_bobs_name(office: &mut Office) -> Result<Tried> {
    let envelope = office.bobs.envelope.clone();
    let name = "replays a colleague's envelope";
    let mut tried = send(office, Who::Ann, name, envelope, Rejection::WrongActor).await?;
    // Under this number stands Bob's, which counts.
    tried.number = (office.ann.id, u64::MAX);
    Ok(tried)
}
