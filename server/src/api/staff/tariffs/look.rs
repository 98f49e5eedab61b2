//! Looking at price lists before anybody pays by them.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::{Language, money::Buyer, series::OCCURRENCES_MAX};
use vayla_services::{
    Services,
    booking::PriceFor,
    catalogue::Space,
    charge,
    tariff::{self, Preview, PreviewAsked, Previewed},
};

use super::{
    super::{
        super::{
            answers::{StaffOpened, StaffPriced},
            deposit::DepositAsked,
            etag::{Tagged, tagged},
            instant::{Day, When},
            json::{Body, Nothing, Query, Whole},
            money::{Line, Money},
            names::{Group, Home, Id, Names, UseOf},
            problem::Problem,
        },
        Caller, invalid,
    },
    body::{PriceChange, PriceListEntry},
    of_facility, of_space,
};

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(list_of_facility))
        .routes(routes!(list_of_space))
        .routes(routes!(show))
        .routes(routes!(diff))
        .routes(routes!(preview))
}

/// The price lists of a place.
#[derive(Debug, Serialize, ToSchema)]
struct PriceLists {
    /// The one that begins last first, drafts among them.
    items: Vec<PriceListEntry>,
}

async fn listed(
    services: &Services,
    caller: &Caller,
    place: &tariff::Place,
) -> Result<Json<PriceLists>, Problem> {
    let lists = tariff::list(services, &caller.0, place).await;
    let lists = lists.map_err(|error| Problem::from(error).at(place.facility()))?;
    Ok(Json(PriceLists { items: lists.into_iter().map(PriceListEntry::new).collect() }))
}

/// The price lists of a facility. Scope: `tariffs`.
#[utoipa::path(
    get, path = "/facilities/{id}/tariffs", operation_id = "list_staff_facility_tariffs", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The lists", body = PriceLists), StaffOpened),
)]
async fn list_of_facility(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<PriceLists>, Problem> {
    listed(&services, &caller, &of_facility(&services, id)?).await
}

/// The price lists that are a space's own. Scope: `tariffs`.
#[utoipa::path(
    get, path = "/spaces/{id}/tariffs", operation_id = "list_staff_space_tariffs", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The lists", body = PriceLists), StaffOpened),
)]
async fn list_of_space(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<PriceLists>, Problem> {
    listed(&services, &caller, &of_space(&services, id)?).await
}

async fn found(services: &Services, caller: &Caller, id: Id) -> Result<tariff::List, Problem> {
    tariff::find(services, &caller.0, id.0).await.map_err(|error| caller.problem(services, error))
}

/// A price list. Scope: `tariffs`.
#[utoipa::path(
    get, path = "/tariffs/{id}", operation_id = "show_staff_tariff", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The list", body = PriceListEntry, headers(("ETag" = String))), StaffOpened),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Tagged<PriceListEntry>, Problem> {
    found(&services, &caller, id).await.map(PriceListEntry::tagged)
}

/// What a list changes.
#[derive(Debug, Serialize, ToSchema)]
struct PriceChanges {
    items: Vec<PriceChange>,
}

/// What a list changes of the one that would hold without it on its first day. Scope: `tariffs`.
#[utoipa::path(
    get, path = "/tariffs/{id}/diff", operation_id = "diff_staff_tariff", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The changes", body = PriceChanges, headers(("ETag" = String))), StaffOpened),
)]
async fn diff(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Tagged<PriceChanges>, Problem> {
    let (list, catalogue) = (found(&services, &caller, id).await?, services.catalogue());
    let changes = tariff::changes(&list);
    let items = changes.iter().map(|change| PriceChange::new(&catalogue, change)).collect();
    Ok(tagged(list.version, PriceChanges { items }))
}

/// A booking as it might be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PreviewWanted {
    space: Id,
    start: When,
    end: When,
    /// `adult` where nothing is said.
    price_group: Option<Group>,
    /// Where the booker lives; elsewhere where nothing is said.
    home: Option<Home>,
    /// `sport` where nothing is said.
    #[serde(rename = "use")]
    use_of: Option<UseOf>,
    /// As one of how many dates of a series; 1 where nothing is said.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 120, example = 10)]
    dates: Option<Whole>,
    /// The day of booking; the list's first, or today if that has been, where nothing is said.
    booked: Option<Day>,
}

/// What it costs by the lists that are published, and with this one.
#[derive(Debug, Serialize, ToSchema)]
pub struct PricePreview {
    /// Null where it has no price, and can't be booked.
    now: Option<PreviewedPrice>,
    /// The same with this list.
    then: Option<PreviewedPrice>,
}

impl PricePreview {
    /// Of a booking in the space.
    #[must_use]
    pub fn new(services: &Services, space: &Space, prices: &Preview) -> Self {
        let price = |price| PreviewedPrice::new(services, space, price);
        Self { now: prices.now.as_ref().map(price), then: prices.then.as_ref().map(price) }
    }
}

/// A price, as it would be quoted.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewedPrice {
    total: Money,
    /// In the neighbour's currency; null where it has no price there.
    total_other: Option<Money>,
    lines: Vec<Line>,
    /// What is paid besides and comes back.
    deposit: Option<DepositAsked>,
    /// What may be charged after the use, in words.
    after_use: Vec<Names>,
}

impl PreviewedPrice {
    fn new(services: &Services, space: &Space, previewed: &Previewed) -> Self {
        let (catalogue, zone, quote) = (services.catalogue(), space.zone(), &previewed.quote);
        let charge = |entry| Names {
            sv: charge::entry_text(Language::Sv, entry),
            fi: charge::entry_text(Language::Fi, entry),
        };
        Self {
            total: quote.total.into(),
            total_other: quote.other.as_ref().ok().map(|(money, _)| (*money).into()),
            lines: quote.lines.iter().map(|line| Line::new(&catalogue, line, zone)).collect(),
            deposit: quote.deposit.as_ref().and_then(|asked| DepositAsked::new(asked, quote.total.currency)),
            after_use: previewed.after_use.iter().map(charge).collect(),
        }
    }
}

/// What a booking would cost under a list, beside what it costs now. Changes nothing. Scope: `tariffs`.
#[utoipa::path(
    post, path = "/tariffs/{id}/preview", operation_id = "preview_staff_tariff", tag = "staff",
    params(("id" = Id, Path)), request_body = PreviewWanted, security(("staff_token" = [])),
    responses((status = 200, description = "Both prices", body = PricePreview, headers(("ETag" = String))), StaffPriced),
)]
async fn preview(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(wanted): Body<PreviewWanted>,
) -> Result<Tagged<PricePreview>, Problem> {
    let list = found(&services, &caller, id).await?;
    let space = services.catalogue().space(wanted.space.0).cloned().ok_or_else(Problem::not_found)?;
    let asked = wanted.read(space.clone()).map_err(|problem| problem.at(list.place.facility()))?;
    let prices = tariff::preview(&services, &caller.0, id.0, &asked).await;
    let prices = prices.map_err(|error| caller.problem(&services, error))?;
    let both = PricePreview::new(&services, &space, &prices);
    Ok(tagged(prices.version, both))
}

impl PreviewWanted {
    fn read(self, space: std::sync::Arc<Space>) -> Result<PreviewAsked, Problem> {
        let zone = space.zone();
        let (start, end) = (self.start.at(zone, "start")?, self.end.at(zone, "end")?);
        let dates = self.dates.map_or(1, |dates| dates.0);
        let dates = u32::try_from(dates).ok().filter(|dates| (1..=OCCURRENCES_MAX).contains(dates));
        let group = self.price_group.unwrap_or_default().0;
        let price = PriceFor {
            buyer: Buyer { group, home: self.home.map(|home| home.0) },
            use_of: self.use_of.unwrap_or_default().0,
            dates: dates.ok_or_else(|| invalid("dates"))?,
            booked: self.booked.map(|day| day.date("booked")).transpose()?,
        };
        PreviewAsked::new(space, start, end, price).ok_or_else(|| invalid("end"))
    }
}
