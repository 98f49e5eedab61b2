//! The user interface: HTML made on the server, islands that make it better in the browser.
//!
//! Architecture invariants: every page and form works without a script. A handler parses, makes one
//! service call and maps its answer to a page; a page is a plain function from what was found to
//! HTML. The browser build holds the islands and nothing else.

#[cfg(feature = "ssr")]
mod about;
#[cfg(feature = "ssr")]
mod booking;
#[cfg(feature = "ssr")]
mod charge;
#[cfg(feature = "ssr")]
mod day;
#[cfg(feature = "ssr")]
mod facility;
#[cfg(feature = "ssr")]
mod feed;
#[cfg(feature = "ssr")]
mod grant;
#[cfg(feature = "ssr")]
mod invoice;
mod islands;
#[cfg(feature = "ssr")]
mod payment;
#[cfg(feature = "ssr")]
mod router;
#[cfg(feature = "ssr")]
mod search;
#[cfg(feature = "ssr")]
mod series;
#[cfg(feature = "ssr")]
mod terminal;
#[cfg(feature = "ssr")]
mod ui;
#[cfg(feature = "ssr")]
mod waiting;

#[cfg(feature = "ssr")]
pub use router::router;
#[cfg(feature = "ssr")]
pub use ui::Site;

/// Brings the islands of a page to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
