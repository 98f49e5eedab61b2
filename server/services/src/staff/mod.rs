//! Staff: who may do what where, and the tokens that say so.
//!
//! A service for staff takes [`Staff`] and asks [`Staff::may`] before it does anything else.

mod rights;
mod scope;
pub mod token;

pub use rights::{Forbidden, LookError, Staff};
pub use scope::{Scope, UnknownScope};

pub(crate) use rights::looks;
