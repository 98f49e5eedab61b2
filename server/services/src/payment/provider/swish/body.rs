//! What is sent to Swish and what it answers, as published.

use serde::{Deserialize, Serialize};
use serde_json::Number;
use uuid::Uuid;
use vayla_domain::money::{Currency, Money};

use super::super::{ProviderError, Repaid, RepaidState, Status, moment};

pub const KRONA: Currency = Currency::from_code(b"SEK");
/// This name has been used before.
pub const KNOWN_ALREADY: &str = "RP09";

/// How Swish writes an id of ours.
pub fn instruction(id: Uuid) -> String {
    format!("{:X}", id.simple())
}

/// `PUT /api/v2/paymentrequests/{id}`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewRequest<'a> {
    pub payee_alias: &'a str,
    pub amount: String,
    pub currency: &'static str,
    pub callback_url: String,
    pub payee_payment_reference: String,
    pub message: &'a str,
}

/// `PUT /api/v2/refunds/{id}`: whoever was paid is the payer now.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewRefund<'a> {
    pub original_payment_reference: &'a str,
    pub payer_alias: &'a str,
    pub amount: String,
    pub currency: &'static str,
    pub callback_url: String,
    pub payer_payment_reference: String,
    pub message: &'a str,
}

/// `PATCH /api/v1/paymentrequests/{id}`.
pub const CANCEL: &str = r#"[{"op":"replace","path":"/status","value":"cancelled"}]"#;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refusal {
    error_code: String,
}

/// The codes of why not.
pub fn refusals(body: &[u8]) -> Vec<String> {
    let refusals: Vec<Refusal> = serde_json::from_slice(body).unwrap_or_default();
    refusals.into_iter().map(|refusal| refusal.error_code).collect()
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, ProviderError> {
    serde_json::from_slice(body).map_err(|error| ProviderError::Unreliable(error.to_string()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestBody {
    id: String,
    status: String,
    amount: Number,
    currency: String,
    payee_alias: String,
    payment_reference: Option<String>,
    date_paid: Option<String>,
}

/// What has become of the request with this id for this payee.
pub fn request(body: &[u8], id: Uuid, payee: &str) -> Result<Status, ProviderError> {
    let body: RequestBody = read(body)?;
    let strange = |what: &str| Err(ProviderError::Unreliable(what.to_owned()));
    if body.id != instruction(id) || body.payee_alias != payee || body.currency != "SEK" {
        return strange("another payment");
    }
    match (body.status.as_str(), body.payment_reference, kronor(&body.amount)) {
        ("CREATED", ..) => Ok(Status::Open),
        ("PAID", Some(reference), Some(amount)) => {
            Ok(Status::Paid { amount, reference, at: body.date_paid.as_deref().and_then(moment) })
        }
        ("PAID", ..) => strange("paid, without its reference or amount"),
        ("DECLINED" | "ERROR" | "CANCELLED", ..) => Ok(Status::Failed),
        (other, ..) => strange(&format!("status {other}")),
    }
}

/// A number is read by its letters: 219.56 is 219.56, whatever a float would make of it.
fn kronor(number: &Number) -> Option<Money> {
    Money::parse(&number.to_string(), KRONA).ok()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefundBody {
    id: String,
    status: String,
    error_code: Option<String>,
}

/// What has become of a refund.
pub fn refund(body: &[u8], asked_as: Uuid) -> Result<Repaid, ProviderError> {
    let body: RefundBody = read(body)?;
    if body.id != instruction(asked_as) {
        return Err(ProviderError::Unreliable("another refund".to_owned()));
    }
    let state = match body.status.as_str() {
        "CREATED" | "VALIDATED" | "DEBITED" => RepaidState::Working,
        "PAID" => RepaidState::Done,
        "ERROR" => RepaidState::Failed(body.error_code.unwrap_or_else(|| "ERROR".to_owned())),
        other => return Err(ProviderError::Unreliable(format!("status {other}"))),
    };
    Ok(Repaid { reference: body.id, state })
}

#[derive(Deserialize)]
struct CallBody {
    id: String,
}

/// Whose callback it is.
pub fn called(body: &[u8]) -> Option<Uuid> {
    let body: CallBody = serde_json::from_slice(body).ok()?;
    Uuid::try_parse(&body.id).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: Uuid = Uuid::from_u128(0x11a8_6be7_0ea4_4e4c_8d4d_5e7c_a3f8_b1c0);

    fn answer(status: &str, amount: &str, more: &str) -> String {
        format!(
            r#"{{"id":"11A86BE70EA44E4C8D4D5E7CA3F8B1C0","payeePaymentReference":"1","payeeAlias":"1234679304",
                 "amount":{amount},"currency":"SEK","status":"{status}"{more}}}"#
        )
    }

    #[test]
    fn an_id_is_thirty_two_upper_case_letters() {
        assert_eq!(instruction(ID), "11A86BE70EA44E4C8D4D5E7CA3F8B1C0");
        assert_eq!(called(br#"{"id":"11A86BE70EA44E4C8D4D5E7CA3F8B1C0","status":"PAID"}"#), Some(ID));
        assert_eq!(called(br#"{"id":"x"}"#), None);
    }

    #[test]
    fn statuses_mean_what_is_published() {
        let read =
            |status: &str, more: &str| request(answer(status, "219.56", more).as_bytes(), ID, "1234679304");
        let paid = |at: Option<&str>| {
            let at = at.map(|at| at.parse().expect("a moment"));
            Ok(Status::Paid { amount: Money::new(219_56, KRONA), reference: "1E2F".to_owned(), at })
        };
        assert_eq!(read("PAID", r#","paymentReference":"1E2F""#), paid(None));
        let moment = "2026-10-30T22:59:58.092Z";
        for written in [moment, "2026-10-30T22:59:58.092+0000", "2026-10-31T00:59:58.092+02:00"] {
            let more = format!(r#","paymentReference":"1E2F","datePaid":"{written}""#);
            assert_eq!(read("PAID", &more), paid(Some(moment)), "{written}");
        }
        assert_eq!(read("PAID", r#","paymentReference":"1E2F","datePaid":"yesterday""#), paid(None));
        assert_eq!(read("CREATED", ""), Ok(Status::Open));
        for failed in ["DECLINED", "ERROR", "CANCELLED"] {
            assert_eq!(read(failed, r#","errorCode":"TM01""#), Ok(Status::Failed));
        }
        for strange in ["PAID", "paid", ""] {
            assert!(matches!(read(strange, ""), Err(ProviderError::Unreliable(_))), "{strange}");
        }
        assert!(request(answer("CREATED", "1", "").as_bytes(), Uuid::from_u128(7), "1234679304").is_err());
        assert!(request(answer("CREATED", "1", "").as_bytes(), ID, "1231181189").is_err());
    }

    #[test]
    fn a_refund_is_done_when_the_payer_has_it() {
        let read = |status: &str| {
            let body = format!(r#"{{"id":"{}","status":"{status}","errorCode":"RF07"}}"#, instruction(ID));
            refund(body.as_bytes(), ID).map(|repaid| repaid.state)
        };
        assert_eq!(read("DEBITED"), Ok(RepaidState::Working));
        assert_eq!(read("PAID"), Ok(RepaidState::Done));
        assert_eq!(read("ERROR"), Ok(RepaidState::Failed("RF07".to_owned())));
        assert!(read("?").is_err());
    }

    #[test]
    fn why_not_is_told_by_codes() {
        assert_eq!(
            refusals(br#"[{"errorCode":"RP09","errorMessage":"used"},{"errorCode":"AM06"}]"#),
            ["RP09", "AM06"]
        );
        assert_eq!(refusals(b"<html>"), [""; 0]);
    }

    #[test]
    fn amounts_are_read_by_their_letters() {
        let read =
            |text: &str| kronor(&serde_json::from_str(text).expect("a number")).map(|money| money.minor);
        assert_eq!(
            [read("100"), read("100.0"), read("0.29"), read("1372.25"), read("1.005"), read("1e3")],
            [Some(100_00), Some(100_00), Some(29), Some(1372_25), None, Some(1000_00)]
        );
    }

    proptest! {
        #[test]
        fn every_amount_is_read_back(minor in 0..100_000_000i64) {
            let money = Money::new(minor, KRONA);
            prop_assert_eq!(kronor(&serde_json::from_str(&money.wire()).expect("a number")), Some(money));
        }

        #[test]
        fn no_body_breaks_the_reading(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            drop((request(&body, ID, "1"), refund(&body, ID), called(&body), refusals(&body)));
        }
    }
}
