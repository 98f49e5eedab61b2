//! Asks a provider over HTTP: with time-outs, of one host, and reading no more than an answer can be.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, RequestBuilder, StatusCode, header::HeaderMap, redirect::Policy};

use super::{Key, ProviderError};
use crate::tls;

const CONNECT_SECONDS: u64 = 5;
/// The payer waits for it.
const WHOLE_SECONDS: u64 = 15;
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    /// Of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// For the log and for staff: what a provider gives as its reason, cut short.
    pub fn reason(&self) -> String {
        let text: String = String::from_utf8_lossy(&self.body).chars().take(300).collect();
        format!("{} {text}", self.status.as_u16())
    }
}

/// A client for one provider. Redirects aren't followed: whom we talk to is said in the settings alone.
///
/// # Errors
/// The reason, when a certificate can't be read.
pub fn client(trust: &Trust) -> Result<Client, String> {
    let builder = tls::client()
        .redirect(Policy::none())
        .connect_timeout(Duration::from_secs(CONNECT_SECONDS))
        .timeout(Duration::from_secs(WHOLE_SECONDS));
    trust.apply(builder)?.build().map_err(|error| causes(&error))
}

/// Whom we trust, and how we prove who we are.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Certificates and their key in PEM, one after the other.
    pub identity: Option<Key>,
    /// In PEM: nobody but these vouches for the provider. None: whomever the system trusts.
    pub roots: Option<Vec<u8>>,
}

impl Trust {
    fn apply(&self, mut builder: ClientBuilder) -> Result<ClientBuilder, String> {
        if let Some(identity) = &self.identity {
            let identity = reqwest::Identity::from_pem(identity.bytes());
            builder = builder.identity(identity.map_err(|error| causes(&error))?).https_only(true);
        }
        if let Some(roots) = &self.roots {
            let roots = reqwest::Certificate::from_pem_bundle(roots).map_err(|error| causes(&error))?;
            if roots.is_empty() {
                return Err("no certificate in it".to_owned());
            }
            builder = builder.tls_certs_only(roots);
        }
        Ok(builder)
    }
}

/// Sends a request and reads the whole answer, whatever its status.
///
/// # Errors
/// [`ProviderError::Unreached`] or [`ProviderError::NoAnswer`].
pub async fn send(request: RequestBuilder) -> Result<Reply, ProviderError> {
    let mut response = request.send().await.map_err(|error| {
        let why = causes(&error);
        if error.is_connect() || error.is_builder() {
            ProviderError::Unreached(why)
        } else {
            ProviderError::NoAnswer(why)
        }
    })?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    let no_answer = |error: reqwest::Error| ProviderError::NoAnswer(causes(&error));
    while let Some(piece) = response.chunk().await.map_err(no_answer)? {
        if body.len() + piece.len() > BODY_BYTES_MAX {
            return Err(ProviderError::Unreliable("longer than any answer".to_owned()));
        }
        body.extend_from_slice(&piece);
    }
    if status.is_server_error() {
        return Err(ProviderError::NoAnswer(Reply { status, headers, body }.reason()));
    }
    Ok(Reply { status, headers, body })
}

/// An error with what lies beneath it: reqwest's own words leave that out. Never the address: it may hold
/// what is to be kept.
fn causes(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&error.to_string());
        cause = error.source();
    }
    if text.is_empty() { "no connection".to_owned() } else { text }
}
