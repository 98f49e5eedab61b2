//! From the errors of what staff do to problems.

use std::sync::Arc;

use axum::http::StatusCode;
use vayla_domain::{Language, closure::ClosureTimeProblem};
use vayla_locales::{format, words};
use vayla_services::{
    booking::{CancelError, StaffCancelError},
    catalogue::{Facility, Municipality},
    closure::{ClosureError, EndError, MoveProblem},
    outbox::RetryError,
    payment::StaffRefundError,
    staff::{Forbidden, LookError},
    wording,
};

use super::super::{problem::Problem, refusal::conflict};

impl From<Forbidden> for Problem {
    fn from(forbidden: Forbidden) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", move |language| match forbidden {
            Forbidden::Scope(scope) => words(language).problem_forbidden_scope(scope.code()),
            Forbidden::Town => words(language).problem_forbidden_town(),
        })
    }
}

impl From<LookError> for Problem {
    fn from(error: LookError) -> Self {
        match error {
            LookError::Db(error) => error.into(),
            LookError::Forbidden(forbidden) => forbidden.into(),
            LookError::Unknown => Self::not_found(),
        }
    }
}

impl From<StaffCancelError> for Problem {
    fn from(error: StaffCancelError) -> Self {
        match error {
            StaffCancelError::Look(error) => error.into(),
            StaffCancelError::NotLive => CancelError::NotLive.into(),
            StaffCancelError::Over => conflict("over", |language| words(language).problem_over()),
        }
    }
}

impl From<StaffRefundError> for Problem {
    fn from(error: StaffRefundError) -> Self {
        match error {
            StaffRefundError::Look(error) => error.into(),
            StaffRefundError::NothingLeft => {
                conflict("nothing_left", |language| words(language).problem_nothing_left())
            }
            StaffRefundError::Amount { left } => Self::refused("invalid", "amount", move |language| {
                words(language).problem_refund_amount(format::money(language, left))
            }),
        }
    }
}

/// Why nothing is closed at the facility.
pub(super) fn not_closed(facility: &Facility, error: ClosureError) -> Problem {
    let invalid = |field| {
        Problem::refused("invalid", field, move |language| words(language).problem_field_invalid(field))
    };
    let problem = match error {
        ClosureError::Look(error) => error.into(),
        ClosureError::Part => invalid("parts"),
        ClosureError::Time(ClosureTimeProblem::Start) => {
            Problem::refused("invalid", "start", |language| words(language).problem_closure_start())
        }
        ClosureError::Time(ClosureTimeProblem::End) => {
            Problem::refused("invalid", "end", |language| words(language).problem_closure_end())
        }
        ClosureError::Undecided(bookings) => {
            let count = bookings.len();
            conflict("undecided", move |language| words(language).problem_undecided(count))
                .with_bookings(bookings.iter().map(Into::into).collect())
        }
        ClosureError::Move { booking, why } => {
            let town = Arc::clone(&facility.municipality);
            Problem::refused("cannot_move", "bookings", move |language| {
                words(language).problem_cannot_move(booking.to_string(), cannot_move(language, &why, &town))
            })
        }
    };
    problem.at(facility)
}

fn cannot_move(language: Language, why: &MoveProblem, town: &Municipality) -> String {
    match why {
        MoveProblem::Occupied => words(language).problem_occupied(),
        MoveProblem::Refused(refusal) => wording::refusal(language, refusal, town),
        MoveProblem::NotConfirmed => words(language).problem_move_not_confirmed(),
        MoveProblem::OtherTown => words(language).problem_move_other_town(),
    }
}

impl From<EndError> for Problem {
    fn from(error: EndError) -> Self {
        match error {
            EndError::Look(error) => error.into(),
            EndError::NotInForce => {
                conflict("not_in_force", |language| words(language).problem_closure_not_in_force())
            }
        }
    }
}

impl From<RetryError> for Problem {
    fn from(error: RetryError) -> Self {
        match error {
            RetryError::Look(error) => error.into(),
            RetryError::NotDead => conflict("not_dead", |language| words(language).problem_not_dead()),
        }
    }
}
