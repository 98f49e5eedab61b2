//! Charges beside grants, beside what cancelling has given back, and beside a price that is taxed on another day.

use serde_json::json;
use vayla_domain::{
    Language,
    money::{EURO, Told},
};
use vayla_services::{
    booking::BookingState,
    invoice,
    payment::{Outcome, refund_by_staff},
    staff::{Scope, Staff},
};

use super::found;
use crate::{
    Town, aino, eur,
    grant::{half_by_haparanda, percent},
    invoice::club,
    sek,
};

on_both_engines! {
    a_no_show_costs_the_whole_price_whatever_a_grant_has_paid,
    an_invoice_has_grants_cancelling_and_charges_beside_each_other,
    what_a_grant_pays_all_of_is_still_charged_for,
    a_charge_keeps_the_tax_of_the_day_of_use,
}

async fn a_no_show_costs_the_whole_price_whatever_a_grant_has_paid(town: &Town) {
    town.list_charges().await;
    let (time, grant) = (town.ice_in_tornio(), town.grant("haparanda", half_by_haparanda()).await);
    let held = town.hold(time.request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    assert_eq!(town.pay(&held, EURO).await.gross, eur(62_50));
    let used = town.used(&grant).await;
    town.after(&time);
    let charge = town.charge(&held, "no_show").await;
    assert_eq!(
        (charge.gross, charge.due(held.version).map(|due| due.to_pay.price)),
        (eur(125_00), Some(eur(125_00)))
    );
    let paid = town.pay_charge(&charge, sek(0).currency).await;
    assert_eq!((paid.gross, town.used(&grant).await), (eur(125_00), used));
    // A refund of the price is shared by payer and grant; the charge's payment has no part in it.
    let back = refund_by_staff(&town.services, &Staff::operator(), held.id, None, &found()).await;
    let back = back.expect("a refund");
    assert_eq!((back.refunds, back.left), (vec![eur(62_50)], eur(0)));
    assert_eq!(town.used(&grant).await, 0);
    assert!(town.payment(paid.id).await.refunds.is_empty());
    town.take_back(&charge).await;
    assert_eq!(town.payment(paid.id).await.refunds[0].amount, paid.amount);
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
}

async fn an_invoice_has_grants_cancelling_and_charges_beside_each_other(town: &Town) {
    town.list_charges().await;
    let account = town.customer("tornio", club(eur(5000_00))).await;
    town.grant_to("tornio", &account, percent(50, eur(1000_00))).await;
    let time = town.ice_in_tornio();
    let (used, cancelled) =
        (town.book_on(&time, &account).await, town.book_on(&time.later(60), &account).await);
    town.clock.set("2026-11-04T10:00:00Z");
    town.cancel(cancelled.id).await;
    town.after(&time.later(60));
    let (no_show, key) = (town.charge(&used, "no_show").await, town.charge(&used, "lost_key").await);
    assert_eq!((no_show.gross, no_show.customer), (eur(125_00), Some(account.id)));
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    let lines: Vec<_> = invoice
        .lines
        .iter()
        .map(|line| (line.price, line.gross, line.granted, line.charge.is_some()))
        .collect();
    let half = eur(62_50); // comes back of what is cancelled so late, the payer's share first
    assert_eq!(
        lines,
        [
            (eur(125_00), eur(125_00), half, false),
            (eur(125_00), half, eur(31_25), false),
            (eur(125_00), eur(125_00), eur(0), true),
            (eur(50_00), eur(50_00), eur(0), true),
        ]
    );
    assert_eq!(invoice.gross, eur(62_50 + 31_25 + 125_00 + 50_00));
    assert_eq!(town.balance_of("tornio", "receivable").await, invoice.gross.minor);
    let paper = invoice::paper(Language::Fi, &town.services.catalogue(), &invoice).expect("a paper");
    let details: Vec<bool> = paper.table.rows.iter().map(|row| row.detail.contains("peruttu")).collect();
    assert_eq!(details, [false, true, false, false], "{:?}", paper.table.rows);
    // Only the lines that are taken back go, each as it stood.
    town.take_back(&key).await;
    assert_eq!(town.balance_of("tornio", "receivable").await, invoice.gross.minor - 50_00);
    let rest = invoice::credit(&town.services, &Staff::operator(), invoice.id, &[], &found()).await;
    assert_eq!(rest.expect("a credit note").gross, eur(62_50 + 31_25 + 125_00));
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
}

async fn what_a_grant_pays_all_of_is_still_charged_for(town: &Town) {
    town.list_charges().await;
    let account = town.customer("tornio", club(eur(300_00))).await;
    town.grant_to("haparanda", &account, percent(100, half_by_haparanda().budget)).await;
    let time = town.ice_in_tornio();
    let booking = town.book_on(&time, &account).await;
    town.after(&time);
    assert!(town.issue("tornio", "2026-11-30").await.is_empty(), "nothing is left of the price");
    let charge = town.charge(&booking, "no_show").await;
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!((invoice.lines.len(), invoice.gross), (1, charge.gross));
    assert!(town.issue("tornio", "2026-11-30").await.is_empty(), "once");
}

async fn a_charge_keeps_the_tax_of_the_day_of_use(town: &Town) {
    town.list_charges().await;
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    let rate = json!({"country": "FI", "class": "sports", "seller": "municipality", "use": "sport",
                      "from": "2026-11-10", "rate": "20", "source": "Arvonlisäverolaki 85 a §"});
    town.staff_tell(&token, "/vat", &rate).await.is(201);
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    let overtime = town.charge_told(&booking, "overtime", Told { minutes: Some(61), cost: None }).await;
    let key = town.charge(&booking, "lost_key").await;
    let (opened, before) = (town.open_charge(&overtime, EURO).await, town.postings(booking.id).await.len());
    town.clock.set("2026-11-12T08:00:00Z");
    town.play(&opened, Outcome::Pay).await;
    town.pay_charge(&key, EURO).await;
    assert_eq!((overtime.vat, town.payment(opened.id).await.vat), (eur(22_60), eur(22_60)));
    assert_eq!(
        town.postings(booking.id).await[before..],
        ["tornio: clearing / receivable 190.00 EUR", "tornio: clearing / receivable 50.00 EUR"]
    );
    let late = town.charge_told(&booking, "overtime", Told { minutes: Some(1), cost: None }).await;
    assert_eq!(late.vat_rate.to_string(), "13.5", "charged after the change, for a use before it");
}
