//! What is shown is charged: the price and the deposit, in one sum.

use serde_json::json;
use vayla_domain::{
    Language,
    money::{EURO, PriceGroup, Use},
};
use vayla_services::{
    booking::{BookingState, HoldError, HoldRequest, PriceFor, fingerprint},
    invoice,
    payment::{self, Charge, Outcome, StartError},
    receipt,
    series::SeriesWish,
    tariff::Place,
};

use super::list;
use crate::{
    Town, aino,
    api::caller::asked,
    asa, eur,
    grant::percent,
    invoice::club,
    pages::browser::Visitor,
    receipt::{pdf_fact, pdf_text, says_in_order},
    sek,
    series::weekly_wish,
};

on_both_engines! {
    the_pages_show_it_and_one_sum_is_charged,
    what_is_free_is_paid_for_its_deposit,
    a_grant_pays_no_deposit,
    who_pays_later_pays_none,
    a_free_date_on_an_account_is_the_customers_and_carries_none,
    told_many_times_it_is_taken_once,
    cut_off_before_it_is_in_the_books_nothing_is_half_done,
    money_that_comes_too_late_goes_back_with_it,
    another_deposit_than_was_shown_is_refused,
    each_date_of_a_series_has_its_own,
    a_move_keeps_it,
}

async fn the_pages_show_it_and_one_sum_is_charged(town: &Town) {
    town.list_deposit().await;
    let stories = [
        (
            Language::Sv,
            asa(),
            "SEK",
            "1 872,25 kr",
            "500,00 kr",
            ["Deposition", "Att betala", "Betala", "Pris"],
        ),
        (
            Language::Fi,
            aino(),
            "EUR",
            "175,00 €",
            "50,00 €",
            ["Vakuusmaksu", "Maksettavaa", "Maksa", "Hinta"],
        ),
    ];
    for (place, (language, who, currency, sum, deposit, words)) in stories.into_iter().enumerate() {
        let time = town.ice_in_tornio().later(60 * place as i64);
        let visitor = Visitor::new(town, language);
        let [name, to_pay, pay_word, price] = words;
        let shown = format!(
            "{price} 125,00 € · 1 372,25 kr {name} 50,00 € · 500,00 kr {to_pay} 175,00 € · 1 872,25 kr"
        );
        let held = town.hold(time.request_by(who)).await;
        let token = town.services.secret.manage_token(held.id);
        visitor.get(&visitor.page(&token, "/granska")).await.is(200).says(&shown);
        let pay = visitor.page(&token, "/betala");
        let page = visitor.get(&pay).await;
        page.is(200).says(&shown).says(&format!("{pay_word} {sum}"));
        let terminal = visitor.follow(&visitor.send(&page.form(&pay).pressed(currency)).await).await;
        terminal.is(200).says(sum);
        let ticket = visitor.play(&terminal, "pay").await;
        ticket.is(200).says(deposit).says(name);
        let [payment] = town.payments(held.id).await.try_into().expect("one payment");
        assert_eq!((payment.gross, payment.vat), (eur(125_00), eur(14_87)));
        let letter = town.letter(if language == Language::Sv { "Bokat: " } else { "Varattu: " }).await.text;
        for said in [sum, deposit] {
            assert!(letter.replace('\u{a0}', " ").contains(said), "{said} in {letter}");
        }
        let paper =
            visitor.get(&ticket.link(if language == Language::Sv { "/kvitto" } else { "/kuitti" })).await;
        paper.is(200).says("14,87 €").says(&format!("{name} 50,00 €")).says("175,00 €").says(sum);
        let file = town.client.get(format!("{}{}", town.base_url, paper.link(".pdf"))).send().await;
        let file = file.expect("an answer").bytes().await.expect("a file");
        assert_eq!(pdf_fact(&file, "Tagged"), "yes");
        says_in_order(&pdf_text(&file), &["125,00", name, "50,00", "175,00"]);
    }
    let [swede, finn] = [
        [
            "haparanda: clearing / due_to:tornio 1372.25 SEK (125.00 EUR)",
            "haparanda: clearing / deposits 500.00 SEK",
        ],
        ["tornio: clearing / income 110.13 EUR", "tornio: clearing / deposits 50.00 EUR"],
    ];
    let bookings = town.count("SELECT COUNT(*) FROM deposit WHERE kept_minor + returned_minor = 0").await;
    assert_eq!(bookings, 2);
    assert_eq!(
        (town.balance_of("haparanda", "deposits").await, town.balance_of("tornio", "deposits").await),
        (-500_00, -50_00)
    );
    let all: Vec<String> = all_postings(town).await;
    for line in swede.into_iter().chain(finn) {
        assert!(all.iter().any(|known| known == line), "{line} in {all:?}");
    }
}

async fn all_postings(town: &Town) -> Vec<String> {
    let ids: Vec<uuid::Uuid> =
        sql!(town, c => sqlx::query_scalar("SELECT id FROM booking").fetch_all(c).await)
            .expect("the bookings");
    let mut all = Vec::new();
    for id in ids {
        all.extend(town.postings(id).await);
    }
    all
}

async fn what_is_free_is_paid_for_its_deposit(town: &Town) {
    let mut free = list();
    free["prices"][0]["price"] = json!({"EUR": "0.00"});
    town.price(&town.ice_in_tornio().space, &free).await;
    let made = town.make(&asked(&town.ice_in_tornio(), Language::Sv)).await;
    let held = town.booking(made.id.parse().expect("an id")).await;
    assert_eq!(held.state_at(town.clock.now()), BookingState::Held, "it isn't booked before it is paid for");
    assert!(payment::confirm_free(&town.services, &held).await.is_err());
    let paid = town.pay(&held, sek(0).currency).await;
    assert_eq!((paid.amount, paid.deposit, paid.gross), (sek(500_00), sek(500_00), eur(0)));
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    assert_eq!(town.postings(held.id).await, ["haparanda: clearing / deposits 500.00 SEK"]);
    assert_eq!(town.receipts(held.id).await, [1]);
    let found = receipt::find(&town.services, town.booking(held.id).await, None).await.expect("the database");
    assert_eq!(found.expect("a receipt").total(), eur(0));
    assert_eq!(town.cancel(held.id).await.refunds, [sek(500_00)]);
    assert_eq!(town.balance_of("haparanda", "clearing").await, 0);
}

async fn a_grant_pays_no_deposit(town: &Town) {
    town.list_deposit().await;
    let grant = town.grant("tornio", percent(100, eur(1000_00))).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    assert!(payment::confirm_free(&town.services, &held).await.is_err(), "the deposit isn't paid");
    let paid = town.pay(&held, EURO).await;
    assert_eq!((paid.amount, paid.gross), (eur(50_00), eur(0)));
    assert_eq!((town.state(held.id).await, town.used(&grant).await), (BookingState::Confirmed, 125_00));
    assert_eq!(town.cancel(held.id).await.refunds, [eur(50_00)]);
    assert_eq!((town.used(&grant).await, town.balance_of("tornio", "deposits").await), (0, 0));
}

async fn who_pays_later_pays_none(town: &Town) {
    town.list_deposit().await;
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let booked = town.book_on(&town.ice_in_tornio(), &account).await;
    assert_eq!(booked.deposit, None);
    assert_eq!(town.find_deposit(booked.id).await, None);
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!(invoice.gross, eur(125_00));
}

/// By itself it would be paid for its deposit.
async fn a_free_date_on_an_account_is_the_customers_and_carries_none(town: &Town) {
    let mut list = list();
    let free = json!({"from": "2026-11-10", "to": "2026-11-10"});
    let (groups, when) = (list["prices"][0]["groups"].clone(), json!({"on": {"dates": free}}));
    let free = json!({"groups": groups, "when": when, "unit": "hour", "price": {"EUR": "0.00"}});
    list["prices"].as_array_mut().expect("prices").push(free);
    town.price(&town.ice_in_tornio().space, &list).await;
    let account = town.customer("tornio", club(eur(250_00))).await;
    let weekly = weekly_wish(&town.ice_in_tornio().space, "2026-11-03", 3);
    let wish = SeriesWish { price_group: account.customer.price_group, ..weekly };
    let held = town.hold_series(&wish, aino()).await.held(town.clock.now());
    let costs = held.iter().map(|date| (date.total, date.deposit.is_some()));
    assert_eq!(
        costs.collect::<Vec<_>>(),
        [(eur(125_00), true), (eur(0), true), (eur(125_00), true)],
        "each has a deposit"
    );
    let code = town.services.secret.customer_code(account.id);
    invoice::put_on_by_code(&town.services, &held, &code).await.expect("on the account");
    for date in &held {
        let booked = town.booking(date.id).await;
        assert_eq!(booked.state_at(town.clock.now()), BookingState::Confirmed);
        assert_eq!((booked.customer, booked.deposit), (Some(account.id), None), "{}", booked.reference);
        assert_eq!(town.find_deposit(date.id).await, None);
    }
    let letter = town.letter("Varattu: ").await.text;
    assert!(letter.contains("250,00") && !letter.contains("Vakuusmaksu"), "{letter}");
    town.clock.set("2026-12-01T08:00:00Z");
    assert_eq!(town.return_due().await, 0);
    let [invoice] = town.issue("tornio", "2026-11-30").await.try_into().expect("one invoice");
    assert_eq!((invoice.gross, invoice.lines.len()), (eur(250_00), 2), "what is free is on no invoice");
    assert_eq!(town.issue("tornio", "2026-11-30").await.len(), 0);
    assert_eq!(town.balance_of("tornio", "deposits").await, 0);
    assert_eq!(town.balance_of("tornio", "receivable").await, 250_00);
    assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, 0);
}

async fn told_many_times_it_is_taken_once(town: &Town) {
    town.list_deposit().await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    let mut telling = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let services = town.services.clone();
        telling.spawn(
            async move { payment::charge(&services, payment.id, "bank-1").await.expect("to be noted") },
        );
    }
    let done = telling.join_all().await;
    assert_eq!(done.iter().filter(|charge| **charge == Charge::Confirmed).count(), 1, "{done:?}");
    assert_eq!(payment::charge(&town.services, payment.id, "bank-1").await.expect("noted"), Charge::Known);
    assert_eq!(town.postings(held.id).await.len(), 3);
    assert_eq!(town.balance_of("tornio", "deposits").await, -50_00);
    // A second time is money for nothing, with all that was in it.
    let second = payment::charge(&town.services, payment.id, "bank-2").await.expect("noted");
    assert_eq!(second, Charge::PaidTwice);
    let back: Vec<_> = town.payments(held.id).await.into_iter().flat_map(|payment| payment.refunds).collect();
    assert_eq!(
        back.iter().map(|refund| (refund.amount, refund.of_deposit)).collect::<Vec<_>>(),
        [(eur(175_00), false)]
    );
}

async fn cut_off_before_it_is_in_the_books_nothing_is_half_done(town: &Town) {
    town.list_deposit().await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    let hindrance = town.hindrance_at("deposit").await;
    let services = town.services.clone();
    let telling = tokio::spawn(async move { payment::charge(&services, payment.id, "bank-1").await });
    town.until_stopped(1).await;
    telling.abort();
    assert!(telling.await.is_err_and(|cut| cut.is_cancelled()));
    hindrance.end().await;
    assert_eq!(town.state(held.id).await, BookingState::Held);
    assert_eq!((town.postings(held.id).await.len(), town.find_deposit(held.id).await), (0, None));
    // The provider tells again.
    assert_eq!(
        payment::charge(&town.services, payment.id, "bank-1").await.expect("noted"),
        Charge::Confirmed
    );
    assert_eq!(town.postings(held.id).await.len(), 3);
    assert_eq!(town.deposit(&held).await.left(), eur(50_00));
}

async fn money_that_comes_too_late_goes_back_with_it(town: &Town) {
    town.list_deposit().await;
    let late = town.hold(town.ice_in_tornio().request_by(asa())).await;
    let payment = town.open_payment(&late, sek(0).currency).await;
    town.play(&payment, Outcome::Late).await;
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.clock.advance(chrono::TimeDelta::seconds(10));
    town.deliver().await;
    let payment = town.payment(payment.id).await;
    assert!(payment.surplus && payment.refunds[0].amount == sek(1872_25), "{payment:?}");
    assert_eq!(town.find_deposit(late.id).await, None);
    assert_eq!(town.balance_of("haparanda", "deposits").await, 0);
    assert!(town.letter("Du får pengarna tillbaka").await.text.contains("1\u{a0}872,25\u{a0}kr"));
}

async fn another_deposit_than_was_shown_is_refused(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let asked = PriceFor::new(PriceGroup::Adult, Use::Sport);
    let quote = town.quote(&time, &asked).await.expect("a price");
    assert_eq!((quote.total, quote.to_pay().total()), (eur(125_00), eur(175_00)));
    let shown = fingerprint(&time.space, &quote);
    let mut dearer = list();
    dearer["deposit"]["amount"]["SEK"] = json!("501.00");
    town.publish(&Place::Space(time.space.clone()), "2026-10-31", &dearer).await;
    town.clock.set("2026-10-31T10:00:00Z");
    let request = HoldRequest { quote: Some(shown), ..town.ice_in_tornio().request() };
    assert!(matches!(town.try_hold(request).await, Err(HoldError::QuoteChanged)));
}

async fn each_date_of_a_series_has_its_own(town: &Town) {
    town.list_deposit().await;
    let wish = weekly_wish(&town.ice_in_tornio().space, "2026-11-03", 2);
    let series = town.hold_series(&wish, asa()).await.held(town.clock.now());
    let payment = payment::start_series(&town.services, &series, sek(0).currency, "http://localhost/").await;
    let payment = town.payment(payment.expect("a payment")).await;
    assert_eq!(payment::amount_asked(&town.services, &payment).await.expect("a sum"), sek(2 * 1872_25));
    town.play(&payment, Outcome::Pay).await;
    let letter = town.letter("Bokat: ").await.text;
    assert!(letter.contains("3\u{a0}744,50\u{a0}kr") && letter.contains("1\u{a0}000,00\u{a0}kr"), "{letter}");
    assert_eq!(town.balance_of("haparanda", "deposits").await, -1000_00);
    assert_eq!(town.cancel(series[0].id).await.refunds, [sek(1872_25)]);
    assert_eq!(town.balance_of("haparanda", "deposits").await, -500_00);
}

async fn a_move_keeps_it(town: &Town) {
    town.list_deposit().await;
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let longer = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 120);
    town.try_move(booking.id, &longer).await.expect("a change");
    let moving = town.booking(booking.id).await;
    let paid = town.pay(&moving, EURO).await;
    assert_eq!((paid.amount, paid.deposit), (eur(125_00), eur(0)), "the difference alone");
    // To where none is asked for, and back to less time.
    let elsewhere = town.wall_time("putaan-liikuntahalli", "u-halv-a", "2026-11-05 18:00", 60);
    town.try_move(booking.id, &elsewhere).await.expect("a change");
    let held = town.deposit(&booking).await;
    assert_eq!((held.left(), held.payment != paid.id), (eur(50_00), true));
    assert!(matches!(
        payment::start(&town.services, &town.booking(booking.id).await, EURO, "http://localhost/").await,
        Err(StartError::NothingDue)
    ));
    let refunds = town.cancel(booking.id).await.refunds;
    assert_eq!(refunds.len(), 1);
    assert_eq!(town.balance_of("tornio", "deposits").await, 0);
    assert_eq!(town.balance_of("tornio", "clearing").await, 0);
}
