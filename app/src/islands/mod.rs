//! What runs in the browser. Islands get their words ready-made from the server.

mod grid_keys;
mod hold_clock;

#[cfg(feature = "ssr")]
pub(crate) use grid_keys::GridKeys;
#[cfg(feature = "ssr")]
pub(crate) use hold_clock::HoldClock;
