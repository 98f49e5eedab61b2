//! Invoices: written, sent, reminded of, taken back, paid.

mod bank;
mod body;
mod issued;
mod owed;
mod payee;
mod problem;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::{
    Services,
    invoice::{self, Issuing},
};

pub use self::{body::Invoice, problem::bank_day};

use self::{
    body::{Crediting, Issue, OnAccount, Reminding, Waiving, WritingOff},
    issued::IssuedInvoices,
};
use super::{
    super::{
        answers::{StaffInvoiced, StaffListed, StaffOpened},
        json::{Body, Nothing, Query},
        names::Id,
        page::{Limit, Page, no_such_place},
        problem::Problem,
    },
    Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .merge(owed::looking())
        .merge(payee::looking())
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(issue))
        .routes(routes!(put_on))
        .routes(routes!(remind))
        .routes(routes!(credit))
        .routes(routes!(waive))
        .routes(routes!(write_off))
        .merge(bank::changing())
        .merge(owed::changing())
        .merge(payee::changing())
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InvoicesAsked {
    /// The code of the town.
    #[param(example = "tornio")]
    municipality: String,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

/// A town's invoices and credit notes by number, without their lines. Scope: `invoices`.
#[utoipa::path(
    get, path = "/invoices", operation_id = "list_invoices", tag = "staff", params(InvoicesAsked),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of them", body = Page<Invoice>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<InvoicesAsked>,
) -> Result<Json<Page<Invoice>>, Problem> {
    let after = asked.after.as_deref().map(|after| after.parse().map_err(|_| no_such_place()));
    let after: i64 = after.transpose()?.unwrap_or_default();
    let batch = invoice::list(&services, &caller.0, &asked.municipality, after, asked.limit.0).await;
    let batch = batch.map_err(|error| caller.problem(&services, error))?;
    Ok(Page::from_batch(
        batch,
        |invoice| invoice.number.to_string(),
        |invoice| Invoice::new(&services, invoice),
    ))
}

/// An invoice or credit note with its lines. Scope: `invoices`.
#[utoipa::path(
    get, path = "/invoices/{id}", operation_id = "show_invoice", tag = "staff", params(("id" = Id, Path)),
    security(("staff_token" = [])),
    responses((status = 200, description = "The invoice", body = Invoice), StaffOpened),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Invoice>, Problem> {
    let found = invoice::find_for_staff(&services, &caller.0, id.0).await;
    let found = found.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Invoice::new(&services, found)))
}

/// Writes and sends invoices of what has been used and is on none yet: one a customer, or one a booking, as the
/// customer wishes. A customer's that can't be written keeps nobody else from theirs. Scope: `invoices`.
#[utoipa::path(
    post, path = "/invoices", operation_id = "issue_invoices", tag = "staff", request_body = Issue,
    security(("staff_token" = [])),
    responses((status = 201, description = "Those that were written, and who got none", body = IssuedInvoices), StaffInvoiced),
)]
async fn issue(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<Issue>,
) -> Result<(StatusCode, Json<IssuedInvoices>), Problem> {
    let through = asked.through.date("through")?;
    let customer = asked.customer.map(|id| id.0);
    let issuing = Issuing { municipality: &asked.municipality, customer, through };
    let issued = invoice::issue(&services, &caller.0, &issuing).await;
    let issued = issued.map_err(|error| caller.problem(&services, error))?;
    Ok((StatusCode::CREATED, Json(IssuedInvoices::new(&services, issued))))
}

/// Puts a held booking on a customer's account: it is confirmed, and paid later. Scope: `invoices`.
#[utoipa::path(
    post, path = "/bookings/{id}/account", operation_id = "put_staff_booking_on_account", tag = "staff",
    params(("id" = Id, Path)), request_body = OnAccount, security(("staff_token" = [])),
    responses((status = 204, description = "It is confirmed"), StaffInvoiced),
)]
async fn put_on(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<OnAccount>,
) -> Result<StatusCode, Problem> {
    let done = invoice::put_on(&services, &caller.0, id.0, asked.customer.0).await;
    done.map_err(|error| caller.problem(&services, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reminds the customer of an overdue invoice, with a fee where one is named. Scope: `invoices`.
#[utoipa::path(
    post, path = "/invoices/{id}/reminders", operation_id = "remind_of_invoice", tag = "staff",
    params(("id" = Id, Path)), request_body = Reminding, security(("staff_token" = [])),
    responses((status = 200, description = "The invoice as it is now", body = Invoice), StaffInvoiced),
)]
async fn remind(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<Reminding>,
) -> Result<Json<Invoice>, Problem> {
    let fee = asked.fee.map(|fee| fee.read("fee")).transpose();
    let fee = fee.map_err(|problem| caller.problem(&services, problem))?;
    let reminded = invoice::remind(&services, &caller.0, id.0, fee).await;
    let reminded = reminded.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Invoice::new(&services, reminded)))
}

/// Takes an invoice back, or some of its lines, with a credit note that the customer gets. What had been paid of
/// it is owed to the payer. Scope: `invoices`.
#[utoipa::path(
    post, path = "/invoices/{id}/credit", operation_id = "credit_invoice", tag = "staff",
    params(("id" = Id, Path)), request_body = Crediting, security(("staff_token" = [])),
    responses((status = 201, description = "The credit note", body = Invoice), StaffInvoiced),
)]
async fn credit(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<Crediting>,
) -> Result<(StatusCode, Json<Invoice>), Problem> {
    let reason = asked.reason.read().map_err(|problem| caller.problem(&services, problem))?;
    let lines: Vec<i64> = asked.lines.unwrap_or_default().into_iter().map(|line| line.0).collect();
    let note = invoice::credit(&services, &caller.0, id.0, &lines, &reason).await;
    let note = note.map_err(|error| caller.problem(&services, error))?;
    Ok((StatusCode::CREATED, Json(Invoice::new(&services, note))))
}

/// Waives the fee of a reminder, and tells the customer why. What had been paid of it is owed to the payer.
/// Scope: `invoices`.
#[utoipa::path(
    post, path = "/invoices/{id}/waive", operation_id = "waive_reminder_fee", tag = "staff",
    params(("id" = Id, Path)), request_body = Waiving, security(("staff_token" = [])),
    responses((status = 200, description = "The invoice as it is now", body = Invoice), StaffInvoiced),
)]
async fn waive(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<Waiving>,
) -> Result<Json<Invoice>, Problem> {
    let reason = asked.reason.read().map_err(|problem| caller.problem(&services, problem))?;
    let waived = invoice::waive(&services, &caller.0, id.0, asked.reminder.0, &reason).await;
    let waived = waived.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Invoice::new(&services, waived)))
}

/// Writes off what is open of an invoice, where that is one euro or ten kronor at most: nobody is asked for it any more.
/// Scope: `invoices`.
#[utoipa::path(
    post, path = "/invoices/{id}/write-off", operation_id = "write_off_invoice", tag = "staff",
    params(("id" = Id, Path)), request_body = WritingOff, security(("staff_token" = [])),
    responses((status = 200, description = "The invoice as it is now", body = Invoice), StaffInvoiced),
)]
async fn write_off(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<WritingOff>,
) -> Result<Json<Invoice>, Problem> {
    let reason = asked.reason.read().map_err(|problem| caller.problem(&services, problem))?;
    let written_off = invoice::write_off(&services, &caller.0, id.0, &reason).await;
    let written_off = written_off.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Invoice::new(&services, written_off)))
}
