//! What a move costs or gives back, to the last öre and cent.

use chrono::TimeDelta;
use vayla_domain::money::{Currency, EURO, Money};
use vayla_services::{
    booking::{self, Changed, HoldRequest},
    payment::{self, Payment},
    rate,
};

use crate::{Time, Town, aino, asa, eur, sek};

on_both_engines! {
    a_cheaper_time_gives_the_difference_back,
    across_the_border_it_goes_back_at_the_rate_it_was_paid_at,
    a_difference_is_paid_at_the_rate_of_the_day_and_all_goes_back_at_its_own,
    the_latest_payment_goes_back_first,
    moved_twice_and_cancelled_late_the_sums_are_exact,
    parts_of_odd_amounts_come_to_the_whole,
    a_part_smaller_than_a_coin_is_still_in_the_books,
    a_free_time_that_gets_a_price_is_paid_like_any_other,
    a_receipt_keeps_what_it_was_issued_for,
}

const KRONA: Currency = sek(0).currency;

async fn moved(town: &Town, booking: uuid::Uuid, time: &Time) -> Vec<Money> {
    match town.try_move(booking, time).await {
        Ok(Changed::Done { refunds }) => refunds,
        other => panic!("it should be moved, and not {other:?}"),
    }
}

async fn is_open(town: &Town, booking: uuid::Uuid, time: &Time) {
    let asked = town.try_move(booking, time).await;
    assert!(matches!(asked, Ok(Changed::Open(_))), "{asked:?}");
}

fn back(payment: &Payment) -> Vec<(i64, &str)> {
    payment.refunds.iter().map(|refund| (refund.amount.minor, refund.reason.as_str())).collect()
}

async fn a_cheaper_time_gives_the_difference_back(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let quote = town.quote_move(&booking, &town.ice_by_day()).await;
    assert_eq!((quote.difference.total, quote.refunds), (eur(-30_00), vec![eur(30_00)]));
    assert_eq!(moved(town, booking.id, &town.ice_by_day()).await, [eur(30_00)]);
    assert_eq!(town.booking(booking.id).await.total, eur(95_00));
    // 14.87 × 30 / 125 = 3.5688 of tax.
    assert_eq!(
        town.postings(booking.id).await[2..],
        ["tornio: vat / clearing 3.57 EUR", "tornio: income / clearing 26.43 EUR"]
    );
    let payments = town.payments(booking.id).await;
    assert_eq!((payments.len(), back(&payments[0])), (1, vec![(30_00, "moved")]));
    let letter = town.letter("Siirretty: ").await;
    assert!(letter.text.contains("Palautamme 30,00\u{a0}€ samalla maksutavalla"), "{}", letter.text);
}

async fn across_the_border_it_goes_back_at_the_rate_it_was_paid_at(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), KRONA).await;
    town.clock.set("2026-10-31T12:00:00Z");
    rate::import(&town.services, "Date,SEK,\n2026-10-30,12.5,\n").await.expect("a rates file");
    // 1372.25 × 30 / 125, whatever the krona is worth now.
    assert_eq!(moved(town, booking.id, &town.ice_by_day()).await, [sek(329_34)]);
    assert_eq!(
        town.postings(booking.id).await[3..],
        [
            "haparanda: due_to:tornio / clearing 329.34 SEK (30.00 EUR)",
            "tornio: vat / due_from:haparanda 3.57 EUR (3.57 EUR)",
            "tornio: income / due_from:haparanda 26.43 EUR (26.43 EUR)",
        ]
    );
    assert_eq!(town.cancel(booking.id).await.refunds, [sek(1372_25 - 329_34)]);
    let rates = "SELECT COUNT(*) FROM ledger_transaction WHERE rate_value = '10.978'";
    assert_eq!(town.count(rates).await, 3, "the payment and both its refunds");
}

async fn a_difference_is_paid_at_the_rate_of_the_day_and_all_goes_back_at_its_own(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, asa(), KRONA).await;
    town.clock.set("2026-10-31T12:00:00Z");
    rate::import(&town.services, "Date,SEK,\n2026-10-30,12.5,\n").await.expect("a rates file");
    let longer = Time { end: ice.end + TimeDelta::minutes(30), ..ice.clone() };
    is_open(town, booking.id, &longer).await;
    let paid = town.pay(&booking, KRONA).await;
    assert_eq!((paid.amount, paid.gross, paid.vat), (sek(781_25), eur(62_50), eur(7_43)));
    assert_eq!(paid.rate.as_ref().map(|rate| rate.value.to_string()), Some("12.5".to_owned()));
    assert_eq!(
        town.postings(booking.id).await[3..],
        [
            "haparanda: clearing / due_to:tornio 781.25 SEK (62.50 EUR)",
            "tornio: due_from:haparanda / vat 7.43 EUR (7.43 EUR)",
            "tornio: due_from:haparanda / income 55.07 EUR (55.07 EUR)",
        ]
    );
    let after = town.booking(booking.id).await;
    assert_eq!((after.total, after.other.map(|(money, _)| money)), (eur(187_50), Some(sek(2343_75))));
    assert_eq!(town.cancel(booking.id).await.refunds, [sek(1372_25 + 781_25)]);
}

async fn the_latest_payment_goes_back_first(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, aino(), EURO).await;
    let longer = Time { end: ice.end + TimeDelta::minutes(30), ..ice.clone() };
    is_open(town, booking.id, &longer).await;
    town.pay(&booking, KRONA).await; // 62.50 euros are 686.13 kronor
    // Three quarters of an hour by day are 71.25: 116.25 less.
    let short = Time { end: town.ice_by_day().end - TimeDelta::minutes(15), ..town.ice_by_day() };
    let expected = [sek(686_13), eur(53_75)];
    assert_eq!(town.quote_move(&town.booking(booking.id).await, &short).await.refunds, expected);
    assert_eq!(moved(town, booking.id, &short).await, expected);
    let letter = town.letter("Siirretty: Tornion jäähalli – Koko jää, ke 4.11. 14.00").await;
    assert!(letter.text.contains("686,13\u{a0}kr ja 53,75\u{a0}€"), "{}", letter.text);
    let seen = booking::refunds_now(&town.services, &town.booking(booking.id).await).await.expect("sums");
    assert_eq!(seen, [eur(71_25)]);
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(71_25)]);
}

async fn moved_twice_and_cancelled_late_the_sums_are_exact(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    is_open(town, booking.id, &ice).await;
    town.pay(&booking, KRONA).await; // 30.00 euros are 329.34 kronor
    let short = Time { end: ice.end - TimeDelta::minutes(15), ..ice.clone() };
    // 93.75: 31.25 less, of which 30.00 were kronor.
    assert_eq!(moved(town, booking.id, &short).await, [sek(329_34), eur(1_25)]);
    is_open(town, booking.id, &ice).await;
    town.pay(&booking, KRONA).await; // 31.25 euros are 343.06 kronor
    assert_eq!(town.receipts(booking.id).await, [1, 2, 3]);
    town.clock.set("2026-11-03T12:00:00Z");
    // Half of what is left of each: 93.75 euros and 343.06 kronor.
    let expected = [eur(46_88), sek(171_53)];
    let seen = booking::refunds_now(&town.services, &town.booking(booking.id).await).await.expect("sums");
    assert_eq!(seen, expected);
    assert_eq!(town.cancel(booking.id).await.refunds, expected);
    let letter = town.letter("Peruttu: ").await;
    assert!(letter.text.contains("46,88\u{a0}€ ja 171,53\u{a0}kr"), "{}", letter.text);
    let left = "SELECT CAST(SUM(gross_minor) - (SELECT SUM(gross_minor) FROM refund) AS BIGINT) FROM payment";
    assert_eq!(town.count(left).await, 62_49); // halves of 93.75 and 31.25, each rounded once
}

async fn parts_of_odd_amounts_come_to_the_whole(town: &Town) {
    let ice = town.ice_in_tornio();
    town.set_price(&ice.space, 33_33).await;
    let at = |quarters: i64| {
        let ice = town.ice_in_tornio();
        Time { end: ice.start + TimeDelta::minutes(15 * quarters), ..ice }
    };
    let booking = town.book(&at(12), asa(), KRONA).await; // 99.99 euros are 1097.69 kronor
    for quarters in (3..12).rev() {
        let refunds = moved(town, booking.id, &at(quarters)).await;
        assert_eq!(refunds.len(), 1, "{quarters}: {refunds:?}");
        town.check_books().await;
    }
    assert_eq!(town.booking(booking.id).await.total, eur(25_00));
    town.cancel(booking.id).await;
    let payments = town.payments(booking.id).await;
    assert_eq!((payments.len(), payments[0].refunds.len()), (1, 10));
    let standing = payments[0].standing();
    assert_eq!(standing.back, standing.whole);
    let sums =
        "SELECT CAST(SUM(CASE WHEN debit IN ('income', 'vat') THEN minor WHEN credit IN ('income', 'vat')
                                THEN -minor ELSE 0 END) AS BIGINT) FROM posting";
    assert_eq!(town.count(sums).await, 0);
}

/// A krona's price may fall by an öre, of which there is no such coin in euros.
async fn a_part_smaller_than_a_coin_is_still_in_the_books(town: &Town) {
    let time = town.ice_in_haparanda();
    town.set_price(&time.space, 8_00).await;
    let booking = town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    town.set_price(&time.space, 7_96).await;
    assert_eq!(moved(town, booking.id, &town.ice_in_haparanda().later(60)).await, []);
    assert_eq!(town.booking(booking.id).await.total, sek(7_96));
    assert_eq!(
        town.postings(booking.id).await[2..],
        [
            "tornio: due_to:haparanda / clearing 0.00 EUR (0.04 SEK)",
            "haparanda: income / due_from:tornio 0.04 SEK (0.04 SEK)",
        ]
    );
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(73)]);
}

async fn a_free_time_that_gets_a_price_is_paid_like_any_other(town: &Town) {
    let volley = |start| town.wall_time("strandplan-naridrottsplats", "beachvolley", start, 60);
    let youth = vayla_domain::money::PriceGroup::Youth;
    let request = HoldRequest { price_group: youth, ..volley("2026-11-04 17:00").request_by(asa()) };
    let held = town.hold(request).await;
    payment::confirm_free(&town.services, &held).await.expect("to be confirmed");
    town.set_price(&held.space, 20_00).await;
    is_open(town, held.id, &volley("2026-11-05 18:00")).await;
    assert_eq!(town.receipts(held.id).await, [0i64; 0]);
    town.pay(&held, EURO).await; // 20 kronor are 1.82 euros
    assert_eq!(
        town.postings(held.id).await,
        [
            "tornio: clearing / due_to:haparanda 1.82 EUR (20.00 SEK)",
            "haparanda: due_from:tornio / income 20.00 SEK (20.00 SEK)",
        ]
    );
    assert_eq!(town.receipts(held.id).await, [1]);
    // And free again.
    town.set_price(&held.space, 0).await;
    assert_eq!(moved(town, held.id, &volley("2026-11-05 17:00")).await, [eur(1_82)]);
    assert_eq!(town.cancel(held.id).await.refunds, []);
}

async fn a_receipt_keeps_what_it_was_issued_for(town: &Town) {
    let at = |space: &str, start: &str| town.wall_time("putaan-liikuntahalli", space, start, 60);
    let booking = town.book(&at("u-halv-a", "2026-11-07 12:00"), aino(), EURO).await;
    is_open(town, booking.id, &at("u-hela", "2026-11-08 10:00")).await;
    town.pay(&booking, EURO).await;
    let after = town.booking(booking.id).await;
    let payments = town.payments(booking.id).await;
    let shown = async |payment: &Payment| {
        let (space, lines) =
            booking::lines_of(&town.services, &after, payment.version).await.expect("its lines");
        (space.slug.clone(), lines[0].span.start().start(), lines[0].gross, payment.gross)
    };
    let first = at("u-halv-a", "2026-11-07 12:00").start;
    assert_eq!(shown(&payments[0]).await, ("u-halv-a".to_owned(), first, eur(58_00), eur(58_00)));
    let second = at("u-hela", "2026-11-08 10:00").start;
    assert_eq!(shown(&payments[1]).await, ("u-hela".to_owned(), second, eur(96_15), eur(38_15)));
}
