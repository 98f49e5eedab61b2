//! One charge at Paytrail and at Swish for price and deposit, and refunds of a part of it.

use vayla_domain::money::EURO;
use vayla_services::{
    booking::{Booking, BookingState},
    payment::{Payment, RefundState},
};

use crate::{Till, aino, asa, fakes::Faults, sek};

at_both_providers! {
    one_sum_is_asked_for_and_a_repeated_call_takes_it_once,
    a_lost_call_is_healed_with_its_deposit,
    it_goes_back_in_a_part_by_the_same_provider,
    a_refund_that_is_refused_is_tried_again,
}

async fn paid(till: &Till) -> [(Booking, Payment); 2] {
    till.list_deposit().await;
    let time = till.ice_in_tornio();
    let (swede, finn) =
        (till.hold(time.request_by(asa())).await, till.hold(time.later(60).request_by(aino())).await);
    let (kronor, _) = till.start(&swede, sek(0).currency).await;
    let (euros, _) = till.start(&finn, EURO).await;
    till.swish.pay(&till.instruction(&kronor)).await;
    till.paytrail.pay(&till.transaction(&euros)).await;
    [(swede, kronor), (finn, euros)]
}

async fn one_sum_is_asked_for_and_a_repeated_call_takes_it_once(till: &Till) {
    till.swish.set(Faults { repeats_calls: 3, ..Faults::default() });
    till.paytrail.set(Faults { repeats_calls: 3, ..Faults::default() });
    let [(swede, _), (finn, _)] = paid(till).await;
    assert_eq!(till.swish.requests().iter().map(|asked| asked.amount).collect::<Vec<_>>(), [1872_25]);
    assert_eq!(till.paytrail.payments().iter().map(|asked| asked.amount).collect::<Vec<_>>(), [175_00]);
    for booking in [swede.id, finn.id] {
        assert_eq!(till.state(booking).await, BookingState::Confirmed);
    }
    assert_eq!(till.balance_of("haparanda", "deposits").await, -500_00);
    assert_eq!(till.balance_of("tornio", "deposits").await, -50_00);
}

async fn a_lost_call_is_healed_with_its_deposit(till: &Till) {
    till.swish.set(Faults { loses_calls: true, ..Faults::default() });
    till.paytrail.set(Faults { loses_calls: true, ..Faults::default() });
    let [(swede, _), (finn, _)] = paid(till).await;
    assert_eq!(till.find_deposit(swede.id).await, None);
    till.after_minutes(1).await;
    for booking in [&swede, &finn] {
        assert_eq!(till.state(booking.id).await, BookingState::Confirmed);
        assert_eq!(till.deposit(booking).await.returned.minor, 0);
    }
}

async fn it_goes_back_in_a_part_by_the_same_provider(till: &Till) {
    let [(swede, kronor), (finn, euros)] = paid(till).await;
    till.days_after(&till.ice_in_tornio().later(60), 3);
    assert_eq!(till.return_due().await, 2);
    till.after_minutes(2).await;
    assert_eq!(till.swish.refunds().iter().map(|back| back.amount).collect::<Vec<_>>(), [500_00]);
    let paytrail = till.paytrail.refunds();
    assert_eq!((paytrail[0].amount, &paytrail[0].of), (50_00, &till.transaction(&euros)));
    for (booking, payment) in [(&swede, &kronor), (&finn, &euros)] {
        let refunds = till.payment(payment.id).await.refunds;
        assert_eq!(refunds.iter().map(|refund| refund.state).collect::<Vec<_>>(), [RefundState::Done]);
        assert_eq!(till.deposit(booking).await.left().minor, 0);
    }
}

async fn a_refund_that_is_refused_is_tried_again(till: &Till) {
    let [_, (finn, euros)] = paid(till).await;
    till.paytrail.set(Faults { refuses_refunds: 2, ..Faults::default() });
    // Two refunds of one payment: the price's, and the deposit's.
    till.cancel(finn.id).await;
    till.deliver().await;
    assert_eq!(till.paytrail.refunds().len(), 0);
    till.after_minutes(3).await;
    let mut amounts: Vec<i64> = till.paytrail.refunds().iter().map(|back| back.amount).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, [50_00, 125_00]);
    let refunds = till.payment(euros.id).await.refunds;
    assert!(refunds.iter().all(|refund| refund.state == RefundState::Done), "{refunds:?}");
    assert_eq!(till.balance_of("tornio", "deposits").await, 0);
}
