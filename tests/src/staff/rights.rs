//! Who may do what where.

use reqwest::Method;
use serde_json::json;
use vayla_domain::{Language, money::EURO};
use vayla_locales::words;
use vayla_services::staff::{Forbidden, Scope, Staff, token};

use crate::{
    Town, aino,
    api::caller::{Answer, read},
    asa, sek,
};

on_both_engines! {
    a_scope_is_good_for_its_own_and_a_town_for_its_own,
    the_operator_may_everything,
    a_scope_opens_its_calls_only,
    a_token_of_one_town_may_nothing_in_the_other,
    a_refusal_speaks_the_callers_or_the_towns_language,
}

async fn a_scope_is_good_for_its_own_and_a_town_for_its_own(town: &Town) {
    let catalogue = town.services.catalogue();
    for scope in Scope::ALL {
        let (_, secret) = town.new_token(&[scope], Some("tornio")).await;
        let staff = token::find(&town.services, &secret).await.expect("the database").expect("a token");
        for facility in &catalogue.facilities {
            let own = facility.municipality.code == "tornio";
            for asked in Scope::ALL {
                let expected = match (asked == scope, own) {
                    (true, true) => Ok(()),
                    (true, false) => Err(Forbidden::Town),
                    (false, _) => Err(Forbidden::Scope(asked)),
                };
                assert_eq!(staff.may(asked, facility), expected, "{scope:?}: {asked:?} at {}", facility.slug);
            }
        }
        assert_eq!(staff.may_everywhere(scope), Err(Forbidden::Town));
    }
}

async fn the_operator_may_everything(town: &Town) {
    let operator = Staff::operator();
    for scope in Scope::ALL {
        assert_eq!(operator.may_everywhere(scope), Ok(()));
        for facility in &town.services.catalogue().facilities {
            assert_eq!(operator.may(scope, facility), Ok(()));
        }
    }
}

/// Calls about one booking, its facility and its letter: with what each is answered.
async fn answers(town: &Town, token: &str, facility: &str, booking: &str, letter: &str) -> Vec<Answer> {
    let reason = json!({"reason": {"sv": "Ismaskinen är trasig.", "fi": "Jääkone on rikki."}});
    let list = format!("/bookings?facility={facility}&from=2026-11-04");
    vec![
        town.staff_ask(token, &list).await,
        town.staff_ask(token, &format!("/bookings/{booking}")).await,
        town.staff_tell(token, &format!("/outbox/{letter}/retry"), &json!({})).await,
        town.staff_tell(token, &format!("/bookings/{booking}/cancel"), &reason).await,
    ]
}

/// A booked time on Tornio's ice whose letter couldn't be delivered.
async fn booked_with_a_dead_letter(town: &Town) -> (String, String, String) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    crate::sql!(town, c => sqlx::query("UPDATE outbox SET due_at = NULL, attempts = 10")
        .execute(c).await.map(drop))
    .expect("the outbox");
    let letter: uuid::Uuid =
        crate::sql!(town, c => sqlx::query_scalar("SELECT id FROM outbox").fetch_one(c).await)
            .expect("one letter");
    (booking.space.facility.id.to_string(), booking.id.to_string(), letter.to_string())
}

async fn a_scope_opens_its_calls_only(town: &Town) {
    let (facility, booking, letter) = booked_with_a_dead_letter(town).await;
    let (_, others) =
        town.new_token(&[Scope::Rules, Scope::Closures, Scope::Series, Scope::Tariffs], None).await;
    for answer in answers(town, &others, &facility, &booking, &letter).await {
        answer.is_problem(403, "forbidden");
        assert!(!answer.body.to_string().contains("Aino"), "{answer:#?}");
    }
    town.staff_ask(&others, "/outbox").await.is_problem(403, "forbidden");
    // Nor is it told whether there is such a booking.
    let nobody = format!("/bookings/{}", uuid::Uuid::nil());
    town.staff_ask(&others, &nobody).await.is_problem(403, "forbidden");
    let own = town.bookings_token().await;
    town.staff_ask(&own, &nobody).await.is_problem(404, "not_found");
    for answer in answers(town, &own, &facility, &booking, &letter).await {
        answer.is(200);
    }
}

async fn a_token_of_one_town_may_nothing_in_the_other(town: &Town) {
    let (facility, booking, letter) = booked_with_a_dead_letter(town).await;
    let (_, neighbour) = town.new_token(&Scope::ALL, Some("haparanda")).await;
    for answer in answers(town, &neighbour, &facility, &booking, &letter).await {
        answer.is_problem(403, "forbidden");
        assert!(!answer.body.to_string().contains("Aino"), "{answer:#?}");
    }
    assert_eq!(town.staff_ask(&neighbour, "/outbox").await.is(200).body["items"], json!([]));
    assert_eq!(town.count("SELECT COUNT(*) FROM booking WHERE state = 'confirmed'").await, 1);
    assert_eq!(town.count("SELECT COUNT(*) FROM outbox WHERE due_at IS NULL").await, 1);
    assert_eq!(
        town.count("SELECT COUNT(*) FROM audit WHERE actor LIKE 'staff:%'").await,
        1,
        "the empty list"
    );

    let (_, own) = town.new_token(&[Scope::Bookings], Some("tornio")).await;
    for answer in answers(town, &own, &facility, &booking, &letter).await {
        answer.is(200);
    }
    let across = town.book(&town.ice_in_haparanda(), asa(), sek(0).currency).await;
    let path = format!("/bookings/{}", across.id);
    town.staff_ask(&own, &path).await.is_problem(403, "forbidden");
    town.staff_ask(&neighbour, &path).await.is(200);
}

async fn a_refusal_speaks_the_callers_or_the_towns_language(town: &Town) {
    let booking = town.book(&town.ice_in_haparanda(), asa(), sek(0).currency).await;
    let path = format!("/staff/bookings/{}", booking.id);
    let (_, tornio) = town.new_token(&[Scope::Bookings], Some("tornio")).await;
    let (_, lock) = town.new_token(&[Scope::Closures], Some("haparanda")).await;
    for (token, wish, language) in [
        (&tornio, "sv", Language::Sv),
        (&tornio, "de", Language::Fi),
        (&lock, "fi", Language::Fi),
        (&lock, "de", Language::Sv),
    ] {
        let call = town.call(Method::GET, &path).bearer_auth(token).header("accept-language", wish);
        let refused = read(call).await;
        refused.is_problem(403, "forbidden");
        let w = words(language);
        let detail =
            if *token == tornio { w.problem_forbidden_town() } else { w.problem_forbidden_scope("bookings") };
        assert_eq!(
            (refused.text("detail"), refused.text("title")),
            (detail.as_str(), w.problem_title_forbidden().as_str())
        );
    }
}
