//! One's own bookings, and all of them.

use chrono::TimeDelta;
use sqlx::Connection;
use uuid::Uuid;
use vayla_domain::{Language, booking::Who, money::EURO};
use vayla_services::booking::Booking;

use super::follower::{follow, talkative};
use crate::{Town, aino, asa, pages::browser::Visitor, sek};

on_both_engines! {
    a_person_follows_all_of_their_bookings_and_nobody_elses,
    a_cancelled_booking_stays_as_a_cancelled_one,
    each_booking_is_told_in_the_links_language,
    an_address_is_the_same_in_large_letters,
    what_has_been_over_for_a_month_drops_out,
    the_nearest_two_thousand_stay,
}

async fn a_person_follows_all_of_their_bookings_and_nobody_elses(town: &Town) {
    let later = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let earlier = town.book(&town.ice_in_haparanda().later(-120), aino(), EURO).await;
    town.book(&town.ice_in_tornio().later(60), asa(), EURO).await;
    town.hold(town.ice_in_tornio().later(120).request_by(aino())).await;
    let given_back = town.hold(town.ice_in_tornio().later(180).request_by(aino())).await;
    town.cancel(given_back.id).await;

    let links = town.links(Language::Fi, "aino@example.fi").await;
    assert_eq!(links.len(), 1, "no club, no link for one: {links:?}");
    let calendar = follow(town, &links[0]).await;
    calendar
        .has("METHOD:PUBLISH")
        .has("NAME:Omat varaukset – Väylä")
        .has("X-WR-CALNAME:Omat varaukset – Väylä");
    calendar.has("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    assert_eq!(calendar.zones(), ["Europe/Helsinki", "Europe/Stockholm"]);
    let events = calendar.events();
    let uids: Vec<_> = events.iter().map(|event| event.of("UID").expect("a name").to_owned()).collect();
    assert_eq!(uids, [earlier.id, later.id].map(|id| format!("{id}@vayla")));

    let event = &events[1];
    event
        .has("DTSTART;TZID=Europe/Helsinki:20261104T180000")
        .has("DTEND;TZID=Europe/Helsinki:20261104T190000");
    event.has("SUMMARY:Tornion jäähalli – Koko jää").has("STATUS:CONFIRMED").has("SEQUENCE:0");
    event.has("DTSTAMP:20261030T170000Z").has("ORGANIZER:mailto:vayla@example.org");
    let url = event.of("URL").expect("a link");
    event.has(&format!("DESCRIPTION:Varaus {}\\nVarauksen sivu: {url}", later.reference));
    Visitor::new(town, Language::Fi).get(url).await.is(200).says("Vuoro on sinun").says(&later.reference);
    // The file that came with the booking tells of the same event.
    let files = town.letters().await.into_iter().filter_map(|letter| letter.calendar);
    let uid = format!("UID:{}@vayla\r\n", later.id);
    assert_eq!(files.filter(|file| file.text.contains(&uid)).count(), 1);
}

async fn a_cancelled_booking_stays_as_a_cancelled_one(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let link = town.links(Language::Fi, "aino@example.fi").await.remove(0);
    let before = follow(town, &link).await.event();
    town.clock.advance_minutes(5);
    town.cancel(booking.id).await;
    let after = follow(town, &link).await.event();
    assert_eq!(after.of("UID"), before.of("UID"));
    after.has("STATUS:CANCELLED").has("SEQUENCE:1").has("DTSTAMP:20261030T170500Z");
    after.has("SUMMARY:Peruttu: Tornion jäähalli – Koko jää").has("TRANSP:TRANSPARENT");
    after.has("DTSTART;TZID=Europe/Helsinki:20261104T180000");
    follow(town, &link).await.has("METHOD:PUBLISH");
}

async fn each_booking_is_told_in_the_links_language(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), talkative(), sek(0).currency).await;
    let swedish = town.links(Language::Sv, "asa@example.se").await.remove(0);
    town.clock.advance_minutes(60);
    town.ask_for_links(Language::Fi, "asa@example.se").await;
    let letters = town.link_letters("asa@example.se").await;
    let finnish = letters.iter().find(|letter| letter.subject == "Linkki varauksiisi kalenterissa");
    let finnish = super::follower::links_in(&finnish.expect("a Finnish letter").text).remove(0);
    assert_ne!(swedish, finnish);
    let swedish = follow(town, &swedish).await;
    swedish.has("NAME:Mina bokningar – Väylä").has("PRODID:-//Vayla//Vayla//SV");
    let event = swedish.event();
    let url = event.of("URL").expect("a link");
    event.has("SUMMARY:Torneå ishall – Hela isen");
    event.has(&format!(
        "DESCRIPTION:Träning P12\\; mål\\, lek\\\\allvar\\nBokning {}\\nBokningens sida: {url}",
        booking.reference
    ));
    assert!(url.contains("/sv/bokning/"), "{url}");
    let finnish = follow(town, &finnish).await;
    let other = finnish.event();
    other.has("SUMMARY:Tornion jäähalli – Koko jää");
    assert_eq!(other.of("UID"), event.of("UID"), "the same event in both");
    assert!(other.of("URL").is_some_and(|url| url.contains("/fi/varaus/")), "{other:#?}");
}

async fn an_address_is_the_same_in_large_letters(town: &Town) {
    let shouting = Who { email: "Aino@Example.FI".to_owned(), ..aino() };
    town.book(&town.ice_in_tornio(), shouting, EURO).await;
    town.book(&town.ice_in_tornio().later(60), aino(), EURO).await;
    town.ask_for_links(Language::Fi, "AINO@example.fi").await;
    let letters = town.link_letters("aino@example.fi").await;
    let links = super::follower::links_in(&letters[0].text);
    assert_eq!(follow(town, &links[0]).await.events().len(), 2);
}

async fn what_has_been_over_for_a_month_drops_out(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let link = town.links(Language::Fi, "aino@example.fi").await.remove(0);
    town.clock.set_to(booking.starts_at() + TimeDelta::days(31));
    assert_eq!(follow(town, &link).await.events().len(), 1);
    town.clock.advance_minutes(15);
    let empty = follow(town, &link).await;
    assert_eq!(empty.events().len(), 0);
    assert_eq!(empty.zones(), ["UTC"], "a calendar holds something, always");
}

async fn the_nearest_two_thousand_stay(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.cancel(booking.id).await;
    let link = town.links(Language::Fi, "aino@example.fi").await.remove(0);
    copy_hourly(town, &booking, 2003).await;
    let events = follow(town, &link).await.events();
    assert_eq!(events.len(), 2000);
    let starts: Vec<_> = events.iter().map(|event| event.of("DTSTART;TZID=Europe/Helsinki")).collect();
    assert_eq!(starts[0], Some("20261104T180000"));
    assert!(starts.is_sorted(), "in order");
    let last = (booking.starts_at() + TimeDelta::hours(1999)).with_timezone(&booking.space.zone());
    assert_eq!(starts[1999], Some(last.format("%Y%m%dT%H%M%S").to_string().as_str()));
}

/// The same booking again, an hour later each time, for nothing.
async fn copy_hourly(town: &Town, booking: &Booking, count: i64) {
    const COPY: &str = "INSERT INTO booking (id, reference, space_id, start_quarter, end_quarter, state, created_at,
            hold_expires_at, hold_extended, demo, price_group, use_of, total_minor, total_currency, cancel_rule,
            booker_name, booker_email, booker_language, confirmed_at)
        SELECT $2, $3, space_id, start_quarter + $4, end_quarter + $4, state, created_at, hold_expires_at,
            hold_extended, demo, price_group, use_of, 0, total_currency, cancel_rule,
            booker_name, booker_email, booker_language, confirmed_at
        FROM booking WHERE id = $1";
    sql!(town, c => {
        let mut connection = c.acquire().await.expect("a connection");
        let mut tx = connection.begin().await.expect("a transaction");
        for hour in 1..=count {
            let id = Uuid::from_u128(u128::try_from(hour).expect("a count"));
            sqlx::query(COPY).bind(booking.id).bind(id).bind(hour.to_string()).bind(4 * hour)
                .execute(&mut *tx).await.expect("a copy");
        }
        tx.commit().await.expect("to keep them");
    });
}
