//! Answers about surveys, from facts.

use crate::document::DocumentId;
use crate::id::{ClientId, PersonId, ReplyId};
use crate::order::{gathered, sort_by};
use crate::policy;
use crate::query::Sources;
use crate::reviews::rights::is_reviewed;
use crate::surveys::decision::{SurveyStanding, SurveyState};
use crate::surveys::list::{
    ClientSurveys, FeedbackFilter, FeedbackLine, FeedbackList, FeedbackPage, SurveyLine,
    SurveyStage,
};
use crate::surveys::record::{SurveyDigest, SurveyReply};
use crate::surveys::rights::{may_issue, may_see_to, may_withdraw};

/// Replies that Today shows.
const SHOWN_TODAY: usize = 20;

pub(crate) fn of_client(client: ClientId, from: &Sources<'_>) -> ClientSurveys {
    let facts = from.facts;
    let grant = facts.grants.get(&client.into());
    let looking_after = match grant {
        Some(grant) => gathered([grant.owner].into_iter().chain(grant.shared_with.clone())),
        None => vec![from.me],
    };
    let about = looking_after
        .into_iter()
        .filter(|person| may_issue(from.me, client, *person, facts));
    let mut lines: Vec<_> = facts
        .surveys_of(client)
        .map(|(survey, standing)| SurveyLine {
            survey,
            about_name: from.name_of(standing.about),
            by_name: from.name_of(standing.by),
            at: standing.at,
            expires_at: standing.expires_at,
            stage: stage(standing, from),
            provisional: from.settled.surveys.get(&(client, survey)) != Some(standing),
            may_withdraw: standing.is_open(from.now) && may_withdraw(from.me, standing, facts),
        })
        .collect();
    sort_by(&mut lines, |one, other| {
        (other.at, other.survey).cmp(&(one.at, one.survey))
    });
    let row = from.rows.clients.get(&client);
    ClientSurveys {
        client_name: row.map(|row| row.name.clone()).unwrap_or_default(),
        about: from.names_of(about),
        lines,
    }
}

fn stage(standing: &SurveyStanding, from: &Sources<'_>) -> SurveyStage {
    match standing.state {
        SurveyState::Answered { at } => SurveyStage::Answered(at),
        SurveyState::Withdrawn { .. } => SurveyStage::Withdrawn,
        SurveyState::Open if standing.is_open(from.now) => SurveyStage::Waiting,
        SurveyState::Open => SurveyStage::Expired,
    }
}

/// `None` for a person about whom the asker may know nothing, or clients have nothing to say.
pub(crate) fn feedback(list: &FeedbackList, from: &Sources<'_>) -> Option<FeedbackPage> {
    let about = list.about;
    let may = policy::may_read(from.me, DocumentId::reviews(about), from.facts);
    let concerned =
        is_reviewed(about, from.facts) || from.facts.replies_about(about).next().is_some();
    if !(may && concerned) {
        return None;
    }
    let sees_replies = about != from.me;
    let replies: Vec<_> = gathered(from.facts.replies_about(about));
    let digest = match sees_replies {
        true => SurveyDigest::of(replies.iter().map(|(_, reply)| *reply)),
        false => from
            .facts
            .survey_digests
            .get(&about)
            .copied()
            .unwrap_or_default(),
    };
    let others = replies
        .iter()
        .filter(|(_, reply)| reply.counts() && reply.by != about);
    let by_others = u32::try_from(others.count()).unwrap_or(u32::MAX);
    let mut lines: Vec<_> = replies
        .into_iter()
        .map(|(id, reply)| line(about, id, reply, from))
        .filter(|line| match list.show {
            FeedbackFilter::All => true,
            FeedbackFilter::Low => line.satisfaction.is_low(),
            FeedbackFilter::WithWords => !line.words.is_empty(),
        })
        .collect();
    latest_first(&mut lines);
    sort_by(&mut lines, |one, other| {
        let is_first = |line: &FeedbackLine| list.first == Some(line.reply);
        is_first(other).cmp(&is_first(one))
    });
    let total = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    lines.truncate(list.limit as usize);
    Some(FeedbackPage {
        name: from.name_of(about),
        digest,
        by_others,
        sees_replies,
        total,
        lines,
    })
}

/// Low ones that nobody has seen to, about those for whom the asker answers.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<FeedbackLine> {
    let pressing = from.facts.survey_replies.iter();
    let mut lines: Vec<_> = pressing
        .filter(|(_, reply)| reply.is_pressing())
        .map(|((about, id), reply)| line(*about, *id, reply, from))
        .filter(|line| line.may_see_to)
        .collect();
    latest_first(&mut lines);
    lines.truncate(SHOWN_TODAY);
    lines
}

fn latest_first(lines: &mut Vec<FeedbackLine>) {
    sort_by(lines, |one, other| {
        (other.at, other.reply).cmp(&(one.at, one.reply))
    });
}

fn line(about: PersonId, id: ReplyId, reply: &SurveyReply, from: &Sources<'_>) -> FeedbackLine {
    let facts = from.facts;
    let row = from.rows.clients.get(&reply.client);
    let words = facts.survey_words.get(&(about, reply.client, id));
    let settled = from.settled.survey_replies.get(&(about, id));
    FeedbackLine {
        reply: id,
        about,
        about_name: from.name_of(about),
        client: reply.client,
        client_name: row.map(|row| row.name.clone()).unwrap_or_default(),
        at: reply.at,
        satisfaction: reply.satisfaction,
        points: reply.points,
        words: words.cloned().unwrap_or_default(),
        by_themself: reply.by == about,
        signed_in: reply.signed_in,
        noted: reply.noted.map(|noted| (from.name_of(noted.by), noted.at)),
        may_see_to: reply.noted.is_none() && may_see_to(from.me, about, facts),
        provisional: settled != Some(reply),
    }
}
