//! A day between the two banks of the river.

mod cells;
mod grid;
mod list;
mod moment;
mod page;
mod walls;

use std::sync::Arc;

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Deserialize;
use vayla_domain::Bilingual;
use vayla_services::{
    catalogue::{Facility, Municipality, Space},
    occupancy::day_of_spaces,
};

use crate::ui::{Ctx, Page, Trouble, is_near};

/// What a day is shown of: a facility, or the whole spaces of a town.
struct Place {
    slug: String,
    name: Bilingual,
    town: Arc<Municipality>,
    facility: Option<Arc<Facility>>,
    spaces: Vec<Arc<Space>>,
}

pub(crate) async fn today(ctx: Ctx, Path(place): Path<String>) -> Response {
    match find(&ctx, &place) {
        Some(found) => {
            let date = ctx.now.with_timezone(&found.town.zone).date_naive().to_string();
            Redirect::to(&Page::Day { place, date }.path(ctx.language)).into_response()
        }
        None => Trouble::NotFound.page(&ctx),
    }
}

/// A time of the day, in seconds, whose plan is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DayFields {
    at: String,
}

pub(crate) async fn show(
    ctx: Ctx,
    Path((place, date)): Path<(String, String)>,
    Query(fields): Query<DayFields>,
) -> Response {
    let found = find(&ctx, &place).zip(date.parse::<NaiveDate>().ok().filter(|date| is_near(*date)));
    let Some((place, date)) = found else { return Trouble::NotFound.page(&ctx) };
    let facility = place.facility.as_ref().map(|facility| facility.id);
    match day_of_spaces(&ctx.services, date, place.town.zone, facility, &place.spaces, None).await {
        Ok(sheet) => page::page(&ctx, &place, &sheet, fields.at.parse().ok()),
        Err(error) => Trouble::from(error).page(&ctx),
    }
}

fn find(ctx: &Ctx, slug: &str) -> Option<Place> {
    if let Some(facility) = ctx.catalogue.facility_by_slug(slug) {
        let spaces: Vec<Arc<Space>> = ctx.catalogue.spaces_of(facility).map(Arc::clone).collect();
        let (name, town) = (facility.name.clone(), Arc::clone(&facility.municipality));
        let facility = Some(Arc::clone(facility));
        return (!spaces.is_empty()).then(|| Place { slug: slug.to_owned(), name, town, facility, spaces });
    }
    let town = Arc::clone(ctx.catalogue.municipality(slug)?);
    let here = ctx.catalogue.spaces.iter().filter(|space| space.facility.municipality.code == town.code);
    let spaces = here.filter(|space| is_whole(ctx, space)).map(Arc::clone).collect();
    Some(Place { slug: slug.to_owned(), name: town.name.clone(), town, facility: None, spaces })
}

/// Whether no other space of the facility has all its parts and more.
fn is_whole(ctx: &Ctx, space: &Space) -> bool {
    !ctx.catalogue.spaces_of(&space.facility).any(|other| other.holds(space))
}
