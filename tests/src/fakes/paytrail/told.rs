//! What Paytrail says, signed.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{MERCHANT, Payment, Refund, SECRET};

pub(super) fn signature(named: &[(String, String)], body: &[u8]) -> String {
    let mut signed: Vec<String> = named
        .iter()
        .filter(|(name, _)| name.starts_with("checkout-"))
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    signed.sort();
    let mut signer = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
    signer.update(signed.concat().as_bytes());
    signer.update(body);
    signer.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An address with what is told in it, signed.
pub(super) fn with(url: &str, told: &[(&str, String)]) -> String {
    let mut named: Vec<(String, String)> =
        told.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    named.push(("signature".to_owned(), signature(&named, b"")));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(named).finish();
    format!("{url}{}{query}", if url.contains('?') { '&' } else { '?' })
}

pub(super) fn told(payment: &Payment) -> Vec<(&'static str, String)> {
    vec![
        ("checkout-account", MERCHANT.to_owned()),
        ("checkout-algorithm", "sha256".to_owned()),
        ("checkout-amount", payment.amount.to_string()),
        ("checkout-settlement-reference", "1501234567".to_owned()), // of some merchants only
        ("checkout-stamp", payment.stamp.clone()),
        ("checkout-reference", payment.reference.clone()),
        ("checkout-transaction-id", payment.transaction.clone()),
        ("checkout-status", payment.status.to_owned()),
        ("checkout-provider", "osuuspankki".to_owned()),
    ]
}

pub(super) fn told_of_refund(refund: &Refund) -> Vec<(&'static str, String)> {
    vec![
        ("checkout-account", MERCHANT.to_owned()),
        ("checkout-algorithm", "sha256".to_owned()),
        ("checkout-amount", refund.amount.to_string()),
        ("checkout-stamp", refund.stamp.clone()),
        ("checkout-reference", String::new()),
        ("checkout-transaction-id", refund.transaction.clone()),
        ("checkout-status", refund.status.to_owned()),
        ("checkout-provider", "osuuspankki".to_owned()),
    ]
}

/// Each answer is signed, as each call is.
pub(super) fn answer(status: StatusCode, body: &Value) -> Response {
    let body = body.to_string();
    let named = [("checkout-account", MERCHANT), ("checkout-algorithm", "sha256")];
    let named: Vec<(String, String)> =
        named.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let signed = signature(&named, body.as_bytes());
    let mut response = (status, [("content-type", "application/json; charset=utf-8")], body).into_response();
    for (name, value) in
        named.iter().map(|(name, value)| (name.as_str(), value)).chain([("signature", &signed)])
    {
        let name: axum::http::HeaderName = name.parse().expect("a name");
        response.headers_mut().insert(name, value.parse().expect("a value"));
    }
    response
}

pub(super) fn refused(status: u16, message: &str) -> Response {
    let status = StatusCode::from_u16(status).expect("a status");
    answer(status, &json!({"status": "error", "message": message}))
}
