//! What stands on each account, at any moment.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::json;
use vayla_domain::money::EURO;
use vayla_services::{
    ledger::{BalanceError, trial_balance},
    staff::Staff,
};

use super::standing;
use crate::{Town, aino, asa, sek};

on_both_engines! {
    the_worked_example_stands_in_both_towns_books,
    a_moment_that_has_been_says_the_same_whenever_it_is_asked,
    what_has_not_been_has_no_balance,
    the_call_says_the_same_to_whoever_may_ask,
}

fn expected(lines: &[(&str, i64)]) -> BTreeMap<String, i64> {
    lines.iter().map(|(account, minor)| ((*account).to_owned(), *minor)).collect()
}

async fn the_worked_example_stands_in_both_towns_books(town: &Town) {
    assert_eq!(standing(&town.balance().await), BTreeMap::new());
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let paid = expected(&[
        ("haparanda clearing", 1372_25),
        ("haparanda due_to:tornio", -1372_25),
        ("tornio due_from:haparanda", 125_00),
        ("tornio income", -110_13),
        ("tornio vat", -14_87),
    ]);
    assert_eq!(standing(&town.balance().await), paid);
    town.cancel(booking.id).await;
    let balance = town.balance().await;
    assert_eq!(standing(&balance), BTreeMap::new());
    // Both sides of what came and went remain.
    let clearing = balance.lines.iter().find(|line| line.account.to_string() == "clearing").expect("a line");
    assert_eq!((clearing.debit, clearing.credit), (sek(1372_25), sek(1372_25)));
}

async fn a_moment_that_has_been_says_the_same_whenever_it_is_asked(town: &Town) {
    let mut seen = vec![(town.clock.now(), town.balance().await)];
    let first = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    town.clock.advance(TimeDelta::microseconds(1));
    let second = town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    for id in [first.id, second.id] {
        seen.push((town.clock.now(), town.balance().await));
        town.clock.advance_minutes(1);
        town.cancel(id).await;
    }
    town.clock.advance_minutes(1);
    for (at, then) in seen.iter().skip(1) {
        let now = trial_balance(&town.services, &Staff::operator(), *at).await.expect("a balance");
        assert_eq!((now.lines, now.is_final), (then.lines.clone(), true));
        assert!(!then.is_final, "something may still be on its way in");
    }
    assert!(!standing(&seen[1].1).is_empty() && standing(&town.balance().await).is_empty());
    // The last tick before the second payment has the first alone.
    let between = seen[1].0 - TimeDelta::microseconds(1);
    let between = trial_balance(&town.services, &Staff::operator(), between).await.expect("a balance");
    assert!(standing(&between).len() == 5 && standing(&seen[1].1).len() > 5, "{between:?}");
}

async fn what_has_not_been_has_no_balance(town: &Town) {
    let later = town.clock.now() + TimeDelta::microseconds(1);
    let refused = trial_balance(&town.services, &Staff::operator(), later).await;
    assert!(matches!(refused, Err(BalanceError::Future)), "{refused:?}");
}

async fn the_call_says_the_same_to_whoever_may_ask(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let all = town.finance_token(None).await;
    let answer = town.finance_ask(&all, "/balance").await;
    assert_eq!(answer.is(200).text("at"), "2026-10-30T17:00:00Z");
    let lines = answer.body["lines"].as_array().expect("lines");
    assert_eq!(lines.len(), 5);
    let due = json!({
        "entity": "haparanda", "account": "due_to:tornio", "number": "2431",
        "name": {"sv": "Skuld till Torneå stad", "fi": "Velka Tornion kaupungille"},
        "currency": "SEK", "debit": "0.00", "credit": "1372.25",
        "balance": {"amount": "-1372.25", "currency": "SEK"},
    });
    assert!(lines.contains(&due), "{lines:#?}");
    // A town's own token sees its books alone, and asks by its own clock.
    let own = town.finance_token(Some("tornio")).await;
    let answer = town.finance_ask(&own, "/balance?at=2026-10-30T19:00").await;
    assert_eq!(answer.is(200).text("at"), "2026-10-30T19:00:00+02:00");
    let entities = answer.body["lines"].as_array().expect("lines").iter().map(|line| &line["entity"]);
    assert_eq!(entities.collect::<Vec<_>>(), ["tornio"; 3]);
    assert_eq!(town.finance_ask(&own, "/balance?at=2026-10-30T18:59").await.is(200).body["lines"], json!([]));
    town.finance_ask(&own, "/balance?at=2026-10-30T19:01").await.is_problem(422, "invalid");
    town.finance_ask(&own, "/balance?at=yesterday").await.is(400);
    let others = town.new_token(&[vayla_services::staff::Scope::Bookings], None).await.1;
    for path in ["/balance", "/ledger.beancount", "/municipalities/tornio/chart"] {
        town.finance_ask(&others, path).await.is_problem(403, "forbidden");
    }
}
