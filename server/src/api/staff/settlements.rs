//! What providers have paid out to the towns.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::money;
use vayla_locales::{format, words};
use vayla_services::{
    Services,
    payment::settlement::{self, PaidOut, PaidOutError, Settled, UnlikeLine},
};

use super::{
    super::{
        answers::{StaffInvoiced, StaffListed},
        instant::Day,
        json::{Body, Nothing, Query},
        money::{Money, MoneyAsked},
        page::{Page, Turn, no_such_place},
        problem::Problem,
        refusal::conflict,
    },
    Caller,
    invoices::bank_day,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(note))
}

/// A line of the town's bank account by which a provider has paid out that doesn't report it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Payout {
    /// The code of the town.
    #[schema(example = "haparanda")]
    municipality: String,
    #[schema(example = "swish")]
    provider: String,
    /// The bank's own name of the line.
    #[schema(min_length = 1, max_length = 100, example = "20261103-0002")]
    key: String,
    booked_on: Day,
    amount: MoneyAsked,
    /// What the provider has kept of what payers have paid; nothing where it isn't said.
    #[schema(nullable = false)]
    fee: Option<MoneyAsked>,
}

/// A sum that a provider has paid out.
#[derive(Debug, Serialize, ToSchema)]
struct Settlement {
    #[schema(example = "tornio")]
    municipality: String,
    #[schema(example = "paytrail")]
    provider: String,
    /// The provider's own name of it.
    id: String,
    /// What stands on the bank's line.
    bank_reference: String,
    settled_on: NaiveDate,
    /// What was paid less what went back; null until the report has come.
    paid: Option<Money>,
    /// What the provider kept of it.
    fee: Option<Money>,
    /// How many lines of the report weren't what the service knew when it came: a payment or refund of another
    /// amount, or under a name that isn't ours. Null until the report has come.
    unlike: Option<i64>,
    /// The first twenty of those.
    unlike_lines: Vec<UnlikeReport>,
}

/// A line of a report that isn't what the service knew.
#[derive(Debug, Serialize, ToSchema)]
struct UnlikeReport {
    /// By which the provider names it.
    stamp: String,
    /// Less than nothing for a refund.
    reported: Money,
    /// Null where nothing is known under that name.
    known: Option<Money>,
}

impl From<UnlikeLine> for UnlikeReport {
    fn from(line: UnlikeLine) -> Self {
        Self { stamp: line.stamp, reported: line.reported.into(), known: line.known.map(Into::into) }
    }
}

impl From<Settled> for Settlement {
    fn from(settled: Settled) -> Self {
        let (paid, fee) = settled.amounts.unzip();
        Self {
            municipality: settled.collector,
            provider: settled.provider,
            id: settled.settlement,
            bank_reference: settled.bank_reference,
            settled_on: settled.settled_on,
            paid: paid.map(Into::into),
            fee: fee.map(Into::into),
            unlike: settled.unlike,
            unlike_lines: settled.unlike_lines.into_iter().map(Into::into).collect(),
        }
    }
}

/// What providers have paid out to the token's town, or to all towns: as asked for with `vayla settlements fetch`.
/// Scope: `payments`.
#[utoipa::path(
    get, path = "/settlements", operation_id = "list_staff_settlements", tag = "staff", params(Turn),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of settlements", body = Page<Settlement>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<Turn>,
) -> Result<Json<Page<Settlement>>, Problem> {
    let plain = |after: &String| after.len() <= 200 && after.bytes().all(|byte| byte.is_ascii_graphic());
    if !asked.after.as_ref().is_none_or(plain) {
        return Err(no_such_place());
    }
    let batch = settlement::list(&services, &caller.0, asked.after.as_deref(), asked.limit.0).await;
    let batch = batch.map_err(|error| caller.problem(&services, error))?;
    Ok(Page::from_batch(batch, Settled::place, Settlement::from))
}

/// Notes that a provider has paid out which doesn't report it, such as Swish: it comes from what is to be cleared to
/// the bank, and what the provider has kept is its fee. The same key twice has one effect. Scope: `payments`.
#[utoipa::path(
    post, path = "/settlements", operation_id = "note_staff_settlement", tag = "staff", request_body = Payout,
    security(("staff_token" = [])),
    responses((status = 201, description = "It is in the books", body = Settlement), StaffInvoiced),
)]
async fn note(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<Payout>,
) -> Result<(StatusCode, Json<Settlement>), Problem> {
    let read =
        |money: MoneyAsked, field| money.read(field).map_err(|problem| caller.problem(&services, problem));
    let amount = read(asked.amount, "amount")?;
    let fee = asked.fee.map(|fee| read(fee, "fee")).transpose()?;
    let fee = fee.unwrap_or(money::Money::new(0, amount.currency));
    let booked_on = asked.booked_on.date("booked_on")?;
    let line = PaidOut { provider: asked.provider, key: asked.key, booked_on, amount, fee };
    let noted = settlement::note_paid_out(&services, &caller.0, &asked.municipality, &line).await;
    let noted = noted.map_err(|error| caller.problem(&services, error))?;
    Ok((StatusCode::CREATED, Json(noted.into())))
}

impl From<PaidOutError> for Problem {
    fn from(error: PaidOutError) -> Self {
        let invalid = |field| {
            Self::refused("invalid", field, move |language| words(language).problem_field_invalid(field))
        };
        match error {
            PaidOutError::Look(error) => error.into(),
            PaidOutError::Provider => {
                Self::refused("invalid", "provider", |language| words(language).problem_payout_provider())
            }
            PaidOutError::Key => invalid("key"),
            PaidOutError::Day => bank_day(),
            PaidOutError::TooMuch(left) => Self::refused("too_much", "amount", move |language| {
                words(language).problem_payout_too_much(format::money(language, left))
            }),
            PaidOutError::Amount => invalid("amount"),
            PaidOutError::Mismatch => {
                conflict("key_known", |language| words(language).problem_bank_key_known())
            }
        }
    }
}
