//! What a start shows before it has read its rows is what it says once it has.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::list::ClientPage;
use caravan_domain::command::Command;
use caravan_port::ask::{Ask, Sent};
use caravan_port::codec;
use caravan_port::message::Greeting;
use futures_executor::block_on;

use crate::support::{Device, Relay, create, reboot_as, run};

/// From the evening, when these tests begin, to the next day; so long it stays unlocked.
const NIGHT: i64 = 3 * 3_600_000;
const OPEN_MINUTES: u32 = 240;

/// The answers that a greeting shows.
fn first(greeting: &Greeting) -> Vec<Sent> {
    codec::read(&greeting.first).unwrap_or_default()
}

/// Of the clients that it shows; `None` when it shows nothing.
fn names(greeting: &Greeting) -> Option<Vec<String>> {
    let [_, clients] = first(greeting).try_into().ok()?;
    let page: ClientPage = clients.read().unwrap();
    Some(page.lines.into_iter().map(|line| line.name).collect())
}

fn restarted(device: &Device) -> (Device, Greeting) {
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
    let said = first(&greeting);
    assert_eq!(said.len(), Ask::first().len());
    for (ask, told) in Ask::first().into_iter().zip(said) {
        let answer = block_on(device.answer(&ask)).unwrap();
        assert_eq!(Sent::of(&answer).unwrap(), told, "{ask:?}");
    }
}

#[test]
fn a_change_takes_it_away_until_things_are_quiet_again() {
    let device = with_a_glimpse();
    let client = create(&device, "李四超市");
    let (device, greeting) = restarted(&device);
    assert_eq!(names(&greeting), None);

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
    assert!(greeting.first.is_empty());
}
