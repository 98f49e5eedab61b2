//! Money that goes back, on the command line.

use vayla_domain::money::EURO;

use super::program::run;
use crate::{Till, Town, aino, fakes::Faults, harness::folder::Folder};

on_both_engines! {
    a_part_of_a_price_and_a_deposit_go_back,
}

const WHY: [&str; 4] = ["--reason-sv", "Isen var mjuk.", "--reason-fi", "Jää oli pehmeää."];

async fn a_part_of_a_price_and_a_deposit_go_back(town: &Town) {
    town.list_deposit().await;
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let folder = Folder::make();
    let reference = booking.reference.as_str();
    let give = |command: &str, amount: &[&str]| {
        run(&town.database_url, folder.path(), &[&[command, reference], &WHY[..], amount].concat())
    };
    let said =
        |back: &str, left: &str| (Some(0), format!("{reference}: {back} goes back\n{reference}: {left}\n"));
    assert_eq!(give("refund", &["--amount", "125.01"]), (Some(2), String::new()));
    assert_eq!(give("refund", &["--amount", "20.00"]), said("20.00 EUR", "105.00 EUR is left"));
    assert_eq!(give("refund", &[]), said("105.00 EUR", "0.00 EUR is left"));
    assert_eq!(give("refund", &[]), (Some(1), String::new()));
    assert_eq!(give("deposit", &["--amount", "12.50"]), said("12.50 EUR", "37.50 EUR is held"));
    assert_eq!(give("deposit", &["--amount", "37.51"]), (Some(2), String::new()));
    assert_eq!(give("deposit", &[]), said("37.50 EUR", "0.00 EUR is held"));
    assert_eq!(give("deposit", &[]), (Some(1), String::new()));
    let nobody = run(&town.database_url, folder.path(), &[&["refund", "HT-0000-000"], &WHY[..]].concat());
    assert_eq!(nobody, (Some(2), String::new()));
    let check = run(&town.database_url, folder.path(), &["ledger", "check"]);
    assert_eq!(check, (Some(0), "the books are right\n".to_owned()));
}

at_both_providers! {
    what_a_provider_does_not_give_back_is_seen_and_asked_for_again,
    what_a_provider_may_have_given_back_is_settled_by_staff,
}

struct Desk<'a> {
    till: &'a Till,
    folder: Folder,
}

impl Desk<'_> {
    fn run(&self, command: &[&str]) -> (Option<i32>, String) {
        let at = self.till.clock.now().to_rfc3339();
        run(&self.till.database_url, self.folder.path(), &[command, &["--clock", &at]].concat())
    }

    /// The columns of the only line.
    fn only(&self, command: &[&str]) -> Vec<String> {
        let (code, printed) = self.run(command);
        assert_eq!((code, printed.lines().count()), (Some(0), 1), "{command:?}: {printed}");
        printed.trim_end_matches('\n').split('\t').map(str::to_owned).collect()
    }
}

/// A booking of ice that is paid in euros, and cancelled while Paytrail has such a day.
async fn cancelled(till: &Till, faults: Faults) -> String {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    till.deliver().await;
    till.paytrail.set(faults);
    till.cancel(held.id).await;
    till.deliver().await;
    held.reference
}

async fn what_a_provider_does_not_give_back_is_seen_and_asked_for_again(till: &Till) {
    let reference = cancelled(till, Faults { refuses_refunds: 100, ..Faults::default() }).await;
    let desk = Desk { till, folder: Folder::make() };
    assert_eq!(desk.run(&["outbox", "list"]), (Some(0), String::new()), "it is tried by itself");
    for _ in 0..12 {
        till.after_minutes(90).await;
    }
    let refund = desk.only(&["refunds", "list"]);
    assert_eq!(refund[1..7], [&reference, "tornio", "paytrail", "125.00", "EUR", "cancelled"]);
    assert!(refund[8] == "failed" && refund[9].contains("422"), "{refund:?}");
    let message = desk.only(&["outbox", "list"]);
    assert_eq!(message[1], "repay");
    assert_eq!(desk.run(&["refunds", "done", &refund[0]]).0, Some(1), "what becomes of it is known");
    till.paytrail.set(Faults::default());
    assert_eq!(
        desk.only(&["refunds", "retry", &refund[0]]),
        [format!("{}: the provider is asked again", refund[0])]
    );
    assert_eq!(desk.run(&["refunds", "retry", &refund[0]]).0, Some(1), "it is being asked");
    till.after_minutes(1).await;
    assert_eq!(desk.run(&["refunds", "list"]), (Some(0), String::new()));
    assert_eq!(desk.only(&["refunds", "list", "--state", "done"])[0], refund[0]);
    // The question that came to nothing finds that it is done.
    assert_eq!(desk.only(&["outbox", "retry", &message[0]]), [format!("{}: it is tried again", message[0])]);
    assert_eq!(desk.run(&["outbox", "retry", &message[0]]).0, Some(1));
    till.after_minutes(1).await;
    assert_eq!(till.paytrail.refunds().len(), 1);
    assert_eq!(desk.run(&["outbox", "list"]), (Some(0), String::new()));
    assert_eq!(desk.run(&["refunds", "list", "--state", "lost"]).0, Some(2));
}

async fn what_a_provider_may_have_given_back_is_settled_by_staff(till: &Till) {
    cancelled(till, Faults { loses_answers: true, ..Faults::default() }).await;
    let desk = Desk { till, folder: Folder::make() };
    till.paytrail.set(Faults::default());
    let refund = desk.only(&["refunds", "list"]);
    assert_eq!(desk.only(&["refunds", "list", "--state", "unknown"]), refund);
    assert_eq!(desk.only(&["refunds", "done", &refund[0]]), [format!("{}: it has gone back", refund[0])]);
    assert_eq!(desk.run(&["refunds", "done", &refund[0]]).0, Some(1), "once");
    assert_eq!(desk.only(&["refunds", "list", "--state", "done"])[8], "done");
}
