//! Whoever holds a series' token may see and change all of it.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use vayla_locales::words;
use vayla_services::{
    Services,
    series::{self, Series},
};

use super::super::{bearer, names::Id, problem::Problem};

/// The series in the path, opened by the caller's token.
pub struct Access(pub Series);

impl FromRequestParts<Services> for Access {
    type Rejection = Problem;

    /// Neither a forged token nor another series' tells whether there is such a series.
    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Problem> {
        let token = bearer::token(&parts.headers).ok_or_else(token_missing)?;
        let opens = services.secret.read_series_token(token).ok_or_else(token_invalid)?;
        let id = Id::from_request_parts(parts, services).await.map_err(|_| no_such_series())?;
        if opens != id.0 {
            return Err(no_such_series());
        }
        series::find(services, id.0).await?.map(Self).ok_or_else(no_such_series)
    }
}

fn token_missing() -> Problem {
    bearer::missing(|language| words(language).problem_series_token_missing())
}

fn token_invalid() -> Problem {
    bearer::invalid(|language| words(language).problem_series_token_invalid())
}

fn no_such_series() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", |language| words(language).problem_series_not_found())
}
