//! Asking a provider for a payment, whatever goes wrong while it is asked.

use vayla_domain::{Language, money::EURO};
use vayla_services::{
    booking::BookingState,
    payment::{self, AskError, PaymentState},
    staff::Scope,
};

use super::crossing::Crossing;
use crate::{Till, aino, asa, eur, fakes::Faults, sek, vat::new_rate};

at_both_providers! {
    a_provider_that_is_down_leaves_the_hold_as_it_was,
    an_answer_that_is_lost_is_healed,
    asked_twice_is_asked_once,
    a_crash_after_the_money_came_is_healed,
    a_crash_before_the_provider_was_asked_is_healed,
    what_was_paid_before_midnight_is_that_days_whenever_it_is_heard,
    without_a_certificate_swish_is_not_spoken_to,
}

async fn a_provider_that_is_down_leaves_the_hold_as_it_was(till: &Till) {
    for payer in Crossing::both(till) {
        let held = payer.hold().await;
        payer.set(Faults { down: true, ..Faults::default() });
        let page = payer.page(&held, "/betala").await;
        let form = page.form(&page.address).pressed(payer.currency.code());
        payer.visitor.send(&form).await.is(503).says(payer.reads.down);
        payer.has_not_paid(&held).await;
        // The other currency goes by another provider.
        let (there, _) = till.start(&held, payer.there).await;
        till.settle(&there).await;
        assert_eq!(till.state(held.id).await, BookingState::Confirmed);
        payer.page(&held, "").await.is(200).says(payer.reads.booked).says(payer.reads.paid_there);
        // What the first never had never comes back.
        payer.set(Faults::default());
        till.after_minutes(3).await;
        payer.has_letter(&held, payer.reads.letter_there).await;
    }
}

async fn an_answer_that_is_lost_is_healed(till: &Till) {
    till.swish.set(Faults {
        loses_answers: true,
        pays_at_once: true,
        loses_calls: true,
        ..Faults::default()
    });
    let held = till.hold(till.ice_in_tornio().request_by(asa())).await;
    let opened = till.open_payment(&held, sek(0).currency).await;
    let asked = payment::ask(&till.services, opened.id, Language::Sv).await;
    assert!(matches!(asked, Err(AskError::Down)), "{asked:?}");
    assert_eq!(till.payment(opened.id).await.state, PaymentState::Pending, "nobody knows");
    till.after_minutes(1).await;
    assert_eq!(till.payment(opened.id).await.state, PaymentState::Paid);
    assert_eq!(till.state(held.id).await, BookingState::Confirmed);
}

async fn asked_twice_is_asked_once(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    for currency in [EURO, sek(0).currency] {
        let (opened, first) = till.start(&held, currency).await;
        let second = payment::ask(&till.services, opened.id, Language::Fi).await.expect("the same way");
        assert_eq!(first, second);
    }
    assert_eq!((till.paytrail.payments().len(), till.swish.requests().len()), (1, 1));
}

async fn a_crash_after_the_money_came_is_healed(till: &Till) {
    // The providers' calls met nobody, and another process of ours finds the work.
    let mut paying = Vec::new();
    for payer in Crossing::both(till) {
        payer.set(Faults { loses_calls: true, ..Faults::default() });
        let (held, payment) = payer.start().await;
        till.settle(&payment).await;
        paying.push((payer, held));
    }
    let second = till.second().await;
    till.clock.advance_minutes(1);
    let tried = vayla_services::outbox::deliver_due(&second, vayla_services::outbox::Queue::Providers).await;
    assert_eq!(tried.expect("the outbox"), 2);
    for (payer, held) in &paying {
        payer.has_paid(held).await;
    }
    second.db.close().await;
}

async fn a_crash_before_the_provider_was_asked_is_healed(till: &Till) {
    let mut opening = Vec::new();
    for payer in Crossing::both(till) {
        let held = payer.hold().await;
        let opened = till.open_payment(&held, payer.currency).await;
        opening.push((payer, held, opened));
    }
    assert_eq!((till.swish.requests().len(), till.paytrail.payments().len()), (0, 0));
    till.after_minutes(4).await;
    for ((payer, held, opened), state) in opening.iter().zip([PaymentState::Expired, PaymentState::Pending]) {
        payer.has_not_paid(held).await;
        assert_eq!(till.payment(opened.id).await.state, state);
        let (again, _) = till.start(held, payer.currency).await;
        till.settle(&again).await;
        payer.has_paid(held).await;
    }
}

async fn what_was_paid_before_midnight_is_that_days_whenever_it_is_heard(till: &Till) {
    let (_, token) = till.new_token(&[Scope::Tariffs], Some("tornio")).await;
    till.staff_tell(&token, "/vat", &new_rate("2026-10-31", "20")).await.is(201);
    till.clock.set("2026-10-30T21:57:30Z"); // soon midnight in Tornio
    let faults =
        |paid_at: &str| Faults { loses_calls: true, paid_at: Some(paid_at.to_owned()), ..Faults::default() };
    till.swish.set(faults("2026-10-30T21:58:10.092+0000"));
    till.paytrail.set(faults("2026-10-30T21:58:40.000Z"));
    let ice = till.ice_in_tornio();
    let swede = till.hold(ice.request_by(asa())).await;
    let finn = till.hold(ice.later(60).request_by(aino())).await;
    let late = till.hold(ice.later(120).request_by(aino())).await;
    let called = till.hold(ice.later(180).request_by(aino())).await;
    let (kronor, _) = till.start(&swede, sek(0).currency).await;
    let (euros, _) = till.start(&finn, EURO).await;
    let (after, _) = till.start(&late, EURO).await;
    let (told, _) = till.start(&called, EURO).await;
    till.swish.pay(&till.instruction(&kronor)).await;
    till.paytrail.pay(&till.transaction(&euros)).await;
    till.paytrail.set(faults("2026-10-30T22:00:00.000Z"));
    till.paytrail.pay(&till.transaction(&after)).await;
    till.clock.set("2026-10-30T22:00:30Z");
    // A call says that it was paid, and not when.
    let paid_at = Some("2026-10-30T21:59:59.500Z".to_owned());
    till.paytrail.set(Faults { paid_at, ..Faults::default() });
    till.paytrail.pay(&till.transaction(&told)).await;
    till.after_minutes(3).await;
    for (asked, vat, paid_at) in [
        (kronor, 14_87, "2026-10-30T21:58:10.092Z"),
        (euros, 14_87, "2026-10-30T21:58:40Z"),
        (told, 14_87, "2026-10-30T21:59:59.500Z"),
        (after, 20_83, "2026-10-30T22:00:00Z"),
    ] {
        let paid = till.payment(asked.id).await;
        assert_eq!((paid.gross, paid.vat), (eur(125_00), eur(vat)));
        assert_eq!(paid.settled_at, Some(paid_at.parse().expect("a moment")), "and so says the receipt");
    }
}

async fn without_a_certificate_swish_is_not_spoken_to(till: &Till) {
    let stranger = crate::fakes::Certificates::make();
    let anybody = reqwest::Client::builder().danger_accept_invalid_certs(true).build().expect("a client");
    let url = format!("{}/api/v1/paymentrequests/{}", till.swish.url, "0".repeat(32));
    assert!(anybody.get(&url).send().await.is_err(), "no certificate at all");
    let identity = format!("{}\n{}", stranger.client, stranger.client_key);
    let identity = reqwest::Identity::from_pem(identity.as_bytes()).expect("an identity");
    let other = reqwest::Client::builder().danger_accept_invalid_certs(true).identity(identity).build();
    assert!(other.expect("a client").get(&url).send().await.is_err(), "another authority's");
    // And a Swish that another authority vouches for is none.
    let held = till.hold(till.ice_in_tornio().request_by(asa())).await;
    let account = vayla_services::payment::provider::SwishAccount {
        roots: Some(stranger.ca.into_bytes()),
        ..crate::harness::swish_account(&till.swish)
    };
    let swish = vayla_services::payment::provider::Swish::new(account, &till.base_url).expect("an adapter");
    let by_town: [(String, std::sync::Arc<dyn vayla_services::payment::provider::Provider>); 1] =
        [("haparanda".to_owned(), std::sync::Arc::new(swish))];
    let providers = vayla_services::payment::provider::Providers::new(by_town.into());
    let services = till.services.clone().paid_by(providers);
    let opened = till.open_payment(&held, sek(0).currency).await;
    let asked = payment::ask(&services, opened.id, Language::Sv).await;
    assert!(matches!(asked, Err(AskError::Down)), "{asked:?}");
    assert_eq!(till.swish.requests().len(), 0);
}
