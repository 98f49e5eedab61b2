//! What only the towns' staff and their systems do. Each call is let in by its [`Caller`]'s token;
//! what that is good for, the services ask.

mod bookings;
mod breaks;
mod charges;
mod closures;
mod customers;
mod grants;
mod invoices;
mod moving;
mod outbox;
pub(super) mod reason;
mod refunds;
mod refusal;
mod repaying;
mod rules;
mod series;
mod settlements;
mod tariffs;
mod vat;

pub use self::{invoices::Invoice, tariffs::PricePreview};

use std::sync::Arc;

use axum::{extract::FromRequestParts, http::request::Parts};
use utoipa_axum::router::OpenApiRouter;
use vayla_locales::words;
use vayla_services::{
    Services,
    catalogue::Facility,
    staff::{Staff, token},
};

use super::{bearer, names::Id, problem::Problem};

/// The name of the security scheme.
pub const STAFF_TOKEN: &str = "staff_token";

/// The calls that look.
pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .merge(bookings::looking())
        .merge(breaks::looking())
        .merge(charges::looking())
        .merge(closures::looking())
        .merge(customers::looking())
        .merge(grants::looking())
        .merge(invoices::looking())
        .merge(outbox::looking())
        .merge(repaying::looking())
        .merge(rules::looking())
        .merge(series::looking())
        .merge(settlements::looking())
        .merge(tariffs::looking())
        .merge(vat::looking())
}

/// The calls that change something, which take an `Idempotency-Key`.
pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .merge(bookings::changing())
        .merge(breaks::changing())
        .merge(charges::changing())
        .merge(closures::changing())
        .merge(customers::changing())
        .merge(grants::changing())
        .merge(invoices::changing())
        .merge(moving::changing())
        .merge(outbox::changing())
        .merge(refunds::changing())
        .merge(repaying::changing())
        .merge(rules::changing())
        .merge(series::changing())
        .merge(settlements::changing())
        .merge(tariffs::changing())
        .merge(vat::changing())
}

/// Whoever shows a token in force.
#[derive(Clone)]
pub struct Caller(pub Staff);

impl FromRequestParts<Services> for Caller {
    type Rejection = Problem;

    /// Looked up once a request: when it is let in.
    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Problem> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let secret = bearer::token(&parts.headers).ok_or_else(token_missing)?;
        let caller = Self(token::find(services, secret).await?.ok_or_else(token_invalid)?);
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

impl Caller {
    /// What stands in their way; in their own town's language, where they have named none of ours.
    pub fn problem(&self, services: &Services, cause: impl Into<Problem>) -> Problem {
        let catalogue = services.catalogue();
        let town = self.0.municipality().and_then(|code| catalogue.municipality(code));
        let problem = cause.into();
        match town {
            Some(town) => problem.within(town),
            None => problem,
        }
    }
}

fn facility(services: &Services, id: Id) -> Result<Arc<Facility>, Problem> {
    services.catalogue().facility(id.0).cloned().ok_or_else(Problem::not_found)
}

fn invalid(field: &'static str) -> Problem {
    Problem::refused("invalid", field, move |language| words(language).problem_field_invalid(field))
}

fn token_missing() -> Problem {
    bearer::missing(|language| words(language).problem_staff_token_missing())
}

fn token_invalid() -> Problem {
    bearer::invalid(|language| words(language).problem_staff_token_invalid())
}
