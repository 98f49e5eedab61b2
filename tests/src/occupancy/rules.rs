//! Rules that staff have written: seasons, holidays, exceptions, lead times, buffers, gaps.

use vayla_domain::{
    Bilingual, Language,
    holiday::Holiday,
    money::PriceGroup,
    space::{Closed, Refusal},
};
use vayla_services::{
    booking::{HoldError, HoldRequest},
    occupancy::{self, Wish},
    wording,
};

use crate::{Time, Town, aino, instant};

on_both_engines! {
    christmas_is_closed_and_says_so_in_both_languages,
    a_season_ends_and_the_next_is_named,
    an_exception_by_date_has_its_own_words,
    a_club_books_farther_ahead_and_a_company_sooner,
    a_buffer_keeps_the_time_around_a_booking_free,
    a_gap_that_nobody_could_book_is_refused,
    a_gap_is_as_long_as_the_next_booking_with_its_buffers,
    time_that_has_gone_is_no_gap,
    ones_own_hold_that_is_given_back_leaves_no_gap,
    what_is_found_keeps_the_rules,
}

/// Lays a space's own rules in, as staff write them.
async fn own_rules(town: &Town, facility: &str, space: &str, rules: &str) {
    let space = town.space(facility, space).id;
    sql!(town, c => sqlx::query("UPDATE space SET rules = $2, rules_version = 1 WHERE id = $1")
        .bind(space).bind(rules).execute(c).await.map(drop))
    .expect("the space");
    sql!(town, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
        .execute(c).await.map(drop))
    .expect("the version");
    town.services.refresh_catalogue().await.expect("the places");
}

async fn refused(town: &Town, request: HoldRequest) -> Refusal {
    match town.try_hold(request).await {
        Err(HoldError::Refused(refusal)) => refusal,
        other => panic!("a refusal, and not {other:?}"),
    }
}

fn ice(town: &Town, start: &str, minutes: i64) -> Time {
    town.wall_time("tornion-jaahalli", "hela-isen", start, minutes)
}

async fn christmas_is_closed_and_says_so_in_both_languages(town: &Town) {
    let refusal = refused(town, ice(town, "2026-12-25 18:00", 60).request()).await;
    assert_eq!(refusal, Refusal::Closed(Closed::Holiday(Holiday::ChristmasDay)));
    let tornio = &town.space("tornion-jaahalli", "hela-isen").facility.municipality;
    let says = |language| wording::refusal(language, &refusal, tornio);
    assert!(says(Language::Sv).contains("juldagen"), "{}", says(Language::Sv));
    assert!(says(Language::Fi).contains("joulupäivä"), "{}", says(Language::Fi));
    town.hold(ice(town, "2026-12-27 18:00", 60).request()).await;
}

const SEASON: &str = r#"{"opening":[{"on":{"season":{"from":"08-15","to":"04-10"}},
    "hours":[{"opens":"07:00","closes":"22:30"}]}]}"#;

async fn a_season_ends_and_the_next_is_named(town: &Town) {
    own_rules(town, "tornion-jaahalli", "hela-isen", SEASON).await;
    let refusal = refused(town, ice(town, "2027-04-11 18:00", 60).request()).await;
    let opens = "2027-08-15".parse().ok();
    assert_eq!(refusal, Refusal::Closed(Closed::Season(opens)));
    town.hold(ice(town, "2027-04-10 18:00", 60).request()).await;
}

async fn an_exception_by_date_has_its_own_words(town: &Town) {
    let rules = r#"{"opening":[{"on":{"dates":{"from":"2026-12-17","to":"2026-12-17"}},"hours":[],
        "reason":{"sv":"tävling","fi":"kilpailut"}}]}"#;
    own_rules(town, "tornion-jaahalli", "hela-isen", rules).await;
    let refusal = refused(town, ice(town, "2026-12-17 18:00", 60).request()).await;
    let reason = Bilingual { sv: "tävling".to_owned(), fi: "kilpailut".to_owned() };
    assert_eq!(refusal, Refusal::Closed(Closed::Reason(reason)));
    town.hold(ice(town, "2026-12-16 18:00", 60).request()).await;
}

async fn a_club_books_farther_ahead_and_a_company_sooner(town: &Town) {
    let rules = r#"{"booking":[{"group":"club","horizon_days":400},
        {"group":"company","lead":{"working_days":{"days":2,"until":"12:00"}}}]}"#;
    own_rules(town, "tornion-jaahalli", "hela-isen", rules).await;
    let by = |time: Time, price_group| HoldRequest { price_group, ..time.request() };
    let far = ice(town, "2027-08-30 18:00", 60);
    assert!(matches!(refused(town, far.request()).await, Refusal::TooEarly { .. }));
    town.hold(by(far, PriceGroup::Club)).await;
    // It is Friday evening: for Tuesday, two working days before were Friday noon.
    let tuesday = ice(town, "2026-11-03 18:00", 60);
    let until = instant("2026-10-30T10:00:00Z");
    assert_eq!(refused(town, by(tuesday.clone(), PriceGroup::Company)).await, Refusal::TooLate { until });
    town.hold(tuesday.request()).await;
    town.hold(by(ice(town, "2026-11-04 18:00", 60), PriceGroup::Company)).await;
}

async fn a_buffer_keeps_the_time_around_a_booking_free(town: &Town) {
    own_rules(town, "tornion-jaahalli", "hela-isen", r#"{"before_minutes":15,"after_minutes":30}"#).await;
    let time = ice(town, "2026-11-04 18:00", 60);
    let held = town.hold(time.request_by(aino())).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 7 * held.space.parts.len() as i64);
    town.pay(&held, held.total.currency).await;
    // The next needs a quarter before it, after the half hour that is cleared up in.
    town.is_taken(&ice(town, "2026-11-04 19:00", 60)).await;
    town.is_taken(&ice(town, "2026-11-04 19:30", 60)).await;
    town.is_taken(&ice(town, "2026-11-04 17:00", 45)).await;
    town.hold(ice(town, "2026-11-04 19:45", 60).request()).await;
    town.hold(ice(town, "2026-11-04 16:15", 45).request()).await;
}

async fn a_gap_that_nobody_could_book_is_refused(town: &Town) {
    own_rules(town, "tornion-jaahalli", "hela-isen", r#"{"no_gaps":true}"#).await;
    town.hold(ice(town, "2026-11-04 18:00", 60).request()).await;
    // The shortest time is three quarters.
    let refusal = refused(town, ice(town, "2026-11-04 19:30", 60).request()).await;
    assert_eq!(refusal, Refusal::LeavesGap { minutes_min: 45 });
    town.hold(ice(town, "2026-11-04 19:45", 60).request()).await;
    // Between two neighbours there is no better place.
    town.hold(ice(town, "2026-11-04 19:00", 45).request()).await;
}

async fn a_gap_is_as_long_as_the_next_booking_with_its_buffers(town: &Town) {
    own_rules(town, "tornion-jaahalli", "hela-isen", r#"{"no_gaps":true,"after_minutes":30}"#).await;
    town.hold(ice(town, "2026-11-04 20:00", 60).request()).await;
    // Three quarters, and half an hour after each of the two.
    let refusal = refused(town, ice(town, "2026-11-04 17:00", 90).request()).await;
    assert_eq!(refusal, Refusal::LeavesGap { minutes_min: 45 });
    town.hold(ice(town, "2026-11-04 17:00", 75).request()).await;
    town.hold(ice(town, "2026-11-04 18:45", 45).request()).await;
}

async fn time_that_has_gone_is_no_gap(town: &Town) {
    own_rules(town, "tornion-jaahalli", "hela-isen", r#"{"no_gaps":true}"#).await;
    let gone = ice(town, "2026-11-04 13:00", 60);
    town.book(&gone, aino(), vayla_domain::money::EURO).await;
    town.clock.set_to(gone.end + chrono::TimeDelta::minutes(10));
    let refusal = refused(town, ice(town, "2026-11-04 14:30", 60).request()).await;
    assert_eq!(refusal, Refusal::LeavesGap { minutes_min: 45 }, "the quarter from 14.15 could still be had");
    town.clock.set_to(gone.end + chrono::TimeDelta::minutes(20));
    town.hold(ice(town, "2026-11-04 14:30", 60).request()).await;
}

async fn ones_own_hold_that_is_given_back_leaves_no_gap(town: &Town) {
    own_rules(town, "tornion-jaahalli", "hela-isen", r#"{"no_gaps":true}"#).await;
    let attempt = Some(town.services.new_id());
    town.hold(HoldRequest { attempt, ..ice(town, "2026-11-04 18:00", 60).request() }).await;
    town.hold(HoldRequest { attempt, ..ice(town, "2026-11-04 19:30", 60).request() }).await;
}

/// Every hit of a search can be had, and what can be had is found, whatever the rules.
async fn what_is_found_keeps_the_rules(town: &Town) {
    let rules = r#"{"opening":[{"hours":[{"days":[1,2,3,4,5],"opens":"16:00","closes":"22:00"}]},
        {"on":{"holidays":["public"]},"hours":[]}],
        "booking":[{"lead":{"days":{"days":1,"until":"20:00"}}}],
        "first_start":"00:15","before_minutes":15,"after_minutes":15,"no_gaps":true}"#;
    own_rules(town, "tornion-jaahalli", "hela-isen", rules).await;
    town.hold(HoldRequest { ..ice(town, "2026-11-03 18:15", 60).request() }).await;
    let date = |text: &str| text.parse().expect("a date");
    let wish = Wish {
        municipality: Some("tornio".to_owned()),
        kind: Some("ice".to_owned()),
        ..Wish::any_time(date("2026-10-30"), date("2026-11-09"), 60)
    };
    let hits = occupancy::search(&town.services, &wish).await.expect("a search");
    let whole = town.space("tornion-jaahalli", "hela-isen").id;
    let found: Vec<_> = hits.iter().filter(|hit| hit.space.id == whole).map(|hit| hit.span.start()).collect();
    assert!(found.len() > 20);
    let first = vayla_domain::time::Quarter::containing(instant("2026-10-30T00:00:00Z"));
    for start in (0..10 * 96).map(|quarter| first + quarter) {
        let time = Time {
            space: town.space("tornion-jaahalli", "hela-isen"),
            start: start.start(),
            end: (start + 4).start(),
        };
        let held = town.try_hold(time.request()).await;
        assert_eq!(found.contains(&start), held.is_ok(), "{}: {held:?}", start.start());
        if let Ok(held) = held {
            town.cancel(held.id).await;
        }
    }
}
