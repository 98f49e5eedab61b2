//! The dates of an outline on the wire.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::{Bilingual, Language, series::SkipReason, time::Span};
use vayla_services::{
    catalogue::Space,
    series::{self, DateState, SeriesWish, why_not},
};

use super::super::{
    deposit::DepositAsked,
    instant::Instant,
    money::{Money, Rate},
    names::{Group, Names, UseOf},
    problem::Alternative,
    refusal,
};

/// A series as it would be. It holds nothing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SeriesOutline)]
pub struct Outline {
    pub space: Uuid,
    pub price_group: Group,
    #[serde(rename = "use")]
    pub use_of: UseOf,
    /// In order, also those that can't be had.
    pub dates: Vec<SeriesDate>,
    /// Of all that is free, in the facility's currency.
    pub total: Money,
    /// The same in the neighbour's; null where no rate is in force.
    pub total_other: Option<Money>,
    pub rate: Option<Rate>,
}

/// One date of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesDate {
    pub date: NaiveDate,
    pub status: DateStatus,
    /// Null where the wall doesn't show the time on that date, or the series leaves it out.
    pub start: Option<Instant>,
    pub end: Option<Instant>,
    /// When it would begin otherwise, on a date when the time comes twice.
    pub second_start: Option<Instant>,
    /// In the facility's currency; null unless it is free.
    pub total: Option<Money>,
    pub total_other: Option<Money>,
    /// What is paid besides for this date, and comes back.
    pub deposit: Option<DepositAsked>,
    /// Names the price: sent along, another price is refused.
    #[schema(pattern = "^[0-9a-f]{24}$", example = "6f1c0a9d2be34755a1c0ffee")]
    pub quote: Option<String>,
    /// Why it can't be had; null where it can.
    pub why: Option<Why>,
    /// The nearest free times of the day, where it is taken.
    pub alternatives: Vec<Alternative>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateStatus {
    Free,
    /// By somebody else.
    Taken,
    /// Closed, too far ahead, or whatever else the space's rules say.
    Refused,
    /// The price list says nothing about it.
    Unpriced,
    /// The clock is set forward over it.
    Missing,
    /// The clock is set back over it, and which of the two hasn't been said.
    Twice,
    /// Left out as asked.
    Skipped,
}

/// Why a date can't be had.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SeriesWhy)]
pub struct Why {
    /// `occupied`, `no_price`, `nonexistent_time`, `ambiguous_time`, `holiday`, `break`, `left_out`, or as in
    /// quotes; of a move also `dearer`, `unchanged`, `begun`, `too_late_to_move`, `never_moves`.
    #[schema(pattern = "^[a-z_]+$", example = "occupied")]
    pub code: String,
    pub text: Names,
}

impl Outline {
    pub fn new(wish: &SeriesWish, outline: &series::Outline) -> Self {
        let other = outline.other.as_ref();
        Self {
            space: wish.space.id,
            price_group: Group(wish.price_group),
            use_of: UseOf(wish.use_of),
            dates: outline.dates.iter().map(|date| SeriesDate::new(&wish.space, date)).collect(),
            total: outline.total.into(),
            total_other: other.map(|(money, _)| (*money).into()),
            rate: other.and_then(|(_, rate)| rate.as_ref()).map(Into::into),
        }
    }
}

impl SeriesDate {
    pub fn new(space: &Space, date: &series::OutlineDate) -> Self {
        let at = |instant| Instant::new(instant, space.zone());
        let (status, span) = status_and_span(&date.state);
        let mut seen = Self {
            date: date.date,
            status,
            start: span.map(|span| at(span.start().start())),
            end: span.map(|span| at(span.end().start())),
            second_start: None,
            total: None,
            total_other: None,
            deposit: None,
            quote: None,
            why: why(space, &date.state),
            alternatives: Vec::new(),
        };
        match &date.state {
            DateState::Free { price, quote, .. } => {
                seen.total = Some(price.total.into());
                seen.total_other = price.other.as_ref().ok().map(|(money, _)| (*money).into());
                seen.deposit =
                    price.deposit.as_ref().and_then(|asked| DepositAsked::new(asked, price.total.currency));
                seen.quote = Some(quote.clone());
            }
            DateState::Taken { alternatives, .. } => {
                seen.alternatives = alternatives.iter().map(refusal::alternative).collect();
            }
            DateState::Twice(_, second) => seen.second_start = Some(at(second.start().start())),
            _ => {}
        }
        seen
    }
}

const fn status_and_span(state: &DateState) -> (DateStatus, Option<Span>) {
    match state {
        DateState::Free { span, .. } => (DateStatus::Free, Some(*span)),
        DateState::Taken { span, .. } => (DateStatus::Taken, Some(*span)),
        DateState::Refused { span, .. } => (DateStatus::Refused, Some(*span)),
        DateState::Unpriced { span } => (DateStatus::Unpriced, Some(*span)),
        DateState::Missing => (DateStatus::Missing, None),
        DateState::Twice(first, _) => (DateStatus::Twice, Some(*first)),
        DateState::Skipped(_) => (DateStatus::Skipped, None),
    }
}

fn why(space: &Space, state: &DateState) -> Option<Why> {
    let text = |language| why_not(language, space, state);
    let text = Bilingual { sv: text(Language::Sv)?, fi: text(Language::Fi)? };
    Some(Why { code: code(state).to_owned(), text: (&text).into() })
}

/// Of whatever stands in the way of a date.
pub fn code(state: &DateState) -> &'static str {
    match state {
        DateState::Free { .. } => "quote_changed",
        DateState::Taken { .. } => "occupied",
        DateState::Refused { refusal, .. } => refusal::code_and_field(refusal).0,
        DateState::Unpriced { .. } => "no_price",
        DateState::Missing => "nonexistent_time",
        DateState::Twice(..) => "ambiguous_time",
        DateState::Skipped(SkipReason::Holiday(_)) => "holiday",
        DateState::Skipped(SkipReason::Break(_)) => "break",
        DateState::Skipped(SkipReason::Date) => "left_out",
    }
}
