//! What a series has off is for as many dates as are paid together, with those that are booked.

use serde_json::json;
use vayla_domain::{
    Language,
    money::{EURO, Money},
};
use vayla_locales::format;
use vayla_services::{
    booking::{self, Booking, BookingState},
    payment::{self, Charge, ChargeError, Outcome, StartError},
    series::Series,
};

use super::hourly;
use crate::{Town, aino, eur, pages::browser::Visitor, sek};

on_both_engines! {
    one_date_paid_by_itself_has_nothing_off,
    paid_together_after_all_they_have_it_again,
    fewer_at_the_terminal_cost_what_so_few_cost,
    money_that_was_asked_for_pays_the_price_that_was_shown,
    dates_that_are_booked_count,
    a_payer_reads_both_prices,
    a_date_that_costs_less_than_a_coin_in_the_other_currency_is_payable_in_it,
}

const BACK: &str = "http://localhost/";

/// An hour a week for five weeks at a hundred euros, ten percent off from five dates on, five from three on.
async fn five_weeks(town: &Town) -> Series {
    let mut list = hourly("booking", "EUR", "100");
    list["series"] = json!([{"dates": 3, "percent": 5}, {"dates": 5, "percent": 10}]);
    town.price(&town.ice_in_tornio().space, &list).await;
    let ice = town.ice_in_tornio();
    let series = town.hold_series(&crate::series::weekly_wish(&ice.space, "2026-11-04", 5), aino()).await;
    assert_eq!(totals(&series.bookings), [90_00; 5]);
    series
}

fn totals(bookings: &[Booking]) -> Vec<i64> {
    bookings.iter().map(|booking| booking.total.minor).collect()
}

impl Town {
    async fn as_they_are(&self, series: &Series) -> Vec<Booking> {
        let found = vayla_services::series::find(&self.services, series.id).await.expect("the database");
        found.expect("a series").bookings
    }

    async fn start_all(&self, bookings: &[Booking]) -> Result<uuid::Uuid, StartError> {
        payment::start_series(&self.services, bookings, EURO, BACK).await
    }

    async fn paid_for(&self, booking: &Booking) -> Vec<Money> {
        let payments = self.payments(booking.id).await;
        payments.iter().filter(|payment| payment.pays()).map(|payment| payment.amount).collect()
    }
}

async fn one_date_paid_by_itself_has_nothing_off(town: &Town) {
    let series = five_weeks(town).await;
    let one = &series.bookings[2];
    let kronor = sek(0).currency;
    let dearer = payment::start(&town.services, one, kronor, BACK).await;
    assert!(matches!(dearer, Err(StartError::Dearer)), "{dearer:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, 0, "more than was shown isn't asked for");
    // Now that is its price, to be seen wherever the booking is.
    let one = town.booking(one.id).await;
    assert_eq!((one.total, one.other.as_ref().map(|(money, _)| *money)), (eur(100_00), Some(sek(1097_80))));
    let lines = booking::lines(&town.services.db, &one).await.expect("the lines");
    assert_eq!(lines.iter().map(|line| line.basis.code()).collect::<Vec<_>>(), ["price"]);
    let paid = town.pay(&one, kronor).await;
    assert_eq!((paid.amount, paid.gross, paid.vat), (sek(1097_80), eur(100_00), eur(11_89)));
    town.clock.advance_minutes(16);
    town.sweep().await;
    let one = town.booking(one.id).await;
    assert_eq!((one.state_at(town.clock.now()), one.total), (BookingState::Confirmed, eur(100_00)));
    // It moves at that price, back and forth.
    let time = crate::Time { space: one.space.clone(), start: one.starts_at(), end: one.ends_at() };
    town.try_move(one.id, &time.later(120)).await.expect("to move");
    assert_eq!(town.booking(one.id).await.total, eur(100_00));
    assert_eq!(town.cancel(one.id).await.refunds, [sek(1097_80)]);
}

async fn paid_together_after_all_they_have_it_again(town: &Town) {
    let series = five_weeks(town).await;
    let dearer = payment::start(&town.services, &series.bookings[0], EURO, BACK).await;
    assert!(matches!(dearer, Err(StartError::Dearer)), "{dearer:?}");
    let dearer = town.start_all(&series.bookings[..3]).await;
    assert!(matches!(dearer, Err(StartError::Dearer)), "{dearer:?}");
    let now = town.as_they_are(&series).await;
    assert_eq!(totals(&now), [95_00, 95_00, 95_00, 90_00, 90_00]);
    let payment = town.payment(town.start_all(&now).await.expect("no more than was shown")).await;
    town.play(&payment, Outcome::Pay).await;
    assert_eq!(totals(&town.as_they_are(&series).await), [90_00; 5]);
    for booking in &series.bookings {
        assert_eq!(town.paid_for(booking).await, [eur(90_00)]);
    }
}

async fn fewer_at_the_terminal_cost_what_so_few_cost(town: &Town) {
    let series = five_weeks(town).await;
    let asked = town.payment(town.start_all(&series.bookings).await.expect("a payment")).await;
    for booking in &series.bookings[..2] {
        town.cancel(booking.id).await;
    }
    for _ in 0..2 {
        let changed = payment::play(&town.services, &asked, Outcome::Pay, None).await;
        assert!(matches!(changed, Err(ChargeError::PriceChanged)), "{changed:?}");
    }
    let left = town.as_they_are(&series).await.split_off(2);
    assert_eq!(totals(&left), [95_00; 3]);
    let asked = town.payment(town.start_all(&left).await.expect("a payment")).await;
    town.play(&asked, Outcome::Pay).await;
    for booking in &left {
        assert_eq!(town.paid_for(booking).await, [eur(95_00)]);
    }
}

async fn money_that_was_asked_for_pays_the_price_that_was_shown(town: &Town) {
    let series = five_weeks(town).await;
    let asked = town.start_all(&series.bookings).await.expect("a payment");
    let dearer = payment::start(&town.services, &series.bookings[0], EURO, BACK).await;
    assert!(matches!(dearer, Err(StartError::Dearer)), "{dearer:?}");
    // A provider takes what it was asked for, and all five are paid by it.
    let charged = payment::charge(&town.services, asked, "all").await.expect("to be charged");
    assert_eq!(charged, Charge::Confirmed);
    let booked = town.as_they_are(&series).await;
    assert_eq!(totals(&booked), [90_00; 5]);
    let first = &booked[0];
    assert_eq!(first.other.as_ref().map(|(money, _)| *money), Some(sek(988_02)));
    let lines = booking::lines(&town.services.db, first).await.expect("the lines");
    assert_eq!(lines.iter().map(|line| line.gross.minor).sum::<i64>(), 90_00);
    // As one of five it moves on.
    let time = crate::Time { space: first.space.clone(), start: first.starts_at(), end: first.ends_at() };
    assert_eq!(town.quote_move(first, &time.later(120)).await.price.total, eur(90_00));
}

async fn dates_that_are_booked_count(town: &Town) {
    let series = five_weeks(town).await;
    let dearer = town.start_all(&series.bookings[..2]).await;
    assert!(matches!(dearer, Err(StartError::Dearer)), "{dearer:?}");
    let now = town.as_they_are(&series).await;
    let payment = town.payment(town.start_all(&now[..2]).await.expect("a payment")).await;
    town.play(&payment, Outcome::Pay).await;
    // With the two that are booked the others are five.
    let payment = town.payment(town.start_all(&now[2..]).await.expect("a payment")).await;
    town.play(&payment, Outcome::Pay).await;
    assert_eq!(totals(&town.as_they_are(&series).await), [100_00, 100_00, 90_00, 90_00, 90_00]);
    // What has been paid keeps its price when others are cancelled in time.
    assert_eq!(town.cancel(series.bookings[4].id).await.refunds, [eur(90_00)]);
    assert_eq!(totals(&town.as_they_are(&series).await), [100_00, 100_00, 90_00, 90_00, 90_00]);
}

async fn a_payer_reads_both_prices(town: &Town) {
    let series = five_weeks(town).await;
    for (language, number) in [(Language::Sv, 0), (Language::Fi, 1)] {
        let visitor = Visitor::new(town, language);
        let (w, money) = (visitor.words(), |minor| format::money(language, eur(minor)));
        let token = town.services.secret.manage_token(series.bookings[number].id);
        let path = match language {
            Language::Sv => format!("/sv/bokning/{token}/betala"),
            Language::Fi => format!("/fi/varaus/{token}/maksa"),
        };
        let page = visitor.get(&path).await;
        page.is(200).says(&w.pay_amount(money(100_00))).says(&w.pay_series_alone(money(90_00)));
        let all = town.services.secret.series_token(series.id);
        let together = visitor.get(&page.link(&all)).await;
        together.is(200).says(&money(5 * 90_00));
        // A page from when it cost less.
        let old = visitor.post(&path, &[("currency", "EUR"), ("shown", "9000")]).await;
        old.is_sent_back(&visitor).says(&w.problem_series_fewer());
        assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, number as i64);
        // The price that the page shows is what is charged.
        let terminal = visitor.follow(&visitor.send(&page.form(&path).pressed("EUR")).await).await;
        terminal.says(&w.terminal_title()).says(&money(100_00));
    }
}

async fn a_date_that_costs_less_than_a_coin_in_the_other_currency_is_payable_in_it(town: &Town) {
    let ice = town.ice_in_haparanda();
    let mut list = hourly("use", "SEK", "100");
    let cheap = json!({"groups": ["adult"], "when": {"on": {"dates": {"from": "2026-11-11", "to": "2026-11-11"}}},
                       "unit": "hour", "price": {"SEK": "0.04"}});
    list["prices"].as_array_mut().expect("prices").push(cheap);
    town.price(&ice.space, &list).await;
    let ice = town.ice_in_haparanda();
    let series = town.hold_series(&crate::series::weekly_wish(&ice.space, "2026-11-04", 3), aino()).await;
    let euros: Vec<_> =
        series.bookings.iter().map(|booking| booking.other.as_ref().map(|(money, _)| *money)).collect();
    assert_eq!(euros, [Some(eur(9_11)), Some(eur(1)), Some(eur(9_11))]);
    let asked = town.payment(town.start_all(&series.bookings).await.expect("a payment")).await;
    assert_eq!(payment::amount_asked(&town.services, &asked).await.expect("the sum"), eur(18_23));
    town.play(&asked, Outcome::Pay).await;
    assert_eq!(
        town.postings(series.bookings[1].id).await,
        [
            "tornio: clearing / due_to:haparanda 0.01 EUR (0.04 SEK)",
            "haparanda: due_from:tornio / income 0.04 SEK (0.04 SEK)",
        ]
    );
    assert_eq!(town.cancel(series.bookings[1].id).await.refunds, [eur(1)]);
}
