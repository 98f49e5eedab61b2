//! A customer's own grant applies by itself when its club books on account.

use vayla_domain::{Bilingual, Reason, grant::GrantFields};
use vayla_services::{
    customer::Account,
    grant::{self, TownGrant},
    invoice, payment,
    staff::Staff,
};

use super::{half_by_haparanda, percent};
use crate::{Town, eur, invoice::club, sek};

on_both_engines! {
    a_clubs_grant_pays_its_part_and_the_invoice_the_rest,
    haparanda_pays_all_for_a_club_in_tornio,
    a_late_cancel_is_invoiced_less_what_the_grant_pays,
    what_a_grant_pays_isnt_owed,
    a_line_that_is_taken_back_gives_its_grant_back_over_the_border,
    staff_give_back_what_a_grant_pays_all_of,
    what_a_grant_pays_is_taxed_as_the_use_is,
}

impl Town {
    pub(crate) async fn grant_to(
        &self,
        municipality: &str,
        account: &Account,
        fields: GrantFields,
    ) -> TownGrant {
        let staff = Staff::operator();
        let made = grant::make(&self.services, &staff, municipality, Some(account.id), fields).await;
        made.expect("a grant")
    }
}

/// A club on the ice in Tornio at 18: 80 euros.
const PRICE: i64 = 80_00;

async fn a_clubs_grant_pays_its_part_and_the_invoice_the_rest(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let grant = town.grant_to("haparanda", &account, half_by_haparanda()).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    assert_eq!(booking.total, eur(PRICE));
    assert_eq!(town.granted(booking.id).await[0].gross, eur(PRICE / 2));
    town.clock.set("2026-12-01T08:00:00Z");
    let written = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!(
        (written.gross, written.lines[0].gross, written.lines[0].granted),
        (eur(40_00), eur(80_00), eur(40_00))
    );
    assert_eq!(written.vat.minor + town.granted(booking.id).await[0].vat.minor, written.lines[0].vat.minor);
    let paper =
        invoice::paper(vayla_domain::Language::Fi, &town.services.catalogue(), &written).expect("a paper");
    let sums: Vec<String> =
        paper.table.sums.iter().map(|fact| format!("{} {}", fact.name, fact.value)).collect();
    assert_eq!(
        sums,
        ["Hinta 80,00\u{a0}€", "Avustus (Haaparanta) \u{2212}40,00\u{a0}€", "Yhteensä 40,00\u{a0}€"]
    );
    assert!(town.used(&grant).await > 0);
}

fn reason() -> Reason {
    Reason::parse(&Bilingual { sv: "Fel.".to_owned(), fi: "Virhe.".to_owned() }).expect("a reason")
}

/// Two hours, half of which Haparanda pays: only what belongs to the line goes back.
async fn a_line_that_is_taken_back_gives_its_grant_back_over_the_border(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let grant = town.grant_to("haparanda", &account, half_by_haparanda()).await;
    let first = town.book_on(&town.ice_in_tornio(), &account).await;
    let second = town.book_on(&town.ice_in_tornio().later(60), &account).await;
    let each = town.granted(first.id).await[0].paid.minor;
    town.clock.set("2026-12-01T08:00:00Z");
    let written = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    let credit = async |line| {
        let lines: &[i64] = &[line];
        invoice::credit(&town.services, &Staff::operator(), written.id, lines, &reason()).await
    };
    assert_eq!(credit(1).await.expect("a credit note").gross, eur(PRICE / 2));
    let back = &town.granted(first.id).await[0].back;
    assert_eq!((back.gross, back.paid), (eur(PRICE / 2), sek(each)));
    assert_eq!(town.granted(second.id).await[0].back.gross, eur(0));
    assert_eq!(town.used(&grant).await, each);
    assert_eq!(town.balance_of("haparanda", "due_to:tornio").await, -each);
    credit(2).await.expect("a credit note");
    credit(2).await.expect_err("taken back already");
    assert_eq!(town.used(&grant).await, 0);
    for (entity, account) in [
        ("haparanda", "subsidies"),
        ("haparanda", "due_to:tornio"),
        ("tornio", "due_from:haparanda"),
        ("tornio", "receivable"),
        ("tornio", "income"),
        ("tornio", "vat"),
    ] {
        assert_eq!(town.balance_of(entity, account).await, 0, "{entity} {account}");
    }
}

/// No invoice is written for it that could be taken back.
async fn staff_give_back_what_a_grant_pays_all_of(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let grant = town.grant_to("haparanda", &account, percent(100, half_by_haparanda().budget)).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    let give = async |part| {
        payment::refund_by_staff(&town.services, &Staff::operator(), booking.id, part, &reason()).await
    };
    give(None).await.expect_err("it may still be moved or cancelled");
    town.clock.set("2026-12-01T08:00:00Z");
    let part = give(Some(eur(30_00))).await.expect("a part");
    assert_eq!((part.refunds, part.left), (vec![], eur(50_00)));
    give(Some(eur(50_01))).await.expect_err("more than is left");
    assert_eq!(give(None).await.expect("the rest").left, eur(0));
    give(None).await.expect_err("nothing is left");
    assert_eq!(town.used(&grant).await, 0);
    assert_eq!(town.balance_of("tornio", "income").await, 0);
    assert_eq!(town.balance_of("haparanda", "due_to:tornio").await, 0);
    assert!(town.issue("tornio", "2026-11-30").await.is_empty(), "nor is it charged to the club");
}

async fn haparanda_pays_all_for_a_club_in_tornio(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let grant = town.grant_to("haparanda", &account, percent(100, half_by_haparanda().budget)).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    town.clock.set("2026-12-01T08:00:00Z");
    assert!(town.issue("tornio", "2026-11-30").await.is_empty());
    assert_eq!(town.granted(booking.id).await[0].gross, eur(PRICE));
    assert_eq!(town.used(&grant).await, town.granted(booking.id).await[0].paid.minor);
}

async fn a_late_cancel_is_invoiced_less_what_the_grant_pays(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    town.grant_to("tornio", &account, percent(75, eur(1000_00))).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    town.clock.set("2026-11-04T10:00:00Z");
    town.cancel(booking.id).await;
    let letter = town.letter("Peruttu: ").await.text;
    assert!(letter.contains("Varauksesta laskutetaan 10,00\u{a0}€"), "{letter}");
    assert_eq!(town.granted(booking.id).await[0].back.gross, eur(30_00));
    town.clock.set("2026-12-01T08:00:00Z");
    let written = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!((written.lines[0].gross, written.gross), (eur(40_00), eur(10_00)));
}

async fn what_a_grant_pays_isnt_owed(town: &Town) {
    let account = town.customer("tornio", club(eur(100_00))).await;
    town.grant_to("tornio", &account, percent(50, eur(1000_00))).await;
    town.book_on(&town.ice_in_tornio(), &account).await;
    town.book_on(&town.ice_in_tornio().later(60), &account).await;
    let third = town.ice_in_tornio().later(120);
    let held = vayla_services::booking::HoldRequest {
        price_group: vayla_domain::money::PriceGroup::Club,
        ..third.request_by(crate::aino())
    };
    let held = town.hold(held).await;
    let code = town.services.secret.customer_code(account.id);
    town.put_on(&held, &code).await.expect_err("more than may be owed");
}

/// Booked at 13.5 per cent, used at 13: of the customer's 1.60 no less than nothing is tax.
async fn what_a_grant_pays_is_taxed_as_the_use_is(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    town.grant_to("haparanda", &account, percent(98, half_by_haparanda().budget)).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    assert_eq!(town.granted(booking.id).await[0].vat, eur(9_33));
    assert_eq!(town.balance_of("tornio", "vat").await, -9_33);
    town.taxed_in_november("13").await;
    town.clock.set("2026-12-01T08:00:00Z");
    let written = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!((written.gross, written.vat, written.lines[0].vat), (eur(1_60), eur(18), eur(9_20)));
    assert_eq!(written.lines[0].granted_vat, eur(9_02));
    assert_eq!(town.granted(booking.id).await[0].vat, eur(9_02));
    assert_eq!(town.balance_of("tornio", "vat").await, -9_20);
    assert_eq!(town.balance_of("tornio", "income").await, 9_20 - PRICE);
    let corrected = "SELECT COUNT(*) FROM ledger_transaction WHERE event = 'correction'";
    assert_eq!(town.count(corrected).await, 1);
    invoice::credit(&town.services, &Staff::operator(), written.id, &[], &reason()).await.expect("a note");
    assert_eq!(town.balance_of("tornio", "vat").await, 0);
    assert_eq!(town.balance_of("tornio", "income").await, 0);
}
