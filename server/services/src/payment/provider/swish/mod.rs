//! Swish: kronor, by an app on the payer's phone. Both sides prove who they are by certificates. Written from
//! the published interface of Swish for merchants.

mod body;

use chrono::{NaiveDate, TimeDelta};
use reqwest::{Client, RequestBuilder, StatusCode};
use vayla_domain::money::Currency;

use self::body::{CANCEL, KNOWN_ALREADY, KRONA, NewRefund, NewRequest, instruction};
use super::{
    Answer, Back, Call, Created, Heard, Key, NotHeard, Provider, ProviderError, Purchase, Repaid,
    RepaidState, ReportLine, Settlement, Status, Way, at_once,
    http::{self, Reply, Trust},
};
use crate::payment::{callback, order::Order};

/// As it is stored, and as it stands in addresses.
pub const SWISH: &str = "swish";
/// Where Swish itself is.
const HOME: &str = "https://cpc.getswish.net/swish-cpcapi";
/// So long a payer has, by Swish's own rule.
const SESSION_MINUTES: i64 = 3;

/// A merchant's account.
#[derive(Debug, Clone)]
pub struct SwishAccount {
    /// The merchant's Swish number.
    pub payee: String,
    /// The merchant's certificate with its key, in PEM.
    pub identity: Key,
    /// Who vouches for Swish, in PEM; `None`: whomever the system trusts.
    pub roots: Option<Vec<u8>>,
    /// Without a slash at the end; `None`: Swish itself.
    pub url: Option<String>,
}

/// Swish, with the number of one town.
pub struct Swish {
    payee: String,
    url: String,
    base_url: String,
    client: Client,
}

impl Swish {
    /// # Errors
    /// The reason, when its certificates can't be read.
    pub fn new(account: SwishAccount, base_url: &str) -> Result<Self, String> {
        let client = http::client(&Trust { identity: Some(account.identity), roots: account.roots })?;
        let url = account.url.unwrap_or_else(|| HOME.to_owned());
        Ok(Self { payee: account.payee, url, base_url: base_url.to_owned(), client })
    }

    async fn create(&self, purchase: &Purchase<'_>) -> Result<Created, ProviderError> {
        let reference = instruction(purchase.order.id);
        let body = NewRequest {
            payee_alias: &self.payee,
            amount: purchase.order.amount.wire(),
            currency: "SEK",
            callback_url: callback::url(&self.base_url, SWISH),
            payee_payment_reference: reference.clone(),
            message: purchase.reference,
        };
        let reply = done(self.client.put(self.at("v2/paymentrequests", &reference)).json(&body)).await?;
        let token = reply.header("PaymentRequestToken").filter(|token| is_token(token));
        let token = token.ok_or_else(|| ProviderError::Unreliable("no token".to_owned()))?;
        Ok(Created { way: Way::App(token.to_owned()), reference })
    }

    async fn status(&self, order: &Order) -> Result<Status, ProviderError> {
        let reply =
            http::send(self.client.get(self.at("v1/paymentrequests", &instruction(order.id)))).await?;
        match reply.status {
            StatusCode::NOT_FOUND => Ok(Status::Open), // asked for, and never come there
            _ => body::request(&accepted(reply)?.body, order.id, &self.payee),
        }
    }

    /// Who is too late to cancel learns what has become of it instead.
    async fn cancel(&self, order: &Order) -> Result<Status, ProviderError> {
        let request = self.client.patch(self.at("v1/paymentrequests", &instruction(order.id)));
        let request = request.header("content-type", "application/json-patch+json").body(CANCEL);
        match done(request).await {
            Ok(_) | Err(ProviderError::Refused(_)) => self.status(order).await,
            Err(error) => Err(error),
        }
    }

    async fn refund(&self, back: &Back) -> Result<Repaid, ProviderError> {
        let reference = instruction(back.asked_as);
        let body = NewRefund {
            original_payment_reference: &back.paid_reference,
            payer_alias: &self.payee,
            amount: back.amount.wire(),
            currency: "SEK",
            callback_url: callback::url(&self.base_url, SWISH),
            payer_payment_reference: reference.clone(),
            message: &back.reference,
        };
        match done(self.client.put(self.at("v2/refunds", &reference)).json(&body)).await {
            Ok(_) => Ok(Repaid { reference, state: RepaidState::Working }),
            Err(ProviderError::Refused(why)) if why.contains(KNOWN_ALREADY) => {
                self.refund_status(back).await.map_err(ProviderError::unsaid)
            }
            Err(error) => Err(error),
        }
    }

    async fn refund_status(&self, back: &Back) -> Result<Repaid, ProviderError> {
        let reply = done(self.client.get(self.at("v1/refunds", &instruction(back.asked_as)))).await?;
        body::refund(&reply.body, back.asked_as)
    }

    fn at(&self, what: &str, id: &str) -> String {
        format!("{}/api/{what}/{id}", self.url)
    }
}

/// Sends it; an answer that says no is an error with Swish's codes.
async fn done(request: RequestBuilder) -> Result<Reply, ProviderError> {
    accepted(http::send(request).await?)
}

fn accepted(reply: Reply) -> Result<Reply, ProviderError> {
    if reply.status.is_success() {
        return Ok(reply);
    }
    let codes = body::refusals(&reply.body);
    let why = if codes.is_empty() { reply.reason() } else { codes.join(" ") };
    Err(ProviderError::Refused(why))
}

/// It goes into an address and into a picture: letters and digits, and nothing else.
fn is_token(token: &str) -> bool {
    (1..=64).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Provider for Swish {
    fn name(&self) -> &'static str {
        SWISH
    }

    fn currency(&self) -> Option<Currency> {
        Some(KRONA)
    }

    fn session(&self) -> Option<TimeDelta> {
        Some(TimeDelta::minutes(SESSION_MINUTES))
    }

    fn pages(&self) -> &[String] {
        &[]
    }

    fn create<'a>(&'a self, purchase: &'a Purchase<'a>) -> Answer<'a, Created> {
        Box::pin(self.create(purchase))
    }

    fn status<'a>(&'a self, order: &'a Order) -> Answer<'a, Status> {
        Box::pin(self.status(order))
    }

    /// Not signed: whoever calls, Swish is asked.
    fn hear(&self, call: &Call<'_>) -> Result<Heard, NotHeard> {
        body::called(call.body).map(Heard::AskBack).ok_or(NotHeard)
    }

    fn cancel<'a>(&'a self, order: &'a Order) -> Answer<'a, Status> {
        Box::pin(self.cancel(order))
    }

    /// The instruction is ours: the same one again is known.
    fn refunds_once(&self) -> bool {
        true
    }

    fn refund<'a>(&'a self, back: &'a Back) -> Answer<'a, Repaid> {
        Box::pin(self.refund(back))
    }

    fn refund_status<'a>(&'a self, back: &'a Back) -> Answer<'a, Repaid> {
        Box::pin(self.refund_status(back))
    }

    /// Each payment comes to the bank by itself.
    fn reports(&self) -> bool {
        false
    }

    fn settlements(&self, _: NaiveDate, _: NaiveDate) -> Answer<'_, Vec<Settlement>> {
        at_once(Err(ProviderError::Unsupported))
    }

    fn ask_report<'a>(&'a self, _: &'a str) -> Answer<'a, ()> {
        at_once(Err(ProviderError::Unsupported))
    }

    fn read_report(&self, _: &Call<'_>) -> Result<Vec<ReportLine>, NotHeard> {
        Err(NotHeard)
    }
}
