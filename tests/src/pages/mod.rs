//! The pages, as people without a script see and use them.

pub(crate) mod browser;
mod clocks;
pub(crate) mod contents;
mod days;
mod forms;
mod groups;
mod guarded;
mod holds;
mod hours;
mod moving;
mod moving_forms;
mod paying;
mod quiet;
mod series;
mod shortcuts;
mod understood;
mod waiting;
mod way;
