//! Whoever holds the token of a place in line may see it and give it up.

use axum::{extract::FromRequestParts, http::request::Parts};
use vayla_services::{
    Services,
    waiting::{self, Entry},
};

use super::super::{
    booking::{shown_token, token_invalid},
    names::Id,
    problem::Problem,
};

/// The place in the path, opened by the caller's token.
pub struct Access(pub Entry);

impl FromRequestParts<Services> for Access {
    type Rejection = Problem;

    /// Neither a forged token nor another place's tells whether there is such a place.
    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Problem> {
        let token = shown_token(parts, services).await?;
        let opens = services.secret.read_waiting_token(&token).ok_or_else(token_invalid)?;
        let id = Id::from_request_parts(parts, services).await?;
        if opens != id.0 {
            return Err(Problem::not_found());
        }
        waiting::find(services, id.0).await?.map(Self).ok_or_else(Problem::not_found)
    }
}
