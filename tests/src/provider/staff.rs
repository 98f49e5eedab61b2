//! Staff see money that doesn't go back, and have it tried again.

use serde_json::json;
use vayla_domain::money::EURO;
use vayla_services::{booking::Booking, staff::Scope};

use crate::{Till, Time, aino, fakes::Faults};

at_both_providers! {
    staff_see_what_does_not_go_back_and_try_it_again,
    a_question_that_came_to_nothing_is_seen_in_its_town,
    the_api_says_by_whom_it_is_paid,
}

/// A cancelled booking, paid in euros, whose refund Paytrail has refused until nobody asks any more.
async fn refused(till: &Till, ice: Time) -> Booking {
    till.paytrail.set(Faults { refuses_refunds: 100, ..Faults::default() });
    let held = till.hold(ice.request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    till.cancel(held.id).await;
    for _ in 0..12 {
        till.clock.advance_minutes(90);
        till.deliver().await;
    }
    held
}

async fn staff_see_what_does_not_go_back_and_try_it_again(till: &Till) {
    let held = refused(till, till.ice_in_tornio()).await;
    let (_, own) = till.new_token(&[Scope::Payments], Some("tornio")).await;
    let (_, neighbour) = till.new_token(&[Scope::Payments], Some("haparanda")).await;
    let (_, other) = till.new_token(&[Scope::Bookings], Some("tornio")).await;
    let list = till.staff_ask(&own, "/refunds").await;
    assert_eq!(list.status, 200);
    let refund = &list.body["items"][0];
    assert_eq!(refund["reference"], held.reference.as_str());
    assert_eq!((&refund["amount"]["amount"], &refund["state"]), (&json!("125.00"), &json!("failed")));
    assert!(refund["problem"].as_str().expect("a problem").contains("422"), "{refund}");
    assert_eq!(till.staff_ask(&neighbour, "/refunds").await.body["items"], json!([]));
    assert_eq!(till.staff_ask(&other, "/refunds").await.status, 403);
    let retry = format!("/refunds/{}/retry", refund["id"].as_str().expect("an id"));
    for (token, status) in [(&neighbour, 403), (&other, 403), (&own, 200)] {
        assert_eq!(till.staff_tell(token, &retry, &json!({})).await.status, status);
    }
    // It is being asked for; and who asks in the same moment finds it so.
    till.staff_tell(&own, &retry, &json!({})).await.is_problem(409, "refund_asked");
    till.paytrail.set(Faults::default());
    till.deliver().await;
    assert_eq!(till.paytrail.refunds().len(), 1);
    assert_eq!(till.staff_ask(&own, "/refunds").await.body["items"], json!([]));
    assert_eq!(till.staff_ask(&own, "/refunds?state=done").await.body["items"][0]["problem"], json!(null));
    let done = till.staff_tell(&own, &retry, &json!({})).await;
    assert_eq!((done.status, &done.body["code"]), (409, &json!("refunded")));
}

async fn a_question_that_came_to_nothing_is_seen_in_its_town(till: &Till) {
    refused(till, till.ice_in_haparanda()).await;
    // Tornio has taken the euros in, whosever ice it was.
    let (_, own) = till.new_token(&[Scope::Bookings], Some("tornio")).await;
    let (_, neighbour) = till.new_token(&[Scope::Bookings], Some("haparanda")).await;
    assert_eq!(till.staff_ask(&neighbour, "/outbox").await.is(200).body["items"], json!([]));
    let seen = till.staff_ask(&own, "/outbox").await;
    let message = &seen.is(200).body["items"][0];
    assert_eq!((&message["kind"], &message["to_address"]), (&json!("repay"), &json!(null)));
    let retry = format!("/outbox/{}/retry", message["id"].as_str().expect("an id"));
    till.staff_tell(&neighbour, &retry, &json!({})).await.is_problem(403, "forbidden");
    till.paytrail.set(Faults::default());
    till.staff_tell(&own, &retry, &json!({})).await.is(200);
    till.deliver().await;
    assert_eq!(till.paytrail.refunds().len(), 1);
    assert_eq!(till.staff_ask(&own, "/outbox").await.body["items"], json!([]));
}

async fn the_api_says_by_whom_it_is_paid(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let token = till.services.secret.manage_token(held.id);
    let url = format!("{}/api/v1/bookings/{}/payments", till.base_url, held.id);
    let pay = async |body: serde_json::Value| {
        let answer = till.client.post(&url).bearer_auth(&token).json(&body).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json::<serde_json::Value>().await.expect("an object"))
    };
    let body = |currency: &str, provider: &str| json!({"currency": currency, "provider": provider, "return_url": "https://example.fi/kiitos"});
    let (status, problem) = pay(body("EUR", "swish")).await;
    assert_eq!((status, &problem["code"]), (422, &json!("unknown_provider")));
    assert!(problem["detail"].as_str().expect("a text").contains("paytrail"), "{problem}");
    let (status, euros) = pay(body("EUR", "paytrail")).await;
    assert_eq!(status, 201);
    assert!(euros["redirect_url"].as_str().expect("an address").starts_with(&till.paytrail.url));
    let (status, kronor) = pay(body("SEK", "swish")).await;
    assert_eq!(status, 201);
    let page = kronor["redirect_url"].as_str().expect("an address");
    assert_eq!(page, format!("{}/fi/swish/{}", till.base_url, kronor["id"].as_str().expect("an id")));
    till.paytrail.set(Faults { down: true, ..Faults::default() });
    let (status, problem) = pay(body("EUR", "paytrail")).await;
    assert_eq!((status, &problem["code"]), (503, &json!("provider_down")));
}
