//! What goes back is split in proportion of who has paid what.

use vayla_domain::{Bilingual, Reason, money::EURO};
use vayla_services::{booking, grant::TownGrant, payment, staff::Staff};

use super::{half_by_haparanda, percent};
use crate::{Town, aino, eur, sek};

on_both_engines! {
    a_late_cancel_gives_each_back_their_part,
    an_early_cancel_gives_all_back_and_the_voucher_is_good_again,
    the_town_cancels_and_all_goes_back,
    staff_give_back_in_parts,
}

fn reason() -> Reason {
    let typed = Bilingual { sv: "Isen var mjuk.".to_owned(), fi: "Jää oli pehmeää.".to_owned() };
    Reason::parse(&typed).expect("a reason")
}

/// Tornio's ice, of which Haparanda pays a half and a booker the other, in euros.
async fn booked(town: &Town) -> (TownGrant, String, uuid::Uuid) {
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let code = town.voucher(&grant).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.put(&held, &code).await.expect("a part");
    town.pay(&held, EURO).await;
    (grant, code, held.id)
}

async fn a_late_cancel_gives_each_back_their_part(town: &Town) {
    let (grant, code, id) = booked(town).await;
    town.clock.set("2026-11-04T10:00:00Z");
    assert_eq!(town.cancel(id).await.refunds, [eur(31_25)]);
    let granted = &town.granted(id).await[0];
    assert_eq!(
        (granted.back.gross, granted.back.vat, granted.back.paid),
        (eur(31_25), eur(3_72), sek(343_07))
    );
    assert_eq!(town.used(&grant).await, 686_13 - 343_07);
    let postings = town.postings(id).await;
    assert!(
        postings.contains(&"haparanda: due_to:tornio / subsidies 343.07 SEK (31.25 EUR)".to_owned()),
        "{postings:?}"
    );
    let other = town.hold(town.ice_in_tornio().later(60).request_by(aino())).await;
    town.put(&other, &code).await.expect_err("a part of it is used");
}

async fn an_early_cancel_gives_all_back_and_the_voucher_is_good_again(town: &Town) {
    let (grant, code, id) = booked(town).await;
    assert_eq!(town.cancel(id).await.refunds, [eur(62_50)]);
    assert_eq!(town.used(&grant).await, 0);
    let other = town.hold(town.ice_in_tornio().later(60).request_by(aino())).await;
    town.put(&other, &code).await.expect("a part");
}

async fn the_town_cancels_and_all_goes_back(town: &Town) {
    let (grant, _, id) = booked(town).await;
    town.clock.set("2026-11-04T10:00:00Z");
    let cancelled = booking::cancel_by_staff(&town.services, &Staff::operator(), id, &reason()).await;
    assert_eq!(cancelled.expect("cancelled").refunds, [eur(62_50)]);
    assert_eq!(town.used(&grant).await, 0);
}

async fn staff_give_back_in_parts(town: &Town) {
    let grant = town.grant("tornio", percent(33, eur(1000_00))).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    town.pay(&held, EURO).await;
    let give = async |part| {
        payment::refund_by_staff(&town.services, &Staff::operator(), held.id, part, &reason()).await
    };
    let first = give(Some(eur(10_00))).await.expect("a part");
    assert_eq!((first.refunds, first.left), (vec![eur(6_70)], eur(115_00)));
    assert_eq!(town.used(&grant).await, 41_25 - 3_30);
    assert!(give(Some(eur(115_01))).await.is_err());
    let rest = give(None).await.expect("the rest");
    assert_eq!((rest.refunds, rest.left), (vec![eur(83_75 - 6_70)], eur(0)));
    assert_eq!(town.used(&grant).await, 0);
    town.cancel(held.id).await;
}
