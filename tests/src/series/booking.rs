//! All that was shown as free, or nothing.

use chrono::{TimeDelta, Timelike};
use vayla_domain::{
    money::{EURO, PriceGroup},
    series::{SeriesFields, Until},
};
use vayla_services::{
    booking::{BookingState, DetailsError},
    series::{self, SeriesError, SeriesRequest, SeriesWish, Shown},
};

use super::{all_free, date, states, weekly, wish};
use crate::{Town, aino, asa};

on_both_engines! {
    a_club_books_tuesdays_at_18_over_both_clock_changes,
    a_taken_date_is_left_out,
    one_gone_meanwhile_books_nothing,
    another_price_books_nothing,
    two_who_want_the_same_tuesdays,
    the_same_asking_twice_is_one_series,
    the_same_asking_with_other_answers_takes_the_place_of_the_first,
    fifty_two_dates_of_eight_parts_in_one_transaction,
    it_runs_out_as_a_whole_and_is_extended_once,
    a_held_date_that_is_chosen_anew_stays_one_of_it,
}

async fn a_club_books_tuesdays_at_18_over_both_clock_changes(town: &Town) {
    let ice = town.open_always("tornion-jaahalli", "hela-isen").await;
    let until = Until::Date(date("2027-11-09"));
    let wish = SeriesWish {
        price_group: PriceGroup::Club,
        ..wish(&ice, SeriesFields { until, ..weekly("2026-11-03", 1) })
    };
    let series = town.hold_series(&wish, aino()).await;
    assert_eq!(series.bookings.len(), 54);
    for booking in &series.bookings {
        let wall = booking.starts_at().with_timezone(&ice.zone());
        assert_eq!((wall.hour(), wall.minute(), booking.span.minutes()), (18, 0, 60), "{wall}");
        assert_eq!(booking.price_group, PriceGroup::Club);
    }
    let hours: Vec<u32> = series.bookings.iter().map(|booking| booking.starts_at().hour()).collect();
    assert!(hours.contains(&15) && hours.contains(&16), "both clocks' offsets: {hours:?}");
    let read = town.series(series.id).await;
    assert_eq!(read.plan, wish.plan);
    assert_eq!(
        read.bookings.iter().map(|booking| (booking.id, booking.span)).collect::<Vec<_>>(),
        series.bookings.iter().map(|booking| (booking.id, booking.span)).collect::<Vec<_>>()
    );
    assert_eq!(read.who(), Some(&aino()));
}

async fn a_taken_date_is_left_out(town: &Town) {
    let wish = town.three_tuesdays().await;
    let second = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-10 18:30", 60);
    town.book(&second, aino(), EURO).await;
    let series = town.hold_series(&wish, asa()).await;
    let dates: Vec<_> = series.bookings.iter().map(|booking| booking.starts_at().date_naive()).collect();
    assert_eq!(dates, [date("2026-11-03"), date("2026-11-17")]);
    // Its own times are taken now.
    assert_eq!(states(&town.outline(&wish).await), ["taken"; 3]);
}

async fn one_gone_meanwhile_books_nothing(town: &Town) {
    let wish = town.three_tuesdays().await;
    let request = all_free(&wish, &town.outline(&wish).await, asa());
    town.hold(town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-17 17:30", 60).request()).await;
    let Err(SeriesError::Changed(outline)) = town.try_series(&request).await else { panic!("not booked") };
    assert_eq!(states(&outline), ["free", "free", "taken"]);
    for (table, count) in [
        ("SELECT COUNT(*) FROM booking", 1),
        ("SELECT COUNT(*) FROM series", 0),
        ("SELECT COUNT(*) FROM claim", 1),
        ("SELECT COUNT(*) FROM cell", 4),
    ] {
        assert_eq!(town.count(table).await, count, "{table}");
    }
    // Nor is a date that nobody has shown.
    let shown = vec![Shown { date: date("2026-11-04"), quote: None }];
    let other = town.try_series(&SeriesRequest { shown, ..request.clone() }).await;
    assert!(matches!(other, Err(SeriesError::Changed(_))), "{other:?}");
    let nothing = town.try_series(&SeriesRequest { shown: Vec::new(), ..request }).await;
    assert!(matches!(nothing, Err(SeriesError::Nothing)), "{nothing:?}");
}

async fn another_price_books_nothing(town: &Town) {
    let wish = town.three_tuesdays().await;
    let request = all_free(&wish, &town.outline(&wish).await, asa());
    town.set_price(&wish.space, 130_00).await;
    let space = town.space("tornion-jaahalli", "hela-isen");
    let dearer = SeriesRequest { wish: SeriesWish { space, ..wish }, ..request };
    let refused = town.try_series(&dearer).await;
    assert!(matches!(refused, Err(SeriesError::Changed(_))), "{refused:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0);
}

/// Whoever is second gets nothing, and is told; never half of it.
async fn two_who_want_the_same_tuesdays(town: &Town) {
    let wish = town.three_tuesdays().await;
    let outline = town.outline(&wish).await;
    let (mine, yours) = (all_free(&wish, &outline, asa()), all_free(&wish, &outline, aino()));
    let (i_get, you_get) = tokio::join!(town.try_series(&mine), town.try_series(&yours));
    assert!(i_get.is_ok() != you_get.is_ok(), "{i_get:?} {you_get:?}");
    let lost = i_get.err().or(you_get.err());
    assert!(matches!(lost, Some(SeriesError::Changed(_))), "{lost:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 3);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 12);
}

async fn the_same_asking_twice_is_one_series(town: &Town) {
    let wish = town.three_tuesdays().await;
    let attempt = Some(town.services.new_id());
    let request = SeriesRequest { attempt, ..all_free(&wish, &town.outline(&wish).await, asa()) };
    let first = town.try_series(&request).await.expect("a series");
    let again = town.try_series(&request).await.expect("the same");
    assert_eq!((first.id, again.bookings.len()), (again.id, 3));
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 3);
}

async fn the_same_asking_with_other_answers_takes_the_place_of_the_first(town: &Town) {
    let wish = town.three_tuesdays().await;
    let attempt = Some(town.services.new_id());
    let request = SeriesRequest { attempt, ..all_free(&wish, &town.outline(&wish).await, asa()) };
    let first = town.try_series(&request).await.expect("a series");
    let corrected = SeriesRequest { who: aino(), ..request };
    let second = town.try_series(&corrected).await.expect("another");
    assert_ne!(first.id, second.id);
    assert_eq!((second.who(), second.held(town.clock.now()).len()), (Some(&aino()), 3));
    assert_eq!(town.series(first.id).await.held(town.clock.now()).len(), 0);
    assert_eq!(town.try_series(&corrected).await.expect("the same").id, second.id);
    // Once it has run out the same asking is a new one.
    town.clock.set_to(second.bookings[0].hold_expires_at);
    let third = town.try_series(&corrected).await.expect("a new one");
    assert_eq!(third.held(town.clock.now()).len(), 3);
}

async fn fifty_two_dates_of_eight_parts_in_one_transaction(town: &Town) {
    let hall = town.space("putaan-liikuntahalli", "u-hela");
    let other = town.space("putaan-liikuntahalli", "v-hela");
    sql!(town, c => sqlx::query(
        "INSERT INTO space_part (space_id, part_id) SELECT $1, part_id FROM space_part WHERE space_id = $2")
        .bind(hall.id).bind(other.id).execute(c).await.map(drop))
    .expect("both halls as one");
    let hall = town.open_always("putaan-liikuntahalli", "u-hela").await;
    assert_eq!(hall.parts.len(), 8);
    let wish = wish(&hall, SeriesFields { minutes: 120, ..weekly("2026-11-03", 52) });
    let series = town.hold_series(&wish, asa()).await;
    assert_eq!(series.bookings.len(), 52);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 52 * 8 * 8);
    assert_eq!(town.count("SELECT COUNT(*) FROM claim WHERE expires_at IS NOT NULL").await, 52);
    assert_eq!(town.count("SELECT COUNT(DISTINCT booking_id) FROM booking_line").await, 52);
    assert_eq!(town.count("SELECT COUNT(*) FROM audit WHERE action = 'held'").await, 52 + 1);
    let quarter = town.wall_time("putaan-liikuntahalli", "v-fjardedel-2", "2027-02-16 19:30", 60);
    town.is_taken(&quarter).await;
}

async fn it_runs_out_as_a_whole_and_is_extended_once(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, asa()).await;
    assert_eq!(series.held_until(town.clock.now()), Some(town.clock.now() + TimeDelta::minutes(15)));
    town.clock.advance_minutes(14);
    series::extend(&town.services, &series).await.expect("ten minutes more");
    let series = town.series(series.id).await;
    let again = series::extend(&town.services, &series).await;
    assert!(matches!(again, Err(DetailsError::NotHeld)), "{again:?}");
    town.clock.advance_minutes(10);
    assert_eq!(states(&town.outline(&wish).await), ["taken"; 3]);
    assert_eq!(town.sweep().await, 0);
    town.clock.advance_minutes(1);
    assert_eq!(states(&town.outline(&wish).await), ["free"; 3]);
    assert_eq!(town.sweep().await, 3);
    let series = town.series(series.id).await;
    assert_eq!(series.in_state(BookingState::Expired, town.clock.now()).count(), 3);
    assert_eq!(series.who(), None); // who never paid is forgotten
}

async fn a_held_date_that_is_chosen_anew_stays_one_of_it(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, asa()).await;
    let later = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-03 20:30", 60);
    let mut request = later.request_by(asa());
    request.replaces = Some(series.bookings[0].id);
    let chosen = town.hold(request).await;
    assert_eq!(chosen.series, Some(series.id));
    let held = town.series(series.id).await.held(town.clock.now());
    assert_eq!(held.len(), 3);
    assert!(held.iter().any(|booking| booking.id == chosen.id));
}
