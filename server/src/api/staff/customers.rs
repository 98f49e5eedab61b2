//! Whom a town sends invoices to.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::invoice::{CustomerField, CustomerFields, TERMS_DAYS_MAX};
use vayla_locales::words;
use vayla_services::{
    Services,
    customer::{self, Account, CustomerError},
};

use super::{
    super::{
        answers::{StaffChanged, StaffMadeCustomer, StaffOpened},
        instant::Instant,
        json::{Body, Nothing, Query, Whole},
        money::{Money, MoneyAsked},
        names::{Group, Id, Tongue},
        problem::Problem,
    },
    Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(make)).routes(routes!(replace_code)).routes(routes!(close))
}

/// Of which town.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfTown {
    /// The code of the town.
    #[param(example = "tornio")]
    pub municipality: String,
}

/// Somebody who books now and pays later.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCustomer {
    /// The code of the town that sends the invoices.
    #[schema(example = "tornio")]
    municipality: String,
    #[schema(min_length = 1, max_length = 100, example = "Tornion Palloveikot")]
    name: String,
    /// Organisationsnummer or Y-tunnus.
    #[schema(nullable = false, example = "0193524-6")]
    business_id: Option<String>,
    /// Where its code and its invoices go.
    #[schema(format = "email", example = "kassa@example.fi")]
    email: String,
    #[schema(nullable = false, max_length = 300)]
    address: Option<String>,
    #[schema(nullable = false, max_length = 100)]
    e_invoice: Option<String>,
    language: Tongue,
    /// At whose prices it books.
    price_group: Group,
    /// Within how many days an invoice is to be paid.
    #[schema(value_type = u32, minimum = 0, maximum = 90, example = 21)]
    terms_days: Whole,
    /// How much it may owe at a time, in the town's currency.
    credit: MoneyAsked,
    /// One invoice a month; else one a booking.
    monthly: bool,
}

/// Somebody who books now and pays later.
#[derive(Debug, Serialize, ToSchema)]
struct Customer {
    id: Uuid,
    municipality: String,
    name: String,
    business_id: Option<String>,
    email: String,
    address: Option<String>,
    e_invoice: Option<String>,
    language: Tongue,
    price_group: Group,
    terms_days: i64,
    credit: Money,
    monthly: bool,
    /// Since when it has no code, and nothing more is put on its account.
    closed_at: Option<Instant>,
}

impl Customer {
    fn new(services: &Services, account: Account) -> Self {
        let Account { id, municipality, customer, closed_at, .. } = account;
        let zone = services.catalogue().municipality(&municipality).map_or(chrono_tz::UTC, |town| town.zone);
        Self {
            id,
            municipality,
            name: customer.name,
            business_id: customer.business_id.map(|id| id.to_string()),
            email: customer.email,
            address: customer.address,
            e_invoice: customer.e_invoice,
            language: Tongue(customer.language),
            price_group: Group(customer.price_group),
            terms_days: customer.terms_days,
            credit: customer.credit.into(),
            monthly: customer.monthly,
            closed_at: closed_at.map(|at| Instant::new(at, zone)),
        }
    }
}

/// A town's customers by name. Scope: `invoices`.
#[utoipa::path(
    get, path = "/customers", operation_id = "list_customers", tag = "staff", params(OfTown),
    security(("staff_token" = [])),
    responses((status = 200, description = "All of them", body = Vec<Customer>), StaffOpened),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<OfTown>,
) -> Result<Json<Vec<Customer>>, Problem> {
    let customers = customer::list(&services, &caller.0, &asked.municipality).await;
    let customers = customers.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(customers.into_iter().map(|account| Customer::new(&services, account)).collect()))
}

/// Takes a customer on. The code by which one books on its account goes to its mail address. Scope: `invoices`.
#[utoipa::path(
    post, path = "/customers", operation_id = "make_customer", tag = "staff", request_body = NewCustomer,
    security(("staff_token" = [])),
    responses((status = 201, description = "It is one", body = Customer), StaffMadeCustomer),
)]
async fn make(
    State(services): State<Services>,
    caller: Caller,
    Body(asked): Body<NewCustomer>,
) -> Result<(StatusCode, Json<Customer>), Problem> {
    let credit = asked.credit.read("credit").map_err(|problem| caller.problem(&services, problem))?;
    let fields = CustomerFields {
        name: asked.name,
        business_id: asked.business_id,
        email: asked.email,
        address: asked.address,
        e_invoice: asked.e_invoice,
        language: asked.language.0,
        price_group: asked.price_group.0,
        terms_days: asked.terms_days.0,
        credit,
        monthly: asked.monthly,
    };
    let made = customer::make(&services, &caller.0, &asked.municipality, fields).await;
    let made = made.map_err(|error| caller.problem(&services, error))?;
    Ok((StatusCode::CREATED, Json(Customer::new(&services, made))))
}

/// Puts another code in place of a customer's, which stops at once; the new one goes to its mail address. An account
/// that was closed is open again. Scope: `invoices`.
#[utoipa::path(
    post, path = "/customers/{id}/code", operation_id = "replace_customer_code", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The customer as it is now", body = Customer), StaffChanged),
)]
async fn replace_code(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Customer>, Problem> {
    let replaced = customer::replace_code(&services, &caller.0, id.0).await;
    let replaced = replaced.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Customer::new(&services, replaced)))
}

/// Takes a customer's code out of use: nothing more is put on its account, and what is there is invoiced as before.
/// Scope: `invoices`.
#[utoipa::path(
    post, path = "/customers/{id}/close", operation_id = "close_customer", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The customer as it is now", body = Customer), StaffChanged),
)]
async fn close(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Customer>, Problem> {
    let closed = customer::close(&services, &caller.0, id.0).await;
    let closed = closed.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Customer::new(&services, closed)))
}

impl From<CustomerError> for Problem {
    fn from(error: CustomerError) -> Self {
        match error {
            CustomerError::Look(error) => error.into(),
            CustomerError::Field(field) => {
                Self::refused("invalid", field.code(), move |language| match field {
                    CustomerField::BusinessId => words(language).problem_business_id(),
                    CustomerField::TermsDays => words(language).problem_terms_days(TERMS_DAYS_MAX),
                    CustomerField::Credit => words(language).problem_credit(),
                    _ => words(language).problem_field_invalid(field.code()),
                })
            }
        }
    }
}
