//! Where the towns' invoices are paid.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::invoice::{Bankgiro, Bic, Iban, Payee, PayeeAccount};
use vayla_locales::{Words, words};
use vayla_services::{Services, invoice};

use super::super::{
    super::{
        answers::{StaffInvoiced, StaffOpened},
        json::{Body, Nothing, Query},
        problem::Problem,
    },
    Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(show))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(set))
}

/// An account, or a bankgiro number: what the one has is null in the other.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoicePayee {
    #[schema(example = "FI2112345600000785")]
    pub iban: Option<String>,
    #[schema(example = "DEMOFIHH")]
    pub bic: Option<String>,
    #[schema(example = "991-2346")]
    pub bankgiro: Option<String>,
    /// The level of its OCR numbers.
    #[schema(example = "length_and_check")]
    pub ocr: Option<String>,
    /// For demonstration: nobody's account.
    pub demo: bool,
}

impl From<Payee> for InvoicePayee {
    fn from(Payee { account, demo }: Payee) -> Self {
        let nothing = Self { iban: None, bic: None, bankgiro: None, ocr: None, demo };
        match account {
            PayeeAccount::Iban { iban, bic } => {
                Self { iban: Some(iban.as_str().to_owned()), bic: Some(bic.to_string()), ..nothing }
            }
            PayeeAccount::Bankgiro { bankgiro, ocr } => {
                Self { bankgiro: Some(bankgiro.to_string()), ocr: Some(ocr.to_string()), ..nothing }
            }
        }
    }
}

/// Where a town's invoices are paid.
#[derive(Debug, Serialize, ToSchema)]
struct TownPayee {
    /// Null as long as nobody has said so: no invoice is written then.
    payee: Option<InvoicePayee>,
}

/// In Finland an account; in Sweden a bankgiro number and what is agreed with the bank about OCR numbers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPayee {
    #[schema(nullable = false, max_length = 60, example = "FI21 1234 5600 0007 85")]
    iban: Option<String>,
    #[schema(nullable = false, max_length = 11, example = "DEMOFIHH")]
    bic: Option<String>,
    #[schema(nullable = false, max_length = 20, example = "991-2346")]
    bankgiro: Option<String>,
    /// How the bank checks OCR numbers: `soft` (a check digit, others pass), `check` (a check digit),
    /// `length_and_check` (a digit of the length before it), `fixed:10` or `fixed:10,12` (a check digit, and so many
    /// digits).
    #[schema(nullable = false, max_length = 20, example = "length_and_check")]
    ocr: Option<String>,
}

impl NewPayee {
    fn read(self) -> Result<PayeeAccount, Problem> {
        match self {
            Self { iban: Some(iban), bic: Some(bic), bankgiro: None, ocr: None } => Ok(PayeeAccount::Iban {
                iban: Iban::parse(&iban).map_err(|_| wrong("iban", Words::problem_iban))?,
                bic: Bic::parse(&bic).map_err(|_| wrong("bic", Words::problem_bic))?,
            }),
            Self { iban: None, bic: None, bankgiro: Some(number), ocr: Some(level) } => {
                let bankgiro =
                    Bankgiro::parse(&number).map_err(|_| wrong("bankgiro", Words::problem_bankgiro))?;
                let ocr = level.parse().map_err(|_| wrong("ocr", Words::problem_ocr_level))?;
                Ok(PayeeAccount::Bankgiro { bankgiro, ocr })
            }
            _ => Err(wrong("iban", Words::problem_payee_fields)),
        }
    }
}

fn wrong(field: &'static str, text: fn(&Words) -> String) -> Problem {
    Problem::refused("invalid", field, move |language| text(words(language)))
}

/// Where a town's invoices are paid. Scope: `invoices`.
#[utoipa::path(
    get, path = "/municipalities/{code}/payee", operation_id = "show_payee", tag = "staff",
    params(("code" = String, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The account", body = TownPayee), StaffOpened),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    Path(code): Path<String>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<TownPayee>, Problem> {
    let payee = invoice::payee(&services, &caller.0, &code).await;
    let payee = payee.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(TownPayee { payee: payee.map(Into::into) }))
}

/// Says where a town's invoices are paid from now on; those that are written keep what they say. Scope: `invoices`.
#[utoipa::path(
    put, path = "/municipalities/{code}/payee", operation_id = "set_payee", tag = "staff",
    params(("code" = String, Path)), request_body = NewPayee, security(("staff_token" = [])),
    responses((status = 200, description = "The account as it is now", body = TownPayee), StaffInvoiced),
)]
async fn set(
    State(services): State<Services>,
    caller: Caller,
    Path(code): Path<String>,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewPayee>,
) -> Result<Json<TownPayee>, Problem> {
    let account = asked.read().map_err(|problem| caller.problem(&services, problem))?;
    let payee = invoice::set_payee(&services, &caller.0, &code, account).await;
    let payee = payee.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(TownPayee { payee: Some(payee.into()) }))
}
