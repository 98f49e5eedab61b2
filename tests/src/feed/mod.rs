//! Calendars that are followed.

mod asking;
mod clocks;
mod closed;
mod club;
mod follower;
mod keeping;
mod person;
mod public;
