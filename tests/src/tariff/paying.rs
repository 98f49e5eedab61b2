//! What a time costs by all that a list can say.

use serde_json::json;
use vayla_domain::{
    Language,
    money::{Basis, EURO, PriceGroup},
};
use vayla_services::{
    booking::{self, HoldError, HoldRequest, QuoteError},
    series::{self, SeriesError, Shown},
    tariff::{Place, line_text},
};

use super::{hourly, living_in, sport};
use crate::{Town, aino, eur};

on_both_engines! {
    half_a_hall_costs_its_part_of_the_whole,
    residents_pay_their_own_price_and_say_so,
    a_series_costs_less_from_so_many_dates_on,
    a_booking_costs_at_least_so_much_unless_it_is_free,
    a_group_pays_as_another_or_cannot_book,
    holidays_occasions_and_days_have_prices_of_their_own,
}

fn basis(quote: &vayla_domain::money::Quote) -> Vec<&'static str> {
    quote.lines.iter().map(|line| line.basis.code()).collect()
}

async fn half_a_hall_costs_its_part_of_the_whole(town: &Town) {
    let half = town.wall_time("tornion-jalkapallohalli", "halva-1", "2026-11-04 18:00", 90);
    let whole = town.wall_time("tornion-jalkapallohalli", "hela-planen", "2026-11-04 18:00", 90);
    town.publish(&Place::Facility(half.space.facility.clone()), "2026-11-01", &hourly("use", "EUR", "90.50"))
        .await;
    assert_eq!(town.costs(&half).await, Some(75_00), "its own list stands");
    let part = json!({"dated_by": "use", "part_percent": 55});
    for space in [&half.space, &whole.space] {
        let list = if space.slug == "halva-1" { part.clone() } else { hourly("use", "EUR", "90.50") };
        town.publish(&Place::Space(space.clone()), "2026-11-02", &list).await;
    }
    assert_eq!(town.costs(&whole).await, Some(135_75));
    let quote = town.quote(&half, &sport(PriceGroup::Adult)).await.expect("a price");
    assert_eq!(quote.total, eur(74_66)); // 135.75 × 0.55 = 74.6625
    let text = |language| line_text(language, &town.services.catalogue(), &quote.lines[0]);
    assert_eq!(
        text(Language::Sv),
        "1\u{a0}tim 30\u{a0}min, 90,50\u{a0}€ i timmen (55\u{a0}% av priset för hela anläggningen)"
            .replace("1\u{a0}tim 30\u{a0}min", &vayla_locales::format::duration(Language::Sv, 90))
    );
    assert!(text(Language::Fi).contains("55\u{a0}% koko paikan hinnasta"), "{}", text(Language::Fi));
    // The line is kept, and says the same later.
    let half = town.wall_time("tornion-jalkapallohalli", "halva-1", "2026-11-04 18:00", 90);
    let booked = town.book(&half, aino(), EURO).await;
    let kept = booking::lines(&town.services.db, &booked).await.expect("the lines");
    assert_eq!(kept, quote.lines);
}

async fn residents_pay_their_own_price_and_say_so(town: &Town) {
    let ice = town.ice_in_tornio();
    let prices = json!([
        {"groups": ["adult", "club"], "unit": "hour", "price": {"EUR": "100"}},
        {"groups": ["adult"], "home": ["tornio"], "unit": "hour", "price": {"EUR": "80"}},
        {"groups": ["adult"], "home": ["haparanda", "kemi"], "unit": "hour", "price": {"EUR": "90"}}]);
    town.price(&ice.space, &json!({"dated_by": "booking", "prices": prices})).await;
    for (home, expected) in [("tornio", 80_00), ("haparanda", 90_00), ("kemi", 90_00), ("oulu", 100_00)] {
        let quote = town.quote(&ice, &living_in(PriceGroup::Adult, home)).await.expect("a price");
        assert_eq!(quote.total.minor, expected, "{home}");
    }
    assert_eq!(town.costs(&ice).await, Some(100_00), "not said is elsewhere");
    let club = town.quote(&ice, &living_in(PriceGroup::Club, "tornio")).await.expect("a price");
    assert_eq!(club.total, eur(100_00));
    // It goes with the booking, to whatever time it moves.
    let home = "tornio".parse().ok();
    let held = town.hold(HoldRequest { home, ..town.ice_in_tornio().request_by(aino()) }).await;
    town.pay(&held, EURO).await;
    let booked = town.booking(held.id).await;
    assert_eq!((booked.total, booked.home.as_ref().map(|home| home.code())), (eur(80_00), Some("tornio")));
    assert_eq!(town.quote_move(&booked, &town.ice_in_tornio().later(120)).await.price.total, eur(80_00));
}

async fn a_series_costs_less_from_so_many_dates_on(town: &Town) {
    let ice = town.ice_in_tornio();
    let mut list = hourly("booking", "EUR", "100");
    list["series"] = json!([{"dates": 3, "percent": 5}, {"dates": 5, "percent": 10}]);
    town.price(&ice.space, &list).await;
    let ice = town.ice_in_tornio();
    let wish = crate::series::weekly_wish(&ice.space, "2026-11-04", 5);
    let outline = series::outline(&town.services, &wish).await.expect("an outline");
    assert_eq!(outline.total, eur(5 * 90_00));
    let (_, _, price, _) = outline.free().next().expect("a date");
    assert_eq!(basis(price), ["price", "series"]);
    let text = |language| line_text(language, &town.services.catalogue(), &price.lines[1]);
    assert_eq!(text(Language::Sv), "Rabatt för minst 5 datum: 10\u{a0}%");
    assert_eq!(text(Language::Fi), "Alennus, kun kertoja on vähintään 5: 10\u{a0}%");

    // Whoever asks for fewer of the dates doesn't get it for so many.
    let shown: Vec<Shown> =
        outline.free().map(|(date, .., quote)| Shown { date, quote: Some(quote.to_owned()) }).collect();
    let request = series::SeriesRequest { wish, who: aino(), shown: shown[..2].to_vec(), attempt: None };
    match series::book(&town.services, &request).await {
        Err(SeriesError::Changed(fresh)) => {
            assert_eq!(fresh.free().next().expect("a date").2.total, eur(100_00))
        }
        other => panic!("it should cost more, and not {other:?}"),
    }
    let booked =
        series::book(&town.services, &series::SeriesRequest { shown, ..request }).await.expect("a series");
    assert_eq!(booked.bookings.iter().map(|one| one.total.minor).sum::<i64>(), 5 * 90_00);
    let payment =
        vayla_services::payment::start_series(&town.services, &booked.bookings, EURO, "http://localhost/")
            .await;
    let payment = town.payment(payment.expect("a payment")).await;
    town.play(&payment, vayla_services::payment::Outcome::Pay).await;
    // One of them moves at the price of one of five.
    let one = town.booking(booked.bookings[2].id).await;
    let later =
        crate::Time { space: one.space.clone(), start: one.starts_at(), end: one.ends_at() }.later(120);
    assert_eq!(town.quote_move(&one, &later).await.price.total, eur(90_00));
}

async fn a_booking_costs_at_least_so_much_unless_it_is_free(town: &Town) {
    let ice = town.ice_in_tornio();
    let list = json!({"dated_by": "booking", "minimum": {"EUR": "40.00"}, "prices": [
        {"groups": ["adult", "club", "company"], "unit": "hour", "price": {"EUR": "30.00"}},
        {"groups": ["youth"], "unit": "hour", "price": {"EUR": "0.00"}}]});
    town.price(&ice.space, &list).await;
    let quote = town.quote(&ice, &sport(PriceGroup::Adult)).await.expect("a price");
    assert_eq!((quote.total, basis(&quote)), (eur(40_00), vec!["price", "minimum"]));
    // 30.00 has 3.57 of tax in it and 10.00 has 1.19, each rounded by itself.
    assert_eq!(quote.vat(), eur(3_57 + 1_19));
    let booked = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    assert_eq!(booked.total, eur(40_00));
    let free = town.quote(&ice, &sport(PriceGroup::Youth)).await.expect("a price");
    assert_eq!((free.is_free(), basis(&free)), (true, vec!["price"]));
    let text = line_text(Language::Fi, &town.services.catalogue(), &free.lines[0]);
    assert!(text.contains("Maksuton"), "{text}");
    let two_hours = crate::Time { end: ice.end + chrono::TimeDelta::hours(1), ..ice };
    assert_eq!(town.costs(&two_hours).await, Some(60_00));
}

async fn a_group_pays_as_another_or_cannot_book(town: &Town) {
    let ice = town.ice_in_tornio();
    let list = json!({"dated_by": "booking", "as_group": {"company": "adult"}, "prices": [
        {"groups": ["adult"], "unit": "hour", "price": {"EUR": "30.00"}}]});
    town.price(&ice.space, &list).await;
    let company = town.quote(&ice, &sport(PriceGroup::Company)).await.expect("a price");
    assert_eq!(company.total, eur(30_00));
    let Basis::Price { group, .. } = &company.lines[0].basis else { panic!("a price") };
    assert_eq!(*group, Some(PriceGroup::Adult));
    let text = line_text(Language::Sv, &town.services.catalogue(), &company.lines[0]);
    assert!(text.ends_with("(samma pris som för Vuxna)"), "{text}");
    let request = HoldRequest { price_group: PriceGroup::Club, ..town.ice_in_tornio().request_by(aino()) };
    let refused = town.try_hold(request).await;
    assert!(matches!(refused, Err(HoldError::NoPrice(QuoteError::NoPrice(_)))), "{refused:?}");
}

async fn holidays_occasions_and_days_have_prices_of_their_own(town: &Town) {
    let ice = town.ice_in_tornio();
    let everybody = json!(["adult", "youth", "club", "company"]);
    let list = json!({"dated_by": "booking", "prices": [
        {"groups": everybody, "unit": "hour", "price": {"EUR": "30.00"}},
        {"groups": everybody, "when": {"on": {"holidays": ["public"]}}, "unit": "day", "price": {"EUR": "99.00"}},
        {"groups": everybody, "when": {"days": [6], "from": "12:00"}, "unit": "occasion", "price": {"EUR": "50.00"}}]});
    town.price(&ice.space, &list).await;
    let at = |start: &str, minutes| town.wall_time("tornion-jaahalli", "hela-isen", start, minutes);
    assert_eq!(town.costs(&at("2026-12-06 12:00", 120)).await, Some(99_00), "Independence Day");
    assert_eq!(
        town.costs(&at("2026-11-14 11:00", 180)).await,
        Some(80_00),
        "an hour, and an occasion of two"
    );
    assert_eq!(town.costs(&at("2026-11-13 11:00", 180)).await, Some(90_00), "a Friday");
}
