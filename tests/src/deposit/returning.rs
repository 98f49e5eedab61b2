//! A deposit goes back: by itself after the use, and whole whoever cancels.

use serde_json::json;
use vayla_domain::{Language, money::EURO};
use vayla_services::{booking, deposit, payment};

use super::figures;
use crate::{Town, aino, asa, charge::found, eur, pages::browser::Visitor, sek, series::weekly_wish};

on_both_engines! {
    after_the_use_it_goes_back_by_itself,
    cancelling_late_costs_what_the_rule_says_and_no_deposit,
    the_town_cancels_and_all_goes_back,
    a_charge_that_nobody_has_paid_keeps_it_waiting,
    of_two_workers_at_once_one_gives_it_back,
    one_that_cant_go_back_is_told_of_and_keeps_no_other,
}

async fn after_the_use_it_goes_back_by_itself(town: &Town) {
    town.list_deposit().await;
    let (time, later) = (town.ice_in_tornio(), town.ice_in_tornio().later(60));
    let swede = town.book(&time, asa(), sek(0).currency).await;
    let finn = town.book(&later, aino(), EURO).await;
    town.days_after(&time, 2);
    assert_eq!(town.return_due().await, 0, "not before its days are over");
    town.days_after(&time, 3);
    assert_eq!(town.return_due().await, 1);
    town.days_after(&later, 3);
    assert_eq!((town.return_due().await, town.return_due().await), (1, 0));
    assert_eq!(figures(&town.deposit(&swede).await), [sek(500_00), sek(0), sek(500_00)]);
    assert_eq!(town.postings(swede.id).await[4..], ["haparanda: deposits / clearing 500.00 SEK"]);
    assert_eq!(town.postings(finn.id).await[3..], ["tornio: deposits / clearing 50.00 EUR"]);
    let letter = town.letter(&format!("Depositionen betalas tillbaka: bokning {}", swede.reference)).await;
    assert!(letter.text.contains("Vi betalar tillbaka 500,00\u{a0}kr av depositionen"), "{}", letter.text);
    let letter = town.letter(&format!("Vakuusmaksu palautetaan: varaus {}", finn.reference)).await;
    assert!(letter.text.contains("Palautamme vakuusmaksusta 50,00\u{a0}€"), "{}", letter.text);
    // The ticket and the receipt say so, and the price is paid as before.
    let token = town.services.secret.manage_token(swede.id);
    let visitor = Visitor::new(town, Language::Sv);
    let back = "500,00 kr av depositionen har betalats tillbaka 2026-11-07.";
    visitor.get(&format!("/sv/bokning/{token}")).await.is(200).says(back).says("1 372,25 kr");
    visitor.get(&format!("/sv/bokning/{token}/kvitto")).await.is(200).says(back);
    let [note, _] = town.notes("deposit_returned").await.try_into().expect("two notes");
    assert_eq!(note.actor, "system");
}

async fn cancelling_late_costs_what_the_rule_says_and_no_deposit(town: &Town) {
    town.list_deposit().await;
    let step = json!({"until": {"hours": 48}, "back": {"percent": 100}});
    let rule = json!({"cancelling": [{"steps": [step], "then": {"percent": 50}}]});
    let ice = town.ice_in_tornio();
    town.lay_rules(&town.space(&ice.space.facility.slug, &ice.space.slug), &rule).await;
    let swede = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let finn = town.book(&town.ice_in_tornio().later(60), aino(), EURO).await;
    town.clock.set("2026-11-03T12:00:00Z");
    let visitor = Visitor::new(town, Language::Sv);
    let token = town.services.secret.manage_token(swede.id);
    let page = visitor.get(&format!("/sv/bokning/{token}/avboka")).await;
    page.is(200).says("1 186,13 kr").says("I beloppet ingår 500,00 kr av depositionen.");
    assert_eq!(town.cancel(swede.id).await.refunds, [sek(686_13 + 500_00)]);
    assert_eq!(town.cancel(finn.id).await.refunds, [eur(62_50 + 50_00)]);
    assert_eq!(town.deposit(&finn).await.left(), eur(0));
    assert_eq!(town.balance_of("haparanda", "deposits").await, 0);
    for (subject, said) in [
        ("Avbokat: ", ["1\u{a0}186,13\u{a0}kr", "I beloppet ingår 500,00\u{a0}kr av depositionen."]),
        ("Peruttu: ", ["112,50\u{a0}€", "Summassa on mukana vakuusmaksua 50,00\u{a0}€."]),
    ] {
        let letter = town.letter(subject).await.text;
        assert!(said.iter().all(|said| letter.contains(said)), "{said:?} in {letter}");
    }
}

async fn the_town_cancels_and_all_goes_back(town: &Town) {
    town.list_deposit().await;
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.clock.set("2026-11-04T15:30:00Z");
    let operator = vayla_services::staff::Staff::operator();
    let done = booking::cancel_by_staff(&town.services, &operator, booking.id, &found()).await;
    assert_eq!(done.expect("to be cancelled").refunds, [eur(175_00)]);
    assert_eq!(figures(&town.deposit(&booking).await), [eur(50_00), eur(0), eur(50_00)]);
    assert_eq!(town.balance_of("tornio", "clearing").await, 0);
}

async fn a_charge_that_nobody_has_paid_keeps_it_waiting(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), sek(0).currency).await;
    // The rates are too old by then: the charge has no amount in kronor, so that the deposit can't pay it.
    town.days_after(&time, 10);
    let charge = town.charge(&booking, "unlocked").await;
    assert_eq!((charge.other.clone(), charge.kept), (None, None));
    assert_eq!(town.return_due().await, 0);
    town.pay_charge(&charge, EURO).await;
    assert_eq!(town.return_due().await, 1);
    assert_eq!(town.deposit(&booking).await.left(), sek(0));
}

async fn of_two_workers_at_once_one_gives_it_back(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.days_after(&time, 3);
    let second = town.second().await;
    let (one, other) = tokio::join!(deposit::return_due(&town.services), deposit::return_due(&second));
    assert_eq!(one.expect("the database") + other.expect("the database"), 1);
    assert_eq!(town.deposit(&booking).await.returned, eur(50_00));
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
}

/// More of them than are looked up at a time.
async fn one_that_cant_go_back_is_told_of_and_keeps_no_other(town: &Town) {
    town.open_always("tornion-jaahalli", "hela-isen").await;
    town.list_deposit().await;
    let (ice, mut booked) = (town.ice_in_tornio().space, Vec::new());
    for first in ["2026-11-03", "2026-11-04"] {
        let series = town.hold_series(&weekly_wish(&ice, first, 52), aino()).await.held(town.clock.now());
        let asked = payment::start_series(&town.services, &series, EURO, "http://localhost/").await;
        let asked = town.payment(asked.expect("a payment")).await;
        town.play(&asked, payment::Outcome::Pay).await;
        booked.extend(series);
    }
    let last = booked.pop().expect("104 dates");
    town.clock.set("2027-11-30T08:00:00Z");
    let others = "UPDATE booking SET price_group = 'lost' WHERE id <> $1";
    sql!(town, c => sqlx::query(others).bind(last.id).execute(c).await.map(drop)).expect("to be broken");
    let told = deposit::return_due(&town.services).await;
    assert!(told.is_err(), "{told:?}");
    assert_eq!(figures(&town.deposit(&last).await), [eur(50_00), eur(0), eur(50_00)]);
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
    town.tamper("UPDATE booking SET price_group = 'adult'").await;
    assert_eq!((town.return_due().await, town.return_due().await), (103, 0));
    assert_eq!(town.balance_of("tornio", "deposits").await, 0);
}
