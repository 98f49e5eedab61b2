//! The JSON API, as other systems call it.

mod caller;
mod refusing;
mod repeating;
mod way;
