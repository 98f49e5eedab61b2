//! What has come of a run on the wire.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::Language;
use vayla_locales::{format, words};
use vayla_services::{
    Services,
    invoice::{IssueError, Issued, NotIssued},
};

use super::{super::super::names::Names, body::Invoice};

/// What has been written, and what couldn't be.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedInvoices {
    pub written: Vec<Invoice>,
    pub failed: Vec<NotInvoiced>,
}

/// A customer of whose use nothing has been invoiced. The next run tries it again.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotInvoiced {
    pub customer: Uuid,
    pub customer_name: String,
    /// `no_tax`, or `internal`: a mistake of ours, which is in the server's log.
    #[schema(example = "no_tax")]
    pub code: &'static str,
    pub detail: Names,
}

impl IssuedInvoices {
    pub fn new(services: &Services, issued: Issued) -> Self {
        let written = issued.written.into_iter().map(|invoice| Invoice::new(services, invoice));
        Self {
            written: written.collect(),
            failed: issued.failed.into_iter().map(NotInvoiced::from).collect(),
        }
    }
}

impl From<NotIssued> for NotInvoiced {
    fn from(NotIssued { customer, name, why }: NotIssued) -> Self {
        let text = |language| match &why {
            IssueError::NoTax(date) => words(language).problem_no_tax(format::date_short(language, *date)),
            _ => words(language).problem_internal(),
        };
        let code = if matches!(why, IssueError::NoTax(_)) { "no_tax" } else { "internal" };
        let detail = Names { sv: text(Language::Sv), fi: text(Language::Fi) };
        Self { customer, customer_name: name, code, detail }
    }
}
