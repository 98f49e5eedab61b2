//! What customers book on their accounts, and what becomes of their invoices.

use chrono::NaiveDate;
use uuid::Uuid;
use vayla_domain::{invoice::CustomerFields, money::Money};
use vayla_services::{
    invoice::{self, BankLine, Invoice, OwedFrom, SentBack},
    staff::Staff,
};

use super::{Year, done};
use crate::{
    Town, eur,
    invoice::{club, company, reason},
    sek,
};

impl Year<'_> {
    /// A club of Tornio's, and a company of Haparanda's, which owe as much as they like.
    pub(super) async fn take_customers_on(&mut self) {
        let club = self.town.customer("tornio", club(eur(1_000_000_00))).await;
        let company = CustomerFields { credit: sek(10_000_000_00), ..company() };
        self.customers = vec![club, self.town.customer("haparanda", company).await];
    }

    pub(super) async fn book_on_account(&mut self) {
        let (time, chosen) = (self.time(), usize::from(self.dice.roll(2) == 0));
        let account = self.customers[chosen].clone();
        let Ok(held) = self.town.try_hold(Town::request_of(&time, &account)).await else { return };
        self.put_voucher(&held).await;
        if done(self.town.put_on(&held, &self.town.code_of(&account)).await).is_some() {
            self.bookings.push(held.id);
        }
    }

    /// All that was used until then.
    pub(super) async fn invoice(&mut self, through: NaiveDate) {
        for town in ["haparanda", "tornio"] {
            let written = self.town.issue(town, &through.to_string()).await;
            self.invoices.extend(written.into_iter().map(|invoice| invoice.id));
        }
    }

    /// Mostly one of the latest.
    async fn invoiced(&mut self) -> Option<Invoice> {
        let last = self.invoices.len().checked_sub(1)?;
        let back = usize::try_from(self.dice.roll(20)).expect("small").min(last);
        invoice::find(&self.town.services, self.invoices[last - back]).await.expect("the database")
    }

    /// Money comes: what is open, or not quite; with the right reference, or nobody knows what for. The little that is
    /// left is written off.
    pub(super) async fn bank_money(&mut self) {
        let Some(invoice) = self.invoiced().await else { return };
        let open = invoice.standing.open();
        let minor = match self.dice.roll(5) {
            0 => open.minor - 1 - self.dice.below(3_00),
            1 => open.minor + 1 + self.dice.below(30_00),
            2 => 1 + self.dice.below(open.minor.max(1)),
            _ => open.minor,
        };
        let catalogue = self.town.services.catalogue();
        let town = catalogue.municipality(&invoice.municipality).expect("its town");
        let right = invoice::reference(town, &invoice);
        let reference = if self.dice.roll(4) == 0 { "kiitos".to_owned() } else { right };
        let line = BankLine {
            key: format!("line-{}", self.lines.len()),
            booked_on: self.town.clock.now().date_naive(),
            amount: Money::new(minor.max(1), open.currency),
            instructed: None,
            reference,
        };
        self.register(&invoice.municipality, &line).await;
        self.lines.push((invoice.municipality, line));
        if self.dice.roll(3) == 0 {
            let staff = Staff::operator();
            done(invoice::write_off(&self.town.services, &staff, invoice.id, &reason()).await);
        }
    }

    async fn register(&self, municipality: &str, line: &BankLine) {
        invoice::register(&self.town.services, &Staff::operator(), municipality, line).await.expect("taken");
    }

    /// Reminded of with a fee, which may be waived; taken back, whole or a line of it.
    pub(super) async fn dun(&mut self) {
        let Some(Invoice { id, gross, .. }) = self.invoiced().await else { return };
        let (services, staff) = (&self.town.services, Staff::operator());
        let fee = Some(Money::new(5_00, gross.currency));
        match self.dice.roll(5) {
            0 | 1 => drop(done(invoice::remind(services, &staff, id, fee).await)),
            2 => {
                done(invoice::remind(services, &staff, id, fee).await);
                done(invoice::waive(services, &staff, id, 1, &reason()).await);
            }
            3 => drop(done(invoice::credit(services, &staff, id, &[], &reason()).await)),
            _ => drop(done(invoice::credit(services, &staff, id, &[1], &reason()).await)),
        }
    }

    /// Money that is owed to a payer pays an invoice after all, or goes back.
    pub(super) async fn deal_with_owed(&mut self) {
        let (town, staff) = (["haparanda", "tornio"][usize::from(self.dice.roll(2) == 0)], Staff::operator());
        let owed = invoice::owed(&self.town.services, &staff, town).await.expect("a list");
        let Some(first) = owed.first() else { return };
        if self.dice.roll(3) > 0
            && let Some(invoice) = self.invoiced().await
        {
            let (from, name) = (&first.from, invoice.name());
            done(invoice::match_to(&self.town.services, &staff, town, from, &name).await);
            return;
        }
        let minor =
            if self.dice.roll(2) == 0 { first.left.minor } else { 1 + self.dice.below(first.left.minor) };
        let sent = SentBack {
            key: format!("back-{}", Uuid::from_u128(u128::from(self.dice.roll(u64::MAX)))),
            booked_on: self.town.clock.now().date_naive(),
            amount: Money::new(minor, first.left.currency),
        };
        let from: &OwedFrom = &first.from;
        done(invoice::paid_back(&self.town.services, &staff, town, from, &sent).await);
    }

    /// Every line of the statement is taken in once more.
    pub(super) async fn register_all_again(&self) {
        for (municipality, line) in &self.lines {
            self.register(municipality, line).await;
        }
    }
}
