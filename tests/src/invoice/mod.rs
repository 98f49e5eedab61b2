//! Clubs and companies book now and pay later.

mod at_once;
mod booking;
mod checking;
mod closing;
mod issuing;
mod owed;
mod payee;
mod paying;
mod series;
mod write_off;

use uuid::Uuid;
use vayla_domain::{
    Bilingual, Language, Reason,
    booking::Who,
    invoice::{Bankgiro, Bic, CustomerFields, Iban, PayeeAccount},
    money::{Money, OcrLevel, PriceGroup},
};
use vayla_services::{
    booking::{Booking, BookingState, HoldRequest},
    customer::{self, Account},
    invoice::{self, Invoice, Issuing, OnAccountError},
    staff::Staff,
};

use crate::{Time, Town, aino, asa, eur, sek};

/// A club of Tornio's, which gets one invoice a month.
pub(crate) fn club(credit: Money) -> CustomerFields {
    CustomerFields {
        name: "Tornion Palloveikot ry".to_owned(),
        business_id: Some("0193524-6".to_owned()),
        email: "kassa@example.fi".to_owned(),
        address: Some("Suensaarenkatu 1, 95400 Tornio".to_owned()),
        e_invoice: None,
        language: Language::Fi,
        price_group: PriceGroup::Club,
        terms_days: 21,
        credit,
        monthly: true,
    }
}

/// A company of Haparanda's, which gets one invoice a booking.
pub(crate) fn company() -> CustomerFields {
    CustomerFields {
        name: "Bottenvikens Is AB".to_owned(),
        business_id: Some("212000-2775".to_owned()),
        email: "ekonomi@example.se".to_owned(),
        address: None,
        e_invoice: None,
        language: Language::Sv,
        price_group: PriceGroup::Company,
        terms_days: 30,
        credit: sek(50_000_00),
        monthly: false,
    }
}

/// The account of ISO's example, or the bankgiro number of Bankgirot's.
fn account(municipality: &str) -> PayeeAccount {
    if municipality == "haparanda" {
        let bankgiro = Bankgiro::parse("991-2346").expect("a bankgiro number");
        return PayeeAccount::Bankgiro { bankgiro, ocr: OcrLevel::LengthAndCheck };
    }
    let (iban, bic) = (Iban::parse("FI21 1234 5600 0007 85"), Bic::parse("DEMOFIHH"));
    PayeeAccount::Iban { iban: iban.expect("an IBAN"), bic: bic.expect("a BIC") }
}

pub(crate) fn reason() -> Reason {
    let typed = Bilingual { sv: "Fel taxa.".to_owned(), fi: "Väärä hinta.".to_owned() };
    Reason::parse(&typed).expect("a reason")
}

impl Town {
    /// A customer of a town that has said where its invoices are paid.
    pub(crate) async fn customer(&self, municipality: &str, fields: CustomerFields) -> Account {
        let (staff, account) = (Staff::operator(), account(municipality));
        invoice::set_payee(&self.services, &staff, municipality, account).await.expect("an account");
        self.take_on(municipality, fields).await
    }

    async fn take_on(&self, municipality: &str, fields: CustomerFields) -> Account {
        customer::make(&self.services, &Staff::operator(), municipality, fields).await.expect("a customer")
    }

    pub(crate) fn request_of(time: &Time, account: &Account) -> HoldRequest {
        let booker: Who = if account.customer.language == Language::Fi { aino() } else { asa() };
        HoldRequest { price_group: account.customer.price_group, ..time.request_by(booker) }
    }

    /// On the account of whoever has the code.
    pub(crate) async fn put_on(&self, held: &Booking, code: &str) -> Result<(), OnAccountError> {
        invoice::put_on_by_code(&self.services, std::slice::from_ref(held), code).await
    }

    /// Held, and put on a customer's account.
    pub(crate) async fn book_on(&self, time: &Time, account: &Account) -> Booking {
        let held = self.hold(Self::request_of(time, account)).await;
        let code = self.services.secret.customer_code(account.id);
        self.put_on(&held, &code).await.expect("on the account");
        assert_eq!(self.state(held.id).await, BookingState::Confirmed);
        self.booking(held.id).await
    }

    pub(crate) async fn issue(&self, municipality: &str, through: &str) -> Vec<Invoice> {
        let through = through.parse().expect("a date");
        let issuing = Issuing { municipality, customer: None, through };
        let issued = invoice::issue(&self.services, &Staff::operator(), &issuing).await.expect("invoices");
        assert!(issued.failed.is_empty(), "{:?}", issued.failed);
        issued.written
    }

    /// Sport in Finland has another rate of tax from November on.
    pub(crate) async fn taxed_in_november(&self, rate: &'static str) {
        crate::sql!(self, c => sqlx::query(
            "INSERT INTO vat_rate (country, class, seller, use_of, valid_from, rate, source, created_at)
             VALUES ('FI', 'sports', 'municipality', 'sport', '2026-11-01', $1, '', '2026-10-30 00:00:00+00:00')")
            .bind(rate).execute(c).await.map(drop))
        .expect("a new rate");
        crate::sql!(self, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
            .execute(c).await.map(drop))
        .expect("the version");
        self.services.refresh_catalogue().await.expect("the places");
    }

    async fn invoice(&self, id: Uuid) -> Invoice {
        invoice::find(&self.services, id).await.expect("the database").expect("an invoice")
    }

    /// The balance of an account in a town's books, over all that has been written.
    pub(crate) async fn balance_of(&self, entity: &str, account: &str) -> i64 {
        crate::sql!(self, c => sqlx::query_scalar(
            "SELECT CAST(COALESCE(SUM(CASE WHEN debit = $2 THEN minor WHEN credit = $2 THEN -minor ELSE 0 END), 0) AS BIGINT)
             FROM posting WHERE entity = $1")
            .bind(entity).bind(account).fetch_one(c).await)
        .expect("the books")
    }
}

/// Two hours of Tornio's ice in November, an hour each, on the account of a club.
async fn a_month_of(town: &Town) -> (Account, Invoice) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    town.book_on(&town.ice_in_tornio(), &account).await;
    town.book_on(&town.ice_by_day(), &account).await;
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    (account, invoice)
}
