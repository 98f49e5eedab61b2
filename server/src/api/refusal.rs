//! From the errors of rules and services to problems.

use std::sync::Arc;

use axum::http::StatusCode;
use vayla_domain::{
    Language,
    booking::{TooLateToMove, WhoField, WhoProblem},
    space::Refusal,
};
use vayla_locales::words;
use vayla_services::{
    booking::{Booking, CancelError, HoldError, MoveError, QuoteError},
    catalogue::{Catalogue, Space},
    occupancy::Hit,
    payment::{FreeError, StartError},
    series::{ShiftDate, ShiftError, ShiftOutline, ShiftState, why_not_moved},
    waiting::{JoinError, LIVE_MAX, WantedProblem},
    wording,
};

use super::{
    instant::Instant,
    problem::{Alternative, FieldProblem, Problem},
    series::shift_code,
};

/// Why a time of the space can't be booked.
pub fn refused(space: &Space, refusal: Refusal) -> Problem {
    let (code, field) = code_and_field(&refusal);
    let town = Arc::clone(&space.facility.municipality);
    Problem::refused(code, field, move |language| wording::refusal(language, &refusal, &town))
}

/// What programs decide by, and the field that it is about.
pub const fn code_and_field(refusal: &Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::InThePast => ("in_the_past", "start"),
        Refusal::OffRaster { .. } => ("off_raster", "start"),
        Refusal::TooShort { .. } => ("too_short", "end"),
        Refusal::TooLong { .. } => ("too_long", "end"),
        Refusal::TooLate { .. } => ("too_late", "start"),
        Refusal::TooEarly { .. } => ("too_early", "start"),
        Refusal::Closed(_) => ("closed", "start"),
        Refusal::LeavesGap { .. } => ("leaves_gap", "start"),
    }
}

impl From<QuoteError> for Problem {
    fn from(error: QuoteError) -> Self {
        match error {
            QuoteError::Db(error) => error.into(),
            QuoteError::NoPrice(_) | QuoteError::NoVat => {
                Self::refused("no_price", "price_group", |language| words(language).problem_no_price())
            }
        }
    }
}

/// Why a time of the space isn't held.
pub fn not_had(space: &Space, error: HoldError) -> Problem {
    match error {
        HoldError::Db(error) => error.into(),
        HoldError::Refused(refusal) => refused(space, refusal),
        HoldError::Occupied { alternatives } => occupied(&alternatives),
        HoldError::QuoteChanged => quote_changed(),
        HoldError::NoPrice(error) => error.into(),
    }
}

/// Why a booking can't be moved; until when it could, on the clocks of both towns.
pub fn not_moved(catalogue: &Arc<Catalogue>, booking: &Booking, space: &Space, error: MoveError) -> Problem {
    match error {
        MoveError::Db(error) => error.into(),
        MoveError::Refused(refusal) => refused(space, refusal),
        MoveError::Occupied { alternatives } => occupied(&alternatives),
        MoveError::QuoteChanged => quote_changed(),
        MoveError::NoPrice(error) => error.into(),
        MoveError::NotLive => not_live(),
        MoveError::TooLate(TooLateToMove::Begun) => {
            conflict("begun", |language| words(language).problem_move_begun())
        }
        MoveError::TooLate(TooLateToMove::Never) => {
            conflict("never_moves", |language| words(language).problem_move_never())
        }
        MoveError::TooLate(TooLateToMove::After(last)) => {
            let (catalogue, town) = (Arc::clone(catalogue), booking.space.facility.municipality.clone());
            conflict("too_late_to_move", move |language| {
                words(language).problem_move_too_late(wording::moments(language, &catalogue, &town, last))
            })
        }
        MoveError::Unchanged => unchanged("start"),
        MoveError::OtherTown => other_town("space"),
        MoveError::TooMany { capacity } => too_many("space", capacity),
        MoveError::Credit => conflict("credit", |language| words(language).problem_move_credit()),
    }
}

/// Why bookings of a series aren't moved to the space.
pub fn not_shifted(catalogue: &Arc<Catalogue>, space: &Arc<Space>, error: ShiftError) -> Problem {
    match error {
        ShiftError::Db(error) => error.into(),
        ShiftError::NoPrice(error) => error.into(),
        ShiftError::NotLive => conflict("not_live", |language| words(language).problem_series_move_none()),
        ShiftError::TooLate => {
            conflict("too_late_to_move", |language| words(language).problem_series_move_too_late())
        }
        ShiftError::Unchanged => unchanged("to.time"),
        ShiftError::OtherTown => other_town("to.space"),
        ShiftError::TooMany { capacity } => too_many("to.space", capacity),
        ShiftError::Barred(outline) => {
            conflict("series_barred", |language| words(language).problem_series_move_barred())
                .with_errors(in_the_way(catalogue, space, &outline))
        }
        ShiftError::Changed(outline) => {
            conflict("series_changed", |language| words(language).problem_series_move_changed())
                .with_errors(in_the_way(catalogue, space, &outline))
        }
    }
}

/// Each booking that can't be moved.
fn in_the_way(catalogue: &Arc<Catalogue>, space: &Arc<Space>, outline: &ShiftOutline) -> Vec<FieldProblem> {
    let barred = outline
        .dates
        .iter()
        .filter(|date| matches!(date.state, ShiftState::Barred(_) | ShiftState::Dearer(_)));
    let problem = |date: &ShiftDate| {
        let (catalogue, space, state) = (Arc::clone(catalogue), Arc::clone(space), date.state.clone());
        FieldProblem::new(format!("bookings[{}]", date.booking.id), shift_code(&state), move |language| {
            why_not_moved(language, &catalogue, &space, &state).unwrap_or_default()
        })
    };
    barred.map(problem).collect()
}

fn unchanged(field: &str) -> Problem {
    Problem::refused("unchanged", field, |language| words(language).problem_move_unchanged())
}

fn other_town(field: &str) -> Problem {
    Problem::refused("other_town", field, |language| words(language).problem_move_other_town())
}

fn too_many(field: &str, capacity: i64) -> Problem {
    Problem::refused("too_many", field, move |language| words(language).problem_people_too_many(capacity))
}

fn occupied(alternatives: &[Hit]) -> Problem {
    conflict("occupied", |language| words(language).problem_occupied())
        .with_alternatives(alternatives.iter().map(alternative).collect())
}

fn quote_changed() -> Problem {
    conflict("quote_changed", |language| words(language).problem_quote_changed())
}

pub fn alternative(hit: &Hit) -> Alternative {
    let zone = hit.space.zone();
    Alternative {
        space: hit.space.id,
        space_name: (&hit.space.name).into(),
        facility_name: (&hit.space.facility.name).into(),
        start: Instant::new(hit.span.start().start(), zone),
        end: Instant::new(hit.span.end().start(), zone),
    }
}

impl From<StartError> for Problem {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Db(error) => error.into(),
            StartError::NotHeld => not_held(),
            StartError::NothingDue => {
                conflict("nothing_due", |language| words(language).problem_nothing_due())
            }
            StartError::NoDetails => conflict("no_details", |language| words(language).problem_no_details()),
            StartError::Free => conflict("free", |language| words(language).problem_free()),
            StartError::Currency => currency("currency"),
            StartError::ReturnUrl => {
                Self::refused("return_url", "return_url", |language| words(language).problem_return_url())
            }
            StartError::Dearer => {
                conflict("quote_changed", |language| words(language).problem_series_fewer())
            }
            StartError::TooMany => {
                conflict("too_many_payments", |language| words(language).problem_payments_too_many())
            }
        }
    }
}

/// The field names a currency that it can't be paid in.
pub fn currency(field: &str) -> Problem {
    Problem::refused("currency", field, |language| words(language).problem_currency())
}

impl From<FreeError> for Problem {
    fn from(error: FreeError) -> Self {
        match error {
            FreeError::Db(error) => error.into(),
            FreeError::NotHeld | FreeError::NotFree => not_held(),
            FreeError::NoDetails => conflict("no_details", |language| words(language).problem_no_details()),
        }
    }
}

impl From<CancelError> for Problem {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::Db(error) => error.into(),
            CancelError::NotLive => not_live(),
            CancelError::Begun => conflict("begun", |language| words(language).problem_begun()),
        }
    }
}

impl From<JoinError> for Problem {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Db(error) => error.into(),
            JoinError::Refused(problem) => never_had(problem),
            JoinError::Free { hits } => conflict("free", |language| words(language).problem_wait_free())
                .with_alternatives(hits.iter().map(alternative).collect()),
            JoinError::TooMany => {
                conflict("too_many", |language| words(language).problem_wait_too_many(LIVE_MAX))
            }
        }
    }
}

/// Why nobody can wait for it.
fn never_had(problem: WantedProblem) -> Problem {
    let (code, field) = match problem {
        WantedProblem::InThePast => ("in_the_past", "from"),
        WantedProblem::NoDay => ("no_day", "to"),
        WantedProblem::TooManyDays { .. } => ("too_many_days", "to"),
        WantedProblem::TooEarly { .. } => ("too_early", "from"),
        WantedProblem::NoRoom => ("no_room", "latest"),
        WantedProblem::NoSuchLength => ("no_such_length", "minutes"),
    };
    Problem::refused(code, field, move |language| wording::never_had(language, problem))
}

fn not_live() -> Problem {
    conflict("not_live", |language| words(language).problem_not_live())
}

fn not_held() -> Problem {
    conflict("not_held", |language| words(language).problem_not_held())
}

pub fn conflict(code: &'static str, detail: impl Fn(Language) -> String + Send + Sync + 'static) -> Problem {
    Problem::new(StatusCode::CONFLICT, code, detail)
}

/// All that is wrong with who books.
pub fn who(problems: Vec<(WhoField, WhoProblem)>) -> Problem {
    let errors = problems.into_iter().map(|(field, problem)| {
        FieldProblem::new(who_field(field), who_code(problem), move |language| {
            who_text(language, field, problem)
        })
    });
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", |language| words(language).problem_invalid())
        .with_errors(errors.collect())
}

const fn who_field(field: WhoField) -> &'static str {
    match field {
        WhoField::Name => "booker.name",
        WhoField::Email => "booker.email",
        WhoField::Phone => "booker.phone",
        WhoField::Purpose => "purpose",
        WhoField::People => "people",
    }
}

const fn who_code(problem: WhoProblem) -> &'static str {
    match problem {
        WhoProblem::Missing => "missing",
        WhoProblem::TooLong { .. } => "too_long",
        WhoProblem::NotAnEmail => "not_an_email",
        WhoProblem::NotAPhone => "not_a_phone",
        WhoProblem::NotACount { .. } => "not_a_count",
        WhoProblem::TooMany { .. } => "too_many",
    }
}

fn who_text(language: Language, field: WhoField, problem: WhoProblem) -> String {
    let words = words(language);
    match (field, problem) {
        (WhoField::Name, WhoProblem::TooLong { max }) => words.problem_name_too_long(max),
        (WhoField::Name, _) => words.problem_name_missing(),
        (WhoField::Email, WhoProblem::Missing) => words.problem_email_missing(),
        (WhoField::Email, WhoProblem::TooLong { max }) => words.problem_email_too_long(max),
        (WhoField::Email, _) => words.problem_email_format(),
        (WhoField::Phone, WhoProblem::TooLong { max }) => words.problem_phone_too_long(max),
        (WhoField::Phone, _) => words.problem_phone_format(),
        (WhoField::Purpose, WhoProblem::TooLong { max }) => words.problem_purpose_too_long(max),
        (WhoField::People, WhoProblem::TooMany { capacity }) => words.problem_people_too_many(capacity),
        (WhoField::People, WhoProblem::NotACount { max }) => words.problem_people_format(max),
        (WhoField::Purpose | WhoField::People, _) => words.problem_invalid(),
    }
}
