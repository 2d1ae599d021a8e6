use caravan_domain::command::RecordRef;

/// Where a record is opened.
pub(crate) fn path_of(record: RecordRef) -> String {
    match record {
        RecordRef::Client(client) => format!("/clients/{client}"),
        RecordRef::Visit(client, visit) => format!("/visits/{client}/{visit}"),
        RecordRef::Task(assignee, task) => format!("/tasks/{assignee}/{task}"),
        RecordRef::Course(course) => format!("/training/{course}"),
        RecordRef::Class(class) => format!("/training/classes/{class}"),
        RecordRef::Agreement(agreement) => format!("/agreements/{agreement}"),
        RecordRef::Round(round) => format!("/training/needs/{round}"),
        RecordRef::Order(client, order) => format!("/orders/{client}/{order}"),
        RecordRef::Person(person) => format!("/people/{person}"),
        RecordRef::Review(person, period) => format!("/reviews/{person}/{period}"),
        RecordRef::Goal(goal) => format!("/goals/{goal}"),
        RecordRef::Pay(person, _) => format!("/pay/{person}"),
        RecordRef::Post(..) => "/recognition".to_owned(),
        RecordRef::Reply(person, reply) => format!("/surveys/about/{person}?reply={reply}"),
    }
}
