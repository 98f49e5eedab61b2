//! The time as typed and as meant.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use vayla_domain::money::{Buyer, PriceGroup, Use};
use vayla_services::{booking::PriceFor, catalogue::Space};

use crate::{
    booking::when::WhenFields,
    ui::{Ctx, Errors, is_near},
};

/// The fields. From a search comes `start`, in seconds of Unix time, which fills date and time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChooseFields {
    pub start: String,
    #[serde(flatten)]
    pub when: WhenFields,
    pub group: String,
    /// Where whoever books lives; empty: elsewhere.
    pub home: String,
    #[serde(rename = "use")]
    pub use_of: String,
    /// The price that was shown, in both currencies; a higher one is shown before the time is taken.
    pub shown: String,
    /// Drawn with the page: the same page sent twice is one attempt.
    pub attempt: String,
    /// The link of an earlier hold, which this one takes the place of.
    pub earlier: String,
    pub switch: String,
}

/// A time with what decides its price.
#[derive(Debug, Clone)]
pub struct Choice {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub price: PriceFor,
}

impl ChooseFields {
    /// Whether it is an address without a time, which can only be chosen on a day's page.
    pub fn says_no_time(&self) -> bool {
        self.start.is_empty() && self.when.says_no_time()
    }

    /// With what wasn't said: the time of `start`, the shortest length, an adult, sport.
    pub fn filled(mut self, ctx: &Ctx, space: &Space) -> Self {
        let start = self.start.parse().ok().and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0));
        let start = start.filter(|start| is_near(start.date_naive()));
        if let (Some(start), true) = (start, self.when.says_no_time()) {
            self.when = self.when.starting(ctx, space, start);
        }
        let or = |value: String, default: &str| if value.is_empty() { default.to_owned() } else { value };
        let minutes = space.rules.minutes_min.max(60).min(space.rules.minutes_max);
        self.when.minutes = or(self.when.minutes, &minutes.to_string());
        self.group = or(self.group, PriceGroup::Adult.code());
        self.use_of = or(self.use_of, Use::Sport.code());
        self
    }

    pub fn use_of(&self) -> Use {
        self.use_of.parse().unwrap_or(Use::Sport)
    }

    /// The choice, or all that isn't understood.
    pub fn parse(&self, ctx: &Ctx, space: &Space) -> Result<Choice, Errors> {
        let group = self.group.parse().unwrap_or(PriceGroup::Adult);
        let (start, end) = self.when.parse(ctx, space)?;
        let buyer = Buyer { group, home: self.home.parse().ok() };
        Ok(Choice { start, end, price: PriceFor::new(buyer, self.use_of()) })
    }
}
