//! Price lists: laid in, looked at, published, and what is paid by them.

mod border;
mod lists;
mod pages;
mod paying;
mod series;

use chrono::NaiveDate;
use serde_json::{Value, json};
use vayla_domain::money::{Home, PriceGroup, Quote, Tariff, Use};
use vayla_services::{
    booking::{self, PriceFor},
    catalogue::Space,
    staff::Staff,
    tariff::{self, List, Place},
};

use crate::{Time, Town};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn document(list: &Value) -> Tariff {
    serde_json::from_value(list.clone()).expect("a list")
}

/// So much an hour for everybody.
pub(crate) fn hourly(dated_by: &str, currency: &str, amount: &str) -> Value {
    let groups = json!(["adult", "youth", "club", "company"]);
    json!({"dated_by": dated_by, "prices": [{"groups": groups, "unit": "hour", "price": {currency: amount}}]})
}

impl Town {
    pub(crate) async fn draft(&self, place: &Place, from: &str, list: &Value) -> List {
        let (operator, list) = (Staff::operator(), document(list));
        tariff::draft(&self.services, &operator, place, date(from), &list).await.expect("a draft")
    }

    pub(crate) async fn publish(&self, place: &Place, from: &str, list: &Value) {
        let id = self.draft(place, from, list).await.id;
        tariff::publish(&self.services, &Staff::operator(), id, None).await.expect("to be published");
    }

    /// The same of a space, from the day on which stories begin.
    pub(crate) async fn price(&self, space: &Space, list: &Value) {
        let space = self.space(&space.facility.slug, &space.slug);
        self.publish(&Place::Space(space), "2026-10-30", list).await;
    }

    pub(crate) async fn quote(&self, time: &Time, asked: &PriceFor) -> Option<Quote> {
        let space = self.space(&time.space.facility.slug, &time.space.slug);
        let span = vayla_domain::time::Span::between(time.start, time.end).expect("a span");
        booking::quote(&self.services, &space, span, asked).await.ok()
    }

    /// What an adult's sport costs, in minor units.
    async fn costs(&self, time: &Time) -> Option<i64> {
        self.quote(time, &sport(PriceGroup::Adult)).await.map(|quote| quote.total.minor)
    }
}

fn sport(group: PriceGroup) -> PriceFor {
    PriceFor::new(group, Use::Sport)
}

fn living_in(group: PriceGroup, home: &str) -> PriceFor {
    let mut asked = sport(group);
    asked.buyer.home = Some(home.parse::<Home>().expect("a home"));
    asked
}
