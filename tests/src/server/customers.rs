//! Customers and their invoices on the command line.

use serde_json::Value;

use super::program::run;
use crate::{Town, aino, harness::folder::Folder};

on_both_engines! {
    a_customer_books_and_its_invoices_are_written_paid_and_taken_back,
}

const NOVEMBER: &str = "2026-11-04T18:00:00Z";
const DECEMBER: &str = "2026-12-01T08:00:00Z";
const OVERDUE: &str = "2027-01-04T08:00:00Z";
const WHY: [&str; 4] = ["--reason-sv", "Fel taxa.", "--reason-fi", "Väärä hinta."];

/// Runs commands as on some day; the columns of each line that they print.
struct Desk<'a> {
    town: &'a Town,
    folder: Folder,
}

impl Desk<'_> {
    fn run(&self, at: &str, command: &[&str]) -> (Option<i32>, String) {
        run(&self.town.database_url, self.folder.path(), &[command, &["--clock", at]].concat())
    }

    fn done(&self, at: &str, command: &[&str]) -> Vec<Vec<String>> {
        let (code, printed) = self.run(at, command);
        assert_eq!(code, Some(0), "{command:?}");
        printed.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }

    fn refused(&self, at: &str, command: &[&str], code: i32) {
        assert_eq!(self.run(at, command), (Some(code), String::new()), "{command:?}");
    }

    /// A club of Tornio's, by its id.
    fn add_club(&self, credit: &str) -> String {
        let who =
            ["--name", "Tornion Palloveikot ry", "--business-id", "0193524-6", "--email", "kassa@example.fi"];
        let terms = ["--language", "fi", "--group", "club", "--days", "21", "--credit", credit];
        let command = [&["customer", "add", "tornio"], &who[..], &terms].concat();
        let added = self.done(NOVEMBER, &command);
        let (id, said) = added[0][0].split_once(": ").expect("an id");
        assert_eq!(said, "its code goes to kassa@example.fi");
        id.to_owned()
    }

    /// What is open of each of the town's, by its name.
    fn invoices(&self) -> Vec<(String, String, String)> {
        let listed = self.done(OVERDUE, &["invoice", "list", "tornio"]);
        listed.into_iter().map(|line| (line[1].clone(), line[6].clone(), line[7].clone())).collect()
    }
}

async fn a_customer_books_and_its_invoices_are_written_paid_and_taken_back(town: &Town) {
    let desk = Desk { town, folder: Folder::make() };
    let club = customer(&desk, town).await;
    let [first, second] = issued(&desk, town, &club).await;
    reminded(&desk, &first);
    paid(&desk, &first, &second);
    taken_back(&desk, &second);
    let who = [club.as_str(), "Tornion Palloveikot ry", "0193524-6", "kassa@example.fi"];
    let closed = [&who[..], &["club", "500.00 EUR", "closed"]].concat();
    assert_eq!(desk.done(OVERDUE, &["customer", "close", &club])[0], [format!("{club}: closed")]);
    assert_eq!(desk.done(OVERDUE, &["customer", "list", "tornio"])[0], closed);
    assert_eq!(desk.run(OVERDUE, &["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));
}

/// Taken on, with an account to pay to, and with another code than at first.
async fn customer(desk: &Desk<'_>, town: &Town) -> String {
    desk.refused(NOVEMBER, &["customer", "list", "kemi"], 2);
    let nobody = desk.run(NOVEMBER, &["invoice", "payee", "tornio"]);
    assert_eq!(nobody, (Some(0), "nobody has said where invoices are paid\n".to_owned()));
    desk.refused(NOVEMBER, &["invoice", "payee", "tornio", "--iban", "FI21 1234", "--bic", "DEMOFIHH"], 2);
    let account = ["invoice", "payee", "tornio", "--iban", "FI21 1234 5600 0007 85", "--bic", "DEMOFIHH"];
    let payee: Value = serde_json::from_str(&desk.run(NOVEMBER, &account).1).expect("an account");
    assert!(payee.to_string().contains("FI2112345600000785"), "{payee}");
    let club = desk.add_club("500.00");
    let code = desk.done(NOVEMBER, &["customer", "code", &club]);
    assert_eq!(code[0], [format!("{club}: its new code goes to kassa@example.fi")]);
    let letters = town.count("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%kassa@example.fi%'").await;
    assert_eq!(letters, 2, "a letter for each code");
    club
}

/// Two hours at the club's price, an invoice each.
async fn issued(desk: &Desk<'_>, town: &Town, club: &str) -> [String; 2] {
    let mut names = Vec::new();
    for (hour, day) in [(-60, "2026-11-04"), (0, "2026-11-30")] {
        let time = town.ice_in_tornio().later(hour);
        let request = vayla_services::booking::HoldRequest {
            price_group: vayla_domain::money::PriceGroup::Club,
            ..time.request_by(aino())
        };
        let held = town.hold(request).await;
        let put_on = ["customer", "put-on", club, &held.reference];
        let said = desk.done("2026-10-30T17:05:00Z", &put_on);
        assert_eq!(said[0], [format!("{club}: {} is on its account", held.reference)]);
        desk.refused("2026-10-30T17:05:00Z", &put_on, 1);
        let issue = ["invoice", "issue", "tornio", "--through", day];
        let at = if hour < 0 { "2026-11-05T08:00:00Z" } else { DECEMBER };
        let written = desk.done(at, &issue);
        assert_eq!((written.len(), written[0][2].as_str()), (1, "Tornion Palloveikot ry"));
        assert_eq!(desk.done(at, &issue).len(), 0, "once");
        let id = written[0][0].clone();
        let shown: Value =
            serde_json::from_str(&desk.run(at, &["invoice", "show", &id]).1).expect("an invoice");
        assert_eq!(shown["lines"][0]["booking_reference"], held.reference.as_str());
        let (_, token) = town.new_token(&[vayla_services::staff::Scope::Invoices], Some("tornio")).await;
        let call = town.staff_ask(&token, &format!("/invoices/{id}")).await;
        let figures = ["id", "name", "gross", "vat", "open", "reference", "lines"];
        for figure in figures {
            assert_eq!(shown[figure], call.is(200).body[figure], "the call says the same of {figure}");
        }
        names.push(id);
    }
    desk.refused(DECEMBER, &["invoice", "show", "0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e"], 1);
    desk.refused(DECEMBER, &["invoice", "list", "kemi"], 2);
    let nobody = ["--through", "2026-11-30", "--customer", "0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e"];
    desk.refused(DECEMBER, &[&["invoice", "issue", "tornio"], &nobody[..]].concat(), 1);
    names.try_into().expect("two invoices")
}

fn reminded(desk: &Desk<'_>, first: &str) {
    desk.refused("2026-11-06T08:00:00Z", &["invoice", "remind", first], 1);
    desk.refused(OVERDUE, &["invoice", "remind", first, "--fee", "500.00"], 1);
    let reminded = desk.done(OVERDUE, &["invoice", "remind", first, "--fee", "5.00"]);
    assert_eq!(reminded[0][4..7], ["80.00", "EUR", "85.00"]);
    assert_eq!(desk.invoices()[0].1, "85.00");
    desk.done(OVERDUE, &[&["invoice", "waive", first, "1"], &WHY[..]].concat());
    desk.refused(OVERDUE, &[&["invoice", "waive", first, "1"], &WHY[..]].concat(), 1);
    assert_eq!(desk.invoices()[0].1, "80.00");
}

/// With a wrong reference, matched by the booking's; what is left of it goes back, and what is too little is let off.
fn paid(desk: &Desk<'_>, first: &str, second: &str) {
    let line = ["--key", "1", "--on", "2026-12-10", "--amount", "87.00", "--reference", "200 00091"];
    let paid = [&["invoice", "paid", "tornio"], &line[..]].concat();
    for _ in 0..2 {
        assert_eq!(desk.done(OVERDUE, &paid)[0], ["1", "unidentified", "0.00", "87.00", "EUR"]);
    }
    let again = |reference: &str, on: &str| {
        let line = ["--key", "1", "--on", on, "--amount", "87.00", "--reference", reference];
        desk.refused(OVERDUE, &[&["invoice", "paid", "tornio"], &line[..]].concat(), 1);
    };
    again("200 00091", "2026-12-11");
    again("200 00019", "2026-12-10");
    let owed = || desk.done(OVERDUE, &["invoice", "owed", "tornio"]);
    assert_eq!(owed()[0], ["1", "2026-12-10", "200 00091", "87.00", "EUR"]);
    let shown: Value = serde_json::from_str(&desk.run(OVERDUE, &["invoice", "show", first]).1).expect("one");
    let booking = shown["lines"][0]["booking_reference"].as_str().expect("a reference").to_lowercase();
    let match_to =
        |name: &str| ["invoice", "match", "tornio", "--from-key", "1", "--invoice", name].map(str::to_owned);
    let matched = |name: &str| desk.done(OVERDUE, &match_to(name).each_ref().map(String::as_str));
    desk.refused(OVERDUE, &match_to("HT-0000-000").each_ref().map(String::as_str), 1);
    assert_eq!(matched(&booking)[0], ["TORNIO-F1", "80.00", "0.00", "7.00"]);
    let back = ["--from-key", "1", "--key", "3", "--on", "2026-12-14", "--amount"];
    let back = |amount| [&["invoice", "paid-back", "tornio"], &back[..], &[amount]].concat();
    desk.refused(OVERDUE, &back("7.01"), 2);
    assert_eq!(desk.done(OVERDUE, &back("7.00"))[0][3..], ["0.00", "EUR"]);
    assert_eq!(owed().len(), 0);
    let shown: Value = serde_json::from_str(&desk.run(OVERDUE, &["invoice", "show", second]).1).expect("one");
    let reference = shown["reference"].as_str().expect("a reference");
    let little = ["--key", "2", "--on", "2026-12-11", "--amount", "79.50", "--reference", reference];
    assert_eq!(desk.done(OVERDUE, &[&["invoice", "paid", "tornio"], &little[..]].concat())[0][2], "79.50");
    desk.refused(OVERDUE, &[&["invoice", "write-off", first], &WHY[..]].concat(), 1);
    desk.done(OVERDUE, &[&["invoice", "write-off", second], &WHY[..]].concat());
}

/// What had been paid of it is owed to the payer.
fn taken_back(desk: &Desk<'_>, second: &str) {
    let credit = [&["invoice", "credit", second, "--lines", "1"], &WHY[..]].concat();
    assert_eq!(desk.done(OVERDUE, &credit)[0][1], "TORNIO-F3");
    desk.refused(OVERDUE, &credit, 1);
    let open = |name: &str, kind: &str| (name.to_owned(), "0.00".to_owned(), kind.to_owned());
    assert_eq!(
        desk.invoices(),
        [open("TORNIO-F1", "invoice"), open("TORNIO-F2", "invoice"), open("TORNIO-F3", "credit_note")]
    );
    let owed = desk.done(OVERDUE, &["invoice", "owed", "tornio"]);
    assert_eq!((owed[0][0].as_str(), owed[0][3].as_str()), (second, "79.50"));
    let back = ["--from-invoice", second, "--key", "4", "--on", "2026-12-15", "--amount", "79.50"];
    desk.done(OVERDUE, &[&["invoice", "paid-back", "tornio"], &back[..]].concat());
}
