use vayla_domain::{
    ledger::Bearer,
    money::{EURO, RateError},
};
use vayla_services::settlement::DrawError;

use super::{DECEMBER, try_draw};
use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    twenty_euros_are_settled_at_the_cut_offs_rate,
    where_the_owner_bears_the_rate_it_gets_what_was_collected,
    bookings_and_refunds_both_ways_become_one_payment,
    a_month_that_is_not_over_is_not_settled,
    there_may_be_nothing_to_settle,
    what_has_all_gone_back_is_settled_with_nothing_to_pay,
    drawn_twice_or_by_two_at_once_there_is_one,
    a_rate_that_is_corrected_afterwards_changes_nothing,
    without_a_fresh_rate_nothing_is_settled,
    an_earlier_month_is_in_a_later_settlement,
    what_is_booked_after_the_cut_off_is_in_the_next,
}

async fn twenty_euros_are_settled_at_the_cut_offs_rate(town: &Town) {
    town.worked_example().await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let drawn = town.draw("2026-11").await;
    assert_eq!(drawn.reference().map(|it| it.to_string()).as_deref(), Some("RF23 3000 0012"));
    assert_eq!((drawn.number, drawn.lines, drawn.paid_at), (Some(1), 1, None));
    assert_eq!(drawn.towns, ["haparanda", "tornio"]);
    assert_eq!((drawn.dues[0].booked, drawn.dues[0].contract), (sek(219_56), eur(20_00)));
    // The krona has fallen: 20 euros cost 220 kronor, and whoever collected bears it.
    assert_eq!(
        (drawn.net, drawn.booked, drawn.gains),
        (eur(20_00), [sek(220_00), eur(20_00)], [sek(-44), eur(0)])
    );
    town.owes_nothing(false).await;
    assert_eq!(town.balance_of("haparanda", "settlement:tornio").await, -220_00);
    assert_eq!(town.balance_of("haparanda", "exchange_loss").await, 44);
    assert_eq!(town.balance_of("tornio", "settlement:haparanda").await, 20_00);
    assert_eq!(town.balance_of("tornio", "income").await, -17_62);
    let notes = town.notes("settlement_drawn").await;
    assert_eq!((notes.len(), notes[0].subject_id), (1, drawn.id));
}

async fn where_the_owner_bears_the_rate_it_gets_what_was_collected(town: &Town) {
    town.worked_example().await;
    crate::sql!(town, c => sqlx::query(
        "INSERT INTO treaty (valid_from, rate_days_max, reference_prefix, demo, settlement_currency, settlement_bearer)
         VALUES ('2026-11-15', 6, 'HT', false, 'SEK', 'owner')").execute(c).await.map(drop))
    .expect("a treaty");
    crate::sql!(town, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
        .execute(c).await.map(drop))
    .expect("the version");
    town.services.refresh_catalogue().await.expect("the places");
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let drawn = town.draw("2026-11").await;
    assert_eq!((drawn.bearer, drawn.net), (Bearer::Owner, sek(219_56)));
    assert_eq!((drawn.booked[1], drawn.gains), (eur(19_96), [sek(0), eur(-4)]));
    town.money_of(&drawn, "tornio", "1", eur(19_90), Some(sek(219_56))).await;
    town.owes_nothing(true).await;
    assert_eq!(town.balance_of("tornio", "exchange_loss").await, 10, "4 cents, and 6 at the bank");
}

async fn bookings_and_refunds_both_ways_become_one_payment(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    for time in [town.ice_by_day(), town.ice_in_haparanda().later(60)] {
        let currency = if time.space.priced_place().currency == EURO { sek(0).currency } else { EURO };
        let booked = town.book(&time, aino(), currency).await;
        town.cancel(booked.id).await;
    }
    town.book(&town.ice_in_tornio().later(60), aino(), EURO).await; // at home: nobody owes anything
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let drawn = town.draw("2026-11").await;
    assert_eq!(drawn.lines, 6);
    assert_eq!(drawn.dues.map(|owed| owed.contract), [eur(125_00), sek(825_00)]);
    assert_eq!(drawn.dues.map(|owed| owed.booked), [sek(1372_25), eur(75_15)]);
    // 825 kronor are 75 euros by now.
    assert_eq!((drawn.net, drawn.booked), (eur(50_00), [sek(550_00), eur(50_00)]));
    assert_eq!(drawn.gains, [sek(-2_75), eur(15)]);
    town.owes_nothing(false).await;
}

async fn a_month_that_is_not_over_is_not_settled(town: &Town) {
    town.worked_example().await;
    // By Helsinki's clocks November ends at ten in the evening; what is booked in the last seconds is in it.
    town.clock.set("2026-11-30T22:09:59Z");
    town.rate_of("2026-11-30", "11.0").await;
    let early = try_draw(&town.services, "2026-11").await;
    assert!(matches!(early, Err(DrawError::NotOver(_))), "{early:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM settlement").await, 0);
    town.clock.set("2026-11-30T22:10:00Z");
    town.draw("2026-11").await;
}

async fn there_may_be_nothing_to_settle(town: &Town) {
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.clock.set("2026-11-02T08:00:00Z");
    let nothing = try_draw(&town.services, "2026-10").await;
    assert!(matches!(nothing, Err(DrawError::Nothing)), "{nothing:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM settlement").await, 0);
}

async fn what_has_all_gone_back_is_settled_with_nothing_to_pay(town: &Town) {
    let booked = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    town.cancel(booked.id).await;
    town.clock.set("2026-11-02T08:00:00Z");
    let drawn = town.draw("2026-10").await;
    assert_eq!((drawn.lines, drawn.net, drawn.payer_and_payee()), (2, eur(0), None));
    assert_eq!(drawn.paid_at, Some(town.clock.now()));
    let again = try_draw(&town.services, "2026-10").await.expect("the same");
    assert_eq!(again.id, drawn.id);
    town.owes_nothing(true).await;
}

async fn drawn_twice_or_by_two_at_once_there_is_one(town: &Town) {
    town.worked_example().await;
    town.clock.set("2026-11-02T08:00:00Z");
    let second = town.second().await;
    let (one, other, third) = tokio::join!(
        try_draw(&town.services, "2026-10"),
        try_draw(&second, "2026-10"),
        try_draw(&town.services, "2026-10")
    );
    let ids = [one, other, third].map(|drawn| drawn.expect("a settlement").id);
    assert_eq!(ids, [ids[0]; 3]);
    assert_eq!(town.draw("2026-10").await.id, ids[0]);
    assert_eq!(town.count("SELECT COUNT(*) FROM settlement_line").await, 1);
    assert_eq!(town.count("SELECT COUNT(*) FROM ledger_transaction WHERE event = 'settlement'").await, 1);
    assert_eq!(town.notes("settlement_drawn").await.len(), 1);
    second.db.close().await;
}

async fn a_rate_that_is_corrected_afterwards_changes_nothing(town: &Town) {
    town.worked_example().await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let drawn = town.draw("2026-11").await;
    town.clock.advance_minutes(60);
    town.rate_of("2026-11-30", "12.5").await;
    let again = town.draw("2026-11").await;
    assert_eq!((again.version(), again.booked), (drawn.version(), [sek(220_00), eur(20_00)]));
    assert_eq!(again.rate.map(|rate| rate.value.to_string()).as_deref(), Some("11"));
    assert_eq!(town.balance_of("haparanda", "settlement:tornio").await, -220_00);
}

async fn without_a_fresh_rate_nothing_is_settled(town: &Town) {
    town.worked_example().await;
    town.clock.set(DECEMBER);
    let stale = try_draw(&town.services, "2026-11").await;
    assert!(matches!(stale, Err(DrawError::Rate(RateError::TooOld(_)))), "{stale:?}");
    // A rate of the day after doesn't help: it was published after the cut-off.
    town.rate_of("2026-12-01", "11.0").await;
    let stale = try_draw(&town.services, "2026-11").await;
    assert!(matches!(stale, Err(DrawError::Rate(RateError::TooOld(_)))), "{stale:?}");
    assert_eq!(town.balance_of("haparanda", "due_to:tornio").await, -219_56);
}

async fn an_earlier_month_is_in_a_later_settlement(town: &Town) {
    town.worked_example().await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    assert_eq!(town.draw("2026-11").await.lines, 1, "of October");
    let late = try_draw(&town.services, "2026-10").await;
    assert!(matches!(late, Err(DrawError::Later)), "{late:?}");
}

async fn what_is_booked_after_the_cut_off_is_in_the_next(town: &Town) {
    town.worked_example().await;
    // One second before October is over in Tornio, and the first of November.
    town.clock.set("2026-10-31T21:59:59Z");
    town.book(&town.ice_in_tornio().later(60), asa(), sek(0).currency).await;
    town.clock.set("2026-10-31T22:00:00Z");
    town.book(&town.ice_in_tornio().later(120), asa(), sek(0).currency).await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    assert_eq!((town.draw("2026-10").await.net, town.draw("2026-11").await.net), (eur(40_00), eur(20_00)));
    town.owes_nothing(false).await;
}
