//! The books and the rates on the command line.

use std::{fs, path::Path};

use serde_json::{Value, json};
use vayla_domain::money::EURO;

use super::program::{run, run_telling};
use crate::{Town, asa, rate::bank::FakeBank, sek};

on_both_engines! {
    the_books_are_shown_written_out_and_mapped,
    what_is_wrong_in_the_books_is_told_of_and_where,
    rates_are_fetched_where_it_is_said_from_where,
    rates_are_imported_from_a_file,
    a_settlement_is_looked_at_drawn_up_paid_and_shown,
    money_with_a_wrong_reference_pays_a_settlement,
    what_little_is_open_of_a_settlement_is_written_off,
}

/// A folder for what the program keeps beside its database.
struct Desk<'a> {
    town: &'a Town,
    folder: crate::harness::folder::Folder,
}

impl<'a> Desk<'a> {
    fn of(town: &'a Town) -> Self {
        Self { town, folder: crate::harness::folder::Folder::make() }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, command_line: &[&str]) -> (Option<i32>, String) {
        run(&self.town.database_url, self.folder(), command_line)
    }

    fn json(&self, command_line: &[&str]) -> Value {
        let (code, printed) = self.run(command_line);
        assert_eq!(code, Some(0), "{command_line:?}");
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
    }
}

async fn the_books_are_shown_written_out_and_mapped(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    town.book(&town.ice_in_haparanda(), asa(), EURO).await;
    let desk = Desk::of(town);
    let balance = desk.json(&["ledger", "balance", "--at", "2026-10-30T18:00:00+01:00"]);
    assert_eq!(balance["at"], "2026-10-30T17:00:00Z");
    let token = town.finance_token(None).await;
    assert_eq!(balance, town.finance_ask(&token, "/balance").await.is(200).body, "the call says the same");
    assert_eq!(desk.json(&["ledger", "balance", "--at", "2026-10-30T16:59:59Z"])["lines"], json!([]));
    let (code, text) = desk.run(&["ledger", "export", "--format", "beancount", "--to", "2026-10-30"]);
    assert_eq!((code, text.matches("\n  source: ").count()), (Some(0), 4), "{text}");
    assert!(
        text.ends_with(" EUR\n") && text.contains("2026-10-31 balance Assets:Haparanda:Clearing 1372.25 ~"),
        "{text}"
    );
    assert_eq!(desk.run(&["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));

    let mut chart = desk.json(&["ledger", "chart", "show", "haparanda"]);
    chart[0]["number"] = json!("1999");
    let file = desk.folder().join("chart.json");
    let path = file.to_str().expect("text").to_owned();
    fs::write(&file, chart.to_string()).expect("a file");
    assert_eq!(
        desk.run(&["ledger", "chart", "set", "haparanda", &path]),
        (Some(0), "haparanda: 15 lines\n".to_owned())
    );
    assert_eq!(desk.json(&["ledger", "chart", "show", "haparanda"]), chart);

    for wrong in [
        ["ledger", "balance", "--at", "2036-01-01T00:00:00Z"].as_slice(),
        &["ledger", "balance", "--at", "soon"],
        &["ledger", "export"],
        &["ledger", "export", "--format", "beancount", "--from", "2026-10-30", "--to", "2026-10-29"],
        &["ledger", "chart", "show", "kemi"],
        &["ledger", "chart", "set", "tornio", &path], // Haparanda's has dues to Tornio
        &["ledger", "chart", "set", "tornio", "nowhere.json"],
    ] {
        assert_eq!(desk.run(wrong), (Some(2), String::new()), "{wrong:?}");
    }
}

async fn what_is_wrong_in_the_books_is_told_of_and_where(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let desk = Desk::of(town);
    let check = || run_telling(&town.database_url, desk.folder(), &["ledger", "check"]);
    let right = (Some(0), "the books are right\n".to_owned(), String::new());
    assert_eq!(check(), right);
    town.tamper("UPDATE payment SET receipt_number = 2; UPDATE booking SET given_back_minor = 1").await;
    let told = format!(
        "vayla: tornio: receipts are numbered from 1 on, without a gap or a double\n\
         vayla: {}: only of what is cancelled on an account is some given back, and no more than it costs\n",
        booking.reference
    );
    assert_eq!(check(), (Some(1), "the books are wrong\n".to_owned(), told));
    town.tamper("UPDATE payment SET receipt_number = 1; UPDATE booking SET given_back_minor = 0").await;
    assert_eq!(check(), right);
}

async fn rates_are_fetched_where_it_is_said_from_where(town: &Town) {
    let (desk, bank) = (Desk::of(town), FakeBank::open().await);
    bank.publish("2026-10-30", "10.979");
    let fetched = desk.run(&["rates", "fetch", "--rates-url", &bank.url]);
    assert_eq!(fetched, (Some(0), "1 new rates, the latest of 2026-10-30\n".to_owned()));
    assert_eq!(desk.run(&["rates", "fetch"]), (Some(2), String::new()), "nobody is asked of oneself");
    assert_eq!(desk.run(&["rates", "fetch", "--rates-url", "file:///etc"]), (Some(2), String::new()));
    bank.close(true);
    assert_eq!(desk.run(&["rates", "fetch", "--rates-url", &bank.url]), (Some(1), String::new()));
    assert_eq!(desk.run(&["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));
}

async fn rates_are_imported_from_a_file(town: &Town) {
    let desk = Desk::of(town);
    let file = desk.folder().join("eurofxref.csv");
    let path = file.to_str().expect("text").to_owned();
    let import = |text: &str| {
        fs::write(&file, text).expect("a file");
        desk.run(&["rates", "import", &path])
    };
    let day = "Date, USD, SEK, \n2026-11-02, 1.1, 10.9915, \n";
    assert_eq!(import(day), (Some(0), "1 rates read, 1 new, the latest of 2026-11-02\n".to_owned()));
    assert_eq!(import(day), (Some(0), "1 rates read, 0 new, the latest of 2026-11-02\n".to_owned()));
    assert_eq!(import("Date, SEK\n2026-11-03, eleven\n"), (Some(1), String::new()));
    assert_eq!(desk.run(&["rates", "import", "nowhere.csv"]), (Some(2), String::new()));
}

async fn money_with_a_wrong_reference_pays_a_settlement(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let desk = Desk::of(town);
    let november = |command: &[&str]| desk.run(&[command, &["--clock", "2026-11-03T08:00:00Z"]].concat());
    assert_eq!(november(&["settlement", "draw", "tornio", "haparanda", "2026-10"]).0, Some(0));
    let line = ["--key", "1", "--on", "2026-11-03", "--amount", "125.00", "--reference", "lokakuu"];
    assert_eq!(november(&[&["invoice", "paid", "tornio"], &line[..]].concat()).0, Some(0));
    let pays = |number: &str, key: &str| november(&["settlement", "match", number, "--from-key", key]);
    assert_eq!(pays("2", "1"), (Some(2), String::new()));
    assert_eq!(pays("1", "2"), (Some(1), String::new()));
    let paid = "1\t2026-10\thaparanda\ttornio\t125.00 EUR\t0.00 EUR\tRF2330000012\t0.00 EUR\n";
    assert_eq!(pays("1", "1"), (Some(0), paid.to_owned()));
    assert_eq!(desk.run(&["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));
}

async fn what_little_is_open_of_a_settlement_is_written_off(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let desk = Desk::of(town);
    let november = |command: &[&str]| desk.run(&[command, &["--clock", "2026-11-03T08:00:00Z"]].concat());
    assert_eq!(november(&["settlement", "draw", "tornio", "haparanda", "2026-10"]).0, Some(0));
    let comes = |key: &str, amount: &str| {
        let line = ["--key", key, "--on", "2026-11-03", "--amount", amount, "--reference", "RF2330000012"];
        assert_eq!(november(&[&["invoice", "paid", "tornio"], &line[..]].concat()).0, Some(0));
    };
    let why = ["--reason-sv", "Bankens avgift.", "--reason-fi", "Pankin kulu."];
    let write_off = |number: &str| november(&[&["settlement", "write-off", number], &why[..]].concat());
    comes("1", "123.99");
    assert_eq!(write_off("2"), (Some(2), String::new()), "no such settlement");
    assert_eq!(write_off("1"), (Some(1), String::new()), "more than a euro");
    comes("2", "0.94");
    let closed = "1\t2026-10\thaparanda\ttornio\t125.00 EUR\t0.00 EUR\tRF2330000012\t0.07 EUR\n";
    assert_eq!(write_off("1"), (Some(0), closed.to_owned()));
    assert_eq!(november(&["settlement", "list"]), (Some(0), closed.to_owned()));
    assert_eq!(desk.run(&["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));
}

async fn a_settlement_is_looked_at_drawn_up_paid_and_shown(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let desk = Desk::of(town);
    let november = |command: &[&str]| desk.run(&[command, &["--clock", "2026-11-02T08:00:00Z"]].concat());
    let line = format!(
        "1\t{}\tpayment\thaparanda\ttornio\t1372.25 SEK\t125.00 EUR\t10.978\t1372.25 SEK\t0.00 SEK\n",
        booking.reference
    );
    let sum = |number: &str, open: &str, reference: &str| {
        format!("{number}\t2026-10\thaparanda\ttornio\t125.00 EUR\t{open} EUR\t{reference}\t0.00 EUR\n")
    };
    let draw = ["settlement", "draw", "tornio", "haparanda", "2026-10"];
    let look = november(&[&draw[..], &["--preview"]].concat());
    assert_eq!(look, (Some(0), sum("", "125.00", "") + &line));
    assert_eq!(november(&["settlement", "list"]), (Some(0), String::new()));
    let drawn = sum("1", "125.00", "RF2330000012");
    assert_eq!(november(&draw), (Some(0), drawn.clone()));
    assert_eq!(november(&draw), (Some(0), drawn.clone()));
    assert_eq!(november(&["settlement", "show", "1"]), (Some(0), drawn + &line));
    let paid = [
        "invoice",
        "paid",
        "tornio",
        "--key",
        "1",
        "--on",
        "2026-11-02",
        "--amount",
        "125.00",
        "--reference",
    ];
    let (code, _) = november(&[&paid[..], &["RF23 3000 0012", "--instructed", "125.00 EUR"]].concat());
    assert_eq!(code, Some(0));
    assert_eq!(november(&["settlement", "list"]), (Some(0), sum("1", "0.00", "RF2330000012")));
    assert_eq!(
        november(&["settlement", "match", "1", "--from-key", "1"]).0,
        Some(1),
        "nothing is left of it"
    );
    for (wrong, expected) in [
        (["settlement", "draw", "tornio", "tornio", "2026-10"], 2),
        (["settlement", "draw", "tornio", "haparanda", "October"], 2),
        (["settlement", "draw", "tornio", "haparanda", "2026-09"], 1),
    ] {
        assert_eq!(november(&wrong), (Some(expected), String::new()), "{wrong:?}");
    }
    assert_eq!(november(&["settlement", "show", "7"]), (Some(2), String::new()));
}
