//! What a start shows before it has read its rows is what it says once it has.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::list::ClientList;
use caravan_domain::command::Command;
use caravan_domain::query::{Answer, Query};
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use crate::support::{Device, Relay, create, reboot_as, run};

/// From the evening, when these tests begin, to the next day; so long it stays unlocked.
const NIGHT: i64 = 3 * 3_600_000;
const OPEN_MINUTES: u32 = 240;

fn list() -> Ask {
    Ask::Rows(Query::Clients(ClientList::first_page()))
}

/// Of the clients that a greeting shows; `None` when it shows no list.
fn names(greeting: &[(Ask, Told)]) -> Option<Vec<&str>> {
    let (_, told) = greeting.iter().find(|(ask, _)| *ask == list())?;
    let Told::Rows(Answer::Clients(page)) = told else {
        panic!("{told:?}");
    };
    Some(page.lines.iter().map(|line| &*line.name).collect())
}

fn restarted(device: &Device) -> (Device, Vec<(Ask, Told)>) {
    reboot_as(device, device.platform().clone())
}

fn with_a_glimpse() -> Device {
    let device = Relay::new().found();
    create(&device, "张三商贸");
    block_on(device.lock_after(OPEN_MINUTES));
    block_on(device.keep_glimpse()).unwrap();
    device
}

#[test]
fn a_start_shows_what_it_says_once_everything_is_read() {
    let (device, greeting) = restarted(&with_a_glimpse());
    assert_eq!(names(&greeting).unwrap(), ["张三商贸"]);
    assert_eq!(greeting.len(), 3);
    for (ask, told) in greeting {
        assert_eq!(block_on(device.answer(&ask)).unwrap(), told, "{ask:?}");
    }
}

#[test]
fn a_change_takes_it_away_until_things_are_quiet_again() {
    let device = with_a_glimpse();
    let client = create(&device, "李四超市");
    let (device, greeting) = restarted(&device);
    assert_eq!(names(&greeting), None);
    assert_eq!(greeting.len(), 1);

    block_on(device.keep_glimpse()).unwrap();
    let (device, greeting) = restarted(&device);
    assert_eq!(names(&greeting).unwrap(), ["李四超市", "张三商贸"]);

    run(&device, Command::Client(ClientCommand::Archive(client))).unwrap();
    assert_eq!(names(&restarted(&device).1), None);
}

#[test]
fn another_day_or_another_build_has_to_read_first() {
    let device = with_a_glimpse();
    let tomorrow = device.platform().clone();
    tomorrow.wait(NIGHT);
    let updated = device.platform().clone().updated();
    for pocket in [tomorrow, updated] {
        let (device, greeting) = reboot_as(&device, pocket);
        assert_eq!(names(&greeting), None);
        block_on(device.keep_glimpse()).unwrap();
        assert_eq!(names(&restarted(&device).1).unwrap(), ["张三商贸"]);
    }
}

/// As when a clock is set right: nothing of the day before comes back once something has changed.
#[test]
fn one_that_cannot_be_shown_goes_with_the_next_change_too() {
    let device = with_a_glimpse();
    let today = device.platform().clone();
    let tomorrow = today.clone();
    tomorrow.wait(NIGHT);
    let (device, _) = reboot_as(&device, tomorrow);
    create(&device, "李四超市");
    assert_eq!(names(&reboot_as(&device, today).1), None);
}

#[test]
fn a_locked_device_shows_nothing_of_it() {
    let device = with_a_glimpse();
    block_on(device.lock()).unwrap();
    let (_, greeting) = restarted(&device);
    assert!(matches!(&*greeting, [(Ask::Session, Told::Session(_))]));
}
