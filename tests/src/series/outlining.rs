//! Every date with its state, before anything is booked.

use chrono::Timelike;
use vayla_domain::{
    holiday::Holiday,
    money::EURO,
    series::{SeriesFields, Skip, SkipReason, Until, Which},
    space::{Closed, Refusal},
    time::Quarter,
};
use vayla_services::series::DateState;

use super::{date, states, weekly, wish};
use crate::{Town, aino, eur, sek};

on_both_engines! {
    a_taken_date_is_named_with_times_near_it,
    holidays_and_breaks_are_left_out_by_name,
    the_missing_hour_is_told_and_the_doubled_one_asked_about,
    what_the_rules_refuse_says_why,
    a_closed_date_tells_the_reason,
    the_sum_is_that_of_the_free_dates_in_both_currencies,
}

async fn a_taken_date_is_named_with_times_near_it(town: &Town) {
    let wish = town.three_tuesdays().await;
    let second = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-10 18:00", 60);
    town.book(&second, aino(), EURO).await;
    let outline = town.outline(&wish).await;
    assert_eq!(states(&outline), ["free", "taken", "free"]);
    let DateState::Taken { span, alternatives } = &outline.dates[1].state else { panic!("{outline:?}") };
    assert_eq!(span.start().start(), second.start);
    let starts: Vec<i64> = alternatives.iter().map(|hit| hit.span.start() - span.start()).collect();
    assert_eq!(starts, [-5, -4, 4]); // a quarter of an hour apart: the nearest that don't meet it
    assert!(alternatives.iter().all(|hit| hit.span.minutes() == 60));
    // Whose hold runs out stands in nobody's way.
    let held = town.hold(second.later(7 * 24 * 60).request()).await;
    assert_eq!(states(&town.outline(&wish).await), ["free", "taken", "taken"]);
    town.clock.set_to(held.hold_expires_at);
    assert_eq!(states(&town.outline(&wish).await), ["free", "taken", "free"]);
}

async fn holidays_and_breaks_are_left_out_by_name(town: &Town) {
    let ice = town.open_always("tornion-jaahalli", "hela-isen").await;
    sql!(town, c => sqlx::query(
        "INSERT INTO school_break (municipality, first_date, last_date, name_sv, name_fi)
         VALUES ('tornio', $1, $2, 'sportlov', 'hiihtoloma'), ('haparanda', $3, $4, 'höstlov', 'syysloma')")
        .bind(date("2027-03-01")).bind(date("2027-03-07")).bind(date("2026-11-30")).bind(date("2026-12-06"))
        .execute(c).await.map(drop))
    .expect("the breaks");
    let dates = vec![date("2027-01-14"), date("2027-01-15")]; // a Friday is no date of it
    let skip = Skip { holidays: true, breaks: true, dates };
    let until = Until::Date(date("2027-03-11"));
    let wish = wish(&ice, SeriesFields { skip, until, ..weekly("2026-12-03", 1) });
    let outline = town.outline(&wish).await;
    let left_out: Vec<_> = outline
        .dates
        .iter()
        .filter_map(|one| match &one.state {
            DateState::Skipped(reason) => Some((one.date, reason.clone())),
            _ => None,
        })
        .collect();
    let [eve, new_year, asked, pause] = &left_out[..] else { panic!("{left_out:?}") };
    assert_eq!(*eve, (date("2026-12-24"), SkipReason::Holiday(Holiday::ChristmasEve)));
    assert_eq!(*new_year, (date("2026-12-31"), SkipReason::Holiday(Holiday::NewYearsEve)));
    assert_eq!(*asked, (date("2027-01-14"), SkipReason::Date));
    let SkipReason::Break(name) = &pause.1 else { panic!("{pause:?}") };
    assert_eq!((pause.0, name.sv.as_str(), name.fi.as_str()), (date("2027-03-04"), "sportlov", "hiihtoloma"));
}

async fn the_missing_hour_is_told_and_the_doubled_one_asked_about(town: &Town) {
    let ice = town.open_always("tornion-jaahalli", "hela-isen").await;
    let at_three = |first| SeriesFields { time: "03:00:00".parse().expect("a time"), ..weekly(first, 2) };
    let spring = town.outline(&wish(&ice, at_three("2027-03-21"))).await;
    assert_eq!(states(&spring)[1], "missing");
    let autumn = at_three("2027-10-31");
    let outline = town.outline(&wish(&ice, autumn.clone())).await;
    let DateState::Twice(first, second) = outline.dates[0].state else { panic!("{outline:?}") };
    assert_eq!(second.start() - first.start(), 4);
    for (which, expected) in [(Which::First, first), (Which::Second, second)] {
        let said = SeriesFields { which: Some(which), ..autumn.clone() };
        let outline = town.outline(&wish(&ice, said)).await;
        let (DateState::Free { span, .. } | DateState::Unpriced { span }) = &outline.dates[0].state else {
            panic!("{outline:?}")
        };
        assert_eq!(*span, expected);
        // The week after, the wall shows three again.
        let (DateState::Free { span, .. } | DateState::Unpriced { span }) = &outline.dates[1].state else {
            panic!("{outline:?}")
        };
        assert_eq!(span.start().start().with_timezone(&ice.zone()).hour(), 3);
    }
}

async fn what_the_rules_refuse_says_why(town: &Town) {
    let ice = town.space("tornion-jaahalli", "hela-isen");
    let at = |first: &str, time: &str| SeriesFields {
        time: time.parse().expect("a time"),
        every_weeks: 52,
        ..weekly(first, 3)
    };
    let refusals = async |fields| {
        let outline = town.outline(&wish(&ice, fields)).await;
        let refusal = |state: &DateState| match state {
            DateState::Refused { refusal, .. } => Some(refusal.clone()),
            _ => None,
        };
        outline.dates.iter().map(|one| refusal(&one.state)).collect::<Vec<_>>()
    };
    let dates = refusals(at("2026-11-03", "03:00:00")).await;
    assert!(matches!(dates[0], Some(Refusal::Closed(_))), "{dates:?}");
    assert!(
        matches!(dates[1..], [Some(Refusal::TooEarly { .. }), Some(Refusal::TooEarly { .. })]),
        "{dates:?}"
    );
    let dates = refusals(at("2026-10-27", "18:00:00")).await;
    assert_eq!(dates[0], Some(Refusal::InThePast));
    let short = SeriesFields { minutes: Quarter::MINUTES, ..at("2026-11-03", "18:00:00") };
    assert!(matches!(refusals(short).await[0], Some(Refusal::TooShort { .. })));
}

async fn a_closed_date_tells_the_reason(town: &Town) {
    let wish = town.three_tuesdays().await;
    town.close_for(&town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-10 18:30", 60)).await;
    let outline = town.outline(&wish).await;
    assert_eq!(states(&outline), ["free", "refused", "free"]);
    let DateState::Refused { refusal: Refusal::Closed(Closed::Reason(reason)), .. } = &outline.dates[1].state
    else {
        panic!("{outline:?}")
    };
    assert_eq!((reason.sv.as_str(), reason.fi.as_str()), ("Ismaskinen är trasig.", "Jääkone on rikki."));
    // What is closed is left out of what is booked, and stays closed when the rest is given back.
    let series = town.hold_series(&wish, aino()).await;
    assert_eq!(series.bookings.len(), 2);
}

async fn the_sum_is_that_of_the_free_dates_in_both_currencies(town: &Town) {
    let wish = town.three_tuesdays().await;
    let outline = town.outline(&wish).await;
    let (other, rate) = outline.other.clone().expect("a price in kronor");
    // Each date is paid by itself: 3 × 1372.25, and not 375.00 × 10.978 = 4116.75.
    assert_eq!((outline.total, other), (eur(3 * 125_00), sek(3 * 1372_25)));
    assert_eq!(rate.map(|rate| rate.value.to_string()).as_deref(), Some("10.978"));
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0);
}
