//! A charge is paid at Paytrail and Swish as a booking is: calls are repeated, and forged.

use vayla_domain::{
    Language,
    money::{Currency, EURO},
};
use vayla_services::{
    charge::UseCharge,
    payment::{self, Payment},
};

use crate::{Till, aino, asa, fakes::Faults, sek};

at_both_providers! {
    a_call_about_a_charge_has_one_effect_however_often_it_comes,
    a_forged_call_pays_no_charge,
    what_was_paid_of_a_charge_goes_back_by_its_provider,
}

async fn start(till: &Till, charge: &UseCharge, currency: Currency) -> Payment {
    let opened = till.open_charge(charge, currency).await;
    payment::ask(&till.services, opened.id, Language::Fi).await.expect("a way to pay");
    till.payment(opened.id).await
}

/// A charge of 50 euros or 500 kronor for a booking that is paid in kronor.
async fn charged(till: &Till) -> UseCharge {
    till.list_charges().await;
    let time = till.ice_in_tornio();
    let held = till.hold(time.request_by(asa())).await;
    let (paid, _) = till.start(&held, sek(0).currency).await;
    till.swish.pay(&till.instruction(&paid)).await;
    till.after(&time);
    till.charge(&held, "lost_key").await
}

async fn a_call_about_a_charge_has_one_effect_however_often_it_comes(till: &Till) {
    till.swish.set(Faults { repeats_calls: 3, ..Faults::default() });
    till.paytrail.set(Faults { repeats_calls: 3, ..Faults::default() });
    let by_swish = charged(till).await;
    let by_paytrail = till.charge(&till.booking(by_swish.booking).await, "unlocked").await;
    let kronor = start(till, &by_swish, sek(0).currency).await;
    let euros = start(till, &by_paytrail, EURO).await;
    till.swish.pay(&till.instruction(&kronor)).await;
    let back = till.paytrail.pay(&till.transaction(&euros)).await;
    for _ in 0..3 {
        assert_eq!(till.come_back(&back).await.0, 303, "the browser's Back button");
    }
    for (charge, paid) in [(&by_swish, sek(500_00)), (&by_paytrail, crate::eur(70_00))] {
        let payments = till.payments_of(charge.id).await;
        assert_eq!(
            payments.iter().map(|payment| (payment.pays(), payment.amount)).collect::<Vec<_>>(),
            [(true, paid)]
        );
    }
    assert_eq!(till.balance_of("tornio", "receivable").await, 0);
}

async fn a_forged_call_pays_no_charge(till: &Till) {
    let charge = charged(till).await;
    let euros = start(till, &charge, EURO).await;
    let call = till.paytrail.call(&till.transaction(&euros));
    let forged = call.replace("checkout-status=new", "checkout-status=ok");
    assert_ne!(call, forged);
    for forged in [forged.clone(), forged.replace("sha256", "none")] {
        let answer = till.client.get(&forged).send().await.expect("an answer");
        assert!(answer.status().is_client_error(), "{}", answer.status());
    }
    assert!(!till.payment(euros.id).await.pays());
    assert_eq!(till.balance_of("tornio", "receivable").await, 50_00);
}

async fn what_was_paid_of_a_charge_goes_back_by_its_provider(till: &Till) {
    let charge = charged(till).await;
    let other = till.book_at(&till.ice_by_day().later(24 * 60)).await;
    till.after(&till.ice_by_day().later(24 * 60));
    let second = till.charge(&other, "lost_key").await;
    let kronor = start(till, &charge, sek(0).currency).await;
    till.swish.pay(&till.instruction(&kronor)).await;
    let euros = start(till, &second, EURO).await;
    till.paytrail.pay(&till.transaction(&euros)).await;
    till.take_back(&charge).await;
    till.take_back(&second).await;
    till.after_minutes(2).await;
    assert_eq!(till.paytrail.refunds().len(), 1);
    let refunds = till.payment(kronor.id).await.refunds;
    assert_eq!(
        refunds.iter().map(|refund| (refund.amount, refund.state)).collect::<Vec<_>>(),
        [(sek(500_00), payment::RefundState::Done)]
    );
}

impl Till {
    async fn book_at(&self, time: &crate::Time) -> vayla_services::booking::Booking {
        let held = self.hold(time.request_by(aino())).await;
        let (paid, _) = self.start(&held, EURO).await;
        self.paytrail.pay(&self.transaction(&paid)).await;
        self.booking(held.id).await
    }
}
