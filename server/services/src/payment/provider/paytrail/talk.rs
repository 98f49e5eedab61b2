//! Asks Paytrail, each word signed on both sides.

use chrono::SecondsFormat;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use uuid::Uuid;

use super::{
    super::{
        ProviderError,
        http::{self, Reply},
    },
    Paytrail,
    signature::{SIGNATURE, is_signed, sign},
};

impl Paytrail {
    pub(super) async fn get(&self, path: &str, transaction: Option<&str>) -> Result<Reply, ProviderError> {
        let request = self.client.get(format!("{}{path}", self.url));
        self.send(request, Method::GET, transaction, Vec::new()).await
    }

    pub(super) async fn post(
        &self,
        path: &str,
        transaction: Option<&str>,
        body: &impl Serialize,
    ) -> Result<Reply, ProviderError> {
        let request = self.client.post(format!("{}{path}", self.url));
        let body = serde_json::to_vec(body).map_err(|error| ProviderError::Unreached(error.to_string()))?;
        self.send(request, Method::POST, transaction, body).await
    }

    /// Signs and sends it. An answer counts when it is signed, too.
    async fn send(
        &self,
        request: RequestBuilder,
        method: Method,
        transaction: Option<&str>,
        body: Vec<u8>,
    ) -> Result<Reply, ProviderError> {
        let now = self.clock.now().to_rfc3339_opts(SecondsFormat::Millis, true);
        let nonce = Uuid::from_u128(rand::random()).to_string();
        let mut named = vec![
            ("checkout-account", self.account.merchant.as_str()),
            ("checkout-algorithm", "sha256"),
            ("checkout-method", method.as_str()),
            ("checkout-nonce", &nonce),
            ("checkout-timestamp", &now),
        ];
        named.extend(transaction.map(|id| ("checkout-transaction-id", id)));
        let signature = sign(&self.account.secret, &named, &body);
        named.push((SIGNATURE, &signature));
        named.push(("platform-name", "vayla"));
        let request = named.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = match method {
            Method::POST => request.header("content-type", "application/json; charset=utf-8").body(body),
            _ => request,
        };
        let reply = http::send(request).await?;
        if !reply.status.is_success() {
            return Err(ProviderError::Refused(reply.reason()));
        }
        let signed: Vec<(&str, &str)> = reply
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
            .collect();
        if !is_signed(&self.account.secret, &signed, &reply.body) {
            return Err(ProviderError::Unreliable("not signed".to_owned()));
        }
        Ok(reply)
    }
}
