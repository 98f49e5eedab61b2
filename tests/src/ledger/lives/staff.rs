//! What staff do: prices, grants, charges after use, refunds.

use serde_json::json;
use uuid::Uuid;
use vayla_domain::money::{Money, Told};
use vayla_services::{
    booking::Booking,
    charge::{self, Charging},
    payment::{Outcome, refund_by_staff, start_use_charge},
    staff::Staff,
};

use super::{WITH_DEPOSIT, Year, done};
use crate::{
    Town,
    charge::found,
    eur,
    grant::{amount, half_by_haparanda},
    sek,
};

impl Year<'_> {
    /// Haparanda pays a half of whatever is booked, Tornio twenty euros, as long as there is money.
    pub(super) async fn lay_grants(&mut self) {
        let half = self.town.grant("haparanda", half_by_haparanda()).await;
        let twenty = self.town.grant("tornio", amount(eur(20_00), eur(2_000_00))).await;
        self.grants = vec![half, twenty];
    }

    /// Now and then somebody has a voucher.
    pub(super) async fn put_voucher(&mut self, held: &Booking) {
        if self.dice.roll(4) == 0 {
            let grant = usize::from(self.dice.roll(2) == 0);
            let code = self.town.voucher(&self.grants[grant]).await;
            done(self.town.put(held, &code).await);
        }
    }

    /// Some of what was paid goes back, or all of it.
    pub(super) async fn refund(&mut self) {
        let Some(id) = self.one() else { return };
        let currency = self.town.booking(id).await.total.currency;
        let part = (self.dice.roll(3) > 0).then(|| Money::new(1 + self.dice.below(40_00), currency));
        done(refund_by_staff(&self.town.services, &Staff::operator(), id, part, &found()).await);
    }

    pub(super) async fn change_prices(&mut self) {
        let (time, minor) = (self.time(), 1_00 + self.dice.below(200_00));
        match time.space.facility.slug.as_str() {
            WITH_DEPOSIT => self.lay_deposit(minor).await,
            _ => self.town.set_price(&time.space, minor).await,
        }
    }

    /// Where a deposit is asked for, charges after use are listed, too.
    pub async fn lay_deposit(&self, hour_minor: i64) {
        let space = self.town.space(WITH_DEPOSIT, "hela-isen");
        let price = sek(hour_minor).wire();
        let list = json!({
            "dated_by": "booking",
            "prices": [{"groups": ["adult"], "unit": "hour", "price": {"SEK": price}}],
            "after_use": [{"kind": "lost_key", "amount": {"fixed": {"EUR": "50.00", "SEK": "500.00"}}},
                          {"kind": "not_cleaned", "amount": {"fixed": {"SEK": "333.33"}}},
                          {"kind": "overtime", "amount": {"per_hour": {"SEK": price}}}],
            "deposit": {"amount": {"EUR": "60.00", "SEK": "600.00"}, "days": 30}});
        self.town.set_list(&space, &list.to_string()).await;
    }

    /// Staff charge what a use has cost; that is paid, taken back, or left open.
    pub(super) async fn charge(&mut self) {
        let (town, Some(id)) = (self.town, self.used().await) else { return };
        let entries = [("lost_key", None), ("not_cleaned", None), ("overtime", Some(61))];
        let (code, minutes) = entries[usize::try_from(self.dice.roll(3)).expect("one of three")];
        let (reason, told) = (found(), Told { minutes, cost: None });
        let charging = Charging { code, told, reason: &reason };
        let made = charge::make(&town.services, &Staff::operator(), id, charging).await;
        let Ok((_, charge)) = made else { return };
        match self.dice.roll(3) {
            0 => drop(town.take_back(&charge).await),
            1 if !charge.is_kept() => {
                let currency = self.dice.currency();
                let opened =
                    start_use_charge(&town.services, id, charge.id, currency, "http://localhost/").await;
                if let Ok(payment) = opened {
                    town.play(&town.payment(payment).await, Outcome::Pay).await;
                    self.told.push((payment, format!("{payment}-1")));
                }
            }
            _ => {}
        }
    }

    /// A booking whose time has begun not long ago.
    pub(super) async fn used(&self) -> Option<Uuid> {
        let quarter = self.town.clock.now().timestamp().div_euclid(900);
        let facility = self.town.space(WITH_DEPOSIT, "hela-isen").id;
        sql!(self.town, c => sqlx::query_scalar(
            "SELECT id FROM booking WHERE space_id = $2 AND state = 'confirmed' AND start_quarter <= $1
             ORDER BY start_quarter DESC, id LIMIT 1").bind(quarter).bind(facility).fetch_optional(c).await)
        .expect("the bookings")
    }
}

/// In two places late cancelling costs a fee: one in both currencies, the other in the town's own.
pub(super) async fn lay_fees(town: &Town) {
    let fees = [
        ("tornion-jaahalli", "hela-isen", json!({"EUR": "10.00", "SEK": "100.00"})),
        ("norra-affars-arena", "hela-isen", json!({"SEK": "333.33"})),
    ];
    for (facility, space, fee) in fees {
        let back = json!({"percent": 80, "fee": fee});
        let step = json!({"until": {"hours": 72}, "back": {"percent": 100}});
        let rule = json!({"cancelling": [{"steps": [step], "then": back}]});
        town.lay_rules(&town.space(facility, space), &rule).await;
    }
}
