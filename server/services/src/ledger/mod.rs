//! The books: postings are added, never changed.

mod balance;
mod chart;
mod check;
mod export;
mod post;
mod read;

pub use balance::{BalanceError, TrialBalance, TrialLine, trial_balance};
pub use chart::{ChartError, chart, chart_for_staff, set_chart};
pub use check::{Finding, check, rules};
pub use export::{Export, ExportError, Period, beancount};

pub(crate) use chart::propose_in;
pub(crate) use post::{Entry, post_in};
