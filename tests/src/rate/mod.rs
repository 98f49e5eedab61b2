//! Which rate holds.

pub(crate) mod bank;
mod checking;
mod fetching;

use vayla_domain::{
    Language,
    money::{EURO, RateError},
};
use vayla_services::{
    booking, payment,
    rate::{self, ImportError},
};

use crate::{Town, aino, eur, pages::browser::Visitor, sek};

on_both_engines! {
    an_old_rate_stops_the_neighbours_currency_and_not_ones_own,
    before_four_in_frankfurt_yesterdays_rate_holds,
    a_file_of_rates_is_taken_in_once,
    a_file_with_one_bad_line_is_refused_whole,
    a_corrected_rate_holds_for_new_bookings_only,
    what_was_laid_in_last_holds_also_where_it_was_the_first,
    the_rate_in_force_says_its_day_and_where_it_is_from,
}

async fn rate_now(town: &Town) -> Result<String, RateError> {
    let rate =
        rate::in_force(&town.services, EURO, sek(0).currency, town.clock.now()).await.expect("the database");
    rate.map(|rate| format!("{} of {}", rate.value, rate.date))
}

async fn an_old_rate_stops_the_neighbours_currency_and_not_ones_own(town: &Town) {
    town.clock.set("2026-11-05T17:00:00Z");
    assert_eq!(rate_now(town).await.as_deref(), Ok("10.978 of 2026-10-30"));
    town.clock.set("2026-11-06T17:00:00Z");
    assert_eq!(rate_now(town).await, Err(RateError::TooOld("2026-10-30".parse().expect("a date"))));
    let time = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-11 18:00", 60);
    let held = town.hold(time.request_by(aino())).await;
    assert_eq!((held.total, held.other.clone()), (eur(125_00), None));
    let token = town.services.secret.manage_token(held.id);
    for (language, page, pay) in [
        (Language::Sv, format!("/sv/bokning/{token}/betala"), "Betala 125,00 €"),
        (Language::Fi, format!("/fi/varaus/{token}/maksa"), "Maksa 125,00 €"),
    ] {
        let visitor = Visitor::new(town, language);
        let only = visitor.words().pay_only_one();
        visitor.get(&page).await.is(200).says(pay).says(&only).says_not(" kr");
    }
    let foreign = payment::start(&town.services, &held, sek(0).currency, "http://localhost/").await;
    assert!(matches!(foreign, Err(payment::StartError::Currency)), "{foreign:?}");
    town.pay(&held, EURO).await;
    assert_eq!(town.state(held.id).await, booking::BookingState::Confirmed);
}

async fn before_four_in_frankfurt_yesterdays_rate_holds(town: &Town) {
    town.clock.set("2026-10-30T14:59:59Z");
    assert_eq!(rate_now(town).await.as_deref(), Ok("10.9995 of 2026-10-29"));
    town.clock.set("2026-10-30T15:00:00Z");
    assert_eq!(rate_now(town).await.as_deref(), Ok("10.978 of 2026-10-30"));
    town.clock.set("2026-11-01T12:00:00Z"); // Sunday: Friday's
    assert_eq!(rate_now(town).await.as_deref(), Ok("10.978 of 2026-10-30"));
    town.clock.set("2026-11-02T09:00:00Z"); // Monday morning: still Friday's
    assert_eq!(rate_now(town).await.as_deref(), Ok("10.978 of 2026-10-30"));
}

const CSV: &str =
    "Date,USD,JPY,SEK,NOK,\n2026-11-03,1.1,170.2,11.0125,11.7,\n2026-11-02,1.1,170.1,10.99,N/A,\n";
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <Cube><Cube time='2026-11-04'><Cube currency='USD' rate='1.1'/><Cube currency='SEK' rate='11.02'/></Cube>
  <Cube time='2026-11-03'><Cube currency='SEK' rate='11.0125'/></Cube></Cube>
</gesmes:Envelope>"#;

async fn a_file_of_rates_is_taken_in_once(town: &Town) {
    town.clock.set("2026-11-04T17:00:00Z");
    let import = async |file| {
        let done = rate::import(&town.services, file).await.expect("a rates file");
        (done.read, done.new, done.latest.to_string())
    };
    assert_eq!(import(CSV).await, (2, 2, "2026-11-03".to_owned()));
    assert_eq!(rate_now(town).await.as_deref(), Ok("11.0125 of 2026-11-03"));
    assert_eq!(import(XML).await, (2, 1, "2026-11-04".to_owned()));
    assert_eq!(rate_now(town).await.as_deref(), Ok("11.02 of 2026-11-04"));
    assert_eq!(import(XML).await.1, 0);
    assert_eq!(import(CSV).await.1, 0);
}

async fn a_file_with_one_bad_line_is_refused_whole(town: &Town) {
    let before = town.count("SELECT COUNT(*) FROM fixing").await;
    for file in
        ["", "<html>", "Date,SEK,\n2026-11-03,11.0,\n2026-11-02,elva,\n", "Date,USD,\n2026-11-03,1.1,\n"]
    {
        let refused = rate::import(&town.services, file).await;
        assert!(matches!(refused, Err(ImportError::Unreadable(_))), "{file}: {refused:?}");
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM fixing").await, before);
}

async fn a_corrected_rate_holds_for_new_bookings_only(town: &Town) {
    let early = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.clock.advance_minutes(1);
    rate::import(&town.services, "Date,SEK,\n2026-10-30,11.5,\n").await.expect("a rates file");
    assert_eq!(rate_now(town).await.as_deref(), Ok("11.5 of 2026-10-30"));
    let late = town.book(&town.ice_in_tornio().later(60), aino(), sek(0).currency).await;
    assert_eq!(town.payments(late.id).await[0].amount, sek(1437_50));
    let paid = town.pay(&early, sek(0).currency).await;
    assert_eq!(paid.amount, sek(1372_25));
    assert_eq!(
        town.booking(early.id)
            .await
            .other
            .and_then(|(_, rate)| rate)
            .map(|rate| rate.value.to_string())
            .as_deref(),
        Some("10.978")
    );
    assert!(town.postings(early.id).await[0].contains("1372.25 SEK (125.00 EUR)"));
    // Both figures stay on file.
    assert_eq!(town.count("SELECT COUNT(*) FROM fixing WHERE fixing_date = '2026-10-30'").await, 2);
}

async fn what_was_laid_in_last_holds_also_where_it_was_the_first(town: &Town) {
    for (figure, new) in [("10.978", 0), ("11.5", 1), ("11.5", 0), ("10.978", 1), ("10.9780", 0), ("11.5", 1)]
    {
        // All at one moment: it isn't the clock that says which is the last.
        let file = format!("Date,SEK,\n2026-10-30,{figure},\n");
        let imported = rate::import(&town.services, &file).await.expect("a rates file");
        assert_eq!(imported.new, new, "{figure}");
        let holds = format!("{} of 2026-10-30", figure.trim_end_matches('0'));
        assert_eq!(rate_now(town).await, Ok(holds));
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM fixing WHERE fixing_date = '2026-10-30'").await, 4);
}

async fn the_rate_in_force_says_its_day_and_where_it_is_from(town: &Town) {
    let shown = town.ask("/rates").await;
    let rate = serde_json::json!(
        {"base": "EUR", "quote": "SEK", "value": "10.978", "date": "2026-10-30", "source": "ECB"}
    );
    assert_eq!(shown.is(200).body, rate);
    // The vectors of the longest gaps, and of a day that is a holiday in both towns but none of the bank's.
    for (asked, value, date) in [
        ("2026-04-06", "2026-04-02", "2026-04-02"),
        ("2025-12-28", "2025-12-24", "2025-12-24"),
        ("2026-06-19", "10.974", "2026-06-19"),
        ("2026-01-01", "10.8215", "2025-12-31"),
        ("2026-01-02", "10.8085", "2026-01-02"),
        ("2026-10-29", "10.9995", "2026-10-29"),
    ] {
        let shown = town.ask(&format!("/rates?date={asked}")).await;
        assert_eq!(shown.is(200).text("date"), date, "{asked}");
        assert!(value == date || shown.text("value") == value, "{asked}: {shown:?}");
    }
}
