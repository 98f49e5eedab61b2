//! Payments.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::Language;
use vayla_locales::words;
use vayla_services::{
    Services,
    booking::Booking,
    catalogue::Municipality,
    grant::{self, PutError},
    payment::{self, AskError, Next, StartError},
};

use super::{
    answers::Paid,
    booking::{Access, TokenQuery},
    json::Body,
    money::Currency,
    names::Id,
    problem::Problem,
};

/// The call that creates, which takes an `Idempotency-Key`.
pub fn creating() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(create))
}

/// How what is due for a booking is to be paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    currency: Currency,
    /// The one that takes this currency in: `sandbox`, `paytrail` or `swish`. It needn't be said.
    #[schema(example = "sandbox")]
    provider: Option<String>,
    /// Where the payer comes back to.
    #[schema(format = "uri", max_length = 2000, example = "https://example.fi/kiitos")]
    return_url: String,
    /// A voucher's code: a municipality pays a part, and what is left is to be paid. It takes the place of one given before.
    #[schema(nullable = false, example = "K7MQ-2XRT-0BPA-9VEH")]
    grant_code: Option<String>,
}

/// A payment to be made at the provider's.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payment {
    /// Null where a grant pays all of it: then it is booked.
    pub id: Option<Uuid>,
    /// Where to send the payer; back to where they came from where nothing is left to pay.
    #[schema(
        format = "uri",
        example = "https://example.fi/fi/terminal/0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e"
    )]
    pub redirect_url: String,
}

/// Opens a payment of what is due: the whole of a held booking, the difference of one that is being moved.
#[utoipa::path(
    post, path = "/bookings/{id}/payments", operation_id = "create_payment", tag = "bookings",
    params(("id" = Id, Path), TokenQuery), request_body = NewPayment,
    security(("bearer" = []), ("manage_token" = [])),
    responses((status = 201, description = "It can be paid", body = Payment), Paid),
)]
async fn create(
    State(services): State<Services>,
    Access(booking): Access,
    Body(asked): Body<NewPayment>,
) -> Result<(StatusCode, Json<Payment>), Problem> {
    let payment = start(&services, &booking, &asked).await;
    let payment = payment.map_err(|problem| problem.at(&booking.space.facility))?;
    Ok((StatusCode::CREATED, Json(payment)))
}

async fn start(services: &Services, booking: &Booking, asked: &NewPayment) -> Result<Payment, Problem> {
    asked.check_provider(services, &booking.space.facility.municipality)?;
    asked.put_grant(services, &[booking.id]).await?;
    let id = match payment::start(services, booking, asked.currency(), asked.return_url()).await {
        Err(StartError::Free) if booking.total.minor > 0 => {
            payment::confirm_free(services, booking).await?;
            return Ok(Payment::none(asked));
        }
        opened => opened?,
    };
    let language = booking.who.as_ref().map_or(Language::Sv, |who| who.language);
    Payment::ask(services, id, language).await
}

impl NewPayment {
    pub fn check_provider(&self, services: &Services, town: &Municipality) -> Result<(), Problem> {
        let (Some(asked), Some(known)) =
            (&self.provider, payment::provider_of(services, town, self.currency()))
        else {
            return Ok(());
        };
        if asked != known {
            return Err(Problem::refused("unknown_provider", "provider", move |language| {
                words(language).problem_unknown_provider(known)
            }));
        }
        Ok(())
    }

    /// Has the grant whose code is given pay its part of held bookings.
    pub async fn put_grant(&self, services: &Services, bookings: &[Uuid]) -> Result<(), Problem> {
        match &self.grant_code {
            Some(code) => Ok(grant::put_on(services, bookings, code).await?),
            None => Ok(()),
        }
    }

    pub const fn currency(&self) -> vayla_domain::money::Currency {
        self.currency.0
    }

    pub fn return_url(&self) -> &str {
        &self.return_url
    }
}

impl Payment {
    /// Asks the provider for it.
    pub async fn ask(services: &Services, id: Uuid, language: Language) -> Result<Self, Problem> {
        let ours = |page: &str, id: Uuid| format!("{}/{}/{page}/{id}", services.base_url, language.code());
        let redirect_url = match payment::ask(services, id, language).await? {
            Next::Terminal(id) => ours("terminal", id),
            Next::App(id) => ours("swish", id),
            Next::Page(page) => page,
        };
        Ok(Self { id: Some(id), redirect_url })
    }

    /// Nothing is left to pay.
    pub fn none(asked: &NewPayment) -> Self {
        Self { id: None, redirect_url: asked.return_url.clone() }
    }
}

impl From<PutError> for Problem {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Db(error) => error.into(),
            PutError::NotHeld => StartError::NotHeld.into(),
            PutError::Free => StartError::Free.into(),
            error => {
                Self::refused("grant_code", "grant_code", move |language| grant::why_not(language, &error))
            }
        }
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Db(error) => error.into(),
            AskError::Down => Self::new(StatusCode::SERVICE_UNAVAILABLE, "provider_down", |language| {
                words(language).problem_provider_down()
            }),
        }
    }
}
