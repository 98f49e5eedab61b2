//! A club puts a series on its account in one step.

use reqwest::Method;
use serde_json::json;
use uuid::Uuid;
use vayla_domain::{
    Language,
    money::{EURO, PriceGroup},
};
use vayla_services::{
    booking::BookingState,
    customer::Account,
    grant,
    invoice::{self, OnAccountError},
    payment::{self, StartError},
    series::{Series, SeriesWish},
    staff::Staff,
};

use super::club;
use crate::{
    Town, aino, api::caller::read, eur, grant::half_by_haparanda, pages::browser::Visitor, sek,
    series::weekly_wish, tariff::hourly,
};

on_both_engines! {
    all_dates_are_put_on_at_once_and_told_of_in_one_letter,
    all_of_it_or_nothing_within_the_credit,
    one_date_by_itself_costs_what_one_date_costs,
    where_a_grant_pays_another_part_by_now_it_is_read_first,
    a_club_types_its_code_on_the_page_of_the_series,
    a_caller_puts_a_series_on_an_account,
}

/// An hour a week for three weeks at a hundred euros, ten percent off from three dates on.
async fn three_weeks(town: &Town) -> Series {
    let mut list = hourly("booking", "EUR", "100");
    list["series"] = json!([{"dates": 3, "percent": 10}]);
    town.price(&town.ice_in_tornio().space, &list).await;
    let ice = town.ice_in_tornio();
    let wish = SeriesWish { price_group: PriceGroup::Club, ..weekly_wish(&ice.space, "2026-11-04", 3) };
    town.hold_series(&wish, aino()).await
}

/// A club in Tornio that may owe so much, with its code.
async fn club_with_code(town: &Town, minor: i64) -> (Account, String) {
    let account = town.customer("tornio", club(eur(minor))).await;
    let code = town.services.secret.customer_code(account.id);
    (account, code)
}

async fn are(town: &Town, series: &Series, state: BookingState) {
    for booking in &series.bookings {
        assert_eq!(town.state(booking.id).await, state);
    }
}

async fn all_dates_are_put_on_at_once_and_told_of_in_one_letter(town: &Town) {
    let (series, (account, code)) = (three_weeks(town).await, club_with_code(town, 270_00).await);
    invoice::put_on_by_code(&town.services, &series.bookings, &code).await.expect("on the account");
    are(town, &series, BookingState::Confirmed).await;
    let told = town.letters().await.into_iter().filter(|letter| letter.subject.starts_with("Varattu"));
    let [letter] = &told.collect::<Vec<_>>()[..] else { panic!("not one letter") };
    assert!(letter.text.contains("Hinta 270,00\u{a0}€, laskutetaan asiakkaalta"), "{}", letter.text);
    town.clock.set("2026-12-01T08:00:00Z");
    let issued = town.issue("tornio", "2026-11-30").await;
    let [invoice] = &issued[..] else { panic!("{issued:?}") };
    assert_eq!((invoice.customer, invoice.gross, invoice.lines.len()), (account.id, eur(270_00), 3));
    let again = invoice::put_on_by_code(&town.services, &series.bookings, &code).await;
    assert!(matches!(again, Err(OnAccountError::NotHeld)), "{again:?}");
}

async fn all_of_it_or_nothing_within_the_credit(town: &Town) {
    let (series, (_, code)) = (three_weeks(town).await, club_with_code(town, 269_99).await);
    let put = invoice::put_on_by_code(&town.services, &series.bookings, &code).await;
    assert!(matches!(put, Err(OnAccountError::Credit)), "{put:?}");
    are(town, &series, BookingState::Held).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM booking WHERE customer_id IS NOT NULL").await, 0);
}

async fn one_date_by_itself_costs_what_one_date_costs(town: &Town) {
    let (series, (_, code)) = (three_weeks(town).await, club_with_code(town, 500_00).await);
    let one = &series.bookings[0];
    let dearer = town.put_on(one, &code).await;
    assert!(matches!(dearer, Err(OnAccountError::Dearer)), "{dearer:?}");
    assert_eq!(town.state(one.id).await, BookingState::Held);
    let one = town.booking(one.id).await;
    assert_eq!(one.total, eur(100_00));
    town.put_on(&one, &code).await.expect("at the price that it has by now");
    assert_eq!(town.booking(one.id).await.total, eur(100_00));
}

async fn where_a_grant_pays_another_part_by_now_it_is_read_first(town: &Town) {
    let (series, (_, code)) = (three_weeks(town).await, club_with_code(town, 500_00).await);
    let ids: Vec<Uuid> = series.bookings.iter().map(|booking| booking.id).collect();
    let half = town.grant("haparanda", half_by_haparanda()).await;
    let voucher = grant::vouchers(&town.services, &Staff::operator(), half.id, 1, Some(sek(5_000_00))).await;
    grant::put_on(&town.services, &ids, &voucher.expect("a code")[0]).await.expect("a half");
    // One of them gets the price that it has by itself, and then the town ends the grant.
    let alone = payment::start(&town.services, &series.bookings[0], EURO, "http://localhost/").await;
    assert!(matches!(alone, Err(StartError::Dearer)), "{alone:?}");
    grant::close(&town.services, &Staff::operator(), half.id).await.expect("closed");
    let mut seen = Vec::new();
    for id in &ids {
        seen.push(town.booking(*id).await);
    }
    let put = invoice::put_on_by_code(&town.services, &seen, &code).await;
    assert!(matches!(put, Err(OnAccountError::Dearer)), "{put:?}");
    are(town, &series, BookingState::Held).await;
    // What is left is 90 and two halves of it.
    invoice::put_on_by_code(&town.services, &seen, &code).await.expect("as it was read by now");
    town.clock.set("2026-12-01T08:00:00Z");
    assert_eq!(town.issue("tornio", "2026-11-30").await[0].gross, eur(180_00));
}

async fn a_club_types_its_code_on_the_page_of_the_series(town: &Town) {
    let (series, (_, code)) = (three_weeks(town).await, club_with_code(town, 500_00).await);
    let (visitor, token) = (Visitor::new(town, Language::Fi), town.services.secret.series_token(series.id));
    let pay = visitor.get(&format!("/fi/vakiovuoro/{token}/maksa")).await;
    pay.is(200).says("Maksa laskulla").says("Asiakaskoodi").says("270,00 €");
    let form = format!("/fi/vakiovuoro/{token}/lasku");
    let wrong = visitor.post(&form, &[("code", "väärä"), ("shown", "27000")]).await;
    assert!(wrong.html.contains("value=\"väärä\""), "what was typed is kept: {}", wrong.html);
    let seen_less = visitor.post(&form, &[("code", code.as_str()), ("shown", "26999")]).await;
    seen_less.says("270,00 €").says("Hinta on muuttunut.");
    assert!(seen_less.html.contains(&code), "what was typed is kept: {}", seen_less.html);
    are(town, &series, BookingState::Held).await;
    let own =
        visitor.follow(&visitor.post(&form, &[("code", code.as_str()), ("shown", "27000")]).await).await;
    own.is(200).says("varattu");
    are(town, &series, BookingState::Confirmed).await;
}

async fn a_caller_puts_a_series_on_an_account(town: &Town) {
    let (series, (_, code)) = (three_weeks(town).await, club_with_code(town, 500_00).await);
    let path = format!("/series/{}/account", series.id);
    let put = async |token: &str, code: &str| {
        read(town.call(Method::POST, &path).bearer_auth(token).json(&json!({"account": code}))).await
    };
    let token = town.services.secret.series_token(series.id);
    let other = town.services.secret.series_token(Uuid::nil());
    put(&other, &code).await.is_problem(404, "not_found");
    put(&token, "abc").await.is_problem(422, "no_account");
    put(&token, &code).await.is(204);
    are(town, &series, BookingState::Confirmed).await;
    put(&token, &code).await.is_problem(409, "not_held");
}
