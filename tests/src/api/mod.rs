//! The JSON API, as other systems call it.

pub(crate) mod caller;
mod day;
mod moving;
mod refusing;
mod repeating;
mod series;
mod waiting;
mod way;
