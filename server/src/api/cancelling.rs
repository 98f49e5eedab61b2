//! What cancelling gives back, on the wire.

use serde::Serialize;
use utoipa::ToSchema;
use vayla_domain::booking::{Back, CancelRule, Start};

use super::{instant::Instant, money::Money};

/// Cancelled up to and at a moment, so much comes back. The steps follow each other; the last one ends as the time
/// begins, at which nothing can be cancelled any more.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancelStep {
    pub until: Instant,
    /// The share of what was paid.
    #[schema(minimum = 0, maximum = 100)]
    pub refund_percent: u32,
    /// What stays of that share: an amount in the facility's currency, and where it is fixed in both, what stays of
    /// money that was paid in the other. Empty where nothing does.
    pub fee: Vec<Money>,
}

impl CancelStep {
    pub fn all(rule: &CancelRule, start: Start<'_>) -> Vec<Self> {
        let moments = rule.moments(start).into_iter();
        let step = |(until, back): (_, &Back)| Self {
            until: Instant::new(until, start.zone),
            refund_percent: back.percent,
            fee: fees(back),
        };
        moments.map(step).collect()
    }
}

pub fn fees(back: &Back) -> Vec<Money> {
    back.fee.iter().flat_map(|fee| fee.iter()).map(Into::into).collect()
}
