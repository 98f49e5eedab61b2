//! What a use has cost afterwards, for whoever holds the booking's token.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::Language;
use vayla_services::{
    DbError, Services,
    booking::Booking,
    charge::{self, basis_text},
    mail, paper,
    payment::{self, start_use_charge},
    receipt,
};

use super::{
    answers::{Opened, Paid},
    booking::{Access, TokenQuery, file, language_of},
    instant::Instant,
    json::Body,
    money::{Money, Rate},
    names::{Id, Names, Number},
    payment::{NewPayment, Payment},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show_receipt))
}

/// The call that creates, which takes an `Idempotency-Key`.
pub fn creating() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(pay))
}

/// Something that a use has cost afterwards.
#[derive(Debug, Serialize, ToSchema)]
pub struct UseCharge {
    pub id: Uuid,
    /// Which of the booking's it is, from 1 on.
    pub number: i64,
    /// The price list's entry.
    #[schema(example = "lost_key")]
    pub code: String,
    pub name: Names,
    /// How it came to what it is, in words.
    pub text: Names,
    /// Why, as staff say.
    pub reason: Names,
    /// `open`: to be paid · `paid` · `on_account`: it comes on the customer's next invoice · `invoiced` ·
    /// `taken_back`.
    #[schema(pattern = "^(open|paid|on_account|invoiced|taken_back)$", example = "open")]
    pub status: &'static str,
    pub net: Money,
    /// A percentage, or `exempt`.
    #[schema(pattern = "^(exempt|[0-9]+(\\.[0-9]+)?)$", example = "exempt")]
    pub vat_rate: String,
    /// Null where it is compensation, and no sale; else since when the rate has been in force.
    pub vat_since: Option<NaiveDate>,
    /// The day of use, which decides the rate.
    pub vat_date: NaiveDate,
    pub vat: Money,
    /// In the facility's currency.
    pub total: Money,
    /// In the neighbour's, fixed when it was charged; null where no rate was in force.
    pub total_other: Option<Money>,
    pub rate: Option<Rate>,
    /// What the booking's deposit has paid of it, in the facility's currency; null where nothing.
    pub from_deposit: Option<Money>,
    /// What its booker pays of it, in both currencies.
    pub to_pay: Money,
    pub to_pay_other: Option<Money>,
    pub charged_at: Instant,
    /// Why it was taken back; null where it wasn't.
    pub taken_back: Option<Names>,
    /// Given when it is paid.
    pub receipt_number: Option<i64>,
    /// Where its booker reads and pays it.
    #[schema(format = "uri")]
    pub url: String,
}

impl UseCharge {
    pub async fn read(
        services: &Services,
        booking: &Booking,
        charge: &charge::UseCharge,
    ) -> Result<Self, DbError> {
        let payments = payment::of_use_charge(&services.db, charge.id).await?;
        let paid = payments.iter().find(|payment| payment.pays());
        let both =
            |text: &dyn Fn(Language) -> String| Names { sv: text(Language::Sv), fi: text(Language::Fi) };
        let language = booking.who.as_ref().map_or(Language::Sv, |who| who.language);
        Ok(Self {
            id: charge.id,
            number: charge.number,
            code: charge.entry.code().to_owned(),
            name: both(&|language| charge::name(language, &charge.entry)),
            text: both(&|language| basis_text(language, &charge.basis)),
            reason: (&charge.reason).into(),
            status: charge.status(paid.is_some()),
            net: charge.net.into(),
            vat_rate: charge.vat_rate.to_string(),
            vat_since: charge.tax_since,
            vat_date: charge.tax_date,
            vat: charge.vat.into(),
            total: charge.gross.into(),
            total_other: charge.other.as_ref().map(|(money, _)| (*money).into()),
            rate: charge.other.as_ref().and_then(|(_, rate)| rate.as_ref()).map(Into::into),
            from_deposit: charge.kept.map(|kept| kept.pays.gross.into()),
            to_pay: charge.rest().gross.into(),
            to_pay_other: charge.rest_other().map(|(money, _)| money.into()),
            charged_at: Instant::new(charge.charged_at, booking.space.zone()),
            taken_back: charge.credited.as_ref().map(|credited| (&credited.reason).into()),
            receipt_number: paid.and_then(|payment| payment.receipt_number),
            url: mail::charge_url(services, charge, language),
        })
    }

    pub async fn read_all(
        services: &Services,
        booking: &Booking,
        charges: &[charge::UseCharge],
    ) -> Result<Vec<Self>, DbError> {
        let mut read = Vec::with_capacity(charges.len());
        for charge in charges {
            read.push(Self::read(services, booking, charge).await?);
        }
        Ok(read)
    }
}

/// What the use of a booking has cost afterwards.
#[utoipa::path(
    get, path = "/bookings/{id}/charges", operation_id = "list_booking_charges", tag = "bookings",
    params(("id" = Id, Path), TokenQuery), security(("bearer" = []), ("manage_token" = [])),
    responses((status = 200, description = "All of it, in order", body = Vec<UseCharge>), Opened),
)]
async fn list(
    State(services): State<Services>,
    Access(booking): Access,
) -> Result<Json<Vec<UseCharge>>, Problem> {
    let charges = charge::of_booking(&services.db, booking.id).await?;
    Ok(Json(UseCharge::read_all(&services, &booking, &charges).await?))
}

async fn find(services: &Services, booking: &Booking, number: Number) -> Result<charge::UseCharge, Problem> {
    charge::find(&services.db, booking.id, number.0).await?.ok_or_else(Problem::not_found)
}

/// Opens a payment of a charge, in either currency.
#[utoipa::path(
    post, path = "/bookings/{id}/charges/{number}/payments", operation_id = "create_charge_payment", tag = "bookings",
    params(("id" = Id, Path), ("number" = Number, Path), TokenQuery), request_body = NewPayment,
    security(("bearer" = []), ("manage_token" = [])),
    responses((status = 201, description = "It can be paid", body = Payment), Paid),
)]
async fn pay(
    State(services): State<Services>,
    Access(booking): Access,
    number: Number,
    Body(asked): Body<NewPayment>,
) -> Result<(StatusCode, Json<Payment>), Problem> {
    let payment = start(&services, &booking, number, &asked).await;
    let payment = payment.map_err(|problem| problem.at(&booking.space.facility))?;
    Ok((StatusCode::CREATED, Json(payment)))
}

async fn start(
    services: &Services,
    booking: &Booking,
    number: Number,
    asked: &NewPayment,
) -> Result<Payment, Problem> {
    asked.check_provider(services, &booking.space.facility.municipality)?;
    let charge = find(services, booking, number).await?;
    let id = start_use_charge(services, booking.id, charge.id, asked.currency(), asked.return_url()).await?;
    let language = booking.who.as_ref().map_or(Language::Sv, |who| who.language);
    Payment::ask(services, id, language).await
}

/// The receipt of a charge that has been paid, with what has gone back, as tagged PDF (PDF/UA-1): in the caller's
/// language, else the booker's.
#[utoipa::path(
    get, path = "/bookings/{id}/charges/{number}/receipt.pdf", operation_id = "show_charge_receipt", tag = "bookings",
    params(
        ("id" = Id, Path), ("number" = Number, Path), TokenQuery,
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of what the caller has"),
    ),
    security(("bearer" = []), ("manage_token" = [])),
    responses(
        (
            status = 200, description = "The file", body = Vec<u8>, content_type = "application/pdf",
            headers(("ETag" = String, description = "Of its content")),
        ),
        (status = 304, description = "The caller has it", headers(("ETag" = String))),
        Opened,
    ),
)]
async fn show_receipt(
    State(services): State<Services>,
    Access(booking): Access,
    number: Number,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (language, charge) = (language_of(&booking, &headers), find(&services, &booking, number).await?);
    let payments = payment::of_use_charge(&services.db, charge.id).await?;
    let paid = payments.iter().find(|payment| payment.pays()).ok_or_else(Problem::not_found)?;
    let text = charge::receipt(language, &services.catalogue(), &booking, &charge, paid);
    let text = text.ok_or_else(Problem::not_found)?;
    let bytes = paper::pdf(&text).map_err(|error| {
        DbError::corrupt(format_args!("a receipt that can't be set, {}: {error}", charge.id))
    })?;
    let name = paid.receipt_number.map(|number| receipt::name(&booking, number));
    Ok(file(&headers, &name.unwrap_or_default(), bytes))
}
