//! What is sent to Paytrail and what it answers, as published.

use serde::{Deserialize, Serialize};
use vayla_domain::{
    Language,
    money::{EURO, Money},
};

use super::super::{Created, ProviderError, Repaid, RepaidState, Status, Way, moment};

/// `POST /payments`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewPayment<'a> {
    pub stamp: String,
    pub reference: &'a str,
    pub amount: i64,
    pub currency: &'static str,
    pub language: &'static str,
    pub customer: Customer<'a>,
    pub redirect_urls: Urls,
    pub callback_urls: Urls,
}

#[derive(Debug, Serialize)]
pub struct Customer<'a> {
    pub email: &'a str,
}

/// Where a browser or a call goes to, whatever came of it: what did stands in the address's query.
#[derive(Debug, Serialize)]
pub struct Urls {
    success: String,
    cancel: String,
}

impl Urls {
    pub fn both(url: String) -> Self {
        Self { success: url.clone(), cancel: url }
    }
}

pub const fn language(language: Language) -> &'static str {
    match language {
        Language::Sv => "SV",
        Language::Fi => "FI",
    }
}

/// `POST /payments/{id}/refund`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewRefund<'a> {
    pub amount: i64,
    /// Where the payer's bank takes nothing back, Paytrail asks them for an account by a letter. Empty where
    /// they have been forgotten.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub email: &'a str,
    pub refund_stamp: String,
    pub refund_reference: &'a str,
    pub callback_urls: Urls,
}

pub(super) fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, ProviderError> {
    serde_json::from_slice(body).map_err(|error| ProviderError::Unreliable(error.to_string()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreatedBody {
    transaction_id: String,
    href: String,
}

/// The payment, and the page where it is made: one of `pages`, and no other.
pub fn created(body: &[u8], pages: &[String]) -> Result<Created, ProviderError> {
    let CreatedBody { transaction_id: reference, href } = read(body)?;
    let there = |page: &String| href.strip_prefix(page.as_str()).is_some_and(|rest| rest.starts_with('/'));
    if !pages.iter().any(there) || !href.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ProviderError::Unreliable("leads to a page that isn't Paytrail's".to_owned()));
    }
    Ok(Created { reference: plain(reference)?, way: Way::Page(href) })
}

/// A name of theirs that may stand in an address of ours.
pub(super) fn plain(name: String) -> Result<String, ProviderError> {
    let plain = !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain { Ok(name) } else { Err(ProviderError::Unreliable("not a name of a transaction".to_owned())) }
}

/// What a status means; `None` for one that nobody has published. A call doesn't say when it was paid.
pub fn status(word: &str, minor: i64, transaction: &str, paid_at: Option<&str>) -> Option<Status> {
    match word {
        "new" => Some(Status::Open),
        "ok" => {
            let (amount, reference) = (Money::new(minor, EURO), transaction.to_owned());
            Some(Status::Paid { amount, reference, at: paid_at.and_then(moment) })
        }
        "fail" => Some(Status::Failed),
        "pending" | "delayed" => Some(Status::Working),
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PaymentBody {
    transaction_id: String,
    status: String,
    amount: i64,
    currency: String,
    stamp: Option<String>,
    paid_at: Option<String>,
}

/// What has become of the payment with this stamp.
pub fn payment(body: &[u8], stamp: &str) -> Result<Status, ProviderError> {
    let body: PaymentBody = read(body)?;
    if body.stamp.is_none_or(|other| other != stamp) || body.currency != "EUR" {
        return Err(ProviderError::Unreliable("another payment".to_owned()));
    }
    status(&body.status, body.amount, &body.transaction_id, body.paid_at.as_deref())
        .ok_or_else(|| ProviderError::Unreliable(format!("status {}", body.status)))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefundBody {
    transaction_id: String,
    status: String,
    stamp: Option<String>,
}

/// What has become of a refund: as asked for, or as looked up. Where a stamp is given it is to be the refund with
/// that one, and nothing else.
pub fn refund(body: &[u8], stamp: Option<&str>) -> Result<Repaid, ProviderError> {
    let body: RefundBody = read(body)?;
    if stamp.is_some() && body.stamp.as_deref() != stamp {
        return Err(ProviderError::Unreliable("another refund".to_owned()));
    }
    let state = match body.status.as_str() {
        "ok" => RepaidState::Done,
        "pending" | "delayed" | "new" => RepaidState::Working,
        "fail" => RepaidState::Failed("fail".to_owned()),
        other => return Err(ProviderError::Unreliable(format!("status {other}"))),
    };
    Ok(Repaid { reference: plain(body.transaction_id)?, state })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_payer_is_led_to_paytrail_and_to_nobody_else() {
        let pages = ["https://pay.paytrail.com".to_owned()];
        let at = |href: &str| {
            created(format!(r#"{{"transactionId":"5770642a","href":"{href}"}}"#).as_bytes(), &pages)
        };
        let page = "https://pay.paytrail.com/pay/5770642a";
        let expected = Created { reference: "5770642a".to_owned(), way: Way::Page(page.to_owned()) };
        assert_eq!(at(page), Ok(expected));
        for elsewhere in [
            "https://pay.paytrail.com.example.org/pay",
            "https://pay.paytrail.com@example.org/pay",
            "http://pay.paytrail.com/pay",
            "https://pay.paytrail.com",
            "javascript:alert(1)",
        ] {
            assert!(matches!(at(elsewhere), Err(ProviderError::Unreliable(_))), "{elsewhere}");
        }
    }

    #[test]
    fn statuses_mean_what_is_published() {
        let at = Some("2026-10-30T22:59:58Z".parse().expect("a moment"));
        let paid = Status::Paid { amount: Money::new(15_90, EURO), reference: "t".to_owned(), at };
        for (word, meant) in [
            ("new", Some(Status::Open)),
            ("ok", Some(paid)),
            ("fail", Some(Status::Failed)),
            ("pending", Some(Status::Working)),
            ("delayed", Some(Status::Working)),
            ("OK", None),
            ("", None),
        ] {
            assert_eq!(status(word, 15_90, "t", Some("2026-10-30T22:59:58.000Z")), meant, "{word}");
        }
    }

    #[test]
    fn the_answer_about_another_payment_counts_for_nothing() {
        let body =
            br#"{"transactionId":"681538c4","status":"ok","amount":1689,"currency":"EUR","stamp":"a"}"#;
        assert!(matches!(payment(body, "a"), Ok(Status::Paid { .. })));
        assert!(payment(body, "b").is_err());
    }

    #[test]
    fn a_refund_that_a_call_names_is_proved_by_its_stamp() {
        let body = br#"{"transactionId":"258ad3a5","status":"ok","stamp":"a"}"#;
        assert!(refund(body, Some("a")).is_ok() && refund(body, None).is_ok());
        assert!(refund(body, Some("b")).is_err());
        assert!(refund(br#"{"transactionId":"258ad3a5","status":"ok"}"#, Some("a")).is_err());
    }

    proptest! {
        #[test]
        fn no_body_breaks_the_reading(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            drop((created(&body, &[]), payment(&body, "s"), refund(&body, None)));
        }
    }
}
