//! The town gives money back: as much as it says, at the rate and with the tax that it came with.

use serde_json::{Value, json};
use vayla_domain::{Bilingual, Language, Reason, money::EURO};
use vayla_services::{
    booking::BookingState,
    payment::{StaffRefundError, refund_by_staff},
    staff::{Scope, Staff},
};

use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    a_part_goes_back_and_the_booker_is_told_why,
    parts_across_the_border_come_to_the_whole_and_no_further,
    of_two_at_once_nobody_gives_back_more_than_came,
    what_the_rule_has_kept_can_be_given_back,
    whoever_may_not_gives_nothing_back,
    an_amount_is_some_of_what_is_left,
}

fn soft() -> Value {
    json!({"sv": "Isen var mjuk.", "fi": "Jää oli pehmeää."})
}

fn reason() -> Reason {
    let typed = Bilingual { sv: "Isen var mjuk.".to_owned(), fi: "Jää oli pehmeää.".to_owned() };
    Reason::parse(&typed).expect("a reason")
}

async fn a_part_goes_back_and_the_booker_is_told_why(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (id, token) = town.new_token(&[Scope::Refunds], Some("tornio")).await;
    let path = format!("/bookings/{}/refunds", booking.id);
    let body = json!({"amount": {"amount": "25.00", "currency": "EUR"}, "reason": soft()});
    let done = town.staff_tell(&token, &path, &body).await;
    let euros = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    assert_eq!(done.is(200).body, json!({"refunds": [euros("25.00")], "left": euros("100.00")}));
    // A fifth of 14.87 is 2.974.
    assert_eq!(
        town.postings(booking.id).await[2..],
        ["tornio: vat / clearing 2.97 EUR", "tornio: income / clearing 22.03 EUR"]
    );
    assert_eq!(town.state(booking.id).await, BookingState::Confirmed);
    let letter = town.letter(&format!("Saat rahaa takaisin: varaus {}", booking.reference)).await;
    assert_eq!(letter.to_address, "aino@example.fi");
    for said in ["Palautamme 25,00\u{a0}€", "Syy: Jää oli pehmeää.", "Varauksesi on voimassa entisellään."]
    {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    let [note] = town.notes("refunded").await.try_into().expect("one note");
    assert_eq!((note.actor, &note.change["reason"]), (format!("staff:{id}"), &soft()));
    // The receipt says so, too, in whichever language.
    let token = town.services.secret.manage_token(booking.id);
    let page = town.client.get(format!("{}/sv/bokning/{token}/kvitto", town.base_url));
    let page = page.send().await.expect("an answer").text().await.expect("text");
    assert!(page.contains("Orsak: Isen var mjuk."), "{page}");
    // Cancelled in time, the rest comes back.
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(100_00)]);
}

async fn parts_across_the_border_come_to_the_whole_and_no_further(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let give =
        async |part| refund_by_staff(&town.services, &Staff::operator(), booking.id, part, &reason()).await;
    let first = give(Some(eur(41_67))).await.expect("to give back");
    assert_eq!((first.refunds, first.left), (vec![sek(457_45)], eur(83_33)));
    let second = give(Some(eur(41_67))).await.expect("to give back");
    assert_eq!((second.refunds, second.left), (vec![sek(457_46)], eur(41_66)));
    let rest = give(None).await.expect("to give back");
    assert_eq!((rest.refunds, rest.left), (vec![sek(457_34)], eur(0))); // 1372.25 in all
    assert!(matches!(give(None).await, Err(StaffRefundError::NothingLeft)));
    let letters = town.letters().await;
    let told = letters.iter().filter(|letter| letter.subject.starts_with("Du får pengar tillbaka: bokning "));
    assert_eq!(told.count(), 3);
    assert_eq!(town.cancel(booking.id).await.refunds, []);
}

async fn of_two_at_once_nobody_gives_back_more_than_came(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (operator, reason) = (Staff::operator(), reason());
    let give = || refund_by_staff(&town.services, &operator, booking.id, Some(eur(80_00)), &reason);
    let (one, other) = tokio::join!(give(), give());
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    let lost = one.err().or(other.err()).expect("one who came too late");
    assert!(matches!(lost, StaffRefundError::Amount { left } if left == eur(45_00)), "{lost:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
}

async fn what_the_rule_has_kept_can_be_given_back(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.clock.set("2026-11-03T16:00:00Z");
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(62_50)]);
    let done = refund_by_staff(&town.services, &Staff::operator(), booking.id, None, &reason()).await;
    assert_eq!(done.expect("to give back").refunds, [eur(62_50)]);
}

async fn whoever_may_not_gives_nothing_back(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let path = format!("/bookings/{}/refunds", booking.id);
    let body = json!({"reason": soft()});
    for (scope, municipality) in [(Scope::Bookings, None), (Scope::Refunds, Some("haparanda"))] {
        let (_, token) = town.new_token(&[scope], municipality).await;
        town.staff_tell(&token, &path, &body).await.is_problem(403, "forbidden");
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
}

async fn an_amount_is_some_of_what_is_left(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (_, token) = town.new_token(&[Scope::Refunds], None).await;
    let path = format!("/bookings/{}/refunds", booking.id);
    for (amount, currency) in
        [("125.01", "EUR"), ("0.00", "EUR"), ("-1.00", "EUR"), ("10.00", "SEK"), ("1e2", "EUR")]
    {
        let body = json!({"amount": {"amount": amount, "currency": currency}, "reason": soft()});
        town.staff_tell(&token, &path, &body).await.is_problem(422, "invalid");
    }
    let whole = json!({"amount": {"amount": "125", "currency": "EUR"}, "reason": soft()});
    town.staff_tell(&token, &path, &whole).await.is(200);
    town.staff_tell(&token, &path, &whole).await.is_problem(409, "nothing_left");
    let held = town.hold(town.ice_in_haparanda().request_by(asa())).await;
    let path = format!("/bookings/{}/refunds", held.id);
    town.staff_tell(&token, &path, &json!({"reason": soft()})).await.is_problem(409, "nothing_left");
    assert_eq!(held.who.expect("a booker").language, Language::Sv);
}
