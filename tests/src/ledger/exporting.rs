//! The books written out as beancount text, and read by beancount itself.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use reqwest::Method;
use vayla_domain::money::{EURO, Money};
use vayla_services::{
    ledger::{Period, beancount},
    staff::Staff,
};

use super::{lives::Year, standing};
use crate::{Town, asa, harness::folder::Folder, sek};

on_both_engines! {
    a_payment_across_the_river_is_written_in_both_towns,
    a_year_is_right_by_beancounts_own_reckoning_and_one_cent_too_much_is_not,
    the_call_streams_what_the_command_writes,
    what_is_booked_while_it_is_written_is_not_in_it,
}

/// What PyPI's `bean-check` finds wrong; `tests/setup/install.sh` installs it.
pub(crate) fn bean_check(text: &str) -> Result<(), String> {
    let folder = Folder::make();
    let file = folder.path().join("vayla.beancount");
    fs::write(&file, text).expect("a file");
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../var/venv/bin/bean-check");
    let done = Command::new(&program).arg("--no-cache").arg(&file).output();
    let done = done
        .unwrap_or_else(|error| panic!("{}: {error}; tests/setup/install.sh installs it", program.display()));
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}

async fn a_payment_across_the_river_is_written_in_both_towns(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let payment = &town.payments(booking.id).await[0];
    let text = town.exported(Period::default()).await;
    let file: String = sql!(town, c => sqlx::query_scalar(
        "SELECT file_hash FROM fixing WHERE currency = 'SEK' AND fixing_date = '2026-10-30'").fetch_one(c).await)
    .expect("the file that the rate came from");
    let about = format!(
        "  at: \"2026-10-30T17:00:00.000000Z\"\n  source: \"payment:{}\"\n  rate: 10.978\n  rate-date: 2026-10-30\n  rate-source: \"ECB\"\n  rate-file: \"{file}\"\n",
        payment.id
    );
    let west = format!(
        "{about}  Assets:Haparanda:Clearing  1372.25 SEK\n  Liabilities:Haparanda:DueTo:Tornio  -1372.25 SEK\n    contract: -125.00 EUR\n"
    );
    let east = format!(
        "{about}  Assets:Tornio:DueFrom:Haparanda  14.87 EUR\n    contract: 14.87 EUR\n  Liabilities:Tornio:Vat  -14.87 EUR\n"
    );
    assert!(text.contains(&west) && text.contains(&east), "{text}");
    assert_eq!(
        text.matches(&format!("\n2026-10-30 * \"payment {}\" ^", booking.reference)).count(),
        2,
        "{text}"
    );
    assert!(
        text.contains("1970-01-01 open Liabilities:Haparanda:DueTo:Tornio SEK\n  number: \"2431\"\n"),
        "{text}"
    );
    assert!(text.ends_with("2026-10-31 balance Income:Tornio:Income -110.13 ~ 0.001 EUR\n"), "{text}");
    assert_eq!(bean_check(&text), Ok(()));
    assert_eq!(text, town.exported(Period::default()).await, "the same bytes");
}

async fn a_year_is_right_by_beancounts_own_reckoning_and_one_cent_too_much_is_not(town: &Town) {
    let mut year = Year::new(town, 0x6265_616e);
    year.lay_deposit(825_00).await;
    year.pass(400).await;
    assert!(town.count("SELECT COUNT(*) FROM ledger_transaction WHERE event LIKE 'deposit%'").await > 10);
    let text = town.exported(Period::default()).await;
    assert_eq!(bean_check(&text), Ok(()));
    assert_eq!(sums(&text), of_the_books(&standing(&town.balance().await)));
    assert!(
        town.count(
            "SELECT COUNT(*) FROM ledger_transaction WHERE rate_value IS NOT NULL AND payment_id IS NULL"
        )
        .await
            > 10
    );
    let [rates, files] = ["\n  rate: ", "\n  rate-file: "].map(|what| text.matches(what).count());
    assert_eq!(rates, files, "each rate with the hash of the bank's file");

    // One cent too much on one side; and on both, where only the balances at the end tell.
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("  Assets:") && line.ends_with("EUR"));
    let first = first.expect("a posting in euros");
    let second = first
        + 1
        + lines[first + 1..].iter().position(|line| line.starts_with("  L")).expect("its other side");
    for (planted, finding) in [(&[first][..], "does not balance"), (&[first, second], "Balance failed")] {
        let mut wrong: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        for place in planted {
            wrong[*place] = one_cent_more(lines[*place]);
        }
        let found = bean_check(&wrong.join("\n")).expect_err("a wrong cent");
        assert!(found.contains(finding), "{found}");
    }

    // A part of the year begins with what stood there, and ends with the same.
    let (from, to) = ("2027-02-01".parse().ok(), "2027-03-31".parse().ok());
    let part = town.exported(Period { from, to }).await;
    assert_eq!(bean_check(&part), Ok(()));
    assert!(
        part.contains("\n2027-02-01 * \"opening balance\"\n") && part.contains("\n2027-04-01 balance "),
        "{part}"
    );
    assert!(!part.contains("\n2027-01-31 *") && !part.contains("\n2027-04-01 *"));
    let before = town.exported(Period { from: None, to: "2027-01-31".parse().ok() }).await;
    let after = town.exported(Period { from: "2027-04-01".parse().ok(), to: None }).await;
    let count = |text: &str| text.matches("\n  at: ").count();
    assert_eq!(count(&before) + count(&part) + count(&after), count(&text), "each in one of them");
    assert_eq!(sums(&after), sums(&text));
}

/// What each account comes to, by adding up what is written.
fn sums(text: &str) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("  ")) {
        let [account, figure, currency] = line.split_whitespace().collect::<Vec<_>>()[..] else { continue };
        let root =
            ["Assets:", "Liabilities:", "Income:", "Expenses:"].iter().any(|root| account.starts_with(root));
        if root {
            let money = Money::parse(figure, currency.parse().expect("a currency")).expect("an amount");
            *sums.entry(account.to_lowercase()).or_insert(0) += money.minor;
        }
    }
    sums.retain(|_, minor| *minor != 0);
    sums
}

/// `haparanda due_to:tornio` → `liabilities:haparanda:dueto:tornio`.
fn of_the_books(standing: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let root = |account: &str| match account.split(':').next().expect("a name") {
        "clearing" | "bank" | "due_from" | "receivable" => "assets",
        "income" | "exchange_gain" => "income",
        "exchange_loss" | "subsidies" | "bad_debts" | "provider_fees" => "expenses",
        _ => "liabilities",
    };
    let name = |key: &str| {
        let (town, account) = key.split_once(' ').expect("two words");
        format!("{}:{town}:{}", root(account), account.replace('_', ""))
    };
    standing.iter().map(|(key, minor)| (name(key), *minor)).collect()
}

/// `  Assets:Tornio:Clearing  12.34 EUR` → 12.35.
fn one_cent_more(line: &str) -> String {
    let [account, figure, currency] = line.split_whitespace().collect::<Vec<_>>()[..] else {
        panic!("{line} is no posting")
    };
    let minor = Money::parse(figure, EURO).expect("an amount").minor;
    let sign = if minor < 0 { -1 } else { 1 };
    format!("  {account}  {} {currency}", Money::new(minor + sign, EURO).wire())
}

async fn the_call_streams_what_the_command_writes(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    town.clock.advance_minutes(10);
    let token = town.finance_token(None).await;
    let answer = town.finance_ask(&token, "/ledger.beancount").await;
    assert_eq!(answer.is(200).header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.body.as_str(), Some(town.exported(Period::default()).await.as_str()));
    // Packed on the way, it comes to its end as well.
    let packed = town.call(Method::GET, "/finance/ledger.beancount").header("accept-encoding", "gzip");
    let packed = packed.bearer_auth(&token).send().await.expect("an answer");
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(!packed.bytes().await.expect("the whole of it").is_empty());
    let own = town.finance_token(Some("haparanda")).await;
    let answer = town.finance_ask(&own, "/ledger.beancount?from=2026-10-01&to=2026-10-30").await;
    let text = answer.is(200).body.as_str().expect("text").to_owned();
    assert!(text.contains("Assets:Haparanda:Clearing") && !text.contains("Tornio:Income"), "{text}");
    assert_eq!(bean_check(&text), Ok(()));
    for backwards in ["from=2026-10-30&to=2026-10-29", "from=2026-11-05"] {
        let path = format!("/ledger.beancount?{backwards}");
        town.finance_ask(&own, &path).await.is_problem(422, "invalid");
    }
    town.finance_ask(&own, "/ledger.beancount?from=1066-10-14").await.is_problem(422, "invalid");
}

async fn what_is_booked_while_it_is_written_is_not_in_it(town: &Town) {
    let booked = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let before = town.exported(Period::default()).await;
    let mut export =
        beancount(&town.services, &Staff::operator(), Period::default()).await.expect("an export");
    let mut text = export.next().await.expect("the books").expect("the head");
    // In the same moment, while the rest is still to be read.
    town.cancel(booked.id).await;
    town.book(&town.ice_by_day(), asa(), EURO).await;
    while let Some(piece) = export.next().await.expect("the books") {
        text += &piece;
    }
    assert_eq!(text, before);
    assert_eq!(bean_check(&text), Ok(()));
    let after = town.exported(Period::default()).await;
    assert_eq!(after.matches("source: \"payment:").count(), 3, "two towns, and one more");
    assert_eq!(bean_check(&after), Ok(()));
}
