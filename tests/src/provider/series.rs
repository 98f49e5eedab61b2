//! A series is one sum at the provider, and each date goes back by itself.

use vayla_domain::money::EURO;
use vayla_services::{
    booking::{Booking, BookingState},
    payment::{self, Next, PaymentState},
};

use crate::{Till, aino, fakes::Faults};

at_both_providers! {
    a_series_is_one_payment_at_the_provider_and_goes_back_by_dates,
    a_wrong_sum_pays_for_no_date,
}

async fn held(till: &Till) -> Vec<Booking> {
    let wish = till.three_tuesdays().await;
    till.hold_series(&wish, aino()).await.held(till.clock.now())
}

async fn a_series_is_one_payment_at_the_provider_and_goes_back_by_dates(till: &Till) {
    let bookings = held(till).await;
    let back = format!("{}/", till.base_url);
    let id = payment::start_series(&till.services, &bookings, EURO, &back).await.expect("a payment");
    let next = payment::ask(&till.services, id, vayla_domain::Language::Fi).await.expect("a way");
    assert!(matches!(next, Next::Page(_)), "{next:?}");
    let asked = till.paytrail.payments();
    let total: i64 = bookings.iter().map(|booking| booking.total.minor).sum();
    assert_eq!((asked.len(), asked[0].amount), (1, total));
    till.paytrail.pay(&asked[0].transaction).await;
    for booking in &bookings {
        assert_eq!(till.state(booking.id).await, BookingState::Confirmed);
    }
    till.cancel(bookings[1].id).await;
    till.after_minutes(1).await;
    let refunds = till.paytrail.refunds();
    assert_eq!(
        (refunds.len(), refunds[0].amount, &refunds[0].of),
        (1, bookings[1].total.minor, &asked[0].transaction)
    );
}

async fn a_wrong_sum_pays_for_no_date(till: &Till) {
    let bookings = held(till).await;
    till.paytrail.set(Faults { pays: Some(1_00), repeats_calls: 2, ..Faults::default() });
    let back = format!("{}/", till.base_url);
    let id = payment::start_series(&till.services, &bookings, EURO, &back).await.expect("a payment");
    payment::ask(&till.services, id, vayla_domain::Language::Fi).await.expect("a way");
    till.paytrail.pay(&till.paytrail.payments()[0].transaction).await;
    till.after_minutes(1).await;
    for booking in &bookings {
        assert_eq!(till.state(booking.id).await, BookingState::Held);
    }
    assert_eq!(till.payment(id).await.state, PaymentState::Failed);
    assert_eq!(till.paytrail.refunds().iter().map(|refund| refund.amount).collect::<Vec<_>>(), [1_00]);
    assert!(till.letter("Saat rahasi takaisin").await.text.contains("1,00\u{a0}€"));
}
