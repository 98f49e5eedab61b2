//! How we ask others over the web.

use std::sync::Once;

use reqwest::{Client, ClientBuilder};

/// A client that encrypts with the one library that all of the process uses.
pub fn client() -> ClientBuilder {
    static CHOSEN: Once = Once::new();
    // Somebody else in the process may have chosen before: theirs will do.
    CHOSEN.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    Client::builder().user_agent("Vayla")
}
