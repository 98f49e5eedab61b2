//! Cancels a booking, or gives a hold back.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use vayla_domain::{booking::Back, money::Money as Amount};
use vayla_services::{
    Services,
    booking::{self, CancelError},
    payment,
};

use super::{
    super::{
        answers::Changed, cancelling::fees, instant::Instant, money::Money, names::Id, problem::Problem,
    },
    Access, TokenQuery,
};

/// What goes back, and why so much.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cancelled {
    /// In the currency it came in; where it came in two, the first of `refunds`.
    pub refund: Money,
    /// An amount for each currency it came in; empty where nothing goes back.
    pub refunds: Vec<Money>,
    pub rule: Rule,
}

/// The facility's rule as it was when the booking was made, and which part of it held now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CancelRule)]
pub struct Rule {
    pub code: RuleCode,
    /// The share of what was paid.
    #[schema(minimum = 0, maximum = 100)]
    pub refund_percent: u32,
    /// What stayed of that share, as in the booking's `cancel_steps`.
    pub fee: Vec<Money>,
    /// The last moment at which everything is given back; null where something always stays.
    pub free_until: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleCode {
    /// Nothing had been paid.
    Unpaid,
    /// In time: everything goes back.
    Full,
    /// Late: less than everything goes back.
    Late,
}

/// Cancels a booking by the facility's rule, or gives a hold back.
#[utoipa::path(
    delete, path = "/bookings/{id}", operation_id = "cancel_booking", tag = "bookings",
    params(("id" = Id, Path), TokenQuery), security(("bearer" = []), ("manage_token" = [])),
    responses((status = 200, description = "It is cancelled", body = Cancelled), Changed),
)]
pub async fn cancel(
    State(services): State<Services>,
    Access(booking): Access,
) -> Result<Json<Cancelled>, Problem> {
    let facility = booking.space.facility.clone();
    let cancelled = cancelled(&services, &booking).await;
    cancelled.map(Json).map_err(|error| Problem::from(error).at(&facility))
}

async fn cancelled(services: &Services, booking: &booking::Booking) -> Result<Cancelled, CancelError> {
    let now = services.clock.now();
    let refunds = booking::cancel(services, booking.id).await?.refunds;
    let paid = payment::paying(&services.db, booking.id).await?;
    let free_until = booking.cancel_rule.free_until(booking.start());
    let (code, back) = match (paid.first(), booking.back(now)) {
        (None, _) => (RuleCode::Unpaid, Back::NOTHING),
        (Some(_), back) if back.is_all() => (RuleCode::Full, back),
        (Some(_), back) => (RuleCode::Late, back),
    };
    let currency = paid.first().map_or(booking.total.currency, |paid| paid.amount.currency);
    Ok(Cancelled {
        refund: refunds.first().copied().unwrap_or(Amount::new(0, currency)).into(),
        refunds: refunds.into_iter().map(Into::into).collect(),
        rule: Rule {
            code,
            refund_percent: back.percent,
            fee: fees(&back),
            free_until: free_until.map(|until| Instant::new(until, booking.space.zone())),
        },
    })
}
