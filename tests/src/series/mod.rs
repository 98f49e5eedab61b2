//! Series: the same time every so many weeks.

mod booking;
mod cancelling;
mod moving;
mod outlining;
mod overtaken;
mod paying;
mod paying_in_part;

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use uuid::Uuid;
use vayla_domain::{
    Bilingual, Reason,
    booking::Who,
    money::{PriceGroup, Use},
    series::{SeriesFields, SeriesPlan, Skip, Until},
};
use vayla_services::{
    catalogue::Space,
    closure::{self, ClosureKind, ClosurePlace, NewClosure},
    series::{self, DateState, Outline, Series, SeriesError, SeriesRequest, SeriesWish, Shown},
    staff::Staff,
};

use crate::{Time, Town};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// An hour at 18, every week.
fn weekly(first: &str, count: u32) -> SeriesFields {
    SeriesFields {
        first: date(first),
        time: "18:00:00".parse().expect("a time"),
        minutes: 60,
        every_weeks: 1,
        until: Until::Count(count),
        which: None,
        skip: Skip::default(),
    }
}

/// For an adult's sport.
fn wish(space: &Arc<Space>, fields: SeriesFields) -> SeriesWish {
    SeriesWish {
        space: Arc::clone(space),
        plan: SeriesPlan::parse(fields).expect("a plan"),
        price_group: PriceGroup::Adult,
        home: None,
        use_of: Use::Sport,
    }
}

/// An adult's sport at 18, so many weeks.
pub(crate) fn weekly_wish(space: &Arc<Space>, first: &str, count: u32) -> SeriesWish {
    wish(space, weekly(first, count))
}

/// All that is free, at the price that is shown.
fn all_free(wish: &SeriesWish, outline: &Outline, who: Who) -> SeriesRequest {
    let shown = outline.free().map(|(date, .., quote)| Shown { date, quote: Some(quote.to_owned()) });
    SeriesRequest { wish: wish.clone(), who, shown: shown.collect(), attempt: None }
}

/// A word for each date's state.
fn states(outline: &Outline) -> Vec<&'static str> {
    let word = |state: &DateState| match state {
        DateState::Free { .. } => "free",
        DateState::Taken { .. } => "taken",
        DateState::Refused { .. } => "refused",
        DateState::Unpriced { .. } => "unpriced",
        DateState::Missing => "missing",
        DateState::Twice(..) => "twice",
        DateState::Skipped(_) => "skipped",
    };
    outline.dates.iter().map(|date| word(&date.state)).collect()
}

/// Free to cancel until two days before, and half of it back after that.
const ALWAYS_OPEN: &str = r#"{"opening":[{"hours":[{"opens":"00:00","closes":"24:00"}]}],
    "cancelling":[{"steps":[{"until":{"hours":48},"back":{"percent":100}}],"then":{"percent":50}}]}"#;

impl Town {
    /// Opens a space around the clock, a year and a half ahead.
    pub(crate) async fn open_always(&self, facility: &str, space: &str) -> Arc<Space> {
        let known = self.space(facility, space);
        sql!(self, c => sqlx::query("UPDATE facility SET rules = $2 WHERE id = $1")
            .bind(known.facility.id).bind(ALWAYS_OPEN)
            .execute(c).await.map(drop))
        .expect("the rules");
        sql!(self, c => sqlx::query("UPDATE space SET rules = '{}', horizon_days = 550 WHERE id = $1")
            .bind(known.id).execute(c).await.map(drop))
        .expect("the horizon");
        self.read_places_again().await;
        self.space(facility, space)
    }

    async fn read_places_again(&self) {
        sql!(self, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
            .execute(c).await.map(drop))
        .expect("the version");
        self.services.refresh_catalogue().await.expect("the places");
    }

    /// Closes all of the time's facility for it, and says why.
    async fn close_for(&self, time: &Time) {
        let reason =
            Bilingual { sv: "Ismaskinen är trasig.".to_owned(), fi: "Jääkone on rikki.".to_owned() };
        let place = ClosurePlace {
            facility: time.space.facility.id,
            parts: Vec::new(),
            start: time.start,
            end: Some(time.end),
        };
        let new = NewClosure {
            place,
            kind: ClosureKind::Closure,
            reason: Reason::parse(&reason).expect("a reason"),
            fates: HashMap::new(),
        };
        closure::make(&self.services, &Staff::operator(), &new).await.expect("a closure");
    }

    async fn outline(&self, wish: &SeriesWish) -> Outline {
        series::outline(&self.services, wish).await.expect("an outline")
    }

    async fn try_series(&self, request: &SeriesRequest) -> Result<Series, SeriesError> {
        series::book(&self.services, request).await
    }

    /// Holds all that is free of it.
    pub(crate) async fn hold_series(&self, wish: &SeriesWish, who: Who) -> Series {
        let request = all_free(wish, &self.outline(wish).await, who);
        self.try_series(&request).await.expect("a series")
    }

    async fn series(&self, id: Uuid) -> Series {
        series::find(&self.services, id).await.expect("the database").expect("a series")
    }

    /// Tornio's ice on three Tuesdays at 18.
    pub(crate) async fn three_tuesdays(&self) -> SeriesWish {
        let ice = self.open_always("tornion-jaahalli", "hela-isen").await;
        wish(&ice, weekly("2026-11-03", 3))
    }
}
