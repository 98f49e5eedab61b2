//! A token's life: made, used, run out, revoked.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;
use vayla_domain::money::EURO;
use vayla_services::staff::{
    Scope,
    token::{self, CreateError, RevokeError},
};

use crate::{Town, aino, api::caller::read};

on_both_engines! {
    nothing_opens_without_a_token,
    a_token_opens_until_its_last_day_is_over,
    a_revoked_token_opens_nothing_and_repeats_nothing,
    what_opens_is_kept_nowhere,
    its_use_is_written_down_once_a_minute,
    what_makes_no_token_leaves_none,
}

/// Each call under `/staff` and `/finance` that the API describes, whichever come later.
async fn nothing_opens_without_a_token(town: &Town) {
    let described = read(town.client.get(format!("{}/api/openapi.json", town.base_url))).await;
    let paths = described.is(200).body["paths"].as_object().expect("paths").clone();
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let guest = town.services.secret.manage_token(booking.id);
    let mut calls = 0;
    let guarded =
        |path: &str| ["/api/v1/staff", "/api/v1/finance"].iter().any(|begins| path.starts_with(begins));
    for (path, methods) in paths.iter().filter(|(path, _)| guarded(path)) {
        for (method, described) in methods.as_object().expect("methods") {
            calls += 1;
            assert_eq!(described["security"], json!([{"staff_token": []}]), "{method} {path}");
            let path = path.trim_start_matches("/api/v1").replace("{id}", &booking.id.to_string());
            let method: Method = method.to_uppercase().parse().expect("a method");
            let call = || town.call(method.clone(), &path).json(&json!({}));
            read(call()).await.is_problem(401, "token_missing");
            for other in [guest.as_str(), "vayla_", &format!("vayla_{}", "A".repeat(43))] {
                let refused = read(call().bearer_auth(other)).await;
                refused.is_problem(401, "token_invalid");
                assert_eq!(refused.header("www-authenticate"), "Bearer");
            }
        }
    }
    assert!(calls >= 5, "{calls}");
    assert_eq!(town.count("SELECT COUNT(*) FROM audit WHERE action LIKE '%seen'").await, 0);
}

async fn a_token_opens_until_its_last_day_is_over(town: &Town) {
    let scopes = BTreeSet::from([Scope::Bookings]);
    let made = token::create(&town.services, "Infoskärm", &scopes, None, Some(30)).await;
    let (_, secret) = made.expect("a token");
    let ends = town.clock.now() + TimeDelta::days(30);
    town.clock.set_to(ends - TimeDelta::milliseconds(1));
    town.staff_ask(&secret, "/outbox").await.is(200);
    town.clock.set_to(ends);
    town.staff_ask(&secret, "/outbox").await.is_problem(401, "token_invalid");

    let (_, lasting) = token::create(&town.services, "Lås", &scopes, None, None).await.expect("a token");
    town.clock.advance(TimeDelta::days(3650));
    town.staff_ask(&lasting, "/outbox").await.is(200);
}

async fn a_revoked_token_opens_nothing_and_repeats_nothing(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (id, secret) = town.new_token(&[Scope::Bookings], None).await;
    let cancel = async || {
        let path = format!("/staff/bookings/{}/cancel", booking.id);
        let reason = json!({"reason": {"sv": "Ismaskinen är trasig.", "fi": "Jääkone on rikki."}});
        let call = town.call(Method::POST, &path).bearer_auth(&secret).header("idempotency-key", "k");
        read(call.json(&reason)).await
    };
    let first = cancel().await;
    assert_eq!(first.is(200).body["refund"], json!({"amount": "125.00", "currency": "EUR"}));
    assert_eq!(cancel().await.is(200).body, first.body, "the same key gives the same answer");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);

    token::revoke(&town.services, id).await.expect("to revoke");
    cancel().await.is_problem(401, "token_invalid");
    town.staff_ask(&secret, "/outbox").await.is_problem(401, "token_invalid");
    for unknown in [id, Uuid::nil()] {
        let again = token::revoke(&town.services, unknown).await;
        assert!(matches!(again, Err(RevokeError::NotThere)), "{again:?}");
    }
    let [note] = town.notes("token_revoked").await.try_into().expect("one note");
    assert_eq!((note.actor.as_str(), note.subject.as_str(), note.subject_id), ("operator", "token", id));
}

async fn what_opens_is_kept_nowhere(town: &Town) {
    let (id, secret) = town.new_token(&[Scope::Closures, Scope::Rules], Some("tornio")).await;
    town.clock.advance_minutes(1);
    let (_, other) = town.new_token(&[Scope::Closures], Some("tornio")).await;
    let random = secret.strip_prefix("vayla_").expect("a mark that scanners know");
    assert_eq!(random.len(), 43, "256 bits");
    assert_ne!(secret, other);
    let kept: String =
        crate::sql!(town, c => sqlx::query_scalar("SELECT token_hash FROM api_token WHERE id = $1")
        .bind(id).fetch_one(c).await)
        .expect("the token");
    assert!(kept.len() == 64 && !kept.contains(random), "{kept}");
    let notes = town.notes("token_created").await;
    assert_eq!((notes[0].actor.as_str(), notes[0].subject_id), ("operator", id));
    let change = json!({"scopes": ["rules", "closures"], "municipality": "tornio", "expires_at": "2027-10-30T17:00:00Z"});
    assert_eq!(notes[0].change, change);
    let listed = token::list(&town.services).await.expect("the tokens");
    assert_eq!(listed.len(), 2);
    assert_eq!((listed[0].id, listed[0].name.as_str()), (id, "Vaktmästare"));
    assert!(!format!("{listed:?}").contains(random));
}

async fn its_use_is_written_down_once_a_minute(town: &Town) {
    let (_, secret) = town.new_token(&[Scope::Bookings], None).await;
    let used = async || token::list(&town.services).await.expect("the tokens")[0].last_used_at;
    assert_eq!(used().await, None);
    let first = town.clock.now();
    town.staff_ask(&secret, "/outbox").await.is(200);
    assert_eq!(used().await, Some(first));
    town.clock.advance(TimeDelta::seconds(59));
    town.staff_ask(&secret, "/outbox").await.is(200);
    assert_eq!(used().await, Some(first));
    town.clock.advance(TimeDelta::seconds(1));
    town.staff_ask(&secret, "/outbox").await.is(200);
    assert_eq!(used().await, Some(first + TimeDelta::seconds(60)));
}

async fn what_makes_no_token_leaves_none(town: &Town) {
    let (bookings, none) = (BTreeSet::from([Scope::Bookings]), BTreeSet::new());
    let make = async |name: &str, scopes, municipality, days| {
        token::create(&town.services, name, scopes, municipality, days).await.expect_err("no token")
    };
    for name in ["", " ", "a\nb", &"ä".repeat(101)] {
        assert!(matches!(make(name, &bookings, None, None).await, CreateError::Name), "{name}");
    }
    assert!(matches!(make("Lås", &none, None, None).await, CreateError::NoScope));
    let unknown = make("Lås", &bookings, Some("kemi"), None).await;
    assert!(matches!(unknown, CreateError::Municipality(code) if code == "kemi"));
    for days in [0, -1, 3651, i64::MAX] {
        assert!(matches!(make("Lås", &bookings, None, Some(days)).await, CreateError::Days), "{days}");
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM api_token").await, 0);
    assert_eq!(town.count("SELECT COUNT(*) FROM audit WHERE subject = 'token'").await, 0);
}
