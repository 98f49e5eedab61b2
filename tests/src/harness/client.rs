//! How stories speak HTTP.

use reqwest::{Client, redirect::Policy};

/// A client that doesn't follow redirects.
///
/// # Panics
/// When it can't be made.
#[must_use]
pub fn client() -> Client {
    // Once a process: whoever comes later keeps what is there.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder().redirect(Policy::none()).build().expect("a client")
}
