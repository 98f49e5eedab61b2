//! What the towns' own charts call the accounts.

use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::money::EURO;
use vayla_services::{catalogue, ledger::Period};

use crate::{
    Town, aino,
    api::caller::{Answer, read},
};

on_both_engines! {
    both_towns_begin_with_a_chart_of_all_accounts,
    a_chart_changes_from_a_date_on_and_the_books_do_not,
    a_wrong_chart_changes_nothing_and_says_where,
    another_towns_chart_is_not_ones_own,
}

async fn set(town: &Town, token: &str, of: &str, chart: &Value) -> Answer {
    let call = town.call(Method::PUT, &format!("/finance/municipalities/{of}/chart")).bearer_auth(token);
    read(call.json(&json!({"accounts": chart}))).await
}

fn income(from: &str, number: &str) -> Value {
    json!({"account": "income", "from": from, "number": number, "name": {"sv": "Avgifter", "fi": "Maksut"}})
}

async fn both_towns_begin_with_a_chart_of_all_accounts(town: &Town) {
    let token = town.finance_token(None).await;
    for code in ["haparanda", "tornio"] {
        let shown = town.finance_ask(&token, &format!("/municipalities/{code}/chart")).await;
        assert_eq!(shown.is(200).body["accounts"].as_array().map(Vec::len), Some(15), "{code}");
    }
    town.finance_ask(&token, "/municipalities/kemi/chart").await.is_problem(404, "not_found");
}

async fn a_chart_changes_from_a_date_on_and_the_books_do_not(town: &Town) {
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let token = town.finance_token(Some("tornio")).await;
    let chart = json!([income("2020-01-01", "3220"), income("2026-10-31", "3225")]);
    assert_eq!(
        set(town, &token, "tornio", &chart).await.is(200).body["accounts"].as_array().map(Vec::len),
        Some(2)
    );
    let number = async || {
        let answer = town.finance_ask(&token, "/balance").await;
        let lines = answer.is(200).body["lines"].as_array().expect("lines").clone();
        let line = lines.into_iter().find(|line| line["account"] == "income").expect("income");
        line["number"].clone()
    };
    assert_eq!(number().await, "3220");
    town.clock.advance_minutes(24 * 60);
    assert_eq!(number().await, "3225");
    let text = town.exported(Period::default()).await;
    assert!(text.contains("Income:Tornio:Income EUR\n  number: \"3225\"\n"), "{text}");
    assert!(text.contains("  number-from-2020-01-01: \"3220\"\n"), "{text}");
    // Laid in again, the seed adds what the town has no line for, and leaves what it has.
    catalogue::seed(&town.services, false).await.expect("the seed files");
    let shown = town.finance_ask(&token, "/municipalities/tornio/chart").await;
    assert_eq!(shown.is(200).body["accounts"].as_array().map(Vec::len), Some(16));
    assert_eq!(number().await, "3225");
    let [note] = town.notes("chart_set").await.try_into().expect("one note");
    assert_eq!(
        (&note.change["municipality"], &note.change["chart"][1]["number"]),
        (&json!("tornio"), &json!("3225"))
    );
}

async fn a_wrong_chart_changes_nothing_and_says_where(town: &Town) {
    let token = town.finance_token(Some("tornio")).await;
    let check = async |chart: Value, code: &str, field: &str| {
        let answer = set(town, &token, "tornio", &chart).await;
        answer.is_problem(422, code);
        assert_eq!(answer.body["errors"][0]["field"], field, "{answer:#?}");
    };
    let good = income("2020-01-01", "3220");
    let with = |field: &str, value: Value| {
        let mut line = good.clone();
        line[field] = value;
        line
    };
    check(json!([good, good]), "twice", "accounts[1]").await;
    check(json!([good, with("account", json!("cash"))]), "unknown_account", "accounts[1].account").await;
    check(json!([with("account", json!("due_to:tornio"))]), "unknown_account", "accounts[0].account").await;
    check(json!([with("number", json!("32 20"))]), "number", "accounts[0].number").await;
    check(json!([with("name", json!({"sv": "", "fi": "Maksut"}))]), "name", "accounts[0].name").await;
    check(json!([with("dimensions", json!({"A B": "1"}))]), "dimension", "accounts[0].dimensions").await;
    let shown = town.finance_ask(&token, "/municipalities/tornio/chart").await;
    assert_eq!(shown.is(200).body["accounts"].as_array().map(Vec::len), Some(15));
}

async fn another_towns_chart_is_not_ones_own(town: &Town) {
    let token = town.finance_token(Some("tornio")).await;
    set(town, &token, "haparanda", &json!([])).await.is_problem(403, "forbidden");
    town.finance_ask(&token, "/municipalities/haparanda/chart").await.is_problem(403, "forbidden");
}
