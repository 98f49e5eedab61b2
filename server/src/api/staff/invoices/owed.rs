//! Money that the towns owe to payers.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_locales::words;
use vayla_services::{
    Services,
    invoice::{self, Matched, Owed, OwedFrom, SentBack},
};

use super::{
    super::{
        super::{
            answers::{StaffInvoiced, StaffOpened},
            instant::Day,
            json::{Body, Nothing, Query},
            money::{Money, MoneyAsked},
            names::Id,
            problem::Problem,
        },
        Caller,
        customers::OfTown,
    },
    body::Invoice,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(match_to)).routes(routes!(paid_back))
}

/// Money that is owed to a payer: a line of the bank's statement that nobody knows or that was too much, or what had
/// been paid of an invoice when it was taken back.
#[derive(Debug, Serialize, ToSchema)]
struct OwedMoney {
    /// The bank's own name of the line; null where it is of an invoice.
    from_key: Option<String>,
    /// The invoice that was taken back; null where it is a line.
    from_invoice: Option<Uuid>,
    /// The bank's day, of a line.
    booked_on: Option<NaiveDate>,
    /// As the payer has written it, or the invoice's name.
    #[schema(example = "2 00000 31")]
    reference: String,
    /// The invoice that it was for; null while nobody knows.
    invoice: Option<Uuid>,
    /// The settlement with another town that it was for.
    settlement: Option<Uuid>,
    /// How much it was.
    amount: Money,
    /// What of it is still owed: not matched, and not gone back.
    left: Money,
}

impl From<Owed> for OwedMoney {
    fn from(owed: Owed) -> Self {
        let (from_key, from_invoice) = match owed.from {
            OwedFrom::Line(key) => (Some(key), None),
            OwedFrom::Invoice(id) => (None, Some(id)),
        };
        Self {
            from_key,
            from_invoice,
            booked_on: owed.booked_on,
            reference: owed.reference,
            invoice: owed.invoice,
            settlement: owed.settlement,
            amount: owed.amount.into(),
            left: owed.left.into(),
        }
    }
}

/// Which money, and which invoice it pays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Matching {
    /// The code of the town.
    #[schema(example = "tornio")]
    municipality: String,
    /// A line of the statement, by the bank's own name of it. Either this or `from_invoice`.
    #[schema(nullable = false, min_length = 1, max_length = 100, example = "20261201-0001")]
    from_key: Option<String>,
    /// An invoice of which what had been paid was taken back.
    #[schema(nullable = false)]
    from_invoice: Option<Id>,
    /// The invoice's name, its reference in any form, or the reference of a booking that stands on it.
    #[schema(min_length = 1, max_length = 60, example = "TORNIO-F12")]
    invoice: String,
}

/// Which money, and how it has gone back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PayingBack {
    /// The code of the town.
    #[schema(example = "tornio")]
    municipality: String,
    /// A line of the statement, by the bank's own name of it. Either this or `from_invoice`.
    #[schema(nullable = false, min_length = 1, max_length = 100, example = "20261201-0001")]
    from_key: Option<String>,
    /// An invoice of which what had been paid was taken back.
    #[schema(nullable = false)]
    from_invoice: Option<Id>,
    /// The bank's own name of the line by which it has gone.
    #[schema(min_length = 1, max_length = 100, example = "20261203-0007")]
    key: String,
    booked_on: Day,
    amount: MoneyAsked,
}

/// What it has paid.
#[derive(Debug, Serialize, ToSchema)]
struct MatchedMoney {
    /// As it stands now.
    invoice: Invoice,
    applied: Money,
    /// What of the money is still owed to the payer.
    left: Money,
}

impl MatchedMoney {
    fn new(services: &Services, Matched { invoice, applied, left }: Matched) -> Self {
        Self { invoice: Invoice::new(services, invoice), applied: applied.into(), left: left.into() }
    }
}

fn from(key: Option<String>, invoice: Option<Id>) -> Result<OwedFrom, Problem> {
    match (key, invoice) {
        (Some(key), None) => Ok(OwedFrom::Line(key)),
        (None, Some(invoice)) => Ok(OwedFrom::Invoice(invoice.0)),
        _ => Err(Problem::refused("invalid", "from_key", |language| words(language).problem_owed_from())),
    }
}

/// Money that the town owes to payers: what nobody knows, what was too much, and what had been paid of invoices that
/// were taken back. Scope: `invoices`.
#[utoipa::path(
    get, path = "/bank-payments/owed", operation_id = "list_owed_money", tag = "staff", params(OfTown),
    security(("staff_token" = [])),
    responses((status = 200, description = "1,000 at most: lines of the statement first, each the oldest first", body = Vec<OwedMoney>), StaffOpened),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<OfTown>,
) -> Result<Json<Vec<OwedMoney>>, Problem> {
    let found = invoice::owed(&services, &caller.0, &asked.municipality).await;
    let found = found.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(found.into_iter().map(Into::into).collect()))
}

/// Matches money that the town owes to a payer to an invoice: it pays what is open of that, and the rest is still
/// owed. The same money and invoice twice have one effect. Scope: `invoices`.
#[utoipa::path(
    post, path = "/bank-payments/match", operation_id = "match_owed_money", tag = "staff", request_body = Matching,
    security(("staff_token" = [])),
    responses((status = 200, description = "What it pays", body = MatchedMoney), StaffInvoiced),
)]
async fn match_to(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<Matching>,
) -> Result<Json<MatchedMoney>, Problem> {
    let from = from(asked.from_key, asked.from_invoice);
    let from = from.map_err(|problem| caller.problem(&services, problem))?;
    let matched = invoice::match_to(&services, &caller.0, &asked.municipality, &from, &asked.invoice).await;
    let matched = matched.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(MatchedMoney::new(&services, matched)))
}

/// Notes that the town has sent money back by its bank that it owed to a payer, or a part of it. The same key twice
/// has one effect. Scope: `invoices`.
#[utoipa::path(
    post, path = "/bank-payments/paid-back", operation_id = "pay_owed_money_back", tag = "staff",
    request_body = PayingBack, security(("staff_token" = [])),
    responses((status = 200, description = "What is owed now", body = OwedMoney), StaffInvoiced),
)]
async fn paid_back(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<PayingBack>,
) -> Result<Json<OwedMoney>, Problem> {
    let from = from(asked.from_key, asked.from_invoice);
    let from = from.map_err(|problem| caller.problem(&services, problem))?;
    let amount = asked.amount.read("amount").map_err(|problem| caller.problem(&services, problem))?;
    let sent = SentBack { key: asked.key, booked_on: asked.booked_on.date("booked_on")?, amount };
    let owed = invoice::paid_back(&services, &caller.0, &asked.municipality, &from, &sent).await;
    Ok(Json(owed.map_err(|error| caller.problem(&services, error))?.into()))
}
