//! Money on the towns' bank accounts.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_services::{
    Services,
    invoice::{self, BankLine, BankPayment},
};

use super::super::{
    super::{
        answers::StaffInvoiced,
        instant::Day,
        json::{Body, Nothing, Query},
        money::{Money, MoneyAsked},
        problem::Problem,
    },
    Caller,
};

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(register))
}

/// A line of the bank's statement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBankPayment {
    /// The code of the town whose account it is.
    #[schema(example = "tornio")]
    municipality: String,
    /// The bank's own name of the line.
    #[schema(min_length = 1, max_length = 100, example = "20261201-0001")]
    key: String,
    booked_on: Day,
    amount: MoneyAsked,
    /// What the payer sent, where the bank has exchanged it.
    instructed: Option<MoneyAsked>,
    /// As the payer has written it: OCR, viitenumero or RF.
    #[schema(max_length = 60, example = "2 00000 13")]
    reference: String,
}

/// Money on the bank account, and what it pays.
#[derive(Debug, Serialize, ToSchema)]
struct RegisteredPayment {
    key: String,
    booked_on: NaiveDate,
    amount: Money,
    reference: String,
    /// The invoice that it pays.
    invoice: Option<Uuid>,
    /// The settlement with another town that it pays; where both are null, nobody knows what it is for.
    settlement: Option<Uuid>,
    /// How much of it pays that.
    applied: Money,
    /// What is owed to the payer.
    surplus: Money,
}

impl From<BankPayment> for RegisteredPayment {
    fn from(payment: BankPayment) -> Self {
        let (amount, applied) = (payment.amount, payment.applied);
        let surplus = vayla_domain::money::Money::new(amount.minor - applied.minor, amount.currency);
        Self {
            key: payment.key,
            booked_on: payment.booked_on,
            amount: amount.into(),
            reference: payment.reference,
            invoice: payment.invoice,
            settlement: payment.settlement,
            applied: applied.into(),
            surplus: surplus.into(),
        }
    }
}

/// Registers money on the town's bank account: it pays what is open of the invoice that its reference names, or of the
/// settlement with another town; the rest, and what has no such reference, is owed to the payer. The same key twice has
/// one effect. Scope: `invoices`.
#[utoipa::path(
    post, path = "/bank-payments", operation_id = "register_bank_payment", tag = "staff",
    request_body = NewBankPayment, security(("staff_token" = [])),
    responses((status = 200, description = "What it pays", body = RegisteredPayment), StaffInvoiced),
)]
async fn register(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewBankPayment>,
) -> Result<Json<RegisteredPayment>, Problem> {
    let amount = asked.amount.read("amount").map_err(|problem| caller.problem(&services, problem))?;
    let instructed = asked.instructed.map(|sent| sent.read("instructed")).transpose();
    let instructed = instructed.map_err(|problem| caller.problem(&services, problem))?;
    let booked_on = asked.booked_on.date("booked_on")?;
    let line = BankLine { key: asked.key, booked_on, amount, instructed, reference: asked.reference };
    let payment = invoice::register(&services, &caller.0, &asked.municipality, &line).await;
    let payment = payment.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(payment.into()))
}
