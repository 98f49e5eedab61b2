//! Rates of value added tax: rows are added with their day, and never changed.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::money::{Seller, Use, VatClass, VatRate, VatRule};
use vayla_locales::words;
use vayla_services::{
    Services,
    vat::{self, RATES_MAX, SOURCE_MAX, Sourced, VatError},
};

use super::{
    super::{
        answers::{StaffOpened, StaffPriced},
        instant::Day,
        json::{Body, Nothing, Query},
        names::UseOf,
        problem::Problem,
        refusal::conflict,
    },
    Caller, invalid,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(add))
}

/// All rates, also those of the past.
#[derive(Debug, Serialize, ToSchema)]
struct VatRates {
    items: Vec<VatRateBody>,
}

/// From a day on, a supply carries a rate.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VatRate)]
struct VatRateBody {
    #[schema(pattern = "^[A-Z]{2}$", example = "FI")]
    country: String,
    #[schema(pattern = "^(sports|culture|harbour|general)$", example = "sports")]
    class: &'static str,
    #[schema(pattern = "^(municipality|other)$", example = "municipality")]
    seller: &'static str,
    #[serde(rename = "use")]
    use_of: UseOf,
    from: NaiveDate,
    /// A percentage, or `exempt`.
    #[schema(pattern = "^(exempt|[0-9]+(\\.[0-9]+)?)$", example = "13.5")]
    rate: String,
    /// Where it stands written.
    source: String,
}

impl VatRateBody {
    fn new(Sourced { rule, source }: Sourced) -> Self {
        Self {
            country: rule.country,
            class: rule.class.code(),
            seller: rule.seller.code(),
            use_of: UseOf(rule.use_of),
            from: rule.from,
            rate: rule.rate.to_string(),
            source,
        }
    }
}

/// A rate that is to be in force from a day on, tomorrow at the earliest.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewVatRate {
    #[schema(pattern = "^[A-Z]{2}$", example = "FI")]
    country: String,
    #[schema(pattern = "^(sports|culture|harbour|general)$", example = "sports")]
    class: String,
    #[schema(pattern = "^(municipality|other)$", example = "municipality")]
    seller: String,
    #[serde(rename = "use")]
    use_of: UseOf,
    from: Day,
    /// A percentage from 0 to 100, or `exempt`.
    #[schema(pattern = "^(exempt|[0-9]{1,2}(\\.[0-9])?)$", example = "14.5")]
    rate: String,
    /// Where it stands written.
    #[schema(min_length = 1, max_length = 300, example = "Arvonlisäverolaki 85 a §")]
    source: String,
}

impl NewVatRate {
    fn read(self) -> Result<Sourced, Problem> {
        let class: VatClass = self.class.parse().map_err(|_| invalid("class"))?;
        let seller: Seller = self.seller.parse().map_err(|_| invalid("seller"))?;
        let rate: VatRate = self.rate.parse().map_err(|_| invalid("rate"))?;
        let (use_of, from): (Use, NaiveDate) = (self.use_of.0, self.from.date("from")?);
        let rule = VatRule { country: self.country, class, seller, use_of, from, rate };
        Ok(Sourced { rule, source: self.source })
    }
}

impl From<VatError> for Problem {
    fn from(error: VatError) -> Self {
        match error {
            VatError::Look(error) => error.into(),
            VatError::Country => invalid("country"),
            VatError::Source => {
                Self::refused("invalid", "source", |language| words(language).problem_vat_source(SOURCE_MAX))
            }
            VatError::Past => {
                Self::refused("in_the_past", "from", |language| words(language).problem_vat_past())
            }
            VatError::Exists => conflict("exists", |language| words(language).problem_vat_exists()),
            VatError::TooMany => {
                conflict("too_many", |language| words(language).problem_vat_too_many(RATES_MAX))
            }
        }
    }
}

/// The rates of value added tax. Scope: `tariffs`.
#[utoipa::path(
    get, path = "/vat", operation_id = "list_staff_vat", tag = "staff", security(("staff_token" = [])),
    responses((status = 200, description = "The rates", body = VatRates), StaffOpened),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<VatRates>, Problem> {
    let rates = vat::list(&services, &caller.0).await.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(VatRates { items: rates.into_iter().map(VatRateBody::new).collect() }))
}

/// Adds a rate. What has been in force stays as it was. Scope: `tariffs`, in all our towns of that country.
#[utoipa::path(
    post, path = "/vat", operation_id = "add_staff_vat", tag = "staff", request_body = NewVatRate,
    security(("staff_token" = [])),
    responses((status = 201, description = "It is added", body = VatRateBody), StaffPriced),
)]
async fn add(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
    Body(new): Body<NewVatRate>,
) -> Result<(StatusCode, Json<VatRateBody>), Problem> {
    let new = new.read().map_err(|problem| caller.problem(&services, problem))?;
    vat::add(&services, &caller.0, &new).await.map_err(|error| caller.problem(&services, error))?;
    Ok((StatusCode::CREATED, Json(VatRateBody::new(new))))
}
