use reqwest::Method;
use serde_json::{Value, json};
use vayla_services::{
    settlement,
    staff::{Scope, Staff},
};

use super::DECEMBER;
use crate::{
    Town, aino,
    api::caller::{Answer, read},
    asa, eur, sek,
};

on_both_engines! {
    both_towns_see_the_same_line_by_line,
    a_preview_changes_nothing_and_holds_what_was_read,
    only_accountants_of_either_town_see_or_draw,
    what_makes_no_settlement_is_said,
    settlements_and_their_lines_come_in_pages,
}

async fn draw(town: &Town, token: &str, body: &Value) -> Answer {
    read(town.call(Method::POST, "/finance/settlements").bearer_auth(token).json(body)).await
}

fn november() -> Value {
    json!({"town": "haparanda", "other": "tornio", "month": "2026-11"})
}

const PREVIEW: &str = "/settlements/preview?town=tornio&other=haparanda&month=2026-11";

async fn at_the_end_of_november(town: &Town) {
    town.worked_example().await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
}

async fn both_towns_see_the_same_line_by_line(town: &Town) {
    at_the_end_of_november(town).await;
    let west = town.finance_token(Some("haparanda")).await;
    let east = town.finance_token(Some("tornio")).await;
    let drawn = draw(town, &west, &november()).await;
    let id = drawn.is(201).text("id").to_owned();
    let money = |amount: &str, currency: &str| json!({"amount": amount, "currency": currency});
    assert_eq!(drawn.text("reference"), "RF23 3000 0012");
    assert_eq!((drawn.text("payer"), drawn.text("payee")), ("haparanda", "tornio"));
    assert_eq!(drawn.text("cut_off"), "2026-12-01T00:00:00+02:00");
    assert_eq!(drawn.body["net"], money("20.00", "EUR"));
    let own = json!({"code": "haparanda", "collected": money("219.56", "SEK"), "owes": money("20.00", "EUR"),
                     "pays": money("220.00", "SEK"), "exchange": money("-0.44", "SEK")});
    assert_eq!(drawn.body["towns"][0], own);
    assert_eq!(drawn.body["towns"][1]["pays"], money("-20.00", "EUR"));
    let path = format!("/settlements/{id}");
    let (one, other) = (town.finance_ask(&west, &path).await, town.finance_ask(&east, &path).await);
    assert_eq!(one.is(200).body, other.is(200).body);
    assert_eq!(one.header("etag"), drawn.header("etag"));
    let line = &one.body["lines"]["items"][0];
    assert_eq!((line["event"].as_str(), line["rate"].as_str()), (Some("payment"), Some("10.978")));
    assert!(line["booking"].as_str().is_some_and(|reference| reference.starts_with("HT-")), "{line}");
    assert_eq!((&line["paid"], &line["contract"]), (&money("219.56", "SEK"), &money("20.00", "EUR")));
    assert_eq!((&line["worth"], &line["difference"]), (&money("220.00", "SEK"), &money("-0.44", "SEK")));
    assert_eq!(draw(town, &east, &november()).await.is(201).body, drawn.body, "the same, to the other town");
    let listed = town.finance_ask(&east, "/settlements").await;
    assert_eq!(listed.is(200).body["items"], json!([drawn.body]));
}

async fn a_preview_changes_nothing_and_holds_what_was_read(town: &Town) {
    at_the_end_of_november(town).await;
    let token = town.finance_token(Some("tornio")).await;
    let seen = town.finance_ask(&token, PREVIEW).await;
    let settlement = &seen.is(200).body["settlement"];
    for unknown in ["id", "number", "reference", "drawn_at", "paid_at"] {
        assert_eq!(settlement[unknown], Value::Null, "{unknown}");
    }
    assert_eq!(seen.body["lines"]["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(town.finance_ask(&token, PREVIEW).await.body, seen.body);
    for nothing in ["settlement", "settlement_line", "ledger_transaction WHERE event = 'settlement'"] {
        let sql = format!("SELECT COUNT(*) FROM {nothing}");
        let count: i64 =
            crate::sql!(town, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(c).await)
                .expect("a count");
        assert_eq!(count, 0, "{nothing}");
    }
    // The rate is corrected between looking and drawing.
    town.clock.advance_minutes(1);
    town.rate_of("2026-11-30", "11.1").await;
    let drawn_as_read = async |tag: String| {
        let call =
            town.call(Method::POST, "/finance/settlements").bearer_auth(&token).header("if-match", tag);
        read(call.json(&november())).await
    };
    let first = seen.header("etag").to_owned();
    drawn_as_read(first.clone()).await.is_problem(412, "stale");
    assert_eq!(town.count("SELECT COUNT(*) FROM settlement").await, 0);
    let seen = town.finance_ask(&token, PREVIEW).await;
    let second = seen.is(200).header("etag").to_owned();
    let drawn = drawn_as_read(second.clone()).await;
    assert_eq!(drawn.is(201).body["towns"][0]["pays"]["amount"], "222.00");
    let after = town.finance_ask(&token, PREVIEW).await;
    assert_eq!(after.is(200).body["settlement"], drawn.body, "what it is");
    drawn_as_read(first).await.is_problem(412, "stale"); // also where another has drawn it up
    let first = settlement::list(&town.services, &Staff::operator(), 0, 1).await.expect("a list").items;
    town.money_of(&first[0], "tornio", "1", eur(1_00), None).await;
    assert_eq!(
        drawn_as_read(second).await.is(201).body["open"]["amount"],
        "19.00",
        "as it was read, and paid since"
    );
}

async fn only_accountants_of_either_town_see_or_draw(town: &Town) {
    // A third town, which has nothing to do with it.
    crate::sql!(town, c => sqlx::query(
        "INSERT INTO municipality (code, position, name_sv, name_fi, country, currency, time_zone, details)
         SELECT 'kemi', 9, 'Kemi', 'Kemi', country, currency, time_zone, details FROM municipality WHERE code = 'tornio'")
        .execute(c).await.map(drop))
    .expect("a town");
    at_the_end_of_november(town).await;
    town.services.refresh_catalogue().await.expect("the places");
    let id = town.draw("2026-11").await.id;
    let invoices = town.new_token(&[Scope::Invoices, Scope::Payments], None).await.1;
    let others = town.finance_token(Some("kemi")).await;
    for token in [&invoices, &others] {
        draw(town, token, &november()).await.is_problem(403, "forbidden");
        for path in [PREVIEW.to_owned(), format!("/settlements/{id}")] {
            town.finance_ask(token, &path).await.is_problem(403, "forbidden");
        }
    }
    town.finance_ask(&invoices, "/settlements").await.is_problem(403, "forbidden");
    assert_eq!(town.finance_ask(&others, "/settlements").await.is(200).body["items"], json!([]));
    let forged = format!("{others}x");
    draw(town, &forged, &november()).await.is_problem(401, "token_invalid");
    town.finance_ask(&forged, PREVIEW).await.is_problem(401, "token_invalid");
    // Of other towns, an accountant of Kemi draws up its own.
    let own = json!({"town": "kemi", "other": "tornio", "month": "2026-11"});
    draw(town, &others, &own).await.is_problem(409, "nothing_owed");
    let nobody = format!("/settlements/{}", uuid::Uuid::nil());
    town.finance_ask(&others, &nobody).await.is_problem(404, "not_found");
}

async fn what_makes_no_settlement_is_said(town: &Town) {
    town.worked_example().await;
    town.clock.set(DECEMBER);
    let token = town.finance_token(None).await;
    let with = |field: &str, value: &str| {
        let mut body = november();
        body[field] = json!(value);
        body
    };
    draw(town, &token, &november()).await.is_problem(409, "rate_too_old");
    draw(town, &token, &with("month", "2026-12")).await.is_problem(409, "not_over");
    draw(town, &token, &with("other", "haparanda")).await.is_problem(422, "invalid");
    draw(town, &token, &with("other", "kemi")).await.is_problem(404, "not_found");
    draw(town, &token, &with("month", "1812-03")).await.is_problem(404, "not_found");
    draw(town, &token, &with("month", "2026-11-30")).await.is_problem(400, "invalid");
    town.rate_of("2026-11-30", "11.0").await;
    draw(town, &token, &november()).await.is(201);
    draw(town, &token, &with("month", "2026-10")).await.is_problem(409, "later_settled");
    crate::sql!(town, c => sqlx::query("UPDATE treaty SET settlement_months = 3").execute(c).await.map(drop))
        .expect("a treaty");
    crate::sql!(town, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
        .execute(c).await.map(drop))
    .expect("the version");
    town.services.refresh_catalogue().await.expect("the places");
    draw(town, &token, &with("month", "2027-01")).await.is_problem(422, "not_the_end");
}

async fn settlements_and_their_lines_come_in_pages(town: &Town) {
    for hour in [0, 60, 120] {
        town.book(&town.ice_in_tornio().later(hour), asa(), sek(0).currency).await;
    }
    town.clock.set("2026-11-02T08:00:00Z");
    town.draw("2026-10").await;
    town.book(&town.ice_in_haparanda(), aino(), vayla_domain::money::EURO).await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let second = town.draw("2026-11").await;
    assert_eq!(second.number, Some(2));
    let token = town.finance_token(Some("haparanda")).await;
    let first = town.finance_ask(&token, "/settlements?limit=1").await;
    assert_eq!((first.is(200).body["items"][0]["number"].as_i64(), first.text("next")), (Some(1), "1"));
    let next = town.finance_ask(&token, "/settlements?limit=1&after=1").await;
    assert_eq!(
        (next.is(200).body["items"][0]["number"].as_i64(), &next.body["next"]),
        (Some(2), &Value::Null)
    );
    let id = first.body["items"][0]["id"].as_str().expect("an id").to_owned();
    let lines = async |rest: &str| {
        let answer = town.finance_ask(&token, &format!("/settlements/{id}?{rest}")).await;
        let numbers: Vec<i64> = answer.is(200).body["lines"]["items"]
            .as_array()
            .expect("lines")
            .iter()
            .filter_map(|line| line["line"].as_i64())
            .collect();
        (numbers, answer.body["lines"]["next"].as_str().map(str::to_owned))
    };
    assert_eq!(lines("limit=2").await, (vec![1, 2], Some("2".to_owned())));
    assert_eq!(lines("limit=2&after=2").await, (vec![3], None));
    town.finance_ask(&token, &format!("/settlements/{id}?limit=201")).await.is_problem(400, "invalid");
    town.finance_ask(&token, &format!("/settlements/{id}?after=x")).await.is_problem(422, "invalid");
}
