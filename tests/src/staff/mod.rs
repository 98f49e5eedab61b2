//! What only the towns' staff do: tokens, rights, others' bookings, letters that didn't arrive.

mod bookings;
mod cancelling;
mod letters;
mod moving;
mod refunding;
mod rights;
mod series;
mod tokens;

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;
use vayla_services::staff::{Scope, token};

use crate::{
    Town,
    api::caller::{Answer, read},
};

/// A line of the audit log.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub actor: String,
    pub subject: String,
    pub subject_id: Uuid,
    pub change: Value,
}

impl Town {
    /// A token for a year: its id and its secret.
    pub(crate) async fn new_token(&self, scopes: &[Scope], municipality: Option<&str>) -> (Uuid, String) {
        let scopes: BTreeSet<Scope> = scopes.iter().copied().collect();
        let made = token::create(&self.services, "Vaktmästare", &scopes, municipality, Some(365)).await;
        made.expect("a token")
    }

    /// The secret of a token that is good for others' bookings in both towns.
    async fn bookings_token(&self) -> String {
        self.new_token(&[Scope::Bookings], None).await.1
    }

    pub(crate) async fn staff_ask(&self, token: &str, path: &str) -> Answer {
        read(self.call(Method::GET, &format!("/staff{path}")).bearer_auth(token)).await
    }

    pub(crate) async fn staff_tell(&self, token: &str, path: &str, body: &Value) -> Answer {
        read(self.call(Method::POST, &format!("/staff{path}")).bearer_auth(token).json(body)).await
    }

    /// What the audit log says of an action, the oldest first.
    pub(crate) async fn notes(&self, action: &str) -> Vec<Note> {
        let rows: Vec<(String, String, Uuid, String)> = crate::sql!(self, c => sqlx::query_as(
            "SELECT actor, subject, subject_id, change FROM audit WHERE action = $1 ORDER BY at, id")
            .bind(action).fetch_all(c).await)
        .expect("the audit log");
        let note = |(actor, subject, subject_id, change): (String, String, Uuid, String)| Note {
            actor,
            subject,
            subject_id,
            change: serde_json::from_str(&change).expect("JSON"),
        };
        rows.into_iter().map(note).collect()
    }
}
