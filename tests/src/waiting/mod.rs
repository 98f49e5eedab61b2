//! The waiting list: who gets what becomes free.

mod at_once;
mod ending;
mod joining;
mod late;
mod letters;
mod meeting;
mod passing_on;
pub(crate) mod shortcuts;
mod taken_back;
