use serde_json::{Value, json};
use vayla_domain::{
    Language,
    money::{CreditorReference, Money, Viitenumero},
};
use vayla_services::{
    invoice::{self, BankLine, CreditError, Invoice, PaymentError, RemindError, WaiveError},
    staff::{Scope, Staff},
};

use super::{a_month_of, reason};
use crate::{Town, eur};

on_both_engines! {
    the_exact_sum_closes_it_by_either_reference,
    too_little_leaves_the_rest_open_and_too_much_is_owed_back,
    the_same_line_twice_has_one_effect,
    what_nobody_knows_is_listed_and_owed,
    more_than_all_money_is_no_line_of_a_statement,
    a_reminder_has_a_fee_and_a_new_day,
    a_fee_that_is_waived_is_not_asked_for_and_what_was_paid_of_it_is_owed,
    only_who_may_waives_a_fee,
    a_credit_note_takes_lines_back_with_their_tax,
    what_was_paid_and_is_taken_back_is_owed_to_the_payer,
}

impl Town {
    pub(super) async fn money_comes(
        &self,
        key: &str,
        amount: Money,
        reference: &str,
    ) -> Result<invoice::BankPayment, PaymentError> {
        let booked_on = "2026-12-01".parse().expect("a date");
        let (key, reference) = (key.to_owned(), reference.to_owned());
        let line = BankLine { key, booked_on, amount, instructed: None, reference };
        invoice::register(&self.services, &Staff::operator(), "tornio", &line).await
    }
}

pub(super) fn viitenumero(invoice: &Invoice) -> String {
    Viitenumero::of(&invoice.base()).to_string()
}

async fn the_exact_sum_closes_it_by_either_reference(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let half = eur(invoice.gross.minor / 2);
    let rest = eur(invoice.gross.minor - half.minor);
    town.money_comes("1", half, &viitenumero(&invoice)).await.expect("taken");
    let creditor = CreditorReference::of(&invoice.base()).to_string();
    let paid = town.money_comes("2", rest, &creditor).await.expect("taken");
    assert_eq!((paid.invoice, paid.applied), (Some(invoice.id), rest));
    assert_eq!(town.invoice(invoice.id).await.standing.open(), eur(0));
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
    assert_eq!(town.balance_of("tornio", "bank").await, invoice.gross.minor);
}

async fn too_little_leaves_the_rest_open_and_too_much_is_owed_back(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    town.money_comes("1", eur(1_00), &viitenumero(&invoice)).await.expect("taken");
    assert_eq!(town.invoice(invoice.id).await.standing.open().minor, invoice.gross.minor - 1_00);
    let more = town.money_comes("2", invoice.gross, &viitenumero(&invoice)).await.expect("taken");
    assert_eq!(more.applied.minor, invoice.gross.minor - 1_00);
    assert_eq!(town.invoice(invoice.id).await.standing.open(), eur(0));
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -1_00);
    assert_eq!(town.balance_of("tornio", "bank").await, invoice.gross.minor + 1_00);
}

async fn the_same_line_twice_has_one_effect(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let reference = viitenumero(&invoice);
    let (one, other) = tokio::join!(
        town.money_comes("1", eur(5_00), &reference),
        town.money_comes("1", eur(5_00), &reference)
    );
    assert_eq!(one.expect("taken"), other.expect("the same"));
    assert_eq!(town.balance_of("tornio", "bank").await, 5_00);
    let changed = town.money_comes("1", eur(6_00), &reference).await;
    assert!(matches!(changed, Err(PaymentError::Mismatch)), "{changed:?}");
}

async fn what_nobody_knows_is_listed_and_owed(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let body = |key: &str, reference: &str| {
        json!({"municipality": "tornio", "key": key, "booked_on": "2026-12-01", "reference": reference,
               "amount": {"amount": "7.00", "currency": "EUR"}})
    };
    // A wrong digit, another's invoice, words.
    for (key, reference) in [("1", "20000018"), ("2", "20000998"), ("3", "Kiitos!")] {
        let taken = town.staff_tell(&token, "/bank-payments", &body(key, reference)).await;
        assert_eq!(taken.is(200).body["invoice"], Value::Null, "{reference}");
    }
    let listed = town.staff_ask(&token, "/bank-payments/owed?municipality=tornio").await;
    assert_eq!(listed.is(200).body.as_array().map(Vec::len), Some(3));
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -21_00);
    for (field, wrong) in [
        ("key", "4\t5"),
        ("key", "4\u{0}"),
        ("reference", "4\n5"),
        ("booked_on", "2026-12-02"),
        ("booked_on", "2024-11-29"),
    ] {
        let mut slip = body("4", "Kiitos!");
        slip[field] = json!(wrong);
        let refused = town.staff_tell(&token, "/bank-payments", &slip).await;
        assert_eq!(refused.is_problem(422, "invalid").body["errors"][0]["field"], field, "{wrong}");
    }
    // A letter that PostgreSQL doesn't keep.
    let nobody = json!({"municipality": "tornio", "from_key": "4\u{0}", "invoice": "TORNIO-F1"});
    town.staff_tell(&token, "/bank-payments/match", &nobody).await.is_problem(422, "no_money");
    let mut kronor = body("4", "20000019");
    kronor["amount"]["currency"] = json!("SEK");
    town.staff_tell(&token, "/bank-payments", &kronor).await.is_problem(422, "invalid");
    assert_eq!(town.invoice(invoice.id).await.standing.open(), invoice.gross);
}

async fn more_than_all_money_is_no_line_of_a_statement(town: &Town) {
    let beyond = town.money_comes("1", eur(i64::MAX), "Kiitos!").await;
    assert!(matches!(beyond, Err(PaymentError::Amount)), "{beyond:?}");
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    for amount in ["92233720368547758.07", "1000000000000.00", "-1.00", "1."] {
        let body = json!({"municipality": "tornio", "key": "2", "booked_on": "2026-12-01", "reference": "Kiitos!",
                          "amount": {"amount": amount, "currency": "EUR"}});
        let refused = town.staff_tell(&token, "/bank-payments", &body).await;
        assert_eq!(refused.is_problem(422, "invalid").body["errors"][0]["field"], "amount", "{amount}");
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM bank_payment").await, 0);
}

async fn a_reminder_has_a_fee_and_a_new_day(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let remind =
        async || invoice::remind(&town.services, &Staff::operator(), invoice.id, Some(eur(5_00))).await;
    let early = remind().await;
    assert!(matches!(early, Err(RemindError::NotOverdue)), "{early:?}");
    town.clock.set("2026-12-23T08:00:00Z");
    let reminded = remind().await.expect("reminded");
    assert_eq!((reminded.due_on.to_string().as_str(), reminded.standing.fees), ("2027-01-02", eur(5_00)));
    assert_eq!(reminded.standing.open().minor, invoice.gross.minor + 5_00);
    let letter = town.letter("Muistutus: lasku TORNIO-F1").await;
    for said in ["Summaan sisältyy muistutusmaksu 5,00\u{a0}€.", "eräpäivä 2.1.2027"] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    assert!(matches!(remind().await, Err(RemindError::NotOverdue)), "there is time to pay again");
    assert_eq!(town.balance_of("tornio", "receivable").await, invoice.gross.minor + 5_00);
}

async fn a_fee_that_is_waived_is_not_asked_for_and_what_was_paid_of_it_is_owed(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let remind = async |day: &str, fee: i64| {
        town.clock.set(day);
        invoice::remind(&town.services, &Staff::operator(), invoice.id, Some(eur(fee)))
            .await
            .expect("reminded")
    };
    let waive = async |reminder| {
        invoice::waive(&town.services, &Staff::operator(), invoice.id, reminder, &reason()).await
    };
    remind("2026-12-23T08:00:00Z", 5_00).await;
    remind("2027-01-04T08:00:00Z", 7_00).await;
    let waived = waive(1).await.expect("waived");
    assert_eq!((waived.standing.fees, waived.standing.open().minor), (eur(7_00), invoice.gross.minor + 7_00));
    let letter = town.letter("Muistutusmaksu on poistettu: lasku TORNIO-F1").await;
    let open = vayla_locales::format::money(Language::Fi, waived.standing.open());
    for said in ["muistutusmaksun, 5,00\u{a0}€, laskusta TORNIO-F1", "Syy: Väärä hinta.", open.as_str()]
    {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    for reminder in [1, 3] {
        let nothing = waive(reminder).await;
        assert!(matches!(nothing, Err(WaiveError::NoFee)), "{nothing:?}");
    }
    // All is paid but one euro; then it turns out that nobody should have been reminded at all.
    town.money_comes("1", eur(invoice.gross.minor + 6_00), &viitenumero(&invoice)).await.expect("taken");
    let waived = waive(2).await.expect("waived");
    assert_eq!((waived.standing.fees, waived.standing.open()), (eur(0), eur(0)));
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -6_00);
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
    assert_eq!(town.balance_of("tornio", "income").await, invoice.vat.minor - invoice.gross.minor);
    assert_eq!(town.notes("fee_waived").await.len(), 2);
}

async fn only_who_may_waives_a_fee(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    town.clock.set("2026-12-23T08:00:00Z");
    invoice::remind(&town.services, &Staff::operator(), invoice.id, Some(eur(5_00))).await.expect("reminded");
    let path = format!("/invoices/{}/waive", invoice.id);
    let body = json!({"reminder": 1, "reason": {"sv": "Betald i tid.", "fi": "Maksettu ajoissa."}});
    for (scope, municipality) in [(Scope::Refunds, None), (Scope::Invoices, Some("haparanda"))] {
        let (_, token) = town.new_token(&[scope], municipality).await;
        town.staff_tell(&token, &path, &body).await.is_problem(403, "forbidden");
    }
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let waived = town.staff_tell(&token, &path, &body).await;
    assert_eq!(
        (&waived.is(200).body["fees"]["amount"], &waived.body["reminders"]),
        (&json!("0.00"), &json!(1))
    );
    town.staff_tell(&token, &path, &body).await.is_problem(409, "no_fee");
}

async fn a_credit_note_takes_lines_back_with_their_tax(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let credit = async |lines: &[i64]| {
        invoice::credit(&town.services, &Staff::operator(), invoice.id, lines, &reason()).await
    };
    let note = credit(&[1]).await.expect("a credit note");
    assert_eq!((note.number, note.gross, note.vat), (2, invoice.lines[0].gross, invoice.lines[0].vat));
    let credits = note.credits.clone().expect("an invoice");
    assert_eq!((credits.invoice, credits.number), (invoice.id, 1));
    let letter = town.letter("Hyvityslasku TORNIO-F2").await;
    assert!(letter.text.contains("Syy: Väärä hinta."), "{}", letter.text);
    let again = credit(&[1]).await;
    assert!(matches!(again, Err(CreditError::Line(1))), "{again:?}");
    credit(&[]).await.expect("the rest");
    let nothing = credit(&[]).await;
    assert!(matches!(nothing, Err(CreditError::NothingLeft)), "{nothing:?}");
    let note = invoice::credit(&town.services, &Staff::operator(), note.id, &[], &reason()).await;
    assert!(matches!(note, Err(CreditError::IsCredit)), "{note:?}");
    for account in ["receivable", "vat", "income"] {
        assert_eq!(town.balance_of("tornio", account).await, 0, "{account}");
    }
}

async fn what_was_paid_and_is_taken_back_is_owed_to_the_payer(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    town.money_comes("1", invoice.gross, &viitenumero(&invoice)).await.expect("taken");
    invoice::credit(&town.services, &Staff::operator(), invoice.id, &[2], &reason())
        .await
        .expect("a credit note");
    assert_eq!(town.invoice(invoice.id).await.standing.open(), eur(0));
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -invoice.lines[1].gross.minor);
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
}
