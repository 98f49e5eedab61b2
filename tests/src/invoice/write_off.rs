//! What little is open of an invoice is asked for no more.

use uuid::Uuid;
use vayla_services::{
    invoice::{self, Invoice, OwedFrom, WriteOffError},
    staff::Staff,
};

use super::{a_month_of, paying::viitenumero, reason};
use crate::{Town, eur};

on_both_engines! {
    a_trifle_is_written_off_and_taken_back_with_its_invoice,
    what_is_no_trifle_is_not_written_off,
    what_was_written_off_is_paid_after_all,
}

impl Town {
    pub(super) async fn written_off(&self, invoice: Uuid) -> Result<Invoice, WriteOffError> {
        invoice::write_off(&self.services, &Staff::operator(), invoice, &reason()).await
    }
}

async fn a_trifle_is_written_off_and_taken_back_with_its_invoice(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let paid = invoice.gross.minor - 99;
    town.money_comes("1", eur(paid), &viitenumero(&invoice)).await.expect("taken");
    let written_off = town.written_off(invoice.id).await.expect("written off");
    assert_eq!((written_off.standing.open(), written_off.standing.written_off), (eur(0), eur(99)));
    town.written_off(invoice.id).await.expect("the same");
    assert_eq!(town.notes("written_off").await.len(), 1);
    let vat = 99 - town.balance_of("tornio", "bad_debts").await;
    assert!((10..=12).contains(&vat), "13.5 per cent: {vat}");
    assert_eq!(town.balance_of("tornio", "vat").await, vat - invoice.vat.minor);
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
    // All of it turns out to be wrong: what was paid is owed, and nothing was lost.
    invoice::credit(&town.services, &Staff::operator(), invoice.id, &[], &reason()).await.expect("a note");
    assert_eq!(town.owed().await, [(OwedFrom::Invoice(invoice.id), paid)]);
    for account in ["bad_debts", "vat", "income", "receivable"] {
        assert_eq!(town.balance_of("tornio", account).await, 0, "{account}");
    }
}

async fn what_is_no_trifle_is_not_written_off(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    town.money_comes("1", eur(invoice.gross.minor - 1_01), &viitenumero(&invoice)).await.expect("taken");
    let refused = town.written_off(invoice.id).await;
    assert!(matches!(refused, Err(WriteOffError::TooMuch(most)) if most == eur(1_00)), "{refused:?}");
    town.money_comes("2", eur(1_01), &viitenumero(&invoice)).await.expect("taken");
    let refused = town.written_off(invoice.id).await;
    assert!(matches!(refused, Err(WriteOffError::NothingOpen)), "{refused:?}");
    assert_eq!(town.balance_of("tornio", "bad_debts").await, 0);
}

async fn what_was_written_off_is_paid_after_all(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let reference = viitenumero(&invoice);
    town.money_comes("1", eur(invoice.gross.minor - 99), &reference).await.expect("taken");
    town.written_off(invoice.id).await.expect("written off");
    town.money_comes("2", eur(50), &reference).await.expect("taken");
    town.written_off(invoice.id).await.expect("the rest");
    town.money_comes("3", eur(49), "Kiitos!").await.expect("taken");
    let (staff, from) = (Staff::operator(), OwedFrom::Line("3".to_owned()));
    let matched = invoice::match_to(&town.services, &staff, "tornio", &from, &invoice.name()).await;
    assert_eq!(matched.expect("matched").applied, eur(49));
    assert_eq!(town.owed().await, []);
    for account in ["bad_debts", "receivable", "owed_to_payers"] {
        assert_eq!(town.balance_of("tornio", account).await, 0, "{account}");
    }
    assert_eq!(town.balance_of("tornio", "vat").await, -invoice.vat.minor);
}
