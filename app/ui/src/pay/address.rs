//! People, periods and months in addresses.

use caravan_domain::{
    calendar::parse_day,
    id::{Id, PersonId},
    pay::period::PayPeriod,
    time::Day,
};
use leptos_router::params::ParamsMap;

/// What cannot be read is nobody's.
pub(super) fn person_of(params: &ParamsMap) -> PersonId {
    let person = params.get("person").unwrap_or_default();
    person.parse().unwrap_or(PersonId(Id::ZERO))
}

pub(super) fn statement_of(params: &ParamsMap) -> (PersonId, PayPeriod) {
    let day = |name: &str| parse_day(&params.get(name).unwrap_or_default()).unwrap_or(Day::MIN);
    let period = PayPeriod {
        from: day("from"),
        to: day("to"),
    };
    (person_of(params), period)
}

pub(super) fn path_of(person: PersonId, period: PayPeriod) -> String {
    format!("/pay/{person}/{}/{}", period.from, period.to)
}

pub(super) fn print_path_of(person: PersonId, period: PayPeriod) -> String {
    format!("/payslip/{person}/{}/{}", period.from, period.to)
}
