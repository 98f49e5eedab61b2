//! Holds a time.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use vayla_domain::booking::{NAME_MAX, PURPOSE_MAX, Who, WhoField, WhoFields, WhoProblem};
use vayla_services::{
    Services,
    booking::{self, HoldRequest, hold},
    catalogue::Space,
    payment,
};

use super::{
    super::{
        answers::Booked,
        instant::When,
        json::{Body, Nothing, Query, Whole},
        names::{Group, Home, Id, Tongue, UseOf},
        problem::Problem,
        refusal,
    },
    body::Booking,
};

const EMAIL_MAX: usize = 254;

/// What is to be booked, and by whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBooking {
    space: Id,
    /// With any offset; without one, as the facility's wall clock shows it.
    start: When,
    #[schema(example = "2027-03-29T19:00:00+03:00")]
    end: When,
    /// The `quote` that was shown: another price is refused.
    quote: Option<QuoteName>,
    /// As in the quote; `adult` where nothing is said.
    price_group: Option<Group>,
    /// As in the quote; elsewhere where nothing is said.
    home: Option<Home>,
    /// As in the quote; `sport` where nothing is said.
    #[serde(rename = "use")]
    use_of: Option<UseOf>,
    #[schema(max_length = 200, example = "Bandyträning")]
    purpose: Option<String>,
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 5000, example = 12)]
    people: Option<Whole>,
    booker: NewBooker,
}

/// Who books.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBooker {
    #[schema(min_length = 1, max_length = 100, example = "Aino Alatalo")]
    name: String,
    #[schema(format = Email, min_length = 3, max_length = 254, example = "aino@example.fi")]
    email: String,
    /// Five to fifteen digits.
    #[schema(pattern = "^([0-9 +()/-]{5,100})?$", example = "+358 40 123 4567")]
    phone: Option<String>,
    language: Tongue,
}

/// The name of a price, as quotes give it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^[0-9a-f]{24}$", example = "6f1c0a9d2be34755a1c0ffee")]
pub struct QuoteName(pub String);

impl TryFrom<String> for QuoteName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, &'static str> {
        let digits = name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if digits && name.len() == 24 { Ok(Self(name)) } else { Err("24 hexadecimal digits") }
    }
}

/// Holds a time for a while; where it costs nothing, books it.
#[utoipa::path(
    post, path = "/bookings", operation_id = "create_booking", tag = "bookings", request_body = NewBooking,
    responses((status = 201, description = "It is held, or confirmed where it is free", body = Booking), Booked),
)]
pub async fn create(
    State(services): State<Services>,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewBooking>,
) -> Result<(StatusCode, Json<Booking>), Problem> {
    let space = services.catalogue().space(asked.space.0).cloned().ok_or_else(Problem::not_found)?;
    let facility = space.facility.clone();
    let request = asked.read(space).map_err(|problem| problem.at(&facility))?;
    let booking = book(&services, request).await.map_err(|problem| problem.at(&facility))?;
    Ok((StatusCode::CREATED, Json(booking)))
}

async fn book(services: &Services, request: HoldRequest) -> Result<Booking, Problem> {
    let space = Arc::clone(&request.space);
    let mut booking = hold(services, request).await.map_err(|error| refusal::not_had(&space, error))?;
    if booking.is_free() {
        payment::confirm_free(services, &booking).await?;
        booking = booking::find(services, booking.id).await?.unwrap_or(booking);
    }
    let mut body = Booking::read(services, &booking).await?;
    body.manage_token = Some(services.secret.manage_token(booking.id));
    Ok(body)
}

impl NewBooking {
    fn read(self, space: Arc<Space>) -> Result<HoldRequest, Problem> {
        let zone = space.zone();
        let (start, end) = (self.start.at(zone, "start")?, self.end.at(zone, "end")?);
        let purpose = self.purpose.as_deref().unwrap_or_default();
        let who = self.booker.who(purpose, self.people, space.capacity).map_err(refusal::who)?;
        Ok(HoldRequest {
            space,
            start,
            end,
            price_group: self.price_group.unwrap_or_default().0,
            home: self.home.map(|home| home.0),
            use_of: self.use_of.unwrap_or_default().0,
            who: Some(who),
            quote: self.quote.map(|quote| quote.0),
            replaces: None,
            attempt: None,
            demo: false,
        })
    }
}

impl NewBooker {
    /// Who books, what for, and how many they are.
    pub fn who(
        &self,
        purpose: &str,
        people: Option<Whole>,
        capacity: Option<i64>,
    ) -> Result<Who, Vec<(WhoField, WhoProblem)>> {
        let people = people.map(|people| people.0.to_string());
        let fields = WhoFields {
            name: &self.name,
            email: &self.email,
            phone: self.phone.as_deref().unwrap_or_default(),
            purpose,
            people: people.as_deref().unwrap_or_default(),
        };
        as_promised(fields)?;
        Who::parse(fields, self.language.0, capacity)
    }
}

/// What is told of the fields in the API's description holds for them as sent; a form's fields may
/// have spaces around them.
fn as_promised(fields: WhoFields<'_>) -> Result<(), Vec<(WhoField, WhoProblem)>> {
    let bounds = [
        (WhoField::Name, fields.name, NAME_MAX),
        (WhoField::Email, fields.email, EMAIL_MAX),
        (WhoField::Purpose, fields.purpose, PURPOSE_MAX),
    ];
    let too_long = bounds.into_iter().filter(|(_, text, max)| text.chars().count() > *max);
    let mut problems: Vec<_> = too_long.map(|(field, _, max)| (field, WhoProblem::TooLong { max })).collect();
    if fields.phone.contains(char::is_control) {
        problems.push((WhoField::Phone, WhoProblem::NotAPhone));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
