//! Money on the bank account is found its invoice by the reference or by staff, or the settlement with another town;
//! what is owed to payers goes back.

mod matching;
mod owed;
mod paid_back;
mod read;
mod register;

pub use matching::{Matched, match_to};
pub(crate) use owed::owed_in;
pub use owed::{Owed, OwedError, OwedFrom, owed};
pub use paid_back::{SentBack, paid_back};
pub use register::register;

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::money::Money;

use crate::{
    catalogue::Municipality,
    staff::{LookError, looks},
};

const KEY_MAX: usize = 100;
const REFERENCE_MAX: usize = 60;
/// A line is taken in so many days after the bank has booked it, at most: two years.
const LATE_DAYS_MAX: u64 = 731;

/// Whether a line of the town's bank may be of that day: no later than today, by the town's calendar.
pub(crate) fn is_bank_day(town: &Municipality, now: DateTime<Utc>, day: NaiveDate) -> bool {
    let today = now.with_timezone(&town.zone).date_naive();
    (today - Days::new(LATE_DAYS_MAX)..=today).contains(&day)
}

/// The bank's own name of a line, on one line as all that lists show in columns.
pub(crate) fn is_key(key: &str) -> bool {
    is_line(key, KEY_MAX) && !key.is_empty()
}

fn is_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(char::is_control)
}

/// A line of the bank's statement.
#[derive(Debug, Clone)]
pub struct BankLine {
    /// The bank's own name of it: the same one twice has one effect.
    pub key: String,
    pub booked_on: NaiveDate,
    pub amount: Money,
    /// What the payer sent, where the bank has exchanged it.
    pub instructed: Option<Money>,
    /// As the payer has written it.
    pub reference: String,
}

/// What has become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankPayment {
    pub key: String,
    pub booked_on: NaiveDate,
    pub amount: Money,
    pub reference: String,
    /// The invoice that it pays.
    pub invoice: Option<Uuid>,
    /// The settlement with another town that it pays; where both are `None`, nobody knows what it is for.
    pub settlement: Option<Uuid>,
    /// How much of it pays that; the rest is owed to the payer.
    pub applied: Money,
}

/// Why it isn't taken.
#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("a key has 1 to {KEY_MAX} letters on one line")]
    Key,
    #[error("a reference has {REFERENCE_MAX} letters at most, on one line")]
    Reference,
    #[error("a bank books no line of that day")]
    Day,
    #[error("more than nothing, and in the town's currency")]
    Amount,
    /// Nothing, or what can't have become what has come.
    #[error("what was sent isn't about as much as what has come")]
    Instructed,
    /// That key is another line's.
    #[error("the key is known with other figures")]
    Mismatch,
}

looks!(PaymentError);
