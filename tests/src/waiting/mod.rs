//! The waiting list: who gets what becomes free.

mod ending;
mod joining;
mod late;
mod letters;
mod meeting;
mod passing_on;
pub(crate) mod shortcuts;
mod taken_back;
