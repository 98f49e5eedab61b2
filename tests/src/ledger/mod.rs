//! The books: what they refuse, what they say of any moment, and how they are written out.

mod balancing;
mod charts;
mod checking;
pub(crate) mod exporting;
mod keeping;
mod lives;

use std::collections::BTreeMap;

use reqwest::Method;
use vayla_domain::money::Money;
use vayla_services::{
    ledger::{self, Period, TrialBalance, beancount},
    staff::{Scope, Staff},
};

use crate::{
    Town,
    api::caller::{Answer, read},
};

impl Town {
    async fn balance(&self) -> TrialBalance {
        let now = self.clock.now();
        ledger::trial_balance(&self.services, &Staff::operator(), now).await.expect("the trial balance")
    }

    /// The whole of an export.
    pub(crate) async fn exported(&self, period: Period) -> String {
        let mut export = beancount(&self.services, &Staff::operator(), period).await.expect("an export");
        let mut text = String::new();
        while let Some(piece) = export.next().await.expect("the books") {
            text += &piece;
        }
        text
    }

    pub(crate) async fn finance_token(&self, municipality: Option<&str>) -> String {
        self.new_token(&[Scope::Finance], municipality).await.1
    }

    pub(crate) async fn finance_tell(&self, token: &str, path: &str, body: &serde_json::Value) -> Answer {
        read(self.call(Method::POST, &format!("/finance{path}")).bearer_auth(token).json(body)).await
    }

    pub(crate) async fn finance_ask(&self, token: &str, path: &str) -> Answer {
        read(self.call(Method::GET, &format!("/finance{path}")).bearer_auth(token)).await
    }
}

/// `haparanda clearing` → 137225, of what has a balance.
fn standing(balance: &TrialBalance) -> BTreeMap<String, i64> {
    let line = |line: &ledger::TrialLine| {
        let Money { minor, .. } = line.balance;
        (minor != 0).then(|| (format!("{} {}", line.entity, line.account), minor))
    };
    balance.lines.iter().filter_map(line).collect()
}
