//! The books: postings are added, never changed.

mod check;
mod post;

pub use check::{Finding, check};

pub(crate) use post::{Entry, post_in};
