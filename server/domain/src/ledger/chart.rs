//! A town's own chart of accounts: what it calls ours, from a date on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Account;
use crate::Bilingual;

pub const CHART_MAX: usize = 500;
pub const CHART_NUMBER_MAX: usize = 20;
pub const CHART_NAME_MAX: usize = 100;
pub const CHART_DIMENSIONS_MAX: usize = 10;

/// Which account of the town's chart stands for one of ours from a date on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartAccount {
    pub account: Account,
    pub from: NaiveDate,
    pub number: String,
    pub name: Bilingual,
    /// What the town's accounting wants besides: counterparty, cost centre, VAT code.
    #[serde(default)]
    pub dimensions: BTreeMap<String, String>,
}

/// What is wrong with a line of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChartProblem {
    #[error("a chart has at most {max} lines")]
    TooMany { max: usize },
    #[error("the account is in it twice from the same date")]
    Twice,
    #[error("it has a number of 1 to {max} letters, digits, dots and hyphens")]
    Number { max: usize },
    #[error("it has a name of 1 to {max} letters in each language")]
    Name { max: usize },
    #[error("it has at most {max} dimensions, each a short word in small letters with a value")]
    Dimension { max: usize },
    #[error("the town on the other side isn't another town of ours")]
    Other,
}

/// A chart by account and date.
///
/// # Errors
/// The place in the list of the first line that is wrong, and what is wrong with it.
pub fn chart_in_order(
    town: &str,
    others: &[&str],
    chart: Vec<ChartAccount>,
) -> Result<Vec<ChartAccount>, (usize, ChartProblem)> {
    if chart.len() > CHART_MAX {
        return Err((CHART_MAX, ChartProblem::TooMany { max: CHART_MAX }));
    }
    let mut seen = BTreeSet::new();
    for (place, line) in chart.iter().enumerate() {
        line.check(town, others).map_err(|problem| (place, problem))?;
        if !seen.insert((&line.account, line.from)) {
            return Err((place, ChartProblem::Twice));
        }
    }
    let mut chart = chart;
    chart.sort_by(|one, other| (&one.account, one.from).cmp(&(&other.account, other.from)));
    Ok(chart)
}

/// The line of a chart that holds for an account on a date.
#[must_use]
pub fn in_chart<'a>(
    chart: &'a [ChartAccount],
    account: &Account,
    date: NaiveDate,
) -> Option<&'a ChartAccount> {
    chart.iter().filter(|line| line.account == *account && line.from <= date).max_by_key(|line| line.from)
}

impl ChartAccount {
    fn check(&self, town: &str, others: &[&str]) -> Result<(), ChartProblem> {
        let within = |text: &str, max| {
            !text.trim().is_empty() && text.chars().count() <= max && !text.contains(char::is_control)
        };
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        let key = |text: &str| {
            text.starts_with(|first: char| first.is_ascii_lowercase())
                && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        if self.account.other().is_some_and(|other| other == town || !others.contains(&other)) {
            return Err(ChartProblem::Other);
        }
        if !within(&self.number, CHART_NUMBER_MAX) || !plain(&self.number) {
            return Err(ChartProblem::Number { max: CHART_NUMBER_MAX });
        }
        if !within(&self.name.sv, CHART_NAME_MAX) || !within(&self.name.fi, CHART_NAME_MAX) {
            return Err(ChartProblem::Name { max: CHART_NAME_MAX });
        }
        let fits = |(name, value): (&String, &String)| {
            within(name, CHART_NUMBER_MAX) && key(name) && within(value, CHART_NAME_MAX)
        };
        if self.dimensions.len() > CHART_DIMENSIONS_MAX || !self.dimensions.iter().all(fits) {
            return Err(ChartProblem::Dimension { max: CHART_DIMENSIONS_MAX });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(account: &str, from: &str, number: &str) -> ChartAccount {
        ChartAccount {
            account: account.parse().expect("an account"),
            from: from.parse().expect("a date"),
            number: number.to_owned(),
            name: Bilingual { sv: "Hyror".to_owned(), fi: "Vuokrat".to_owned() },
            dimensions: BTreeMap::from([("motpart".to_owned(), "86".to_owned())]),
        }
    }

    fn check(chart: Vec<ChartAccount>, expected: Result<(), (usize, ChartProblem)>) {
        let done = chart_in_order("haparanda", &["haparanda", "tornio"], chart);
        assert_eq!(done.map(drop), expected);
    }

    #[test]
    fn the_latest_line_before_the_date_holds() {
        let chart = vec![line("income", "2027-01-01", "3415"), line("income", "2020-01-01", "3410")];
        let chart = chart_in_order("haparanda", &["tornio"], chart).expect("a chart");
        let number = |date: &str| {
            in_chart(&chart, &Account::Income, date.parse().expect("a date")).map(|line| line.number.as_str())
        };
        assert_eq!(number("2019-12-31"), None);
        assert_eq!(number("2026-12-31"), Some("3410"));
        assert_eq!(number("2027-01-01"), Some("3415"));
        assert_eq!(in_chart(&chart, &Account::Vat, "2027-01-01".parse().expect("a date")), None);
    }

    #[test]
    fn a_line_that_is_wrong_is_named() {
        let good = || line("due_to:tornio", "2020-01-01", "2431.1");
        check(vec![good(), line("due_to:tornio", "2021-01-01", "2432")], Ok(()));
        check(vec![good(), good()], Err((1, ChartProblem::Twice)));
        check(vec![line("due_to:haparanda", "2020-01-01", "1")], Err((0, ChartProblem::Other)));
        check(vec![line("due_to:kemi", "2020-01-01", "1")], Err((0, ChartProblem::Other)));
        for number in ["", " ", "24 31", "123456789012345678901", "24\"31"] {
            let wrong = line("income", "2020-01-01", number);
            check(vec![good(), wrong], Err((1, ChartProblem::Number { max: 20 })));
        }
        let mut wrong = good();
        wrong.name.fi = "a\nb".to_owned();
        check(vec![wrong], Err((0, ChartProblem::Name { max: 100 })));
        for (name, value) in [("Motpart", "86"), ("motpart", ""), ("", "86"), ("mot part", "86")] {
            let mut wrong = good();
            wrong.dimensions = BTreeMap::from([(name.to_owned(), value.to_owned())]);
            check(vec![wrong], Err((0, ChartProblem::Dimension { max: 10 })));
        }
        check(vec![good(); 501], Err((500, ChartProblem::TooMany { max: 500 })));
    }
}
