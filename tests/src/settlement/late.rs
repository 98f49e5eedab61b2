use vayla_services::settlement::DrawError;

use super::{DECEMBER, try_draw};
use crate::{Town, asa, eur, sek};

on_both_engines! {
    what_goes_back_of_a_settled_booking_is_in_the_next_settlement,
    more_may_have_gone_back_than_came_while_the_kronor_are_more,
}

async fn what_goes_back_of_a_settled_booking_is_in_the_next_settlement(town: &Town) {
    let later = town.wall_time("tornion-jaahalli", "hela-isen", "2026-12-20 18:00", 60);
    let booked = town.book(&later, asa(), sek(0).currency).await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let november = town.draw("2026-11").await;
    let collected = november.dues[0];
    town.money_of(&november, "tornio", "1", november.net, None).await;
    town.clock.set("2026-12-10T08:00:00Z");
    town.cancel(booked.id).await;
    town.clock.set("2027-01-02T08:00:00Z");
    town.rate_of("2026-12-31", "10.5").await;
    let december = town.draw("2026-12").await;
    assert_eq!((december.number, december.lines), (Some(2), 1));
    // The kronor that came went back; the euros come back from Tornio, and are fewer kronor by now.
    assert_eq!(december.dues[0].booked, sek(-collected.booked.minor));
    assert_eq!(december.net, eur(-collected.contract.minor));
    assert_eq!(december.payer_and_payee(), Some([1, 0]));
    town.owes_nothing(false).await;
    let came = sek(december.booked[0].minor.abs() - 1_00);
    town.money_of(&december, "haparanda", "2", came, Some(eur(collected.contract.minor))).await;
    town.owes_nothing(true).await;
    assert_eq!(town.settlement(&december).await.paid_at, Some(town.clock.now()));
    let again = try_draw(&town.services, "2027-01").await;
    assert!(matches!(again, Err(DrawError::NotOver(_))), "{again:?}");
}

async fn more_may_have_gone_back_than_came_while_the_kronor_are_more(town: &Town) {
    let time = || town.wall_time("tornion-jaahalli", "hela-isen", "2026-12-20 18:00", 60);
    town.set_price(&time().space, 20_00).await;
    let old = town.book(&time(), asa(), sek(0).currency).await; // 219.56 kronor
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "15.0").await;
    town.draw("2026-11").await;
    // 20.00 euros go back, at the old rate; 19.00 come, at the new one.
    town.cancel(old.id).await;
    town.set_price(&time().space, 19_00).await;
    town.book(&time(), asa(), sek(0).currency).await;
    town.clock.set("2027-01-02T08:00:00Z");
    town.rate_of("2026-12-31", "15.0").await;
    let december = town.draw("2026-12").await;
    assert_eq!((december.dues[0].booked, december.dues[0].contract), (sek(285_00 - 219_56), eur(-1_00)));
    assert_eq!((december.net, december.gains[0]), (eur(-1_00), sek(65_44 + 15_00)));
    town.owes_nothing(false).await;
}
