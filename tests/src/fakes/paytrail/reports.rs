//! What Paytrail has paid out, and its reports of that.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    super::{Shared, lock},
    Known, MERCHANT,
    served::turned_away,
    told::{answer, refused, signature},
};
use crate::client;

/// So many lines a report has at most.
const LINES_MAX: usize = 50_000;
/// Of those that may be asked for, what is in a line here.
const FIELDS: [&str; 9] = [
    "entryDate",
    "amount",
    "stamp",
    "paymentMethodFee",
    "paymentMethodCommission",
    "vatAmount",
    "settlementId",
    "familyname",
    "description",
];

pub(super) async fn settlements(
    State(known): State<Shared<Known>>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = turned_away(&known, &headers, "GET", b"") {
        return response;
    }
    let days = [asked.get("startDate"), asked.get("endDate")];
    if days.iter().any(|day| day.is_none_or(|day| day.len() != 10)) {
        return refused(400, "days");
    }
    let body = json!([{"id": 678, "createdAt": "2026-10-31T13:43:32.780Z", "settledAt": "2026-11-02",
                       "settlementReference": "45667372"}]);
    answer(StatusCode::OK, &body)
}

/// Sends the report of all that was paid and given back, by and by.
pub(super) async fn report(
    State(known): State<Shared<Known>>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(response) = turned_away(&known, &headers, "POST", &body) {
        return response;
    }
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else { return refused(400, "body") };
    let Some(url) = asked["callbackUrl"].as_str().map(str::to_owned) else { return refused(400, "url") };
    let fields: Vec<&str> =
        asked["reportFields"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if fields.iter().any(|field| !FIELDS.contains(field)) {
        return refused(400, "reportFields");
    }
    let report = {
        let mut known = lock(&known);
        known.reports += 1;
        let euros = |cents: i64| json!(format!("{cents}e-2").parse::<f64>().expect("a number"));
        let line = |stamp: &str, cents: i64, commission: f64| {
            json!({"entryDate": "30-10-2026", "amount": euros(cents), "stamp": stamp, "paymentMethodFee": 0.12,
                   "paymentMethodCommission": commission, "vatAmount": null, "settlementId": id,
                   "familyname": "Näätänen", "description": "x".repeat(500)})
        };
        let paid = known.payments.iter().filter(|payment| payment.status == "ok");
        let paid = paid.map(|payment| line(&payment.stamp, payment.amount, 0.024));
        let back = known.refunds.iter().filter(|refund| refund.status == "ok");
        let more = (0..known.faults.reports_more).map(|number| line(&format!("more-{number}"), 100, 0.0));
        let lines = paid.chain(back.map(|refund| line(&refund.stamp, -refund.amount, 0.0))).chain(more);
        let asked_for = |mut line: Value| {
            line.as_object_mut().expect("a line").retain(|name, _| fields.contains(&name.as_str()));
            line
        };
        let all = usize::from(!known.faults.reports_nothing) * LINES_MAX;
        Value::Array(lines.map(asked_for).take(all).collect())
    };
    let status = send(&url, &report).await;
    answer(StatusCode::OK, &json!({"requestId": "1", "called": status}))
}

/// Sends a signed report; how that is answered.
pub(super) async fn send(url: &str, report: &Value) -> u16 {
    let body = report.to_string();
    let named = vec![
        ("checkout-account".to_owned(), MERCHANT.to_owned()),
        ("checkout-algorithm".to_owned(), "sha256".to_owned()),
    ];
    let mut request = client().post(url).header("content-type", "application/json");
    for (name, value) in &named {
        request = request.header(name, value);
    }
    let request = request.header("signature", signature(&named, body.as_bytes())).body(body);
    request.send().await.map_or(0, |answer| answer.status().as_u16())
}
