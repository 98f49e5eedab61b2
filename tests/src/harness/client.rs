//! How stories speak HTTP.

use reqwest::{Client, redirect::Policy};

/// Whoever asks over the web and doesn't follow redirects.
///
/// # Panics
/// When it can't be made.
#[must_use]
pub fn client() -> Client {
    vayla_services::tls::client().redirect(Policy::none()).build().expect("a client")
}
