//! Calendars that are followed.

mod asking;
mod clocks;
mod club;
mod follower;
mod keeping;
mod person;
mod public;
