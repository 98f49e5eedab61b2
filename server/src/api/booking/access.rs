//! Whoever holds a booking's token may see and change it.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use serde::Deserialize;
use utoipa::IntoParams;
use vayla_locales::words;
use vayla_services::{
    Services,
    booking::{self, Booking},
};

use super::super::{bearer, json::Query, names::Id, problem::Problem};

/// The name of the security scheme, too.
pub const MANAGE_TOKEN: &str = "manage_token";

/// The token may stand in the address, for links in calendars and mails.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TokenQuery {
    /// The token of the booking or the place in line, where no `Authorization` is sent.
    #[param(nullable = false)]
    manage_token: Option<String>,
}

/// The booking in the path, opened by the caller's token.
pub struct Access(pub Booking);

impl FromRequestParts<Services> for Access {
    type Rejection = Problem;

    /// Neither a forged token nor another booking's tells whether there is such a booking.
    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Problem> {
        let token = shown_token(parts, services).await?;
        let opens = services.secret.read_token(&token).ok_or_else(token_invalid)?;
        let id = Id::from_request_parts(parts, services).await.map_err(|_| no_such_booking())?;
        if opens != id.0 {
            return Err(no_such_booking());
        }
        booking::find(services, id.0).await?.map(Self).ok_or_else(no_such_booking)
    }
}

/// The token that the caller shows, in a header or in the address.
pub async fn shown_token(parts: &mut Parts, services: &Services) -> Result<String, Problem> {
    let Query(query) = Query::<TokenQuery>::from_request_parts(parts, services).await?;
    let token = bearer::token(&parts.headers).map(str::to_owned).or(query.manage_token);
    token.ok_or_else(token_missing)
}

fn token_missing() -> Problem {
    bearer::missing(|language| words(language).problem_token_missing())
}

pub fn token_invalid() -> Problem {
    bearer::invalid(|language| words(language).problem_token_invalid())
}

fn no_such_booking() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", |language| words(language).problem_booking_not_found())
}
