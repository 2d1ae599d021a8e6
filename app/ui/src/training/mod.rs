//! Training (R29–R33): what is to be learned, the course with its lessons and quiz, and writing courses.

mod course;
mod form;
mod lesson;
mod list;
mod parts;
mod people;
mod quiz;
mod row;
mod rule;
mod starter;
mod words;

use caravan_domain::id::{CourseId, Id};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::IntoAnyNestedRoute, components::Route, params::ParamsMap, path,
};

use crate::module::{Chrome, Link, Module, Place, none};
pub(crate) use form::{Elsewhere, use_error_of};
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
);

pub(crate) const MODULE: Module = Module {
    paths: &["training"],
    place: Place::Work,
    chrome: Chrome::Full,
    routes: || {
        routes! {
            "/training" => TrainingPage,
            "/training/new" => NewCoursePage,
            "/training/:course" => CoursePage,
            "/training/:course/edit" => EditCoursePage,
            "/training/:course/rule" => RulePage,
            "/training/:course/quiz" => QuizPage,
            "/training/:course/lessons/new" => LessonFormPage,
            "/training/:course/lessons/:lesson" => LessonPage,
            "/training/:course/lessons/:lesson/edit" => LessonFormPage,
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
