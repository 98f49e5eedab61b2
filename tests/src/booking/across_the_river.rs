//! Both towns' residents book on both banks and pay in either currency.

use vayla_domain::money::{EURO, PriceGroup, Use, VatRate};
use vayla_services::{booking, payment::PaymentState};

use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    a_resident_of_tornio_books_haparanda_ice_and_pays_euros,
    a_resident_of_haparanda_books_tornio_ice_and_pays_kronor,
    the_worked_example_between_the_towns,
    one_who_pays_in_the_facilitys_currency_owes_the_neighbour_nothing,
    the_shown_price_is_the_charged_price,
    a_free_time_is_confirmed_without_payment,
}

async fn a_resident_of_tornio_books_haparanda_ice_and_pays_euros(town: &Town) {
    let booking = town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    assert_eq!(booking.total, sek(825_00));
    let (other, rate) = booking.other.clone().expect("a price in euros");
    assert_eq!(other, eur(75_15)); // 825.00 / 10.978
    let rate = rate.expect("a rate");
    assert_eq!(
        (rate.value.to_string(), rate.date.to_string()),
        ("10.978".to_owned(), "2026-10-30".to_owned())
    );
    let lines = booking::lines(&town.services.db, &booking).await.expect("the lines");
    assert_eq!(lines.iter().map(|line| line.vat_rate).collect::<Vec<_>>(), [VatRate::Exempt]);
    assert_eq!(
        town.postings(booking.id).await,
        [
            "tornio: clearing / due_to:haparanda 75.15 EUR (825.00 SEK)",
            "haparanda: due_from:tornio / income 825.00 SEK (825.00 SEK)",
        ]
    );
    assert_eq!(town.receipts(booking.id).await, [1]);
}

async fn a_resident_of_haparanda_books_tornio_ice_and_pays_kronor(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    assert_eq!(booking.total, eur(125_00));
    assert_eq!(booking.other.as_ref().map(|(money, _)| *money), Some(sek(1372_25)));
    assert_eq!(
        town.postings(booking.id).await,
        [
            "haparanda: clearing / due_to:tornio 1372.25 SEK (125.00 EUR)",
            "tornio: due_from:haparanda / vat 14.87 EUR (14.87 EUR)", // 13.5 % within
            "tornio: due_from:haparanda / income 110.13 EUR (110.13 EUR)",
        ]
    );
    let payments = town.payments(booking.id).await;
    assert_eq!(payments.len(), 1);
    assert_eq!((payments[0].collector.as_str(), payments[0].amount), ("haparanda", sek(1372_25)));
    assert_eq!((payments[0].state, payments[0].surplus), (PaymentState::Paid, false));
}

async fn the_worked_example_between_the_towns(town: &Town) {
    let time = town.ice_in_tornio();
    town.set_price(&time.space, 20_00).await;
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    assert_eq!(
        town.postings(booking.id).await,
        [
            "haparanda: clearing / due_to:tornio 219.56 SEK (20.00 EUR)",
            "tornio: due_from:haparanda / vat 2.38 EUR (2.38 EUR)",
            "tornio: due_from:haparanda / income 17.62 EUR (17.62 EUR)",
        ]
    );
}

async fn one_who_pays_in_the_facilitys_currency_owes_the_neighbour_nothing(town: &Town) {
    let ice = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    assert_eq!(
        town.postings(ice.id).await,
        ["tornio: clearing / vat 14.87 EUR", "tornio: clearing / income 110.13 EUR"]
    );
    let ice = town.book(&town.ice_in_haparanda(), asa(), sek(0).currency).await;
    assert_eq!(town.postings(ice.id).await, ["haparanda: clearing / income 825.00 SEK"]);
}

fn adults_sport() -> booking::PriceFor {
    booking::PriceFor::new(PriceGroup::Adult, Use::Sport)
}

async fn the_shown_price_is_the_charged_price(town: &Town) {
    let time = town.ice_in_tornio();
    let span = town.hold(time.request()).await.span;
    let shown = booking::quote(&town.services, &time.space, span, &adults_sport()).await.expect("a price");
    let name = booking::fingerprint(&time.space, &shown);
    town.set_price(&time.space, 130_00).await;
    let dearer = town.ice_in_tornio().later(60);
    let refused = town.try_hold(booking::HoldRequest { quote: Some(name), ..dearer.request() }).await;
    assert!(matches!(refused, Err(booking::HoldError::QuoteChanged)), "{refused:?}");
    assert_eq!(town.hold(dearer.request()).await.total, eur(130_00));
    // The first hold keeps the price that was shown.
    let held = town.count("SELECT COUNT(*) FROM booking WHERE total_minor = 12500").await;
    assert_eq!(held, 1);
}

async fn a_free_time_is_confirmed_without_payment(town: &Town) {
    let time = town.wall_time("strandplan-naridrottsplats", "beachvolley", "2026-11-04 17:00", 60);
    let request = booking::HoldRequest { price_group: PriceGroup::Youth, ..time.request_by(asa()) };
    let held = town.hold(request).await;
    assert_eq!(held.total, sek(0));
    let started = vayla_services::payment::start(&town.services, &held, EURO, "http://localhost/").await;
    assert!(matches!(started, Err(vayla_services::payment::StartError::Free)), "{started:?}");
    vayla_services::payment::confirm_free(&town.services, &held).await.expect("to be confirmed");
    assert_eq!(town.state(held.id).await, booking::BookingState::Confirmed);
    assert_eq!(town.postings(held.id).await, [""; 0]);
    let again = vayla_services::payment::confirm_free(&town.services, &held).await;
    assert!(again.is_err(), "{again:?}");
    assert!(town.letter("Bokat: ").await.text.contains("Pris: gratis"));
    assert_eq!(town.cancel(held.id).await.refunds, []);
}
