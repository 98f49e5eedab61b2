//! Messages that couldn't be delivered.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_services::{
    Services,
    outbox::{self, DeadMessage},
};

use super::{
    super::{
        answers::{StaffChanged, StaffListed},
        json::{Nothing, Query},
        names::Id,
        page::{Limit, Page, no_such_place},
        problem::Problem,
    },
    Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(retry))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OutboxAsked {
    #[serde(default)]
    #[param(inline, nullable = false)]
    state: Wanted,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

/// Which messages.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    /// Tried so often that they aren't tried any more.
    #[default]
    Dead,
}

/// A message that couldn't be delivered. Not its text: that holds the link which manages the booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeadMessage)]
struct Message {
    id: Uuid,
    #[schema(pattern = "^[a-z_]+$", example = "mail")]
    kind: String,
    /// Of a letter.
    to_name: Option<String>,
    to_address: Option<String>,
    subject: Option<String>,
    /// How often it has been tried.
    attempts: i64,
    /// What came of the last try.
    #[schema(example = "the mail server: permanent error (550): no such user")]
    last_error: Option<String>,
}

impl From<DeadMessage> for Message {
    fn from(message: DeadMessage) -> Self {
        let DeadMessage { id, kind, to_name, to_address, subject, attempts, last_error } = message;
        Self { id, kind, to_name, to_address, subject, attempts, last_error }
    }
}

/// Letters that couldn't be delivered and questions to payment providers that came to nothing, the oldest first:
/// those about the facilities, invoices and payments of the token's town, or of all towns. Looking is written to the audit log. Scope: `bookings`.
#[utoipa::path(
    get, path = "/outbox", operation_id = "list_staff_outbox", tag = "staff", params(OutboxAsked),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of messages", body = Page<Message>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<OutboxAsked>,
) -> Result<Json<Page<Message>>, Problem> {
    let Wanted::Dead = asked.state;
    let after = asked.after.map(|after| after.parse::<Uuid>()).transpose().map_err(|_| no_such_place())?;
    let batch = outbox::dead(&services, &caller.0, after, asked.limit.0).await;
    let batch = batch.map_err(|error| caller.problem(&services, error))?;
    Ok(Page::from_batch(batch, |message| message.id.to_string(), Message::from))
}

/// What will be tried again.
#[derive(Debug, Serialize, ToSchema)]
struct Revived {
    id: Uuid,
}

/// Has a message that couldn't be delivered tried again, as often as a new one. Scope: `bookings`.
#[utoipa::path(
    post, path = "/outbox/{id}/retry", operation_id = "retry_staff_message", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "It is tried again soon", body = Revived), StaffChanged),
)]
async fn retry(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Revived>, Problem> {
    outbox::retry(&services, &caller.0, id.0).await.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Revived { id: id.0 }))
}
