//! Books that somebody has broken, past all that keeps them right.

use sqlx::AssertSqlSafe;
use vayla_services::ledger;

use super::Town;

/// What breaks a rule of the check's, what mends it, which rule it is, and the place that the check is to name.
pub type Broken<'a> = (&'a str, &'a str, &'a str, &'a str);

impl Town {
    /// Breaks and mends one after the other: broken, the check names rule and place; mended, it finds nothing.
    pub async fn finds(&self, broken: &[Broken<'_>]) {
        self.check_books().await;
        self.unkeep().await;
        for &(breaks, mends, rule, place) in broken {
            self.tamper(breaks).await;
            let findings = ledger::check(&self.services.db).await;
            let findings = findings.unwrap_or_else(|error| panic!("{rule}: {error}"));
            let found = findings.iter().any(|finding| finding.rule == rule && finding.place == place);
            assert!(found, "{rule}, at {place}: {findings:?}");
            self.tamper(mends).await;
            self.check_books().await;
        }
        self.keep().await;
    }

    /// Runs SQL that no code of ours would.
    pub async fn tamper(&self, sql: &str) {
        let run = crate::sql!(self, c => sqlx::raw_sql(AssertSqlSafe(sql)).execute(c).await.map(drop));
        run.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}
