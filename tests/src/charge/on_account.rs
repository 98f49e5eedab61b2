//! What the use of a booking on account has cost comes on the customer's next invoice.

use vayla_domain::{Language, money::Money};
use vayla_services::{
    booking::{Booking, BookingState, HoldRequest},
    customer::Account,
    invoice::{self, Invoice},
    staff::Staff,
};

use super::{found, page_of};
use crate::{
    Town, eur,
    invoice::club,
    pages::browser::Visitor,
    receipt::{pdf_text, says_in_order},
};

on_both_engines! {
    who_doesnt_come_pays_once_more_on_the_next_invoice,
    a_charge_after_the_invoice_comes_on_the_next_one,
    one_that_is_taken_back_before_comes_on_none,
    one_on_an_invoice_is_credited_by_either_way,
    what_is_charged_counts_as_owed,
}

/// An hour of ice that is over, on the account of a club that may owe so much; charges are listed.
async fn used_on_account(town: &Town, credit: Money) -> (Account, Booking) {
    town.list_charges().await;
    let account = town.customer("tornio", club(credit)).await;
    let time = town.ice_in_tornio();
    let booking = town.book_on(&time, &account).await;
    town.after(&time);
    (account, booking)
}

async fn who_doesnt_come_pays_once_more_on_the_next_invoice(town: &Town) {
    let (account, booking) = used_on_account(town, eur(5000_00)).await;
    let charge = town.charge(&booking, "no_show").await;
    assert_eq!((charge.gross, charge.customer), (booking.total, Some(account.id)));
    assert_eq!(town.state(booking.id).await, BookingState::NoShow);
    assert_eq!(town.postings(booking.id).await, [""; 0], "it is booked when it is invoiced");
    let letter = town.letter("Lisämaksu: Käyttämättä jätetty varaus").await;
    assert!(
        letter.text.contains("Sinun ei tarvitse maksaa: lisämaksu tulee seuraavaan laskuun."),
        "{}",
        letter.text
    );
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let page = visitor.get(&page_of(town, &charge, language)).await;
        page.is(200).says(&visitor.words().charge_account_lead("Tornion Palloveikot ry"));
        assert!(page.forms().is_empty(), "nothing to pay here");
    }
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!(invoice.lines.len(), 2);
    assert_eq!(invoice.gross.minor, 2 * booking.total.minor);
    // Twice 125.00 at 13.5 per cent, each rounded by itself.
    assert_eq!(invoice.vat, eur(2 * 14_87));
    assert_eq!(town.use_charge(&charge).await.invoice, Some(invoice.id));
    for (language, path, said) in [
        (
            Language::Sv,
            "sv/faktura",
            ["Torneå ishall", "Outnyttjad bokning", "100 % av bokningens pris, 125,00 €"],
        ),
        (
            Language::Fi,
            "fi/lasku",
            ["Tornion jäähalli", "Käyttämättä jätetty varaus", "100 % varauksen hinnasta, 125,00 €"],
        ),
    ] {
        let path = format!("/{path}/{}", town.services.secret.invoice_token(invoice.id));
        let page = Visitor::new(town, language).get(&path).await;
        for said in &said[1..] {
            page.says(said);
        }
        let file = town.client.get(format!("{}{path}/pdf", town.base_url)).send().await;
        let text = pdf_text(&file.expect("an answer").bytes().await.expect("a file"));
        says_in_order(&text, &said[1..]);
        let page = Visitor::new(town, language).get(&page_of(town, &charge, language)).await;
        page.says("TORNIO-F1");
    }
    assert!(town.issue("tornio", "2026-11-30").await.is_empty(), "once");
}

async fn a_charge_after_the_invoice_comes_on_the_next_one(town: &Town) {
    let (_, booking) = used_on_account(town, eur(5000_00)).await;
    assert_eq!(town.issue("tornio", "2026-11-30").await.len(), 1);
    let charge = town.charge(&booking, "lost_key").await;
    let second = town.issue("tornio", "2026-11-30").await.pop().expect("another");
    assert_eq!((second.number, second.lines.len(), second.gross), (2, 1, charge.gross));
    assert_eq!(second.vat, eur(0));
}

async fn one_that_is_taken_back_before_comes_on_none(town: &Town) {
    let (_, booking) = used_on_account(town, eur(5000_00)).await;
    let charge = town.charge(&booking, "no_show").await;
    assert!(town.take_back(&charge).await.credited.is_some());
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!((invoice.lines.len(), invoice.gross), (1, booking.total));
}

async fn one_on_an_invoice_is_credited_by_either_way(town: &Town) {
    let (_, booking) = used_on_account(town, eur(5000_00)).await;
    let (no_show, key) = (town.charge(&booking, "no_show").await, town.charge(&booking, "lost_key").await);
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!(invoice.lines.len(), 3);
    // By whoever charged it …
    town.take_back(&no_show).await;
    assert_eq!(town.state(booking.id).await, BookingState::Confirmed);
    let note = town.letter("Hyvityslasku TORNIO-F2").await;
    assert!(note.text.contains("125,00\u{a0}€"), "{}", note.text);
    // … and by whoever sees to the invoices.
    let line = |invoice: &Invoice| {
        let own =
            invoice.lines.iter().find(|line| line.charge.as_ref().is_some_and(|known| known.id == key.id));
        own.expect("its line").line
    };
    let credited =
        invoice::credit(&town.services, &Staff::operator(), invoice.id, &[line(&invoice)], &found()).await;
    assert_eq!(credited.expect("a credit note").gross, key.gross);
    assert!(town.use_charge(&key).await.credited.is_some());
    let page = Visitor::new(town, Language::Fi).get(&page_of(town, &key, Language::Fi)).await;
    page.says("Lisämaksu on peruttu.").says("Avain löytyi.");
    assert_eq!(town.balance_of("tornio", "receivable").await, booking.total.minor);
}

async fn what_is_charged_counts_as_owed(town: &Town) {
    let (account, booking) = used_on_account(town, eur(300_00)).await;
    town.charge(&booking, "changing_room").await;
    // 125 and 90 are owed; another 125 would be more than 300.
    let request = town.ice_in_tornio().later(24 * 60).request_by(crate::aino());
    let held = town.hold(HoldRequest { price_group: account.customer.price_group, ..request });
    let code = town.services.secret.customer_code(account.id);
    let put = town.put_on(&held.await, &code).await;
    assert!(matches!(put, Err(invoice::OnAccountError::Credit)), "{put:?}");
}
