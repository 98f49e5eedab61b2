//! Price lists: drafts, what they change, what a booking would cost under one, and publishing.

mod body;
mod look;

pub use look::PricePreview;

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::{
    Language,
    money::{
        AFTER_USE_MAX, DISCOUNTS_MAX, Deposit, HOMES_MAX, NAME_LETTERS_MAX, PRICES_MAX, Tariff, TariffFault,
    },
};
use vayla_locales::words;
use vayla_services::{
    Services,
    tariff::{self, LISTS_MAX, Place, TariffError},
};

use self::body::PriceListEntry;
use super::{
    super::{
        answers::StaffPriced,
        etag::{Tagged, read_version},
        instant::Day,
        json::{Document, Nothing, Query},
        names::Id,
        problem::Problem,
        refusal::conflict,
    },
    Caller, facility,
};

pub fn looking() -> OpenApiRouter<Services> {
    look::router()
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(set_of_facility))
        .routes(routes!(set_of_space))
        .routes(routes!(remove))
        .routes(routes!(publish))
}

/// A list that is to hold from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPriceList {
    valid_from: Day,
    #[schema(schema_with = body::document)]
    tariff: Tariff,
}

impl From<TariffError> for Problem {
    fn from(error: TariffError) -> Self {
        match error {
            TariffError::Look(error) => error.into(),
            TariffError::Problem(problem) => {
                let fault = problem.fault;
                Self::refused("invalid", &format!("tariff.{}", problem.field), move |language| {
                    fault_text(language, fault)
                })
            }
            TariffError::Published => {
                conflict("published", |language| words(language).problem_tariff_published())
            }
            TariffError::Stale => Self::new(StatusCode::PRECONDITION_FAILED, "stale", |language| {
                words(language).problem_tariff_stale()
            }),
            TariffError::Past => {
                Self::refused("in_the_past", "valid_from", |language| words(language).problem_tariff_past())
            }
            TariffError::TooMany => {
                conflict("too_many", |language| words(language).problem_tariff_too_many(LISTS_MAX))
            }
        }
    }
}

fn fault_text(language: Language, fault: TariffFault) -> String {
    let w = words(language);
    match fault {
        TariffFault::Prices => w.problem_tariff_prices(PRICES_MAX),
        TariffFault::PartOfWhat => w.problem_tariff_part(),
        TariffFault::Percent => w.problem_tariff_percent(),
        TariffFault::Groups => w.problem_tariff_groups(),
        TariffFault::Homes => w.problem_tariff_homes(HOMES_MAX),
        TariffFault::Dates => w.problem_rules_dates(),
        TariffFault::Hours => w.problem_tariff_hours(),
        TariffFault::Currency => w.problem_tariff_currency(),
        TariffFault::AsGroup => w.problem_tariff_as_group(),
        TariffFault::Series => w.problem_tariff_series(DISCOUNTS_MAX),
        TariffFault::AfterUse => w.problem_tariff_after_use(AFTER_USE_MAX),
        TariffFault::Name => w.problem_tariff_name(NAME_LETTERS_MAX),
        TariffFault::PricePercent => w.problem_tariff_price_percent(),
        TariffFault::Deposit => w.problem_tariff_deposit(),
        TariffFault::DepositDays => w.problem_tariff_deposit_days(Deposit::DAYS_MAX),
    }
}

fn of_facility(services: &Services, id: Id) -> Result<Place, Problem> {
    facility(services, id).map(Place::Facility)
}

fn of_space(services: &Services, id: Id) -> Result<Place, Problem> {
    let space = services.catalogue().space(id.0).map(Arc::clone);
    space.map(Place::Space).ok_or_else(Problem::not_found)
}

async fn set(
    services: &Services,
    caller: &Caller,
    place: &Place,
    new: NewPriceList,
) -> Result<Tagged<PriceListEntry>, Problem> {
    let from = new.valid_from.date("valid_from")?;
    let list = tariff::draft(services, &caller.0, place, from, &new.tariff).await;
    let list = list.map_err(|error| Problem::from(error).at(place.facility()))?;
    Ok(PriceListEntry::tagged(list))
}

/// Lays in a draft of a facility's price list, in place of any other draft for that day. Nobody but staff sees
/// it. Scope: `tariffs`.
#[utoipa::path(
    put, path = "/facilities/{id}/tariffs", operation_id = "draft_staff_facility_tariff", tag = "staff",
    params(("id" = Id, Path)), request_body = NewPriceList, security(("staff_token" = [])),
    responses((status = 200, description = "The draft", body = PriceListEntry, headers(("ETag" = String))), StaffPriced),
)]
async fn set_of_facility(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Document(new): Document<NewPriceList>,
) -> Result<Tagged<PriceListEntry>, Problem> {
    set(&services, &caller, &of_facility(&services, id)?, new).await
}

/// The same of a space's own, which stands before its facility's. Scope: `tariffs`.
#[utoipa::path(
    put, path = "/spaces/{id}/tariffs", operation_id = "draft_staff_space_tariff", tag = "staff",
    params(("id" = Id, Path)), request_body = NewPriceList, security(("staff_token" = [])),
    responses((status = 200, description = "The draft", body = PriceListEntry, headers(("ETag" = String))), StaffPriced),
)]
async fn set_of_space(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Document(new): Document<NewPriceList>,
) -> Result<Tagged<PriceListEntry>, Problem> {
    set(&services, &caller, &of_space(&services, id)?, new).await
}

/// Throws a draft away. Scope: `tariffs`.
#[utoipa::path(
    delete, path = "/tariffs/{id}", operation_id = "remove_staff_tariff", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 204, description = "It is gone"), StaffPriced),
)]
async fn remove(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<StatusCode, Problem> {
    tariff::remove(&services, &caller.0, id.0).await.map_err(|error| caller.problem(&services, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a draft hold from its day on, today at the earliest; from then on it never changes. What is booked keeps
/// its price. With the `ETag` of the draft, its diff or a preview only that draft is published, and none that has
/// taken its place. Scope: `tariffs`.
#[utoipa::path(
    post, path = "/tariffs/{id}/publish", operation_id = "publish_staff_tariff", tag = "staff",
    params(("id" = Id, Path), ("If-Match" = Option<String>, Header, description = "`ETag` of the draft as read")),
    security(("staff_token" = [])),
    responses((status = 200, description = "It is published", body = PriceListEntry, headers(("ETag" = String))), StaffPriced),
)]
async fn publish(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    headers: HeaderMap,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Tagged<PriceListEntry>, Problem> {
    let list = tariff::publish(&services, &caller.0, id.0, read_version(&headers)).await;
    list.map(PriceListEntry::tagged).map_err(|error| caller.problem(&services, error))
}
