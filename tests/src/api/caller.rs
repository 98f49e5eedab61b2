//! Another town's system, calling the JSON API.

use reqwest::{Method, RequestBuilder, header::HeaderMap};
use serde_json::{Value, json};
use vayla_domain::Language;

use crate::{Time, Town};

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

/// A booking as its maker knows it.
pub struct Made {
    pub id: String,
    pub token: String,
    pub body: Value,
}

pub async fn read(request: RequestBuilder) -> Answer {
    let answer = request.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let text = answer.text().await.expect("text");
    Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
}

impl Answer {
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// A problem (RFC 9457) with that code.
    pub fn is_problem(&self, status: u16, code: &str) -> &Self {
        self.is(status);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!((self.text("code"), self.body["status"].as_u64()), (code, Some(u64::from(status))));
        assert!(!self.text("title").is_empty() && !self.text("detail").is_empty(), "{self:#?}");
        self
    }

    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }
}

impl Town {
    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/api/v1{path}", self.base_url))
    }

    pub(crate) async fn ask(&self, path: &str) -> Answer {
        read(self.call(Method::GET, path)).await
    }

    pub(crate) async fn tell(&self, path: &str, body: &Value) -> Answer {
        read(self.call(Method::POST, path).json(body)).await
    }

    /// Holds a time.
    pub(crate) async fn make(&self, body: &Value) -> Made {
        let made = self.tell("/bookings", body).await;
        made.is(201);
        Made {
            id: made.text("id").to_owned(),
            token: made.text("manage_token").to_owned(),
            body: made.body.clone(),
        }
    }

    /// A call about a booking, with its token.
    pub(crate) fn about(&self, made: &Made, method: Method, rest: &str) -> RequestBuilder {
        self.call(method, &format!("/bookings/{}{rest}", made.id)).bearer_auth(&made.token)
    }

    pub(crate) async fn show(&self, made: &Made) -> Answer {
        read(self.about(made, Method::GET, "")).await
    }

    /// Opens a payment; where to send the payer.
    pub(crate) async fn open_terminal(&self, made: &Made, currency: &str) -> String {
        let body = json!({"currency": currency, "return_url": "https://example.fi/kiitos?a=1"});
        let opened = read(self.about(made, Method::POST, "/payments").json(&body)).await;
        opened.is(201).text("redirect_url").to_owned()
    }

    /// What the payer does at the terminal.
    pub(crate) async fn at_terminal(&self, redirect_url: &str, outcome: &str) -> Answer {
        let sent = read(self.client.post(redirect_url).form(&[("outcome", outcome)])).await;
        sent.is(303);
        assert_eq!(sent.header("location"), "https://example.fi/kiitos?a=1");
        sent
    }
}

/// A booking of that time as its booker's system would send it.
pub fn asked(time: &Time, language: Language) -> Value {
    let booker = match language {
        Language::Sv => json!({"name": "Åsa Lindström", "email": "asa@example.se", "language": "sv"}),
        Language::Fi => json!({"name": "Aino Näätänen", "email": "aino@example.fi", "language": "fi"}),
    };
    json!({"space": time.space.id, "start": time.start.to_rfc3339(), "end": time.end.to_rfc3339(), "booker": booker})
}

/// Only its time.
pub fn priced(time: &Time) -> Value {
    json!({"space": time.space.id, "start": time.start.to_rfc3339(), "end": time.end.to_rfc3339()})
}

/// The body with another value in a field.
pub fn with(mut body: Value, field: &str, value: impl Into<Value>) -> Value {
    body[field] = value.into();
    body
}
