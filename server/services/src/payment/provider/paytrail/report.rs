//! What Paytrail has paid out: its lists and reports, as published.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use vayla_domain::money::{EURO, Money};

use super::{
    super::{ProviderError, ReportLine, Settlement},
    body::read,
};

/// All that is read of a report: who paid, and for what, isn't asked for.
pub const FIELDS: [&str; 6] =
    ["settlementId", "stamp", "amount", "paymentMethodFee", "paymentMethodCommission", "vatAmount"];

/// `POST /settlements/{id}/payments/report`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewReport {
    pub request_type: &'static str,
    pub callback_url: String,
    pub report_fields: [&'static str; 6],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SettlementBody {
    id: i64,
    settled_at: String,
    settlement_reference: Option<String>,
}

/// `GET /settlements`.
pub fn settlements(body: &[u8]) -> Result<Vec<Settlement>, ProviderError> {
    let bodies: Vec<SettlementBody> = read(body)?;
    let one = |body: SettlementBody| {
        let day = body.settled_at.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
        Some(Settlement {
            id: body.id.to_string(),
            bank_reference: body.settlement_reference.unwrap_or_default(),
            settled_on: day?,
        })
    };
    let unreadable = || ProviderError::Unreliable("a day that isn't one".to_owned());
    bodies.into_iter().map(one).collect::<Option<_>>().ok_or_else(unreadable)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReportBody {
    settlement_id: Option<Number>,
    stamp: Option<String>,
    amount: Number,
    payment_method_fee: Option<Number>,
    payment_method_commission: Option<Number>,
    vat_amount: Option<Number>,
}

/// A report: `None` where it can't be read to the last line.
pub fn report(body: &[u8]) -> Option<Vec<ReportLine>> {
    let bodies: Vec<ReportBody> = serde_json::from_slice(body).ok()?;
    bodies.iter().map(report_line).collect()
}

fn report_line(body: &ReportBody) -> Option<ReportLine> {
    // A number is read by its letters: 25.55 is 25.55, whatever a float would make of it.
    let decimal = |number: &Option<Number>| match number {
        Some(number) => number.to_string().parse().ok(),
        None => Some(Decimal::ZERO),
    };
    Some(ReportLine {
        settlement: body.settlement_id.as_ref()?.to_string(),
        stamp: body.stamp.clone().unwrap_or_default(),
        amount: Money::parse(&body.amount.to_string(), EURO).ok()?,
        fee: decimal(&body.payment_method_fee)?,
        commission: decimal(&body.payment_method_commission)?,
        vat: decimal(&body.vat_amount)?,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_report_is_read_to_the_last_part_of_a_cent() {
        let line = |amount: &str| {
            format!(
                r#"[{{"entryDate":"19-06-2019","amount":{amount},"stamp":"s","paymentMethodFee":0.12,
                     "paymentMethodCommission":0.024,"vatAmount":6.132,"settlementId":123456}}]"#
            )
        };
        let read = report(line("25.55").as_bytes()).expect("a report");
        assert_eq!(
            read,
            [ReportLine {
                settlement: "123456".to_owned(),
                stamp: "s".to_owned(),
                amount: Money::new(25_55, EURO),
                fee: "0.12".parse().expect("a number"),
                commission: "0.024".parse().expect("a number"),
                vat: "6.132".parse().expect("a number"),
            }]
        );
        let minor = |amount| report(line(amount).as_bytes()).map(|lines| lines[0].amount.minor);
        assert_eq!(
            [minor("-9"), minor("100"), minor("0.1"), minor("0.001")],
            [Some(-9_00), Some(100_00), Some(10), None]
        );
    }

    proptest! {
        #[test]
        fn no_body_breaks_the_reading(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            drop((settlements(&body), report(&body)));
        }
    }
}
