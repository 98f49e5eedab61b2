//! The booker reads what is charged, and pays it on either bank of the river.

use reqwest::Method;
use serde_json::json;
use vayla_domain::{Language, money::EURO};
use vayla_services::payment::{self, Charge, Outcome, PaymentState};

use super::page_of;
use crate::{
    Town, aino,
    api::caller::read,
    asa, eur,
    pages::browser::Visitor,
    receipt::{pdf_fact, pdf_text, says_in_order},
    sek,
};

on_both_engines! {
    a_lost_key_is_paid_in_the_other_currency,
    a_charge_without_a_fixed_price_is_paid_at_the_rate_of_its_day,
    who_is_refused_tries_again_and_who_pays_late_has_paid,
    what_is_paid_twice_goes_back_and_told_again_changes_nothing,
    a_charge_is_paid_over_the_api,
    a_forged_link_opens_nothing,
}

async fn a_lost_key_is_paid_in_the_other_currency(town: &Town) {
    town.list_charges().await;
    let bookers = [(asa(), Language::Sv, "SEK"), (aino(), Language::Fi, "SEK")];
    for (place, (who, language, currency)) in bookers.into_iter().enumerate() {
        let time = town.ice_in_tornio().later(place as i64 * 24 * 60);
        let booking = town.book(&time, who, EURO).await;
        town.after(&time);
        let charge = town.charge(&booking, "lost_key").await;
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let page = visitor.get(&page_of(town, &charge, language)).await;
        page.is(200).says(&w.charge_open_lead()).says(&w.charge_fixed()).says(&w.charge_no_tax());
        match language {
            Language::Sv => page.says("Avgift: Borttappad nyckel").says("Nyckeln kom aldrig tillbaka."),
            Language::Fi => page.says("Lisämaksu: Kadonnut avain").says("Avainta ei palautettu."),
        };
        page.says("50,00 €").says("500,00 kr");
        let own = format!("/{}", charge.number);
        let terminal = visitor.follow(&visitor.send(&page.form(&own).pressed(currency)).await).await;
        terminal.says("500,00 kr");
        let paid = visitor.play(&terminal, "pay").await;
        paid.is(200).says(&w.charge_paid_lead()).says_not(&w.charge_fixed());
        let receipt = match language {
            Language::Sv => paid.link("/avgift/1/kvitto"),
            Language::Fi => paid.link("/lisamaksu/1/kuitti"),
        };
        let receipt = visitor.get(&receipt).await;
        let number = 2 * place + 2; // that of the booking came before it
        receipt.is(200).says(&format!("TORNIO-{number}")).says("500,00 kr").says(&w.charge_no_tax());
        let file = town.client.get(format!("{}{}", town.base_url, receipt.link(".pdf"))).send().await;
        let file = file.expect("an answer").bytes().await.expect("a file");
        assert_eq!(pdf_fact(&file, "Tagged"), "yes");
        let said = match language {
            Language::Sv => ["Kvitto TORNIO-2", "Borttappad nyckel", "Haparanda"],
            Language::Fi => ["Kuitti TORNIO-4", "Kadonnut avain", "Haparand"],
        };
        says_in_order(&pdf_text(&file), &said);
        assert_eq!(
            town.postings(booking.id).await[2..],
            [
                "tornio: receivable / income 50.00 EUR",
                "haparanda: clearing / due_to:tornio 500.00 SEK (50.00 EUR)",
                "tornio: due_from:haparanda / receivable 50.00 EUR (50.00 EUR)",
            ]
        );
        let letter = match language {
            Language::Sv => town.letter("Betalt: Borttappad nyckel").await,
            Language::Fi => town.letter("Maksettu: Kadonnut avain").await,
        };
        assert!(letter.text.contains("500,00\u{a0}kr"), "{}", letter.text);
        // The booking's page leads there, and its own receipt is as it was.
        let of_booking = page_of(town, &charge, language);
        let (of_booking, _) = of_booking.rsplit_once('/').expect("a number");
        let (of_booking, _) = of_booking.rsplit_once('/').expect("a word");
        visitor.get(of_booking).await.is(200).says(&w.charge_listed()).link(&own);
        assert_eq!(town.receipts(booking.id).await.len(), 1);
    }
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
}

async fn a_charge_without_a_fixed_price_is_paid_at_the_rate_of_its_day(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), EURO).await;
    town.after(&time);
    let charge = town.charge(&booking, "unlocked").await;
    // 70.00 · 10.978
    assert_eq!(charge.other.as_ref().map(|(money, _)| *money), Some(sek(768_46)));
    for (language, rate) in [(Language::Sv, "1 € = 10,978 kr"), (Language::Fi, "1 € = 10,978 kr")] {
        let page = Visitor::new(town, language).get(&page_of(town, &charge, language)).await;
        page.is(200).says("768,46 kr").says(rate).says("(ECB)");
    }
    // Weeks later it is what it was.
    town.clock.set("2026-12-10T12:00:00Z");
    let paid = town.pay_charge(&charge, sek(0).currency).await;
    assert_eq!((paid.amount, paid.gross), (sek(768_46), eur(70_00)));
}

async fn who_is_refused_tries_again_and_who_pays_late_has_paid(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    let charge = town.charge(&booking, "lost_key").await;
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        town.clock.advance(chrono::TimeDelta::seconds(1));
        let refused = town.open_charge(&charge, EURO).await;
        visitor.get(&page_of(town, &charge, language)).await.says(&w.charge_awaited());
        town.play(&refused, Outcome::Refuse).await;
        let page = visitor.get(&page_of(town, &charge, language)).await;
        page.says(&w.charge_refused()).says(&w.charge_fixed());
        let nothing = visitor.send(&page.form("/1").with(&[("currency", "NOK")])).await;
        nothing.is_sent_back(&visitor);
    }
    let late = town.open_charge(&charge, EURO).await;
    town.play(&late, Outcome::Late).await;
    assert_eq!(town.payment(late.id).await.state, PaymentState::Pending);
    town.clock.advance(chrono::TimeDelta::seconds(payment::LATE_SECONDS));
    town.deliver().await;
    assert!(town.payment(late.id).await.pays());
}

async fn what_is_paid_twice_goes_back_and_told_again_changes_nothing(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), EURO).await;
    town.after(&time);
    let charge = town.charge(&booking, "lost_key").await;
    let (kronor, euros) =
        (town.open_charge(&charge, sek(0).currency).await, town.open_charge(&charge, EURO).await);
    let tell = async |name: &str, id| payment::charge(&town.services, id, name).await.expect("noted");
    assert_eq!(tell("first", kronor.id).await, Charge::Settled);
    let booked = town.postings(booking.id).await;
    for _ in 0..3 {
        assert_eq!(tell("first", kronor.id).await, Charge::Known);
    }
    assert_eq!(town.postings(booking.id).await, booked);
    // The other currency's terminal was still open, and the first one sends more.
    assert_eq!(tell("second", euros.id).await, Charge::PaidTwice);
    assert_eq!(tell("third", kronor.id).await, Charge::PaidTwice);
    let payments = town.payments_of(charge.id).await;
    assert_eq!(payments.iter().filter(|payment| payment.pays()).count(), 1);
    assert_eq!(payments.iter().flat_map(|payment| &payment.refunds).count(), 2);
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
    let letters = town.letters().await;
    let back = letters.iter().filter(|letter| letter.text.contains("redan var betald eller tillbakatagen"));
    assert_eq!(back.count(), 2, "{letters:#?}");
    let page = Visitor::new(town, Language::Sv).get(&page_of(town, &charge, Language::Sv)).await;
    page.says("redan var betald eller tillbakatagen").says("Avgiften är betald.");
}

async fn a_charge_is_paid_over_the_api(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    town.charge(&booking, "changing_room").await;
    let token = town.services.secret.manage_token(booking.id);
    let path = format!("/bookings/{}/charges", booking.id);
    let call = |method, rest: &str| town.call(method, &format!("{path}{rest}")).bearer_auth(&token);
    let listed = read(call(Method::GET, "")).await;
    assert_eq!(listed.is(200).body[0]["name"]["fi"], "Pukuhuoneen siivous");
    assert_eq!(listed.body[0]["total_other"]["amount"], "988.02");
    let body = json!({"currency": "EUR", "return_url": "https://example.fi/kiitos?a=1"});
    read(call(Method::POST, "/7/payments").json(&body)).await.is_problem(404, "not_found");
    read(call(Method::GET, "/1/receipt.pdf")).await.is_problem(404, "not_found");
    let opened = read(call(Method::POST, "/1/payments").json(&body)).await;
    town.at_terminal(opened.is(201).text("redirect_url"), "pay").await;
    assert_eq!(read(call(Method::GET, "")).await.body[0]["status"], "paid");
    read(call(Method::POST, "/1/payments").json(&body)).await.is_problem(409, "nothing_due");
    let file = call(Method::GET, "/1/receipt.pdf").send().await.expect("an answer");
    assert_eq!(file.status(), 200);
    let text = pdf_text(&file.bytes().await.expect("a file"));
    says_in_order(&text, &["Kuitti TORNIO-2", "Pukuhuoneen siivous", "90,00"]);
}

async fn a_forged_link_opens_nothing(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let (mine, other) = (town.book(&time, aino(), EURO).await, town.book(&time.later(60), asa(), EURO).await);
    town.after(&time.later(60));
    let charge = town.charge(&mine, "lost_key").await;
    let visitor = Visitor::new(town, Language::Fi);
    let page = page_of(town, &charge, Language::Fi);
    let own = town.services.secret.manage_token(mine.id);
    for forged in [
        page.replace(&own, &town.services.secret.manage_token(other.id)),
        page.replace(&own, &own.chars().rev().collect::<String>()),
        page.replace(&own, &town.services.secret.invoice_token(mine.id)),
        page.replace("/lisamaksu/1", "/lisamaksu/2"),
        page.replace("/lisamaksu/1", "/lisamaksu/x"),
        format!("{page}/kuitti"), // nothing is paid
    ] {
        visitor.get(&forged).await.is(404);
    }
    let body = json!({"currency": "EUR", "return_url": "https://example.fi/"});
    let token = town.services.secret.manage_token(other.id);
    let path = format!("/bookings/{}/charges/1/payments", mine.id);
    read(town.call(Method::POST, &path).bearer_auth(&token).json(&body)).await.is_problem(404, "not_found");
    assert_eq!(town.payments_of(charge.id).await.len(), 0);
}
