//! Pays all that is held of a series at once.

use axum::{Json, extract::State, http::StatusCode};
use uuid::Uuid;
use vayla_domain::Language;
use vayla_services::{
    Services,
    payment::{self, StartError},
    series,
};

use super::{
    super::{
        answers::Paid,
        json::{Body, Nothing, Query},
        names::Id,
        payment::{NewPayment, Payment},
        problem::Problem,
    },
    access::Access,
};

/// Opens a payment of all that is held of the series.
#[utoipa::path(
    post, path = "/series/{id}/payments", operation_id = "create_series_payment", tag = "series",
    params(("id" = Id, Path)), request_body = NewPayment, security(("bearer" = [])),
    responses((status = 201, description = "It can be paid", body = Payment), Paid),
)]
pub async fn create(
    State(services): State<Services>,
    Access(series): Access,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewPayment>,
) -> Result<(StatusCode, Json<Payment>), Problem> {
    let payment = start(&services, &series, &asked).await;
    let payment = payment.map_err(|problem| problem.at(&series.space.facility))?;
    Ok((StatusCode::CREATED, Json(payment)))
}

async fn start(services: &Services, series: &series::Series, asked: &NewPayment) -> Result<Payment, Problem> {
    asked.check_provider(services, &series.space.facility.municipality)?;
    let held = series.held(services.clock.now());
    if held.is_empty() {
        return Err(StartError::NotHeld.into());
    }
    let ids: Vec<Uuid> = held.iter().map(|booking| booking.id).collect();
    asked.put_grant(services, &ids).await?;
    let id = match payment::start_series(services, &held, asked.currency(), asked.return_url()).await {
        Err(StartError::Free) if held.iter().any(|booking| booking.total.minor > 0) => {
            payment::confirm_free_series(services, &held).await?;
            return Ok(Payment::none(asked));
        }
        opened => opened?,
    };
    let language = series.who().map_or(Language::Sv, |who| who.language);
    Payment::ask(services, id, language).await
}
