//! What becomes of money that came under a wrong name, that was too much, or of what was taken back.

use serde_json::{Value, json};
use tokio::task::JoinSet;
use vayla_domain::money::{CreditorReference, Money};
use vayla_services::{
    invoice::{self, Invoice, Matched, Owed, OwedError, OwedFrom, PaymentError, RemindError, SentBack},
    ledger::Period,
    staff::{Scope, Staff},
};

use super::{a_month_of, paying::viitenumero, reason};
use crate::{Town, eur};

on_both_engines! {
    money_with_a_wrong_reference_pays_its_invoice_once_staff_have_matched_it,
    too_little_and_too_much_are_matched_as_when_they_had_come_right,
    what_is_owed_goes_back_by_the_bank_and_never_more_than_is_there,
    what_was_paid_of_an_invoice_that_was_taken_back_pays_another_or_goes_back,
    more_of_the_same_money_pays_more_of_the_same_invoice,
    of_many_at_once_no_more_is_spent_than_there_is,
    only_staff_of_the_town_with_the_scope_see_and_spend_it,
    the_export_says_on_which_day_the_bank_has_booked_it,
}

fn line(key: &str) -> OwedFrom {
    OwedFrom::Line(key.to_owned())
}

impl Town {
    async fn matched(&self, from: &OwedFrom, invoice: &str) -> Result<Matched, OwedError> {
        invoice::match_to(&self.services, &Staff::operator(), "tornio", from, invoice).await
    }

    pub(super) async fn sent_back(
        &self,
        from: &OwedFrom,
        key: &str,
        amount: Money,
    ) -> Result<Owed, OwedError> {
        let sent = SentBack { key: key.to_owned(), booked_on: "2026-12-01".parse().expect("a day"), amount };
        invoice::paid_back(&self.services, &Staff::operator(), "tornio", from, &sent).await
    }

    pub(super) async fn owed(&self) -> Vec<(OwedFrom, i64)> {
        let owed = invoice::owed(&self.services, &Staff::operator(), "tornio").await.expect("a list");
        owed.into_iter().map(|owed| (owed.from, owed.left.minor)).collect()
    }

    async fn open_of(&self, invoice: &Invoice) -> i64 {
        self.invoice(invoice.id).await.standing.open().minor
    }
}

async fn money_with_a_wrong_reference_pays_its_invoice_once_staff_have_matched_it(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let gross = invoice.gross.minor;
    town.money_comes("1", invoice.gross, "200 00091").await.expect("taken");
    let right = town.money_comes("1", invoice.gross, &viitenumero(&invoice)).await;
    assert!(matches!(right, Err(PaymentError::Mismatch)), "{right:?}");
    assert_eq!((town.open_of(&invoice).await, town.owed().await), (gross, vec![(line("1"), gross)]));
    let matched = town.matched(&line("1"), "tornio-f1").await.expect("matched");
    assert_eq!(
        (matched.applied, matched.left, matched.invoice.standing.open()),
        (invoice.gross, eur(0), eur(0))
    );
    assert_eq!(town.owed().await, []);
    for account in ["receivable", "owed_to_payers"] {
        assert_eq!(town.balance_of("tornio", account).await, 0, "{account}");
    }
    let again = town.matched(&line("1"), &viitenumero(&invoice)).await.expect("the same");
    assert_eq!((again.applied, town.notes("money_matched").await.len()), (invoice.gross, 1));
    town.clock.set("2026-12-23T08:00:00Z");
    let reminded = invoice::remind(&town.services, &Staff::operator(), invoice.id, None).await;
    assert!(matches!(reminded, Err(RemindError::NotOverdue)), "{reminded:?}");
    let paper = invoice::paper(vayla_domain::Language::Fi, &town.services.catalogue(), &matched.invoice);
    let sums = paper.expect("a paper").table.sums;
    assert!(sums.iter().any(|fact| fact.name == "Maksettu"), "the invoice says that it is paid");
}

async fn too_little_and_too_much_are_matched_as_when_they_had_come_right(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let gross = invoice.gross.minor;
    town.money_comes("1", eur(1_00), "Kiitos!").await.expect("taken");
    town.money_comes("2", invoice.gross, "Kiitos!").await.expect("taken");
    let creditor = CreditorReference::of(&invoice.base()).to_string();
    let part = town.matched(&line("1"), &creditor).await.expect("matched");
    assert_eq!((part.applied, part.invoice.standing.open().minor), (eur(1_00), gross - 1_00));
    let rest = town.matched(&line("2"), "TORNIO-F1").await.expect("matched");
    assert_eq!((rest.applied.minor, rest.left), (gross - 1_00, eur(1_00)));
    assert_eq!(town.owed().await, [(line("2"), 1_00)]);
    town.money_comes("3", eur(5_00), "Kiitos!").await.expect("taken");
    let paid = town.matched(&line("3"), "TORNIO-F1").await;
    assert!(matches!(paid, Err(OwedError::NothingOpen)), "{paid:?}");
    for unknown in ["TORNIO-F2", "HAPARANDA-F1", "20000018", ""] {
        let matched = town.matched(&line("3"), unknown).await;
        assert!(matches!(matched, Err(OwedError::NoInvoice)), "{unknown}: {matched:?}");
    }
    let nobody = town.matched(&line("4"), "TORNIO-F1").await;
    assert!(matches!(nobody, Err(OwedError::NoMoney)), "{nobody:?}");
}

async fn what_is_owed_goes_back_by_the_bank_and_never_more_than_is_there(town: &Town) {
    town.clock.set("2026-12-01T08:00:00Z");
    town.money_comes("1", eur(7_00), "Kiitos!").await.expect("taken");
    for amount in [eur(7_01), eur(0), eur(-1), crate::sek(1_00)] {
        let refused = town.sent_back(&line("1"), "a", amount).await;
        assert!(matches!(refused, Err(OwedError::Amount(left)) if left == eur(7_00)), "{refused:?}");
    }
    assert_eq!(town.sent_back(&line("1"), "a", eur(3_00)).await.expect("sent").left, eur(4_00));
    assert_eq!(town.sent_back(&line("1"), "a", eur(3_00)).await.expect("the same").left, eur(4_00));
    let other = town.sent_back(&line("1"), "a", eur(4_00)).await;
    assert!(matches!(other, Err(OwedError::Mismatch)), "{other:?}");
    assert_eq!(town.sent_back(&line("1"), "b", eur(4_00)).await.expect("sent").left, eur(0));
    let more = town.sent_back(&line("1"), "c", eur(1)).await;
    assert!(matches!(more, Err(OwedError::NothingLeft)), "{more:?}");
    assert_eq!(town.owed().await, []);
    for account in ["bank", "owed_to_payers"] {
        assert_eq!(town.balance_of("tornio", account).await, 0, "{account}");
    }
    assert_eq!(town.notes("money_paid_back").await.len(), 2);
}

async fn what_was_paid_of_an_invoice_that_was_taken_back_pays_another_or_goes_back(town: &Town) {
    let (account, first) = a_month_of(town).await;
    town.money_comes("1", first.gross, &viitenumero(&first)).await.expect("taken");
    let back = first.lines[0].gross.minor;
    invoice::credit(&town.services, &Staff::operator(), first.id, &[1], &reason()).await.expect("a note");
    let from = OwedFrom::Invoice(first.id);
    assert_eq!(town.owed().await, [(from.clone(), back)]);
    town.book_on(&town.wall_time("tornion-tenniskentat", "bana-1", "2026-12-02 12:00", 60), &account).await;
    town.clock.set("2027-01-01T08:00:00Z");
    let second = town.issue("tornio", "2026-12-31").await.pop().expect("an invoice");
    let matched = town.matched(&from, &second.name()).await.expect("matched");
    assert_eq!((matched.applied, town.open_of(&second).await), (second.gross, 0));
    let left = back - second.gross.minor;
    assert!(left > 0, "there is something left");
    assert_eq!(town.sent_back(&from, "x", eur(left)).await.expect("sent").left, eur(0));
    assert_eq!((town.owed().await, town.open_of(&first).await), (vec![], 0));
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, 0);
    assert_eq!(town.balance_of("tornio", "bank").await, first.gross.minor - left);
}

async fn more_of_the_same_money_pays_more_of_the_same_invoice(town: &Town) {
    let (account, first) = a_month_of(town).await;
    town.money_comes("1", first.gross, &viitenumero(&first)).await.expect("taken");
    town.book_on(&town.wall_time("tornion-jaahalli", "hela-isen", "2026-12-02 18:00", 180), &account).await;
    town.clock.set("2027-01-01T08:00:00Z");
    let second = town.issue("tornio", "2026-12-31").await.pop().expect("an invoice");
    let (from, mut applied) = (OwedFrom::Invoice(first.id), Vec::new());
    for line in [1, 2] {
        invoice::credit(&town.services, &Staff::operator(), first.id, &[line], &reason())
            .await
            .expect("a note");
        applied.push(town.matched(&from, &second.name()).await.expect("matched").applied);
    }
    assert_eq!(applied, [first.lines[0].gross, first.lines[1].gross]);
    let again = town.matched(&from, &second.name()).await.expect("the same");
    assert_eq!((again.applied, again.left), (first.gross, eur(0)));
    assert_eq!(town.open_of(&second).await, second.gross.minor - first.gross.minor);
}

const RACERS: i64 = 12;

async fn of_many_at_once_no_more_is_spent_than_there_is(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    town.money_comes("1", eur(10_00), "Kiitos!").await.expect("taken");
    let second = town.second().await;
    let mut running = JoinSet::new();
    for place in 0..RACERS {
        let services = if place % 2 == 0 { town.services.clone() } else { second.clone() };
        running.spawn(async move {
            let (staff, from) = (Staff::operator(), line("1"));
            if place == 5 {
                return invoice::match_to(&services, &staff, "tornio", &from, "TORNIO-F1").await.map(drop);
            }
            let booked_on = "2026-12-01".parse().expect("a day");
            let sent = SentBack { key: format!("back {place}"), booked_on, amount: eur(3_00) };
            invoice::paid_back(&services, &staff, "tornio", &from, &sent).await.map(drop)
        });
    }
    running.join_all().await;
    let spent = "SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) FROM owed_spent";
    let left: i64 = town.owed().await.iter().map(|(_, left)| left).sum();
    assert_eq!(town.count(spent).await + left, 10_00);
    assert!((0..3_00).contains(&left), "{left}");
    assert_eq!(town.balance_of("tornio", "owed_to_payers").await, -left);
    assert!(town.open_of(&invoice).await <= invoice.gross.minor);
    second.db.close().await;
}

async fn only_staff_of_the_town_with_the_scope_see_and_spend_it(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    town.money_comes("1", eur(7_00), "Kiitos!").await.expect("taken");
    let matching = json!({"municipality": "tornio", "from_key": "1", "invoice": "TORNIO-F1"});
    let back = json!({"municipality": "tornio", "from_key": "1", "key": "a", "booked_on": "2026-12-01",
                      "amount": {"amount": "2.00", "currency": "EUR"}});
    let write_off = format!("/invoices/{}/write-off", invoice.id);
    let why = json!({"reason": {"sv": "Avrundning.", "fi": "Pyöristys."}});
    for (scope, municipality) in [(Scope::Refunds, None), (Scope::Invoices, Some("haparanda"))] {
        let (_, token) = town.new_token(&[scope], municipality).await;
        town.staff_ask(&token, "/bank-payments/owed?municipality=tornio").await.is_problem(403, "forbidden");
        for (path, body) in [
            ("/bank-payments/match", &matching),
            ("/bank-payments/paid-back", &back),
            (write_off.as_str(), &why),
        ] {
            town.staff_tell(&token, path, body).await.is_problem(403, "forbidden");
        }
    }
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let listed = town.staff_ask(&token, "/bank-payments/owed?municipality=tornio").await;
    let first = &listed.is(200).body[0];
    assert_eq!(
        (&first["from_key"], &first["from_invoice"], &first["invoice"]),
        (&json!("1"), &Value::Null, &Value::Null)
    );
    let sent = town.staff_tell(&token, "/bank-payments/paid-back", &back).await;
    assert_eq!(sent.is(200).body["left"]["amount"], "5.00");
    let matched = town.staff_tell(&token, "/bank-payments/match", &matching).await;
    assert_eq!(matched.is(200).body["applied"]["amount"], "5.00");
    assert_eq!(matched.body["invoice"]["paid"]["amount"], "5.00");
    let mut both = matching.clone();
    both["from_invoice"] = json!(invoice.id);
    town.staff_tell(&token, "/bank-payments/match", &both).await.is_problem(422, "invalid");
    town.staff_tell(&token, &write_off, &why).await.is_problem(409, "too_much");
}

async fn the_export_says_on_which_day_the_bank_has_booked_it(town: &Town) {
    town.clock.set("2027-01-04T08:00:00Z");
    town.money_comes("1", eur(7_00), "Kiitos!").await.expect("taken");
    let text = town.exported(Period::default()).await;
    let (day, said) =
        ("\n2027-01-04 * \"surplus\"", "  source: \"bank_surplus:tornio:1\"\n  booked: 2026-12-01\n");
    assert!(text.contains(day) && text.contains(said), "{text}");
}
