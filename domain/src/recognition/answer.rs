//! Answers about recognition.

use crate::calendar::plus_days;
use crate::command::RecordRef;
use crate::document::DocumentId;
use crate::id::PersonId;
use crate::order::{gathered, sort_by};
use crate::policy;
use crate::query::Sources;
use crate::recognition::ideas::{ideas, stands};
use crate::recognition::kind::PostKind;
use crate::recognition::list::{
    PostLine, Recognisable, RecognitionForm, RecognitionList, RecognitionPage, RecognitionToday,
};
use crate::recognition::rights::{leads, may_post};
use crate::recognition::row::PostRow;

/// How long Today shows what was posted about others, in days.
const NEWS: i64 = 7;

pub(crate) fn page(asked: &RecognitionList, from: &Sources<'_>) -> RecognitionPage {
    let shown = |post: &&PostRow| stands(post) || may_withdraw(post, from);
    let posts: Vec<_> = posts(from).into_iter().filter(shown).collect();
    let about: std::collections::BTreeSet<_> = gathered(posts.iter().map(|post| post.person));
    let asked_for = posts.into_iter().filter(|post| match asked.person {
        Some(person) => post.person == person,
        None => true,
    });
    let asked_for: Vec<_> = asked_for.collect();
    RecognitionPage {
        total: u32::try_from(asked_for.len()).unwrap_or(u32::MAX),
        lines: asked_for
            .into_iter()
            .take(asked.limit as usize)
            .map(|post| line(post, from))
            .collect(),
        people: by_name(from.names_of(about)),
        may_post: recognisable(from).next().is_some(),
    }
}

pub(crate) fn form(from: &Sources<'_>) -> RecognitionForm {
    let mut people: Vec<_> = recognisable(from).collect();
    sort_by(&mut people, |one, other| {
        (&one.name, one.person).cmp(&(&other.name, other.person))
    });
    RecognitionForm {
        people,
        ideas: ideas(from),
    }
}

pub(crate) fn of_today(from: &Sources<'_>) -> RecognitionToday {
    let since = plus_days(from.now.day(), -NEWS);
    let standing: Vec<_> = posts(from)
        .into_iter()
        .filter(|post| stands(post))
        .collect();
    let unread = |post: &&&PostRow| post.person == from.me && !post.seen;
    let about_me = standing.iter().filter(unread);
    let mine = from.facts.active(from.me).and_then(|known| known.team);
    let mut others = standing.iter().filter(|post| {
        let of_team = mine.is_none_or(|team| team == post.team);
        of_team && post.person != from.me && post.by != from.me && post.at.day() >= since
    });
    RecognitionToday {
        about_me: about_me.map(|post| line(post, from)).collect(),
        latest: others.next().map(|post| line(post, from)),
    }
}

/// Of every team whose document the asker reads, the latest first.
fn posts<'a>(from: &Sources<'a>) -> Vec<&'a PostRow> {
    let readable = |team: &DocumentId| policy::may_read(from.me, *team, from.facts);
    let posts = from.rows.posts.iter();
    let posts = posts.filter(|(team, _)| readable(team));
    let mut posts: Vec<_> = posts.map(|(_, post)| post).collect();
    sort_by(&mut posts, |one: &&PostRow, other| {
        (other.at, other.id).cmp(&(one.at, one.id))
    });
    posts
}

fn may_withdraw(post: &PostRow, from: &Sources<'_>) -> bool {
    post.by == from.me || leads(from.me, post.team, from.facts)
}

fn line(post: &PostRow, from: &Sources<'_>) -> PostLine {
    let team = from.facts.teams.get(&post.team);
    let applauded = post.applause.contains(&from.me);
    let others = post.applause.iter().copied().filter(|who| *who != from.me);
    let others = by_name(from.names_of(others)).into_iter();
    let me = applauded.then(|| from.name_of(from.me));
    PostLine {
        name: from.name_of(post.person),
        by_name: from.name_of(post.by),
        team_name: team.map(|team| team.name.clone()).unwrap_or_default(),
        is_me: post.person == from.me,
        applause: me.into_iter().chain(others.map(|(_, name)| name)).collect(),
        applauded,
        may_withdraw: stands(post) && may_withdraw(post, from),
        withdrawn_by: post.withdrawn.as_ref().map(|it| from.name_of(it.by)),
        mark: from.marks.mark(RecordRef::Post(post.team, post.id)),
        post: post.clone(),
    }
}

fn by_name(mut people: Vec<(PersonId, String)>) -> Vec<(PersonId, String)> {
    sort_by(&mut people, |one, other| {
        (&one.1, one.0).cmp(&(&other.1, other.0))
    });
    people
}

fn recognisable(from: &Sources<'_>) -> impl Iterator<Item = Recognisable> {
    from.facts.people.keys().filter_map(|person| {
        let known = from.facts.active(*person)?;
        let team = known.team?;
        let may = |kind| may_post(from.me, *person, team, kind, from.facts);
        may(PostKind::Thanks).then(|| Recognisable {
            person: *person,
            name: known.name.clone(),
            any_kind: may(PostKind::Other),
        })
    })
}
