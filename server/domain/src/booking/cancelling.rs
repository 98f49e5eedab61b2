//! What a place has written down about cancelling: which rule a booking is made under.

use serde::{Deserialize, Serialize};

use super::{Back, CancelRule, CancelStep};
use crate::{
    money::{Amounts, Currency, Use},
    space::Notice,
};

pub const CANCELLING_MAX: usize = 50;
pub const STEPS_MAX: usize = 10;
const PERCENT_MAX: u32 = 100;

/// A rule as staff write it, and for which bookings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancellingRule {
    /// For these uses; for all where none is named.
    #[serde(rename = "use", default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Use>,
    /// For dates of a series only, or for single times only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<bool>,
    #[serde(default)]
    pub steps: Vec<CancelStep>,
    /// Nothing, where nothing is said.
    #[serde(default)]
    pub then: Back,
}

/// What is wrong, and in which field: `cancelling[1].steps[0].back.fee`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {fault}")]
pub struct CancellingProblem {
    pub field: String,
    pub fault: CancellingFault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CancellingFault {
    #[error("at most {CANCELLING_MAX} rules")]
    Rules,
    #[error("at most {STEPS_MAX} steps")]
    Steps,
    #[error("at most {} days before", Notice::DAYS_MAX)]
    Notice,
    #[error("a whole percentage from 0 to {PERCENT_MAX}")]
    Percent,
    #[error("the fee in the facility's currency is missing, is nothing, or is in a currency that isn't used")]
    Fee,
    #[error("a later step gives back no more than the one before it")]
    Order,
}

impl CancellingRule {
    fn holds(&self, use_of: Use, in_series: bool) -> bool {
        (self.uses.is_empty() || self.uses.contains(&use_of))
            && self.series.is_none_or(|series| series == in_series)
    }

    /// Whether it makes sense where prices are in a currency, beside those that can be paid in.
    fn check(&self, currency: Currency, currencies: &[Currency]) -> Result<(), (String, CancellingFault)> {
        let steps = self.steps.iter().enumerate();
        let named = steps.map(|(place, step)| (format!("steps[{place}]"), Some(step.until), &step.back));
        if self.steps.len() > STEPS_MAX {
            return Err(("steps".to_owned(), CancellingFault::Steps));
        }
        let mut before: Option<&Back> = None;
        for (field, until, back) in named.chain([("then".to_owned(), None, &self.then)]) {
            let inner = |name: &str| match until {
                Some(_) => format!("{field}.back.{name}"),
                None => format!("{field}.{name}"),
            };
            if until.is_some_and(|until| !until.is_bounded()) {
                return Err((format!("{field}.until"), CancellingFault::Notice));
            }
            if back.percent > PERCENT_MAX {
                return Err((inner("percent"), CancellingFault::Percent));
            }
            if !back.fee.as_ref().is_none_or(|fee| is_fee(fee, currency, currencies)) {
                return Err((inner("fee"), CancellingFault::Fee));
            }
            if before.is_some_and(|before| is_more(back, before, currencies)) {
                return Err((field, CancellingFault::Order));
            }
            before = Some(back);
        }
        Ok(())
    }
}

fn is_fee(fee: &Amounts, currency: Currency, currencies: &[Currency]) -> bool {
    fee.of(currency).is_some()
        && fee.iter().all(|money| money.minor > 0 && currencies.contains(&money.currency))
}

/// Whether of some price more comes back by one than by the other.
fn is_more(one: &Back, other: &Back, currencies: &[Currency]) -> bool {
    let fee = |back: &Back, currency| back.fee.as_ref().and_then(|fee| fee.of(currency)).map(|fee| fee.minor);
    let less = |currency| fee(one, currency).unwrap_or_default() < fee(other, currency).unwrap_or_default();
    one.percent > other.percent || (one.percent > 0 && currencies.iter().any(|currency| less(*currency)))
}

/// Whether such rules make sense where prices are in a currency, beside those that can be paid in.
///
/// # Errors
/// The first [`CancellingProblem`].
pub fn check_cancelling(
    rules: &[CancellingRule],
    currency: Currency,
    currencies: &[Currency],
) -> Result<(), CancellingProblem> {
    if rules.len() > CANCELLING_MAX {
        return Err(CancellingProblem { field: "cancelling".to_owned(), fault: CancellingFault::Rules });
    }
    for (place, rule) in rules.iter().enumerate() {
        rule.check(currency, currencies).map_err(|(field, fault)| CancellingProblem {
            field: format!("cancelling[{place}].{field}"),
            fault,
        })?;
    }
    Ok(())
}

/// What holds in a space: its own rules, and its facility's where none of them does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cancelling(Vec<CancellingRule>);

impl Cancelling {
    #[must_use]
    pub fn new(own: &[CancellingRule], facility: &[CancellingRule]) -> Self {
        Self([facility, own].concat())
    }

    /// What a booking is made under: of those that hold the last written. Where none does, cancelling is free.
    #[must_use]
    pub fn rule(&self, use_of: Use, in_series: bool) -> CancelRule {
        let held = self.0.iter().rev().find(|rule| rule.holds(use_of, in_series));
        held.map_or(CancelRule::FREE, |rule| CancelRule {
            steps: rule.steps.clone(),
            then: rule.then.clone(),
        })
    }

    /// Whether it matters here that a use is that one.
    #[must_use]
    pub fn names(&self, use_of: Use) -> bool {
        self.0.iter().any(|rule| rule.uses.contains(&use_of))
    }

    /// A facility's before its spaces' own.
    #[must_use]
    pub fn written(&self) -> &[CancellingRule] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::EURO;

    const KRONOR: Currency = Currency::from_code(b"SEK");

    fn rules(text: &str) -> Vec<CancellingRule> {
        serde_json::from_str(text).expect("rules")
    }

    #[test]
    fn a_spaces_own_stands_before_its_facilitys_and_the_last_written_before_the_first() {
        let facility = rules(
            r#"[{"then":{"percent":10}}, {"use":["match","event"],"then":{"percent":20}}, {"series":true,"then":{"percent":0}}]"#,
        );
        let own = rules(r#"[{"use":["event"],"series":false,"then":{"percent":40}}]"#);
        let cancelling = Cancelling::new(&own, &facility);
        let percent = |use_of, in_series| cancelling.rule(use_of, in_series).then.percent;
        assert_eq!(percent(Use::Sport, false), 10);
        assert_eq!(percent(Use::Match, false), 20);
        assert_eq!(percent(Use::Match, true), 0);
        assert_eq!(percent(Use::Event, false), 40);
        assert_eq!(percent(Use::Event, true), 0);
        assert!(cancelling.names(Use::Match) && !cancelling.names(Use::Teaching));
        assert_eq!(Cancelling::default().rule(Use::Sport, true), CancelRule::FREE);
    }

    #[test]
    fn what_makes_no_sense_is_told_by_its_field() {
        let check = |text: &str, expected: Option<(&str, CancellingFault)>| {
            let problem = check_cancelling(&rules(text), EURO, &[KRONOR, EURO]).err();
            let problem = problem.map(|problem| (problem.field, problem.fault));
            assert_eq!(problem, expected.map(|(field, fault)| (field.to_owned(), fault)), "{text}");
        };
        check("[]", None);
        check(
            r#"[{}, {"then":{"percent":101}}]"#,
            Some(("cancelling[1].then.percent", CancellingFault::Percent)),
        );
        let step = |until: &str, back: &str| format!(r#"[{{"steps":[{{"until":{until},"back":{back}}}]}}]"#);
        let long = step(r#"{"hours":8785}"#, r#"{"percent":100}"#);
        check(&long, Some(("cancelling[0].steps[0].until", CancellingFault::Notice)));
        for fee in [r#"{"SEK":"5"}"#, r#"{"EUR":"0"}"#, r#"{"EUR":"5","NOK":"5"}"#] {
            let back = format!(r#"{{"percent":100,"fee":{fee}}}"#);
            let field = "cancelling[0].steps[0].back.fee";
            check(&step(r#"{"hours":1}"#, &back), Some((field, CancellingFault::Fee)));
        }
        let order = |first: &str, then: &str| {
            format!(r#"[{{"steps":[{{"until":{{"hours":1}},"back":{first}}}],"then":{then}}}]"#)
        };
        let fee = r#"{"percent":50,"fee":{"EUR":"5"}}"#;
        let more = Some(("cancelling[0].then", CancellingFault::Order));
        check(&order(r#"{"percent":50}"#, r#"{"percent":51}"#), more);
        check(&order(fee, r#"{"percent":50}"#), more);
        check(&order(fee, r#"{"percent":50,"fee":{"EUR":"6"}}"#), None);
        check(&order(fee, r#"{"percent":0}"#), None);
    }
}
