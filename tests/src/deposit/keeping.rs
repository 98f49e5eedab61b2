//! A deposit pays what the use has cost, as far as it goes; the rest is paid, or goes back.

use serde_json::json;
use vayla_domain::{
    Language,
    money::{EURO, Told},
};
use vayla_services::payment::{StartError, start_use_charge};

use super::figures;
use crate::{Town, aino, api::caller::read, asa, charge::page_of, eur, pages::browser::Visitor, sek};

on_both_engines! {
    a_lost_key_is_paid_with_it_in_the_other_currency,
    what_it_does_not_cover_is_asked_for,
    what_is_left_goes_back_later,
    a_charge_that_is_taken_back_brings_it_back,
    across_the_border_it_pays_at_the_rate_of_the_charge,
}

async fn a_lost_key_is_paid_with_it_in_the_other_currency(town: &Town) {
    town.list_deposit().await;
    let (first, second) = (town.ice_in_tornio(), town.ice_in_tornio().later(60));
    let swede = town.book(&first, asa(), sek(0).currency).await;
    let finn = town.book(&second, aino(), sek(0).currency).await;
    town.after(&second);
    for (booking, language) in [(swede, Language::Sv), (finn, Language::Fi)] {
        let charge = town.charge(&booking, "lost_key").await;
        assert!(charge.is_kept());
        assert_eq!(figures(&town.deposit(&booking).await), [sek(500_00), sek(500_00), sek(0)]);
        assert_eq!(
            town.postings(booking.id).await[4..],
            [
                "tornio: receivable / income 50.00 EUR",
                "haparanda: deposits / due_to:tornio 500.00 SEK (50.00 EUR)",
                "tornio: due_from:haparanda / receivable 50.00 EUR (50.00 EUR)",
            ]
        );
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let page = visitor.get(&page_of(town, &charge, language)).await;
        page.is(200).says(&w.charge_kept_lead()).says(&w.charge_kept()).says_not(&w.charge_fixed());
        let letter = town.letter(if language == Language::Sv { "Avgift: " } else { "Lisämaksu: " }).await;
        assert!(letter.text.contains(&w.mail_charged_kept_all()), "{}", letter.text);
        let opened =
            start_use_charge(&town.services, booking.id, charge.id, EURO, "https://example.fi/").await;
        assert!(matches!(opened, Err(StartError::NothingDue)), "{opened:?}");
        // The booking's receipt tells what it was used for.
        let token = town.services.secret.manage_token(booking.id);
        let (path, said) = match language {
            Language::Sv => {
                ("/kvitto", "500,00 kr av depositionen har använts till en avgift: Borttappad nyckel.")
            }
            Language::Fi => ("/kvitto", "Vakuusmaksusta on käytetty 500,00 kr lisämaksuun: Kadonnut avain."),
        };
        visitor.get(&visitor.page(&token, path)).await.is(200).says(said);
    }
    town.days_after(&second, 3);
    assert_eq!(town.return_due().await, 0, "nothing is left");
    assert_eq!(town.balance_of("haparanda", "deposits").await, 0);
}

async fn what_it_does_not_cover_is_asked_for(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    let told = Told { minutes: Some(61), cost: None };
    let charge = town.charge_told(&booking, "overtime", told).await;
    // 190 euros, of which 22.60 is tax; the deposit pays 50 with 5.95 in it.
    assert_eq!((charge.rest().gross, charge.rest().vat), (eur(140_00), eur(16_65)));
    let page = Visitor::new(town, Language::Fi).get(&page_of(town, &charge, Language::Fi)).await;
    page.is(200).says("Maksettu vakuusmaksulla −50,00 €").says("Maksettavaa 140,00 €").says("Maksa 140,00 €");
    let letter = town.letter("Lisämaksu: ").await.text;
    assert!(letter.contains("Vakuusmaksusta käytetään lisämaksuun 50,00\u{a0}€."), "{letter}");
    let token = town.services.secret.manage_token(booking.id);
    let path = format!("/bookings/{}/charges", booking.id);
    let seen = read(town.call(reqwest::Method::GET, &path).bearer_auth(&token)).await;
    assert_eq!(seen.is(200).body[0]["from_deposit"]["amount"], "50.00");
    assert_eq!(
        (&seen.body[0]["to_pay"]["amount"], &seen.body[0]["status"]),
        (&json!("140.00"), &json!("open"))
    );
    let paid = town.pay_charge(&charge, sek(0).currency).await;
    assert_eq!((paid.gross, paid.vat), (eur(140_00), eur(16_65)));
    assert_eq!(Some(paid.amount), charge.rest().other);
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
    let receipt = Visitor::new(town, Language::Fi)
        .get(&format!("{}/kuitti", page_of(town, &charge, Language::Fi)))
        .await;
    receipt.is(200).says("Maksettu vakuusmaksulla −50,00 €").says("Maksettavaa 140,00 €");
    // Taken back, both ways go back.
    town.take_back(&charge).await;
    assert_eq!(figures(&town.deposit(&booking).await), [eur(50_00), eur(0), eur(50_00)]);
    assert_eq!(town.payment(paid.id).await.refunds[0].amount, paid.amount);
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
    assert_eq!(town.balance_of("haparanda", "clearing").await, 0);
}

async fn what_is_left_goes_back_later(town: &Town) {
    let mut list = super::list();
    list["deposit"]["amount"] = json!({"EUR": "120.00", "SEK": "1300.00"});
    town.price(&town.ice_in_tornio().space, &list).await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    town.charge(&booking, "lost_key").await;
    let second = town.charge(&booking, "changing_room").await;
    assert_eq!(second.rest().gross, eur(20_00), "the second finds what the first has left");
    assert_eq!(town.deposit(&booking).await.left(), eur(0));
    let other = town.ice_in_tornio().later(24 * 60);
    let careful = town.book(&other, asa(), sek(0).currency).await;
    town.after(&other);
    town.charge(&careful, "lost_key").await;
    assert_eq!(town.deposit(&careful).await.left(), sek(800_00));
    town.days_after(&other, 3);
    assert_eq!(town.return_due().await, 1);
    assert_eq!(figures(&town.deposit(&careful).await), [sek(1300_00), sek(500_00), sek(800_00)]);
    assert_eq!(town.balance_of("haparanda", "deposits").await, 0);
}

async fn a_charge_that_is_taken_back_brings_it_back(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), sek(0).currency).await;
    town.after(&time);
    let charge = town.charge(&booking, "lost_key").await;
    town.days_after(&time, 30);
    town.take_back(&charge).await;
    assert_eq!(figures(&town.deposit(&booking).await), [sek(500_00), sek(0), sek(500_00)]);
    assert_eq!(
        town.postings(booking.id).await[7..]
            .iter()
            .filter(|line| line.contains("deposits"))
            .collect::<Vec<_>>(),
        [
            "haparanda: due_to:tornio / deposits 500.00 SEK (50.00 EUR)",
            "haparanda: deposits / clearing 500.00 SEK"
        ]
    );
    for account in ["deposits", "due_to:tornio"] {
        let left = if account == "deposits" { 0 } else { -1372_25 };
        assert_eq!(town.balance_of("haparanda", account).await, left, "{account}");
    }
    let page = Visitor::new(town, Language::Sv).get(&page_of(town, &charge, Language::Sv)).await;
    page.is(200).says("Avgiften är tillbakatagen.").says("500,00 kr");
    let letter = town.letter("Tillbakatagen avgift: ").await.text;
    assert!(letter.contains("500,00\u{a0}kr"), "{letter}");
    assert_eq!(town.return_due().await, 0);
}

async fn across_the_border_it_pays_at_the_rate_of_the_charge(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), sek(0).currency).await;
    town.after(&time);
    let charge = town.charge(&booking, "changing_room").await;
    let kept = charge.kept.expect("a part");
    // 90 euros are 988.02 kronor: 500 of them are 45.55 euros.
    assert_eq!((kept.paid, kept.pays.gross), (sek(500_00), eur(45_55)));
    assert_eq!((charge.rest().gross, charge.rest().other), (eur(44_45), Some(sek(488_02))));
    let paid = town.pay_charge(&charge, EURO).await;
    assert_eq!(paid.amount, eur(44_45));
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
}
