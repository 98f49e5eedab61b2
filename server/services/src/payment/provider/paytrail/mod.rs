//! Paytrail: euros, by Finnish banks and cards. Written from the published interface of its Payment API.

mod body;
mod report;
mod signature;
mod talk;

use chrono::{NaiveDate, TimeDelta};
use reqwest::Client;
use vayla_domain::money::{Currency, EURO};

use self::{
    body::{Customer, NewPayment, NewRefund, Urls},
    report::{FIELDS, NewReport},
    signature::is_signed,
};
use super::{
    Answer, Back, Call, Created, Heard, Key, NotHeard, Provider, ProviderError, Purchase, Repaid, ReportLine,
    Settlement, Status, at_once,
    http::{self, Trust},
};
use crate::{
    Clock,
    payment::{callback, order::Order},
};

/// As it is stored, and as it stands in addresses.
pub const PAYTRAIL: &str = "paytrail";
/// Where Paytrail itself is.
const HOME: &str = "https://services.paytrail.com";
const HOME_PAGES: &str = "https://pay.paytrail.com";
/// A bank may keep the payer as long as a day.
const SESSION_HOURS: i64 = 24;
/// So many settlements are told of at a time.
const SETTLEMENTS_MAX: usize = 100;

/// A merchant's account.
#[derive(Debug, Clone)]
pub struct PaytrailAccount {
    pub merchant: String,
    pub secret: Key,
    /// Without a slash at the end; `None`: Paytrail itself.
    pub url: Option<String>,
    /// In PEM: who vouches for that address, where it isn't whomever the system trusts.
    pub roots: Option<Vec<u8>>,
}

/// Paytrail, with the account of one town.
pub struct Paytrail {
    account: PaytrailAccount,
    url: String,
    pages: Vec<String>,
    base_url: String,
    client: Client,
    clock: Clock,
}

impl Paytrail {
    /// # Errors
    /// The reason, when its certificates can't be read.
    pub fn new(account: PaytrailAccount, base_url: &str, clock: Clock) -> Result<Self, String> {
        let client = http::client(&Trust { identity: None, roots: account.roots.clone() })?;
        let url = account.url.clone().unwrap_or_else(|| HOME.to_owned());
        let pages =
            if url == HOME { vec![HOME.to_owned(), HOME_PAGES.to_owned()] } else { vec![url.clone()] };
        Ok(Self { account, url, pages, base_url: base_url.to_owned(), client, clock })
    }

    async fn create(&self, purchase: &Purchase<'_>) -> Result<Created, ProviderError> {
        let order = purchase.order;
        let body = NewPayment {
            stamp: order.id.to_string(),
            reference: purchase.reference,
            amount: order.amount.minor,
            currency: "EUR",
            language: body::language(purchase.language),
            customer: Customer { email: purchase.email },
            redirect_urls: Urls::both(callback::return_url(&self.base_url, purchase.language)),
            callback_urls: Urls::both(callback::url(&self.base_url, PAYTRAIL)),
        };
        body::created(&self.post("/payments", None, &body).await?.body, &self.pages)
    }

    /// Asks by Paytrail's own name of a payment. One that has none never came to be, as far as we know.
    async fn status(&self, order: &Order) -> Result<Status, ProviderError> {
        let Some(id) = order.reference.as_deref() else { return Ok(Status::Open) };
        let reply = self.get(&format!("/payments/{id}"), Some(id)).await?;
        body::payment(&reply.body, &order.id.to_string())
    }

    async fn refund(&self, back: &Back) -> Result<Repaid, ProviderError> {
        let id = back.order_reference.as_str();
        let callback = format!("{}?refund={}", callback::url(&self.base_url, PAYTRAIL), back.asked_as);
        let body = NewRefund {
            amount: back.amount.minor,
            email: &back.email,
            refund_stamp: back.asked_as.to_string(),
            refund_reference: &back.reference,
            callback_urls: Urls::both(callback),
        };
        body::refund(&self.post(&format!("/payments/{id}/refund"), Some(id), &body).await?.body, None)
    }

    /// Only one that Paytrail has named can be asked about.
    async fn refund_status(&self, back: &Back) -> Result<Repaid, ProviderError> {
        let id = back.refund_reference.as_deref().ok_or(ProviderError::Unsupported)?;
        let id = body::plain(id.to_owned())?;
        let known = self.get(&format!("/payments/{id}"), Some(&id)).await?;
        let stamp = back.called.then(|| back.asked_as.to_string());
        body::refund(&known.body, stamp.as_deref())
    }

    async fn settlements(&self, first: NaiveDate, last: NaiveDate) -> Result<Vec<Settlement>, ProviderError> {
        // "Created after" a day leaves that day out.
        let after = first.pred_opt().unwrap_or(first);
        let path = format!("/settlements?startDate={after}&endDate={last}");
        let found = report::settlements(&self.get(&path, None).await?.body)?;
        if found.len() >= SETTLEMENTS_MAX {
            return Err(ProviderError::Refused(
                "too many settlements at a time: ask for fewer days".to_owned(),
            ));
        }
        Ok(found)
    }

    async fn ask_report(&self, settlement: &str) -> Result<(), ProviderError> {
        let callback_url = callback::report_url(&self.base_url, PAYTRAIL, settlement);
        let body = NewReport { request_type: "json", callback_url, report_fields: FIELDS };
        self.post(&format!("/settlements/{settlement}/payments/report"), None, &body).await.map(drop)
    }

    /// The values of a call, once it is proved to be Paytrail's own about this account.
    fn proved<'a>(
        &self,
        named: &'a [(String, String)],
        body: &[u8],
    ) -> Result<Vec<(&'a str, &'a str)>, NotHeard> {
        let named: Vec<(&str, &str)> =
            named.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let own = named.contains(&("checkout-account", &self.account.merchant));
        if own && is_signed(&self.account.secret, &named, body) { Ok(named) } else { Err(NotHeard) }
    }
}

fn read_call(named: &[(&str, &str)]) -> Option<Heard> {
    let value = |name: &str| named.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    if let Some(refund) = value("refund") {
        let reference = value("checkout-transaction-id")?.to_owned();
        return Some(Heard::Refund { refund: refund.parse().ok()?, reference });
    }
    let (minor, transaction) = (value("checkout-amount")?.parse().ok()?, value("checkout-transaction-id")?);
    Some(Heard::Order {
        order: value("checkout-stamp")?.parse().ok()?,
        reference: transaction.to_owned(),
        status: body::status(value("checkout-status")?, minor, transaction, None)?,
    })
}

impl Provider for Paytrail {
    fn name(&self) -> &'static str {
        PAYTRAIL
    }

    fn currency(&self) -> Option<Currency> {
        Some(EURO)
    }

    fn session(&self) -> Option<TimeDelta> {
        Some(TimeDelta::hours(SESSION_HOURS))
    }

    fn pages(&self) -> &[String] {
        &self.pages
    }

    fn create<'a>(&'a self, purchase: &'a Purchase<'a>) -> Answer<'a, Created> {
        Box::pin(self.create(purchase))
    }

    fn status<'a>(&'a self, order: &'a Order) -> Answer<'a, Status> {
        Box::pin(self.status(order))
    }

    fn hear(&self, call: &Call<'_>) -> Result<Heard, NotHeard> {
        read_call(&self.proved(call.query, b"")?).ok_or(NotHeard)
    }

    /// The payer cancels on Paytrail's own page, and only there.
    fn cancel<'a>(&'a self, _: &'a Order) -> Answer<'a, Status> {
        at_once(Err(ProviderError::Unsupported))
    }

    /// What is published calls a `refundStamp` unique, and says nothing of one that comes again.
    fn refunds_once(&self) -> bool {
        false
    }

    fn refund<'a>(&'a self, back: &'a Back) -> Answer<'a, Repaid> {
        Box::pin(self.refund(back))
    }

    fn refund_status<'a>(&'a self, back: &'a Back) -> Answer<'a, Repaid> {
        Box::pin(self.refund_status(back))
    }

    fn reports(&self) -> bool {
        true
    }

    fn settlements(&self, first: NaiveDate, last: NaiveDate) -> Answer<'_, Vec<Settlement>> {
        Box::pin(self.settlements(first, last))
    }

    fn ask_report<'a>(&'a self, settlement: &'a str) -> Answer<'a, ()> {
        Box::pin(self.ask_report(settlement))
    }

    fn read_report(&self, call: &Call<'_>) -> Result<Vec<ReportLine>, NotHeard> {
        self.proved(call.headers, call.body)?;
        report::report(call.body).ok_or(NotHeard)
    }
}
