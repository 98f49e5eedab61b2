//! One date is moved as any booking is; some or the rest together, all or none.

use chrono::{TimeDelta, Timelike, Weekday};
use uuid::Uuid;
use vayla_domain::{
    booking::TooLateToMove,
    money::{EURO, Money},
    series::{SeriesFields, Shift, ShiftFields},
};
use vayla_services::{
    booking::{BookingState, Changed},
    series::{
        self, DateState, Series, SeriesMoved, ShiftError, ShiftOutline, ShiftState, ShiftWish, Which,
        move_dates, outline_shift,
    },
};

use super::{date, weekly, wish};
use crate::{Time, Town, aino, asa, eur, sek};

on_both_engines! {
    one_date_is_moved_as_any_booking_is,
    the_rest_moves_to_another_day_and_one_letter_tells,
    what_costs_less_comes_back_with_each_booking,
    they_may_overlap_their_own_old_times,
    one_that_is_taken_moves_none,
    one_that_is_closed_says_why,
    what_costs_more_moves_none,
    those_it_is_too_late_for_stay,
    only_some_are_moved,
    another_than_was_shown_is_refused_and_twice_is_once,
    where_the_wall_shows_it_twice_it_is_asked,
    another_town_is_refused,
    two_who_move_into_the_same_evenings,
}

const MONDAY: Weekday = Weekday::Mon;

fn to(time: &str, weekday: Weekday, minutes: i64) -> Shift {
    let time = time.parse().expect("a time");
    Shift::parse(ShiftFields { weekday, time, minutes, which: None }).expect("a shift")
}

fn all() -> Which {
    Which::From(date("2026-11-01"))
}

fn shift_of(series: &Series, which: Which, shift: Shift) -> ShiftWish {
    ShiftWish { which, space: series.space.clone(), shift }
}

fn words(outline: &ShiftOutline) -> Vec<&'static str> {
    let word = |state: &ShiftState| match state {
        ShiftState::Free(_) => "free",
        ShiftState::Dearer(_) => "dearer",
        ShiftState::There => "there",
        ShiftState::TooLate(_) => "late",
        ShiftState::Barred(_) => "barred",
    };
    outline.dates.iter().map(|date| word(&date.state)).collect()
}

impl Town {
    async fn outline_shift(&self, series: &Series, wish: &ShiftWish) -> ShiftOutline {
        outline_shift(&self.services, &self.series(series.id).await, wish).await.expect("an outline")
    }

    async fn try_shift(&self, series: &Series, wish: &ShiftWish) -> Result<SeriesMoved, ShiftError> {
        move_dates(&self.services, series.id, wish, None).await
    }

    /// When each booking of the series begins and ends, on the facility's wall.
    async fn walls(&self, id: Uuid) -> Vec<String> {
        let series = self.series(id).await;
        let wall = |booking: &vayla_services::booking::Booking| {
            let zone = booking.space.zone();
            let (start, end) =
                (booking.starts_at().with_timezone(&zone), booking.ends_at().with_timezone(&zone));
            format!("{}–{}", start.format("%m-%d %H:%M"), end.format("%H:%M"))
        };
        series.bookings.iter().map(wall).collect()
    }

    fn evening(&self, start: &str) -> Time {
        self.wall_time("tornion-jaahalli", "hela-isen", start, 60)
    }
}

async fn one_date_is_moved_as_any_booking_is(town: &Town) {
    let series = town.paid_series(3, EURO).await;
    let second = series.bookings[1].id;
    // Cheaper by day: 30 euros come back of this date's payment alone.
    let moved = town.try_move(second, &town.evening("2026-11-12 14:00")).await;
    assert!(matches!(&moved, Ok(Changed::Done { refunds }) if *refunds == [eur(30_00)]), "{moved:?}");
    assert_eq!(town.walls(series.id).await, ["11-03 18:00–19:00", "11-12 14:00–15:00", "11-17 18:00–19:00"]);
    // Dearer: the difference is paid by itself, with a receipt of its own.
    let evening = town.evening("2026-11-12 18:00");
    let longer = Time { end: evening.end + TimeDelta::minutes(30), ..evening };
    let opened = town.try_move(second, &longer).await;
    assert!(matches!(opened, Ok(Changed::Open(_))), "{opened:?}");
    let booking = town.booking(second).await;
    let paid = town.pay(&booking, sek(0).currency).await;
    // 187.50 less 95.00, at the rate of the day.
    assert_eq!((paid.gross, paid.batch), (eur(92_50), None));
    assert_eq!(town.walls(series.id).await[1], "11-12 18:00–19:30");
    assert_eq!(town.receipts(second).await.len(), 2);
    for other in [0, 2] {
        assert_eq!(town.receipts(series.bookings[other].id).await.len(), 1);
    }
    // And all of it comes back in the currencies it came in.
    let cancelled = series::cancel(&town.services, &town.series(series.id).await, &all()).await.expect("all");
    assert_eq!(cancelled.refunds, [eur(125_00 + 95_00 + 125_00), paid.amount]);
    let letter = town.letter("Peruttu: ").await;
    assert!(letter.text.contains("345,00"), "{}", letter.text);
}

async fn the_rest_moves_to_another_day_and_one_letter_tells(town: &Town) {
    let series = town.paid_series(4, EURO).await;
    let wish = shift_of(&series, all(), to("19:30:00", Weekday::Thu, 60));
    let outline = town.outline_shift(&series, &wish).await;
    assert_eq!(words(&outline), ["free"; 4]);
    assert_eq!(outline.refunds, []);
    let shown = outline.quote().expect("what can be done has a name");
    let before = town.letters().await.len();
    let moved = move_dates(&town.services, series.id, &wish, Some(&shown)).await.expect("all of it");
    assert_eq!((moved.moves.len(), &moved.refunds[..]), (4, &[][..]));
    assert_eq!(
        town.walls(series.id).await,
        ["11-05 19:30–20:30", "11-12 19:30–20:30", "11-19 19:30–20:30", "11-26 19:30–20:30"]
    );
    // What was had is free, and nothing is occupied twice.
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 16);
    town.hold(town.evening("2026-11-03 18:00").request()).await;
    town.is_taken(&town.evening("2026-11-05 20:00")).await;
    let letters = town.letters().await;
    assert_eq!(letters.len(), before + 1);
    let letter = town.letter("Siirretty: ").await;
    assert!(letter.subject.contains("4 vuoroa"), "{}", letter.subject);
    for text in ["to 5.11.", "ti 3.11. 18.00–19.00", "19.30–20.30", "18.30–19.30", "Hinta on sama"] {
        assert!(letter.text.contains(text), "{text}: {}", letter.text);
    }
    let calendar = letter.calendar.expect("a calendar file");
    assert_eq!((calendar.method.as_str(), calendar.text.matches("BEGIN:VEVENT").count()), ("PUBLISH", 4));
    assert_eq!(calendar.text.matches("SEQUENCE:1").count(), 4);
    assert_eq!(town.count("SELECT COUNT(*) FROM audit WHERE action = 'moved'").await, 4 + 1);
}

async fn what_costs_less_comes_back_with_each_booking(town: &Town) {
    let series = town.paid_series(3, sek(0).currency).await;
    let wish = shift_of(&series, all(), to("14:00:00", Weekday::Wed, 60));
    // Of each 1372.25 × 30 / 125.
    assert_eq!(town.outline_shift(&series, &wish).await.refunds, [sek(3 * 329_34)]);
    let moved = town.try_shift(&series, &wish).await.expect("all of it");
    assert_eq!(moved.refunds, [sek(3 * 329_34)]);
    for booking in &series.bookings {
        assert_eq!(town.booking(booking.id).await.total, eur(95_00));
        let payments = town.payments(booking.id).await;
        let refunds: Vec<Money> = payments[0].refunds.iter().map(|refund| refund.amount).collect();
        assert_eq!((payments.len(), refunds), (1, vec![sek(329_34)]));
    }
    assert!(town.letter("Siirretty: ").await.text.contains("988,02\u{a0}kr"));
    town.check_books().await;
}

async fn they_may_overlap_their_own_old_times(town: &Town) {
    let series = town.paid_series(3, EURO).await;
    let wish = shift_of(&series, all(), to("18:30:00", Weekday::Tue, 60));
    assert_eq!(words(&town.outline_shift(&series, &wish).await), ["free"; 3]);
    town.try_shift(&series, &wish).await.expect("half an hour later");
    assert_eq!(town.walls(series.id).await[0], "11-03 18:30–19:30");
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 12);
    // A date that was moved into another's week makes no room there before its turn.
    let moved = town.try_move(series.bookings[2].id, &town.evening("2026-11-12 18:30")).await;
    assert!(matches!(moved, Ok(Changed::Done { .. })), "{moved:?}");
    let onto = shift_of(&series, all(), to("18:30:00", Weekday::Thu, 60));
    let outline = town.outline_shift(&series, &onto).await;
    assert_eq!(words(&outline), ["free", "barred", "there"]);
    let refused = town.try_shift(&series, &onto).await;
    assert!(matches!(refused, Err(ShiftError::Barred(_))), "{refused:?}");
    let apart = shift_of(&series, Which::Some(vec![series.bookings[0].id]), to("18:30:00", Weekday::Thu, 60));
    town.try_shift(&series, &apart).await.expect("that one");
}

async fn one_that_is_taken_moves_none(town: &Town) {
    let series = town.paid_series(3, EURO).await;
    let held = town.hold(town.evening("2026-11-12 18:30").request_by(asa())).await;
    let wish = shift_of(&series, all(), to("18:00:00", Weekday::Thu, 60));
    let outline = town.outline_shift(&series, &wish).await;
    assert_eq!(words(&outline), ["free", "barred", "free"]);
    let ShiftState::Barred(DateState::Taken { alternatives, .. }) = &outline.dates[1].state else {
        panic!("{outline:?}")
    };
    assert!(!alternatives.is_empty());
    assert_eq!(outline.quote(), None);
    let refused = town.try_shift(&series, &wish).await;
    assert!(matches!(refused, Err(ShiftError::Barred(_))), "{refused:?}");
    assert_eq!(town.walls(series.id).await[0], "11-03 18:00–19:00");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking_change").await, 0);
    // Whose hold runs out stands in nobody's way.
    town.clock.set_to(held.hold_expires_at);
    town.try_shift(&series, &wish).await.expect("all of it");
}

async fn one_that_is_closed_says_why(town: &Town) {
    let series = town.paid_series(2, EURO).await;
    town.close_for(&town.evening("2026-11-12 18:00")).await;
    let wish = shift_of(&series, all(), to("18:00:00", Weekday::Thu, 60));
    let outline = town.outline_shift(&series, &wish).await;
    assert_eq!(words(&outline), ["free", "barred"]);
    let ShiftState::Barred(state) = &outline.dates[1].state else { panic!("{outline:?}") };
    let why = series::why_not(vayla_domain::Language::Fi, &series.space, state).expect("a reason");
    assert!(why.contains("Jääkone on rikki."), "{why}");
}

async fn what_costs_more_moves_none(town: &Town) {
    let series = town.paid_series(2, EURO).await;
    let wish = shift_of(&series, all(), to("18:00:00", Weekday::Tue, 90));
    let outline = town.outline_shift(&series, &wish).await;
    assert_eq!(words(&outline), ["dearer"; 2]);
    let ShiftState::Dearer(quote) = &outline.dates[0].state else { panic!("{outline:?}") };
    assert_eq!(quote.difference.total, eur(62_50));
    let refused = town.try_shift(&series, &wish).await;
    assert!(matches!(refused, Err(ShiftError::Barred(_))), "{refused:?}");
    assert_eq!(town.walls(series.id).await[0], "11-03 18:00–19:00");
}

async fn those_it_is_too_late_for_stay(town: &Town) {
    let series = town.paid_series(4, EURO).await;
    // The first is over; for the second it is too late.
    town.clock.set("2026-11-10T12:00:00Z");
    let wish = shift_of(&series, all(), to("18:00:00", Weekday::Thu, 60));
    let outline = town.outline_shift(&series, &wish).await;
    assert_eq!(words(&outline), ["late", "free", "free"]);
    let late = &outline.dates[0].state;
    assert!(matches!(late, ShiftState::TooLate(TooLateToMove::After(_))), "{late:?}");
    assert_eq!(town.try_shift(&series, &wish).await.expect("two").moves.len(), 2);
    assert_eq!(town.walls(series.id).await[1..3], ["11-10 18:00–19:00", "11-19 18:00–19:00"]);
    let second = shift_of(&series, Which::Some(vec![series.bookings[1].id]), to("18:00:00", MONDAY, 60));
    let refused = town.try_shift(&series, &second).await;
    assert!(matches!(refused, Err(ShiftError::TooLate)), "{refused:?}");
    let first = shift_of(&series, Which::Some(vec![series.bookings[0].id]), to("18:00:00", MONDAY, 60));
    let refused = town.try_shift(&series, &first).await;
    assert!(matches!(refused, Err(ShiftError::NotLive)), "{refused:?}");
}

async fn only_some_are_moved(town: &Town) {
    let series = town.paid_series(4, EURO).await;
    town.cancel(series.bookings[3].id).await;
    let stranger = town.book(&town.evening("2026-11-06 12:00"), aino(), EURO).await;
    let some = vec![series.bookings[1].id, series.bookings[3].id, stranger.id];
    let wish = shift_of(&series, Which::Some(some), to("18:00:00", Weekday::Fri, 60));
    assert_eq!(town.try_shift(&series, &wish).await.expect("one").moves.len(), 1);
    assert_eq!(town.walls(series.id).await[1], "11-13 18:00–19:00");
    let booked = BookingState::Confirmed;
    assert_eq!(town.states_of(&series).await, [booked, booked, booked, BookingState::Cancelled]);
    assert_eq!(town.booking(stranger.id).await.span, stranger.span);
    // A hold is chosen anew instead.
    let held = town.hold_series(&wish_at_20(town).await, asa()).await;
    let refused = town.try_shift(&held, &shift_of(&held, all(), to("20:00:00", MONDAY, 60))).await;
    assert!(matches!(refused, Err(ShiftError::NotLive)), "{refused:?}");
}

async fn wish_at_20(town: &Town) -> series::SeriesWish {
    let ice = town.space("tornion-jaahalli", "hela-isen");
    let fields = SeriesFields { time: "20:00:00".parse().expect("a time"), ..weekly("2026-11-03", 2) };
    wish(&ice, fields)
}

async fn another_than_was_shown_is_refused_and_twice_is_once(town: &Town) {
    let series = town.paid_series(3, EURO).await;
    let wish = shift_of(&series, all(), to("14:00:00", Weekday::Thu, 60));
    let shown = town.outline_shift(&series, &wish).await.quote().expect("a name");
    town.cancel(series.bookings[2].id).await;
    let refused = move_dates(&town.services, series.id, &wish, Some(&shown)).await;
    assert!(matches!(refused, Err(ShiftError::Changed(_))), "{refused:?}");
    let shown = town.outline_shift(&series, &wish).await.quote().expect("a name");
    for moves in [2, 0] {
        let moved = move_dates(&town.services, series.id, &wish, Some(&shown)).await.expect("to be moved");
        assert_eq!(moved.moves.len(), moves);
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM refund WHERE reason = 'moved'").await, 2);
    let unchanged = town.try_shift(&series, &wish).await;
    assert!(matches!(unchanged, Err(ShiftError::Unchanged)), "{unchanged:?}");
}

async fn where_the_wall_shows_it_twice_it_is_asked(town: &Town) {
    let ice = town.open_always("tornion-jaahalli", "hela-isen").await;
    let series = town.hold_series(&wish(&ice, weekly("2027-10-26", 2)), aino()).await;
    let held = series.held(town.clock.now());
    let id = vayla_services::payment::start_series(&town.services, &held, EURO, "http://localhost/").await;
    let payment = town.payment(id.expect("a payment")).await;
    town.play(&payment, vayla_services::payment::Outcome::Pay).await;
    let at_three = to("03:00:00", Weekday::Sun, 60);
    let outline = town.outline_shift(&series, &shift_of(&series, all(), at_three.clone())).await;
    let twice = &outline.dates[0].state;
    assert!(matches!(twice, ShiftState::Barred(DateState::Twice(..))), "{twice:?}");
    let second = ShiftFields { which: Some(vayla_domain::series::Which::Second), ..*at_three.fields() };
    let wish = shift_of(&series, all(), Shift::parse(second).expect("a shift"));
    town.try_shift(&series, &wish).await.expect("both Sundays");
    let first = &town.series(series.id).await.bookings[0];
    assert_eq!((first.starts_at().hour(), first.span.minutes()), (1, 60), "by UTC, after the change");
}

async fn another_town_is_refused(town: &Town) {
    let series = town.paid_series(2, EURO).await;
    let space = town.ice_in_haparanda().space;
    let wish = ShiftWish { space, ..shift_of(&series, all(), to("18:00:00", Weekday::Thu, 60)) };
    let refused = town.try_shift(&series, &wish).await;
    assert!(matches!(refused, Err(ShiftError::OtherTown)), "{refused:?}");
}

/// One has them, and the other is told; never half of it.
async fn two_who_move_into_the_same_evenings(town: &Town) {
    let mine = town.paid_series(3, EURO).await;
    let yours = town.hold_series(&wish_at_20(town).await, asa()).await;
    let held = yours.held(town.clock.now());
    let id = vayla_services::payment::start_series(&town.services, &held, EURO, "http://localhost/").await;
    let payment = town.payment(id.expect("a payment")).await;
    town.play(&payment, vayla_services::payment::Outcome::Pay).await;
    let thursdays = to("18:00:00", Weekday::Thu, 60);
    let (my_wish, your_wish) =
        (shift_of(&mine, all(), thursdays.clone()), shift_of(&yours, all(), thursdays));
    let (i_get, you_get) = tokio::join!(town.try_shift(&mine, &my_wish), town.try_shift(&yours, &your_wish));
    assert!(i_get.is_ok() != you_get.is_ok(), "{i_get:?} {you_get:?}");
    let lost = i_get.err().or(you_get.err());
    assert!(matches!(lost, Some(ShiftError::Barred(_) | ShiftError::Changed(_))), "{lost:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 3 * 4 + 2 * 4);
    town.check_books().await;
}
