//! What little is open of a settlement is asked for no more.

use reqwest::Method;
use serde_json::json;
use vayla_domain::{
    Bilingual, Reason,
    money::{EURO, Money},
};
use vayla_services::{
    ledger::Period,
    settlement::{self, MatchError, Settlement, WriteOffError},
    staff::{Scope, Staff},
};

use super::DECEMBER;
use crate::{Town, aino, api::caller::read, eur, ledger::exporting::bean_check, sek};

on_both_engines! {
    a_trifle_is_written_off_in_both_towns_books,
    kronor_that_the_payees_bank_has_kept_are_written_off,
    what_is_no_trifle_is_not_written_off,
    the_payers_staff_write_nothing_off,
    two_at_once_write_it_off_once,
    what_was_written_off_is_paid_after_all,
    money_with_a_wrong_reference_pays_what_was_written_off,
}

fn why() -> Reason {
    let reason = Bilingual { sv: "Bankens avgift.".to_owned(), fi: "Pankin kulu.".to_owned() };
    Reason::parse(&reason).expect("a reason")
}

impl Town {
    pub(crate) async fn write_off_settlement(&self, drawn: &Settlement) -> Result<Settlement, WriteOffError> {
        settlement::write_off(&self.services, &Staff::operator(), drawn.id, &why()).await
    }

    /// Haparanda is to pay 20.00 euros, which are 220.00 kronor, of which so much has come.
    async fn paid_but_for(&self, open: i64) -> Settlement {
        self.worked_example().await;
        self.clock.set(DECEMBER);
        self.rate_of("2026-11-30", "11.0").await;
        let drawn = self.draw("2026-11").await;
        self.money_of(&drawn, "tornio", "1", eur(20_00 - open), None).await;
        self.settlement(&drawn).await
    }

    /// What Tornio has lost by it, and Haparanda gained.
    async fn lost_and_gained(&self) -> (i64, i64) {
        (self.balance_of("tornio", "bad_debts").await, -self.balance_of("haparanda", "exchange_gain").await)
    }
}

async fn a_trifle_is_written_off_in_both_towns_books(town: &Town) {
    let drawn = town.paid_but_for(7).await;
    assert_eq!((drawn.standing().open(), drawn.paid_at), (eur(7), None));
    town.clock.advance_minutes(60);
    let (id, token) = town.new_token(&[Scope::Finance], Some("tornio")).await;
    let (path, reason) =
        (format!("/settlements/{}", drawn.id), json!({"sv": "Bankens avgift.", "fi": "Pankin kulu."}));
    let write_off =
        async || town.finance_tell(&token, &format!("{path}/write-off"), &json!({"reason": reason})).await;
    let done = write_off().await;
    let euro = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    assert_eq!((&done.is(200).body["open"], &done.body["written_off"]), (&euro("0.00"), &euro("0.07")));
    assert_eq!(done.body["paid_at"], json!("2026-12-01T11:00:00+02:00"), "it is closed");
    assert_eq!(town.finance_ask(&token, &path).await.is(200).body["settlement"], done.body);
    town.owes_nothing(true).await;
    // 19.93 of 20.00 euros are 219.23 of 220.00 kronor.
    assert_eq!(town.lost_and_gained().await, (7, 77));
    let known = (drawn.version(), town.settlement(&drawn).await.version());
    assert_ne!(known.0, known.1, "it isn't what was read before");
    // The same again has no effect.
    assert_eq!(write_off().await.is(200).body, done.body);
    let [note] = town.notes("written_off").await.try_into().expect("one note");
    assert_eq!((note.actor, note.subject_id), (format!("staff:{id}"), drawn.id));
    assert_eq!(note.change["amount"], json!({"minor": 7, "currency": "EUR"}));
    assert_eq!(note.change["reason"], reason);
    assert_eq!(town.lost_and_gained().await, (7, 77));
    let exported = town.exported(Period::default()).await;
    let lost = "  Expenses:Tornio:BadDebts  0.07 EUR\n  Liabilities:Tornio:Settlement:Haparanda  -0.07 EUR\n";
    assert!(exported.contains(lost), "{exported}");
    assert_eq!(bean_check(&exported), Ok(()));
    // Nor is what was drawn up another one.
    assert_eq!(town.draw("2026-11").await.written_off, eur(7));
}

async fn kronor_that_the_payees_bank_has_kept_are_written_off(town: &Town) {
    town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    town.clock.set(DECEMBER);
    town.rate_of("2026-11-30", "11.0").await;
    let drawn = town.draw("2026-11").await;
    assert_eq!(drawn.net, eur(-75_00));
    town.money_of(&drawn, "haparanda", "1", sek(815_00), Some(eur(74_10))).await;
    let written_off = town.write_off_settlement(&drawn).await.expect("written off");
    assert_eq!((written_off.standing().open(), written_off.standing().written_off), (eur(0), eur(90)));
    town.owes_nothing(true).await;
    // 74.10 euros are 815.10 kronor, of which the bank has made ten öre less.
    assert_eq!(town.balance_of("haparanda", "bad_debts").await, 9_90);
    assert_eq!(town.balance_of("haparanda", "exchange_loss").await, 10);
    let gained = -town.balance_of("tornio", "exchange_gain").await;
    assert_eq!(gained, 90 + drawn.gains[1].minor);
    // An öre is no cent, and opens nothing again.
    let came = town.money_of(&drawn, "haparanda", "2", sek(1), None).await;
    assert_eq!((came.settlement, came.applied), (Some(drawn.id), sek(0)));
    assert_eq!(town.settlement(&drawn).await.written_off, eur(90));
    assert_eq!(town.balance_of("haparanda", "owed_to_payers").await, -1);
}

async fn what_is_no_trifle_is_not_written_off(town: &Town) {
    let drawn = town.paid_but_for(1_01).await;
    let refused = town.write_off_settlement(&drawn).await;
    assert!(matches!(refused, Err(WriteOffError::TooMuch(most)) if most == eur(1_00)), "{refused:?}");
    let token = town.finance_token(Some("tornio")).await;
    let path = format!("/settlements/{}/write-off", drawn.id);
    let body = json!({"reason": {"sv": "Bankens avgift.", "fi": "Pankin kulu."}});
    for (language, said) in [("sv", "högst 1,00\u{a0}€"), ("fi", "enintään 1,00\u{a0}€")] {
        let call = town.call(Method::POST, &format!("/finance{path}")).bearer_auth(&token);
        let refused = read(call.header("accept-language", language).json(&body)).await;
        assert!(refused.is_problem(409, "too_much").text("detail").contains(said), "{}", refused.body);
    }
    let unsaid =
        town.finance_tell(&token, &path, &json!({"reason": {"sv": "Bankens avgift.", "fi": " "}})).await;
    assert_eq!(unsaid.is_problem(422, "invalid").body["errors"][0]["field"], "reason.fi");
    town.money_of(&drawn, "tornio", "2", eur(1_01), None).await;
    let refused = town.write_off_settlement(&drawn).await;
    assert!(matches!(refused, Err(WriteOffError::NothingOpen)), "{refused:?}");
    assert_eq!(town.lost_and_gained().await, (0, 0));
}

async fn the_payers_staff_write_nothing_off(town: &Town) {
    let drawn = town.paid_but_for(7).await;
    let (path, body) = (
        format!("/settlements/{}/write-off", drawn.id),
        json!({"reason": {"sv": "Öre.", "fi": "Senttejä."}}),
    );
    let tell = async |scope: Scope, place: Option<&str>| {
        let (_, token) = town.new_token(&[scope], place).await;
        town.finance_tell(&token, &path, &body).await
    };
    tell(Scope::Finance, Some("haparanda")).await.is_problem(403, "forbidden");
    tell(Scope::Invoices, Some("tornio")).await.is_problem(403, "forbidden");
    assert_eq!(town.count("SELECT COUNT(*) FROM settlement_write_off").await, 0);
    tell(Scope::Finance, None).await.is(200);
    let nobodys = format!("/settlements/{}/write-off", uuid::Uuid::nil());
    let token = town.finance_token(None).await;
    town.finance_tell(&token, &nobodys, &body).await.is_problem(404, "not_found");
}

async fn two_at_once_write_it_off_once(town: &Town) {
    let drawn = town.paid_but_for(7).await;
    let second = town.second().await;
    let (staff, reason) = (Staff::operator(), why());
    let (one, other) = tokio::join!(
        settlement::write_off(&town.services, &staff, drawn.id, &reason),
        settlement::write_off(&second, &staff, drawn.id, &reason)
    );
    assert_eq!((one.expect("done").written_off, other.expect("done").written_off), (eur(7), eur(7)));
    assert_eq!(town.count("SELECT COUNT(*) FROM settlement_write_off").await, 1);
    assert_eq!((town.notes("written_off").await.len(), town.lost_and_gained().await), (1, (7, 77)));
}

async fn what_was_written_off_is_paid_after_all(town: &Town) {
    let drawn = town.paid_but_for(7).await;
    town.write_off_settlement(&drawn).await.expect("written off");
    let came = town.money_of(&drawn, "tornio", "2", eur(5), None).await;
    assert_eq!((came.settlement, came.applied), (Some(drawn.id), eur(5)));
    let open = town.settlement(&drawn).await;
    assert_eq!((open.standing().open(), open.written_off, open.paid_at), (eur(2), eur(0), None));
    assert_eq!(town.lost_and_gained().await, (0, 0));
    // The rest is written off anew, and comes with more than that.
    town.write_off_settlement(&drawn).await.expect("written off anew");
    assert_eq!(town.lost_and_gained().await.0, 2);
    let came = town.money_of(&drawn, "tornio", "3", eur(10), None).await;
    assert_eq!(came.applied, eur(2));
    assert_eq!(town.settlement(&drawn).await.paid_at, Some(town.clock.now()));
    assert_eq!(
        (town.lost_and_gained().await, town.balance_of("tornio", "owed_to_payers").await),
        ((0, 0), -8)
    );
    town.owes_nothing(true).await;
}

async fn money_with_a_wrong_reference_pays_what_was_written_off(town: &Town) {
    let drawn = town.paid_but_for(57).await;
    let matched = async |key: &str, sent: Option<Money>| {
        settlement::match_money(&town.services, &Staff::operator(), drawn.id, key, sent).await
    };
    town.unknown_money("tornio", "2", eur(50)).await;
    matched("2", None).await.expect("matched");
    town.write_off_settlement(&drawn).await.expect("written off");
    // What pays nothing more leaves it written off.
    let again = matched("2", None).await.expect("matched before");
    assert_eq!((again.written_off, town.settlement(&drawn).await.written_off), (eur(7), eur(7)));
    let refused = matched("3", None).await;
    assert!(matches!(refused, Err(MatchError::NoMoney)), "{refused:?}");
    town.unknown_money("tornio", "3", eur(7)).await;
    for _ in 0..2 {
        let paid = matched("3", None).await.expect("matched");
        assert_eq!((paid.standing().open(), paid.written_off), (eur(0), eur(0)));
    }
    assert_eq!(
        (town.lost_and_gained().await, town.balance_of("tornio", "owed_to_payers").await),
        ((0, 0), 0)
    );
    town.owes_nothing(true).await;
}
