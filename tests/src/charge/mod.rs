//! What a use has cost afterwards: charged, paid, put on an invoice, taken back.

mod checking;
mod granted;
mod listing;
mod making;
mod on_account;
mod paying;
mod providers;
mod taking_back;

use serde_json::{Value, json};
use uuid::Uuid;
use vayla_domain::{
    Bilingual, Language, Reason,
    money::{Currency, Told},
};
use vayla_services::{
    booking::Booking,
    charge::{self, Charging, UseCharge},
    payment::{self, Payment, start_use_charge},
    staff::Staff,
};

use crate::{Time, Town};

/// 125 euros an hour, and what the towns of the region charge after use.
pub(crate) fn list() -> Value {
    let groups = json!(["adult", "youth", "club", "company"]);
    json!({
        "dated_by": "booking",
        "prices": [{"groups": groups, "unit": "hour", "price": {"EUR": "125.00"}}],
        "after_use": [
            {"kind": "lost_key", "amount": {"fixed": {"EUR": "50.00", "SEK": "500.00"}}},
            {"kind": "unlocked", "amount": {"fixed": {"EUR": "70.00"}}},
            {"kind": "not_cleaned", "amount": {"fixed": {"EUR": "50.00"}}},
            {"kind": "not_cleaned", "code": "changing_room", "amount": {"fixed": {"EUR": "90.00"}},
             "name": {"sv": "Städning av omklädningsrum", "fi": "Pukuhuoneen siivous"}},
            {"kind": "alarm", "amount": {"cost_up_to": {"EUR": "800.00"}}},
            {"kind": "overtime", "amount": {"per_hour": {"EUR": "95.00"}}},
            {"kind": "no_show", "amount": {"price_percent": 100}}
        ]
    })
}

fn told_why() -> Value {
    json!({"sv": "Nyckeln kom aldrig tillbaka.", "fi": "Avainta ei palautettu."})
}

fn reason(sv: &str, fi: &str) -> Reason {
    Reason::parse(&Bilingual { sv: sv.to_owned(), fi: fi.to_owned() }).expect("a reason")
}

fn why() -> Reason {
    reason("Nyckeln kom aldrig tillbaka.", "Avainta ei palautettu.")
}

pub(crate) fn found() -> Reason {
    reason("Nyckeln är hittad.", "Avain löytyi.")
}

/// The charge's page in a language.
pub(crate) fn page_of(town: &Town, charge: &UseCharge, language: Language) -> String {
    let token = town.services.secret.manage_token(charge.booking);
    match language {
        Language::Sv => format!("/sv/bokning/{token}/avgift/{}", charge.number),
        Language::Fi => format!("/fi/varaus/{token}/lisamaksu/{}", charge.number),
    }
}

impl Town {
    /// The list holds for the ice in Tornio.
    pub(crate) async fn list_charges(&self) {
        self.price(&self.ice_in_tornio().space, &list()).await;
    }

    /// After the time, when the story's booker has gone home.
    pub(crate) fn after(&self, time: &Time) {
        self.clock.set_to(time.end + chrono::TimeDelta::minutes(30));
    }

    pub(crate) async fn charge(&self, booking: &Booking, code: &str) -> UseCharge {
        self.charge_told(booking, code, Told::default()).await
    }

    pub(crate) async fn charge_told(&self, booking: &Booking, code: &str, told: Told) -> UseCharge {
        let reason = why();
        let charging = Charging { code, told, reason: &reason };
        charge::make(&self.services, &Staff::operator(), booking.id, charging).await.expect("a charge").1
    }

    pub(crate) async fn use_charge(&self, charge: &UseCharge) -> UseCharge {
        let found = charge::find(&self.services.db, charge.booking, charge.number).await;
        found.expect("the database").expect("a charge")
    }

    pub(crate) async fn take_back(&self, charge: &UseCharge) -> UseCharge {
        let done = charge::take_back(&self.services, &Staff::operator(), charge.id, &found()).await;
        done.expect("to be taken back").1
    }

    /// Opens a payment of it.
    pub(crate) async fn open_charge(&self, charge: &UseCharge, currency: Currency) -> Payment {
        let return_url = format!("{}/", self.base_url);
        let id = start_use_charge(&self.services, charge.booking, charge.id, currency, &return_url).await;
        self.payment(id.expect("a payment")).await
    }

    pub(crate) async fn pay_charge(&self, charge: &UseCharge, currency: Currency) -> Payment {
        let payment = self.open_charge(charge, currency).await;
        self.play(&payment, payment::Outcome::Pay).await;
        self.payment(payment.id).await
    }

    pub(crate) async fn payments_of(&self, charge: Uuid) -> Vec<Payment> {
        payment::of_use_charge(&self.services.db, charge).await.expect("the database")
    }
}
