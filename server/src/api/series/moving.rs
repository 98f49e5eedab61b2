//! A move of a series' bookings on the wire.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::{Bilingual, Language, booking::TooLateToMove};
use vayla_services::{
    catalogue::Catalogue,
    series::{OutlineDate, SeriesMoved, ShiftDate, ShiftOutline, ShiftState, ShiftWish, why_not_moved},
};

use super::{
    super::{instant::Instant, money::Money},
    body::Series,
    dates::{SeriesDate, Why, code},
};

/// What a move comes to, or has come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesMove {
    /// Whether it is done.
    pub moved: bool,
    /// Names what is shown; null where it can't be done, or is done.
    #[schema(pattern = "^[0-9a-f]{24}$", example = "6f1c0a9d2be34755a1c0ffee")]
    pub quote: Option<String>,
    /// Those of the bookings chosen that are confirmed and haven't begun, in order; empty once it is done.
    pub dates: Vec<DateMove>,
    /// What goes back in all, an amount for each currency it came in; empty where nothing does.
    pub refunds: Vec<Money>,
    /// As it stands now.
    pub series: Series,
}

/// One of the bookings.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SeriesDateMove)]
pub struct DateMove {
    pub booking: Uuid,
    pub start: Instant,
    pub end: Instant,
    pub status: MoveStatus,
    /// The new time; null where the booking stays.
    pub to: Option<SeriesDate>,
    /// How much more it would cost, in the facility's currency: below nothing where it costs less.
    pub difference: Option<Money>,
    /// Why it isn't moved; null where it can be.
    pub why: Option<Why>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoveStatus {
    /// It can be moved, and costs no more there.
    Free,
    /// It costs more there: then none is moved.
    Dearer,
    /// The new time can't be had: then none is moved.
    Barred,
    /// It is there already, and stays.
    There,
    /// It stays where it is.
    TooLate,
}

impl SeriesMove {
    pub fn outlined(catalogue: &Catalogue, wish: &ShiftWish, outline: &ShiftOutline, series: Series) -> Self {
        Self {
            moved: false,
            quote: outline.quote(),
            dates: outline.dates.iter().map(|date| DateMove::new(catalogue, wish, date)).collect(),
            refunds: outline.refunds.iter().copied().map(Into::into).collect(),
            series,
        }
    }

    pub fn done(moved: &SeriesMoved, series: Series) -> Self {
        let refunds = moved.refunds.iter().copied().map(Into::into).collect();
        Self { moved: true, quote: None, dates: Vec::new(), refunds, series }
    }
}

impl DateMove {
    fn new(catalogue: &Catalogue, wish: &ShiftWish, date: &ShiftDate) -> Self {
        let (booking, space) = (&date.booking, &wish.space);
        let to = date.state.new_time().map(|state| OutlineDate { date: date.date, state });
        let text = |language| why_not_moved(language, catalogue, space, &date.state);
        let why = text(Language::Sv).zip(text(Language::Fi)).map(|(sv, fi)| Why {
            code: shift_code(&date.state).to_owned(),
            text: (&Bilingual { sv, fi }).into(),
        });
        Self {
            booking: booking.id,
            start: Instant::new(booking.starts_at(), booking.space.zone()),
            end: Instant::new(booking.ends_at(), booking.space.zone()),
            status: (&date.state).into(),
            to: to.map(|to| SeriesDate::new(space, &to)),
            difference: match &date.state {
                ShiftState::Free(quote) | ShiftState::Dearer(quote) => Some(quote.difference.total.into()),
                _ => None,
            },
            why,
        }
    }
}

impl From<&ShiftState> for MoveStatus {
    fn from(state: &ShiftState) -> Self {
        match state {
            ShiftState::Free(_) => Self::Free,
            ShiftState::Dearer(_) => Self::Dearer,
            ShiftState::Barred(_) => Self::Barred,
            ShiftState::There => Self::There,
            ShiftState::TooLate(_) => Self::TooLate,
        }
    }
}

/// Of whatever keeps a date where it is.
pub fn shift_code(state: &ShiftState) -> &'static str {
    match state {
        ShiftState::Free(_) => "quote_changed",
        ShiftState::Dearer(_) => "dearer",
        ShiftState::There => "unchanged",
        ShiftState::TooLate(TooLateToMove::Begun) => "begun",
        ShiftState::TooLate(TooLateToMove::After(_)) => "too_late_to_move",
        ShiftState::TooLate(TooLateToMove::Never) => "never_moves",
        ShiftState::Barred(state) => code(state),
    }
}
