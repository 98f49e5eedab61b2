//! The towns.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::{Services, catalogue};

use super::{
    answers::Listed,
    json::Query,
    money::Currency,
    names::Names,
    page::{Page, Turn},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

/// A town: its own books, currency and clock.
#[derive(Debug, Serialize, ToSchema)]
pub struct Municipality {
    #[schema(pattern = "^[a-z0-9-]+$", example = "tornio")]
    pub code: String,
    pub name: Names,
    /// ISO 3166: decides the VAT.
    #[schema(pattern = "^[A-Z]{2}$", example = "FI")]
    pub country: String,
    pub currency: Currency,
    /// IANA name.
    #[schema(example = "Europe/Helsinki")]
    pub time_zone: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    #[schema(format = "uri")]
    pub url: Option<String>,
}

impl From<&catalogue::Municipality> for Municipality {
    fn from(town: &catalogue::Municipality) -> Self {
        let contact = &town.details;
        Self {
            code: town.code.clone(),
            name: (&town.name).into(),
            country: town.country.clone(),
            currency: Currency(town.currency),
            time_zone: town.zone.name().to_owned(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            url: contact.url.clone(),
        }
    }
}

/// The towns, west to east.
#[utoipa::path(
    get, path = "/municipalities", operation_id = "list_municipalities", tag = "places", params(Turn),
    responses((status = 200, description = "A page of towns", body = Page<Municipality>), Listed),
)]
async fn list(
    State(services): State<Services>,
    Query(turn): Query<Turn>,
) -> Result<Json<Page<Municipality>>, Problem> {
    let catalogue = services.catalogue();
    let make = |town: &std::sync::Arc<catalogue::Municipality>| town.as_ref().into();
    Page::of(&catalogue.municipalities, turn.limit, turn.after.as_deref(), |town| town.code.clone(), make)
}
