//! Money goes back by the provider that took it in.

use chrono::TimeDelta;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::{Booking, BookingState},
    payment::{Payment, RefundState},
};

use super::crossing::Crossing;
use crate::{Till, aino, asa, fakes::Faults, sek};

at_both_providers! {
    a_part_of_a_cancelled_booking_goes_back_by_its_provider,
    a_payment_goes_back_in_parts,
    a_refund_that_is_worked_on_is_asked_about_until_it_is_done,
    a_refund_that_is_refused_is_tried_again,
    a_refund_whose_answer_is_lost_goes_back_once,
    a_refund_that_fails_at_the_bank_is_asked_for_anew,
    a_provider_that_is_down_gives_back_later,
}

async fn booked_by_swish(till: &Till) -> (Booking, Payment) {
    let held = till.hold(till.ice_in_tornio().request_by(asa())).await;
    let (payment, _) = till.start(&held, sek(0).currency).await;
    till.swish.pay(&till.instruction(&payment)).await;
    assert_eq!(till.state(held.id).await, BookingState::Confirmed);
    (till.booking(held.id).await, payment)
}

async fn booked_by_paytrail(till: &Till) -> (Booking, Payment) {
    let held = till.hold(till.ice_in_haparanda().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    assert_eq!(till.state(held.id).await, BookingState::Confirmed);
    (till.booking(held.id).await, payment)
}

async fn states(till: &Till, payment: &Payment) -> Vec<RefundState> {
    till.payment(payment.id).await.refunds.iter().map(|refund| refund.state).collect()
}

async fn a_part_of_a_cancelled_booking_goes_back_by_its_provider(till: &Till) {
    let amounts = [686_13, 37_58];
    let says = [
        [
            "Du får tillbaka 686,13 kr.",
            "Tillbaka till dig: 686,13 kr.",
            "Avbokat: Torneå ishall",
            "Du får tillbaka 686,13 kr till det betalsätt du använde.",
            "Återbetalt: 686,13 kr den 2026-11-04.",
        ],
        [
            "Saat takaisin 37,58 €.",
            "Sinulle palautetaan 37,58 €.",
            "Peruttu: Norra Affärs Arena",
            "Palautamme 37,58 € samalla maksutavalla, jolla maksoit.",
            "Palautettu 37,58 €, 4.11.2026.",
        ],
    ];
    let mut paid = Vec::new();
    for payer in Crossing::both(till) {
        let (held, payment) = payer.start().await;
        till.settle(&payment).await;
        payer.has_paid(&held).await;
        paid.push((payer, held, payment));
    }
    till.clock.set("2026-11-04T10:00:00Z"); // less than two days before: a half stays
    for ((payer, held, payment), [asked, done, subject, letter, receipt]) in paid.iter().zip(says) {
        let page = payer.page(held, "/avboka").await;
        let cancelled = payer.visitor.send(&page.says(asked).form(&page.address)).await;
        payer.visitor.follow(&cancelled).await.is(200).says(done);
        payer.page(held, "/kvitto").await.says(receipt);
        // The books have it at once, the payer's bank when the provider has been asked.
        assert_eq!(states(till, payment).await, [RefundState::Asked]);
        let letters = payer.letters().await;
        let told = letters.iter().find(|told| told.subject.starts_with(subject)).expect("a letter");
        assert!(told.text.replace('\u{a0}', " ").contains(letter), "{letter}: {}", told.text);
    }
    till.after_minutes(2).await;
    for (_, _, payment) in &paid {
        assert_eq!(states(till, payment).await, [RefundState::Done]);
    }
    let (swish, paytrail) = (till.swish.refunds(), till.paytrail.refunds());
    assert_eq!((swish.len(), swish[0].amount), (1, amounts[0]));
    assert_eq!(
        (paytrail.len(), paytrail[0].amount, &paytrail[0].of),
        (1, amounts[1], &till.transaction(&paid[1].2))
    );
}

async fn a_payment_goes_back_in_parts(till: &Till) {
    let held = till
        .hold(till.wall_time("tornion-jaahalli", "hela-isen", "2026-11-04 18:00", 180).request_by(asa()))
        .await;
    let (payment, _) = till.start(&held, sek(0).currency).await;
    till.swish.pay(&till.instruction(&payment)).await;
    let shorter = |minutes| till.wall_time("tornion-jaahalli", "hela-isen", "2026-11-04 18:00", minutes);
    for minutes in [120, 60] {
        till.try_move(held.id, &shorter(minutes)).await.expect("to become shorter");
    }
    till.cancel(held.id).await;
    till.after_minutes(2).await;
    let refunds = till.swish.refunds();
    assert_eq!(refunds.len(), 3);
    assert_eq!(
        refunds.iter().map(|refund| refund.amount).sum::<i64>(),
        payment.amount.minor,
        "all of it, to the öre"
    );
    assert_eq!(states(till, &payment).await, [RefundState::Done; 3]);
}

async fn a_refund_that_is_worked_on_is_asked_about_until_it_is_done(till: &Till) {
    till.swish.set(Faults { works_on_refunds: true, ..Faults::default() });
    till.paytrail.set(Faults { works_on_refunds: true, ..Faults::default() });
    let (by_swish, kronor) = booked_by_swish(till).await;
    let (by_paytrail, euros) = booked_by_paytrail(till).await;
    till.cancel(by_swish.id).await;
    till.cancel(by_paytrail.id).await;
    till.after_minutes(3).await;
    assert_eq!(
        (states(till, &kronor).await, states(till, &euros).await),
        (vec![RefundState::Asked], vec![RefundState::Asked])
    );
    // One provider calls, and of the other the call is lost: it is asked.
    till.swish.finish_refunds("PAID").await;
    assert_eq!(states(till, &kronor).await, [RefundState::Done]);
    till.paytrail.settle_refunds_silently();
    till.after_minutes(5).await;
    assert_eq!(states(till, &euros).await, [RefundState::Done]);
    assert_eq!((till.swish.refunds().len(), till.paytrail.refunds().len()), (1, 1));
}

async fn a_refund_that_is_refused_is_tried_again(till: &Till) {
    till.paytrail.set(Faults { refuses_refunds: 2, ..Faults::default() });
    let (booking, payment) = booked_by_paytrail(till).await;
    till.cancel(booking.id).await;
    till.deliver().await;
    assert_eq!(states(till, &payment).await, [RefundState::Failed]);
    assert_eq!(till.paytrail.refunds().len(), 0);
    till.after_minutes(2).await;
    assert_eq!(states(till, &payment).await, [RefundState::Done]);
    assert_eq!(till.paytrail.refunds().len(), 1);
    assert_eq!(till.count("SELECT COUNT(*) FROM refund").await, 1);
}

async fn a_refund_whose_answer_is_lost_goes_back_once(till: &Till) {
    let (by_swish, kronor) = booked_by_swish(till).await;
    till.swish.set(Faults { loses_answers: true, ..Faults::default() });
    till.cancel(by_swish.id).await;
    till.after_minutes(1).await;
    till.swish.set(Faults::default());
    till.after_minutes(5).await;
    assert_eq!(states(till, &kronor).await, [RefundState::Done]);
    assert_eq!(till.swish.refunds().len(), 1);
}

async fn a_refund_that_fails_at_the_bank_is_asked_for_anew(till: &Till) {
    till.swish.set(Faults { works_on_refunds: true, ..Faults::default() });
    let (booking, payment) = booked_by_swish(till).await;
    till.cancel(booking.id).await;
    till.deliver().await;
    till.swish.finish_refunds("ERROR").await;
    assert_eq!(states(till, &payment).await, [RefundState::Failed]);
    till.swish.set(Faults::default());
    till.after_minutes(5).await;
    assert_eq!(states(till, &payment).await, [RefundState::Done]);
    let statuses: Vec<_> = till.swish.refunds().iter().map(|refund| refund.status).collect();
    assert_eq!(statuses, ["ERROR", "PAID"]);
}

async fn a_provider_that_is_down_gives_back_later(till: &Till) {
    let (booking, payment) = booked_by_swish(till).await;
    till.swish.set(Faults { down: true, ..Faults::default() });
    till.cancel(booking.id).await;
    till.after_minutes(3).await;
    assert_eq!(states(till, &payment).await, [RefundState::Asked]);
    // However long that is, it is asked for by itself.
    for _ in 0..12 {
        till.clock.advance(TimeDelta::minutes(90));
        till.deliver().await;
    }
    assert_eq!(states(till, &payment).await, [RefundState::Asked]);
    till.swish.set(Faults::default());
    // Once to ask for it, and once to learn that it is done: nobody is in a hurry any more.
    for _ in 0..2 {
        till.clock.advance(TimeDelta::hours(7));
        till.deliver().await;
    }
    assert_eq!(states(till, &payment).await, [RefundState::Done]);
    assert_eq!(till.swish.refunds().len(), 1);
}
