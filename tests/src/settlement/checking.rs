//! The check of the books finds what is wrong with settlements, whichever rule is broken.

use vayla_domain::money::EURO;

use super::DECEMBER;
use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    each_broken_rule_of_settlements_is_found_and_named,
    each_broken_rule_of_what_is_written_off_is_found_and_named,
}

async fn each_broken_rule_of_settlements_is_found_and_named(town: &Town) {
    let first = town.worked_example().await;
    town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let drawn = town.draw("2026-11").await;
    assert_eq!(drawn.net, eur(-55_00));
    town.money_of(&drawn, "haparanda", "1", sek(600_00), Some(eur(55_00))).await;
    town.book(&town.ice_in_tornio().later(60 * 24 * 28), asa(), sek(0).currency).await;
    let payment = format!("payment:{}", town.payments(first.id).await[0].id);
    town.finds(&[
        (
            "UPDATE settlement SET other_booked_minor = other_booked_minor + 1",
            "UPDATE settlement SET other_booked_minor = other_booked_minor - 1",
            "a settlement is the sum of its lines",
            "settlement:1",
        ),
        (
            "UPDATE settlement_line SET contract_minor = contract_minor + 1 WHERE line = 1",
            "UPDATE settlement_line SET contract_minor = contract_minor - 1 WHERE line = 1",
            "what a settlement's line says is what the books say, from before its cut-off",
            "settlement:1",
        ),
        (
            "UPDATE settlement SET cut_off = '2026-10-30 17:00:00+00:00'",
            "UPDATE settlement SET cut_off = '2026-11-30 22:00:00+00:00'",
            "what a settlement's line says is what the books say, from before its cut-off",
            "settlement:1",
        ),
        (
            "UPDATE settlement_line SET debtor = creditor, creditor = debtor",
            "UPDATE settlement_line SET debtor = creditor, creditor = debtor",
            "what was owed before a cut-off is settled",
            &payment,
        ),
        (
            "UPDATE posting SET minor = minor + 1 WHERE debit = 'due_to:tornio' AND credit = 'settlement:tornio'",
            "UPDATE posting SET minor = minor - 1 WHERE debit = 'due_to:tornio' AND credit = 'settlement:tornio'",
            "a settlement closes in both towns' books what it settles, and nothing else",
            "settlement:1",
        ),
        (
            "UPDATE ledger_transaction SET source = 'settlement:7' WHERE event = 'settlement'",
            "UPDATE ledger_transaction SET source = 'settlement:1' WHERE event = 'settlement'",
            "each settlement in the books is one that was drawn up",
            "settlement:7",
        ),
        (
            "UPDATE posting SET minor = minor + 1 WHERE debit = 'bank' AND credit = 'settlement:tornio'",
            "UPDATE posting SET minor = minor - 1 WHERE debit = 'bank' AND credit = 'settlement:tornio'",
            "what is to be paid between two towns is what is open of their settlements",
            "haparanda: settlement:tornio",
        ),
        (
            "UPDATE bank_payment SET settled_minor = settled_minor - 1",
            "UPDATE bank_payment SET settled_minor = settled_minor + 1",
            "a settlement has one payment, and is closed when all of it has come",
            "settlement:1",
        ),
        (
            "UPDATE settlement SET number = 2",
            "UPDATE settlement SET number = 1",
            "settlements are numbered without a gap",
            "settlement:2",
        ),
    ])
    .await;
}

async fn each_broken_rule_of_what_is_written_off_is_found_and_named(town: &Town) {
    town.worked_example().await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let drawn = town.draw("2026-11").await;
    town.money_of(&drawn, "tornio", "1", eur(19_93), None).await;
    town.write_off_settlement(&drawn).await.expect("written off");
    town.finds(&[
        (
            "UPDATE settlement_write_off SET minor = minor + 1",
            "UPDATE settlement_write_off SET minor = minor - 1",
            "what is written off of a settlement is all that was open of it",
            "settlement:1",
        ),
        (
            "UPDATE settlement_write_off SET undone_at = written_off_at",
            "UPDATE settlement_write_off SET undone_at = NULL",
            "what is to be paid between two towns is what is open of their settlements",
            "haparanda: settlement:tornio",
        ),
        (
            "UPDATE posting SET debit = 'exchange_loss' WHERE debit = 'bad_debts'",
            "UPDATE posting SET debit = 'bad_debts' WHERE debit = 'exchange_loss' AND entity = 'tornio'",
            "what is written off is in the books",
            "tornio",
        ),
        (
            "UPDATE posting SET credit = 'income' WHERE debit = 'settlement:tornio' AND credit = 'exchange_gain'",
            "UPDATE posting SET credit = 'exchange_gain' WHERE debit = 'settlement:tornio' AND credit = 'income'",
            "what is written off of a settlement is its payer's gain",
            "haparanda",
        ),
    ])
    .await;
}
