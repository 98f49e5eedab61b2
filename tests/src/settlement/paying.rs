use serde_json::json;
use vayla_domain::money::{CreditorReference, Money};
use vayla_services::{
    invoice::{self, BankLine, PaymentError},
    settlement::{self, MatchError, Settlement},
    staff::{Scope, Staff},
};

use super::DECEMBER;
use crate::{Town, aino, eur, sek};

on_both_engines! {
    the_banks_line_closes_it,
    a_part_leaves_the_rest_open_and_too_much_is_owed_back,
    what_the_bank_has_exchanged_is_known_by_what_was_sent,
    the_same_line_twice_has_one_effect,
    with_another_reference_or_at_the_payers_nobody_knows_what_it_is_for,
    money_with_a_wrong_reference_pays_it_after_all,
    whoever_matches_it_twice_or_what_is_not_theirs_changes_nothing,
    the_payer_spends_nobody_elses_money,
}

/// Haparanda is to pay 20.00 euros, which are 220.00 kronor.
async fn drawn(town: &Town) -> Settlement {
    town.worked_example().await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    town.draw("2026-11").await
}

async fn the_banks_line_closes_it(town: &Town) {
    let drawn = drawn(town).await;
    town.clock.advance_minutes(60);
    let paid = town.money_of(&drawn, "tornio", "1", eur(20_00), None).await;
    assert_eq!((paid.settlement, paid.invoice, paid.applied), (Some(drawn.id), None, eur(20_00)));
    assert_eq!(town.settlement(&drawn).await.paid_at, Some(town.clock.now()));
    town.owes_nothing(true).await;
    assert_eq!(town.balance_of("haparanda", "bank").await, -220_00);
    assert_eq!(town.balance_of("tornio", "bank").await, 20_00);
    // Of 219.56 kronor that came in, 220.00 went out.
    assert_eq!(town.balance_of("haparanda", "clearing").await, 219_56);
    assert_eq!(town.balance_of("haparanda", "exchange_loss").await, 44);
    let notes = town.notes("settlement_paid").await;
    assert_eq!((notes.len(), notes[0].subject_id), (1, drawn.id));
}

async fn a_part_leaves_the_rest_open_and_too_much_is_owed_back(town: &Town) {
    let drawn = drawn(town).await;
    town.money_of(&drawn, "tornio", "1", eur(7_77), None).await;
    let open = town.settlement(&drawn).await;
    assert_eq!((open.standing().open(), open.paid_at), (eur(12_23), None));
    assert_eq!(town.balance_of("haparanda", "settlement:tornio").await, -220_00 + 85_47);
    let more = town.money_of(&drawn, "tornio", "2", eur(20_00), None).await;
    assert_eq!(more.applied, eur(12_23));
    let again = town.money_of(&drawn, "tornio", "3", eur(1_00), None).await;
    assert_eq!((again.settlement, again.applied), (Some(drawn.id), eur(0)));
    town.owes_nothing(true).await;
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -8_77);
    assert_eq!(town.balance_of("haparanda", "bank").await, -220_00);
    assert_eq!(town.settlement(&drawn).await.standing().open(), eur(0));
}

/// Tornio pays Haparanda, whose bank makes kronor of the euros.
async fn what_the_bank_has_exchanged_is_known_by_what_was_sent(town: &Town) {
    town.book(&town.ice_in_haparanda(), aino(), vayla_domain::money::EURO).await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let drawn = town.draw("2026-11").await;
    assert_eq!((drawn.net, drawn.booked), (eur(-75_00), [sek(-825_00), eur(-75_00)]));
    // A slip of the pen pays nothing.
    let reference = drawn.reference().expect("a reference").to_string();
    let booked_on = town.clock.now().date_naive();
    let slip = BankLine {
        key: "1".to_owned(),
        booked_on,
        amount: sek(272_00),
        instructed: Some(eur(250_00)),
        reference,
    };
    let refused = invoice::register(&town.services, &Staff::operator(), "haparanda", &slip).await;
    assert!(matches!(refused, Err(PaymentError::Instructed)), "{refused:?}");
    assert_eq!(town.settlement(&drawn).await.paid, eur(0));
    let part = town.money_of(&drawn, "haparanda", "1", sek(272_00), Some(eur(25_00))).await;
    assert_eq!(part.applied, sek(272_00));
    assert_eq!(town.balance_of("haparanda", "settlement:tornio").await, 550_00);
    // Nobody says what was sent: it counts at the settlement's rate.
    town.money_of(&drawn, "haparanda", "2", sek(550_00), None).await;
    town.owes_nothing(true).await;
    assert_eq!(town.balance_of("haparanda", "bank").await, 822_00);
    assert_eq!(town.balance_of("haparanda", "exchange_loss").await, 3_00);
    assert_eq!(town.balance_of("tornio", "bank").await, -75_00);
    assert_eq!(town.balance_of("tornio", "exchange_gain").await, -15);
}

async fn the_same_line_twice_has_one_effect(town: &Town) {
    let drawn = drawn(town).await;
    let (one, other) = tokio::join!(
        town.money_of(&drawn, "tornio", "1", eur(20_00), None),
        town.money_of(&drawn, "tornio", "1", eur(20_00), None)
    );
    assert_eq!(one, other);
    // Two lines at once pay it once, and the rest is owed back.
    assert_eq!(town.balance_of("tornio", "bank").await, 20_00);
    tokio::join!(
        town.money_of(&drawn, "tornio", "2", eur(5_00), None),
        town.money_of(&drawn, "tornio", "3", eur(5_00), None)
    );
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -10_00);
    town.owes_nothing(true).await;
}

async fn with_another_reference_or_at_the_payers_nobody_knows_what_it_is_for(town: &Town) {
    let drawn = drawn(town).await;
    let at_home = town.money_of(&drawn, "haparanda", "1", sek(220_00), None).await;
    assert_eq!((at_home.settlement, at_home.applied), (None, sek(0)));
    assert_eq!(town.balance_of("haparanda", "owed_to_payers").await, -220_00);
    let next: CreditorReference = CreditorReference::of(&"3000002".parse().expect("a base"));
    for (key, reference) in [("2", next.to_string()), ("3", "RF23 3000 0013".to_owned())] {
        let booked_on = town.clock.now().date_naive();
        let line =
            BankLine { key: key.to_owned(), booked_on, amount: eur(20_00), instructed: None, reference };
        let taken = invoice::register(&town.services, &Staff::operator(), "tornio", &line).await;
        assert_eq!(taken.expect("taken").settlement, None, "{key}");
    }
    let listed = invoice::owed(&town.services, &Staff::operator(), "tornio").await;
    assert_eq!(listed.expect("a list").len(), 2);
    assert_eq!(town.settlement(&drawn).await.standing().open(), eur(20_00));
}

impl Town {
    /// Money comes to the town's account, and nobody knows what it is for.
    pub(crate) async fn unknown_money(&self, town: &str, key: &str, amount: Money) {
        let (booked_on, reference) = (self.clock.now().date_naive(), "avräkning nov".to_owned());
        let line = BankLine { key: key.to_owned(), booked_on, amount, instructed: None, reference };
        let taken = invoice::register(&self.services, &Staff::operator(), town, &line).await.expect("taken");
        assert_eq!((taken.settlement, taken.applied.minor), (None, 0));
    }

    async fn match_settlement(
        &self,
        drawn: &Settlement,
        key: &str,
        instructed: Option<Money>,
    ) -> Result<Settlement, MatchError> {
        settlement::match_money(&self.services, &Staff::operator(), drawn.id, key, instructed).await
    }
}

async fn money_with_a_wrong_reference_pays_it_after_all(town: &Town) {
    let drawn = drawn(town).await;
    town.unknown_money("tornio", "1", eur(7_77)).await;
    town.unknown_money("tornio", "2", eur(20_00)).await;
    let open = town.match_settlement(&drawn, "1", None).await.expect("a part").standing().open();
    assert_eq!(open, eur(12_23));
    town.clock.advance_minutes(60);
    let paid = town.match_settlement(&drawn, "2", None).await.expect("the rest");
    assert_eq!((paid.standing().open(), paid.paid_at), (eur(0), Some(town.clock.now())));
    town.owes_nothing(true).await;
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -7_77, "too much is owed back");
    assert_eq!(town.balance_of("tornio", "bank").await, 27_77);
    assert_eq!(town.balance_of("haparanda", "bank").await, -220_00);
    let notes = town.notes("money_matched").await;
    assert_eq!((notes.len(), notes[0].subject_id), (2, drawn.id));
}

async fn whoever_matches_it_twice_or_what_is_not_theirs_changes_nothing(town: &Town) {
    let drawn = drawn(town).await;
    town.unknown_money("tornio", "1", eur(20_00)).await;
    town.unknown_money("tornio", "2", eur(1_00)).await;
    town.unknown_money("haparanda", "3", sek(220_00)).await;
    for key in ["3", "4"] {
        let unknown = town.match_settlement(&drawn, key, None).await;
        assert!(matches!(unknown, Err(MatchError::NoMoney)), "{unknown:?}");
    }
    let path = format!("/settlements/{}/match", drawn.id);
    let body = json!({"from_key": "1"});
    let (_, wrong) = town.new_token(&[Scope::Invoices], None).await;
    town.finance_tell(&wrong, &path, &body).await.is_problem(403, "forbidden");
    let (_, token) = town.new_token(&[Scope::Finance], Some("tornio")).await;
    for _ in 0..2 {
        let paid = town.finance_tell(&token, &path, &body).await;
        assert_eq!(paid.is(200).body["open"]["amount"], "0.00");
    }
    town.finance_tell(&token, &path, &json!({"from_key": "2"})).await.is_problem(409, "nothing_open");
    town.owes_nothing(true).await;
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -1_00);
    assert_eq!(town.count("SELECT COUNT(*) FROM owed_spent").await, 1);
}

/// Only who has the account says what has come for the settlement, and a customer's money is the customer's.
async fn the_payer_spends_nobody_elses_money(town: &Town) {
    let drawn = drawn(town).await;
    town.unknown_money("tornio", "1", eur(20_00)).await;
    let path = format!("/settlements/{}/match", drawn.id);
    let payer = town.finance_token(Some("haparanda")).await;
    town.finance_tell(&payer, &path, &json!({"from_key": "1"})).await.is_problem(403, "forbidden");
    let account = town.customer("tornio", crate::invoice::club(eur(5000_00))).await;
    town.book_on(&town.wall_time("tornion-jaahalli", "hela-isen", "2026-12-03 18:00", 60), &account).await;
    town.clock.set("2026-12-04T08:00:00Z");
    let invoice = town.issue("tornio", "2026-12-03").await.pop().expect("an invoice");
    let gross = Money::new(invoice.gross.minor + 5_00, invoice.gross.currency);
    let reference = CreditorReference::of(&invoice.base()).to_string();
    let line = BankLine {
        key: "2".to_owned(),
        booked_on: town.clock.now().date_naive(),
        amount: gross,
        instructed: None,
        reference,
    };
    let paid = invoice::register(&town.services, &Staff::operator(), "tornio", &line).await.expect("taken");
    assert_eq!(paid.applied, invoice.gross);
    let taken = town.match_settlement(&drawn, "2", None).await;
    assert!(matches!(taken, Err(MatchError::NoMoney)), "{taken:?}");
    let payee = town.finance_token(Some("tornio")).await;
    town.finance_tell(&payee, &path, &json!({"from_key": "1"})).await.is(200);
    assert_eq!(town.settlement(&drawn).await.standing().open(), eur(0));
}
