//! Charges on the command line.

use vayla_domain::money::EURO;

use super::program::run;
use crate::{Town, aino, harness::folder::Folder};

on_both_engines! {
    a_charge_is_made_and_taken_back,
}

async fn a_charge_is_made_and_taken_back(town: &Town) {
    let list = serde_json::json!({
        "dated_by": "booking",
        "prices": [{"groups": ["adult"], "unit": "hour", "price": {"EUR": "125.00"}}],
        "after_use": [{"kind": "overtime", "amount": {"per_quarter": {"EUR": "25.00"}}}]
    });
    town.price(&town.ice_in_tornio().space, &list).await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let folder = Folder::make();
    let say = |command: &[&str]| run(&town.database_url, folder.path(), command);
    let reference = booking.reference.as_str();
    let why = ["--reason-sv", "Ni gick 19:20.", "--reason-fi", "Lähditte 19.20."];
    let (why, later) = (&why[..], &["--clock", "2026-11-04T18:00:00Z"][..]);
    let charge = |more: &[&str]| say(&[&["charge", reference], more, why, later].concat());
    let line = |state: &str| format!("{reference}\t1\tovertime\t50.00\tEUR\t{state}\n");
    assert_eq!(charge(&["overtime", "--minutes", "20"]), (Some(0), line("open")));
    assert_eq!(charge(&["overtime"]), (Some(2), String::new()), "without its minutes");
    assert_eq!(charge(&["lost_key"]), (Some(2), String::new()), "the list has none");
    let credit = |number: &str| say(&[&["credit", reference, number], why, later].concat());
    assert_eq!(credit("2"), (Some(2), String::new()));
    assert_eq!(say(&["charges", reference]), (Some(0), line("open")));
    assert_eq!(credit("1"), (Some(0), line("taken_back")));
    assert_eq!(say(&["charges", reference]), (Some(0), line("taken_back")));
    assert_eq!(say(&["charges", "HT-0000-000"]), (Some(2), String::new()));
    assert_eq!(credit("1"), (Some(1), String::new()), "once");
    assert_eq!(say(&["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));
}
