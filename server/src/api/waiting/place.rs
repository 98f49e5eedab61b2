//! Shows a place in line, and gives it up.

use axum::{Json, extract::State};
use vayla_services::{Services, waiting};

use super::{
    super::{answers::Awaited, booking::TokenQuery, names::Id, problem::Problem},
    access::Access,
    body::Waiting,
};

/// A place in line, to whoever has its token.
#[utoipa::path(
    get, path = "/waiting/{id}", operation_id = "show_waiting", tag = "waiting",
    params(("id" = Id, Path), TokenQuery), security(("bearer" = []), ("manage_token" = [])),
    responses((status = 200, description = "The place in line", body = Waiting), Awaited),
)]
pub async fn show(State(services): State<Services>, Access(entry): Access) -> Result<Json<Waiting>, Problem> {
    Ok(Json(Waiting::read(&services, &entry).await?))
}

/// Leaves the line; a time that is held for it goes to the next.
#[utoipa::path(
    delete, path = "/waiting/{id}", operation_id = "leave_waiting", tag = "waiting",
    params(("id" = Id, Path), TokenQuery), security(("bearer" = []), ("manage_token" = [])),
    responses((status = 200, description = "How it has ended", body = Waiting), Awaited),
)]
pub async fn leave(
    State(services): State<Services>,
    Access(entry): Access,
) -> Result<Json<Waiting>, Problem> {
    waiting::leave(&services, entry.id).await?;
    let entry = waiting::find(&services, entry.id).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(Waiting::read(&services, &entry).await?))
}
