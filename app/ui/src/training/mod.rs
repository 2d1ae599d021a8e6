//! Training (R28–R33): what people would like to learn, what is to be learned, the course with its lessons and quiz, and
//! writing courses; classes, role plays and paths; and how far each person is.

mod classes;
mod course;
mod effect;
mod field_words;
mod form;
mod lesson;
mod library;
mod list;
mod members;
mod needs;
mod parts;
mod paths;
mod people;
mod person;
mod quiz;
mod require;
mod row;
mod rule;
mod sheets;
mod starter;
mod words;

use caravan_domain::id::{CourseId, Id};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::IntoAnyNestedRoute, components::Route, params::ParamsMap, path,
};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use classes::ClassRow;
pub(crate) use needs::RoundRow;
pub(crate) use row::CourseRow;
pub(crate) use rule::Number;

macro_rules! routes {
    ($($path:tt => $view:ident),* $(,)?) => {
        vec![$(
            view! { <Route path=path!($path) view=$view /> }
                .into_inner()
                .into_any_nested_route()
        ),*]
    };
}

screens!(manage;
    list::TrainingPage,
    form::NewCoursePage,
    course::CoursePage,
    form::EditCoursePage,
    rule::RulePage,
    quiz::QuizPage,
    parts::LessonFormPage,
    lesson::LessonPage,
    parts::QuestionFormPage,
    classes::ClassesPage,
    classes::ClassPage,
    classes::HoldClassPage,
    paths::PathsPage,
    paths::PathPage,
    paths::PathFormPage,
    person::PersonTrainingPage,
    require::RequirePage,
    sheets::SheetPage,
    sheets::ScorePage,
    library::LibraryPage,
    library::EntryPage,
    library::EntryFormPage,
    effect::EffectPage,
    needs::RoundsPage,
    needs::RoundFormPage,
    needs::RoundPage,
    needs::AnswerPage,
    needs::TeamPage,
    needs::PersonCellPage,
    needs::TeamCellPage,
);

pub(crate) const MODULE: Module = Module {
    paths: &["training"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        routes! {
            "/training" => TrainingPage,
            "/training/new" => NewCoursePage,
            "/training/classes" => ClassesPage,
            "/training/classes/:class" => ClassPage,
            "/training/paths" => PathsPage,
            "/training/paths/new" => PathFormPage,
            "/training/paths/:path" => PathPage,
            "/training/paths/:path/edit" => PathFormPage,
            "/training/library" => LibraryPage,
            "/training/library/new" => EntryFormPage,
            "/training/library/:entry" => EntryPage,
            "/training/library/:entry/edit" => EntryFormPage,
            "/training/needs" => RoundsPage,
            "/training/needs/new" => RoundFormPage,
            "/training/needs/:round" => RoundPage,
            "/training/needs/:round/answer" => AnswerPage,
            "/training/needs/:round/teams/:team" => TeamPage,
            "/training/needs/:round/teams/:team/:place" => TeamCellPage,
            "/training/needs/:round/people/:person/:place" => PersonCellPage,
            "/training/people/:person" => PersonTrainingPage,
            "/training/people/:person/require" => RequirePage,
            "/training/people/:person/score/:course/:lesson" => ScorePage,
            "/training/:course" => CoursePage,
            "/training/:course/edit" => EditCoursePage,
            "/training/:course/rule" => RulePage,
            "/training/:course/quiz" => QuizPage,
            "/training/:course/effect" => EffectPage,
            "/training/:course/lessons/new" => LessonFormPage,
            "/training/:course/lessons/:lesson" => LessonPage,
            "/training/:course/lessons/:lesson/edit" => LessonFormPage,
            "/training/:course/lessons/:lesson/hold" => HoldClassPage,
            "/training/:course/lessons/:lesson/sheet" => SheetPage,
            "/training/:course/questions/new" => QuestionFormPage,
            "/training/:course/questions/:question" => QuestionFormPage,
        }
    },
    links: || {
        vec![Link {
            label: tr!(training.title),
            icon: icons::LuGraduationCap,
            href: "/training",
        }]
    },
    actions: none,
    ahead: screens::ahead,
};

/// The course in the path; what cannot be read is nobody's.
fn course_of(params: &ParamsMap) -> CourseId {
    let id = params.get("course").unwrap_or_default();
    id.parse().unwrap_or(CourseId(Id::ZERO))
}
