//! Late cancelling costs a fee: in either currency, whichever was paid with.

use serde_json::{Value, json};
use vayla_domain::{
    Language,
    money::{Currency, EURO},
};
use vayla_services::booking;

use crate::{
    Time, Town, aino, asa, eur,
    pages::browser::{Sheet, Visitor},
    sek,
};

on_both_engines! {
    a_fee_in_euros_stays_of_kronor_at_the_rate_they_were_paid_at,
    a_fee_that_is_fixed_in_both_stays_as_it_is_written,
    a_fee_in_kronor_stays_of_euros,
    no_more_stays_than_was_paid,
    a_fee_stays_once_of_two_payments,
}

const KRONA: Currency = Currency::from_code(b"SEK");

/// All until a day before, then all but a fee until two hours before, then a half less the fee.
pub(super) fn with_fee(fee: &Value) -> Value {
    json!({"cancelling": [{
        "steps": [
            {"until": {"hours": 24}, "back": {"percent": 100}},
            {"until": {"hours": 2}, "back": {"percent": 100, "fee": fee}}],
        "then": {"percent": 50, "fee": fee}}]})
}

impl Town {
    pub(super) async fn ice_with(&self, rules: &Value) -> Time {
        self.lay_rules(&self.ice_in_tornio().space, rules).await;
        self.ice_in_tornio()
    }

    pub(super) async fn visit(&self, language: Language, booking: uuid::Uuid, path: &str) -> Sheet {
        let noun = if language == Language::Sv { "bokning" } else { "varaus" };
        let token = self.services.secret.manage_token(booking);
        let path = format!("/{}/{noun}/{token}{path}", language.code());
        Visitor::new(self, language).get(&path).await
    }
}

async fn a_fee_in_euros_stays_of_kronor_at_the_rate_they_were_paid_at(town: &Town) {
    let time = town.ice_with(&with_fee(&json!({"EUR": "45.00"}))).await;
    let booking = town.book(&time, asa(), KRONA).await;
    town.clock.set("2026-11-04T12:00:00Z");
    assert_eq!(booking::refunds_now(&town.services, &booking).await.expect("a sum"), [sek(878_24)]);
    town.visit(Language::Sv, booking.id, "/avboka").await.is(200).says("Du får tillbaka 878,24 kr.");
    assert_eq!(town.cancel(booking.id).await.refunds, [sek(878_24)]);
    assert_eq!(
        town.postings(booking.id).await[3..],
        [
            "haparanda: due_to:tornio / clearing 878.24 SEK (80.00 EUR)",
            "tornio: vat / due_from:haparanda 9.52 EUR (9.52 EUR)", // 14.87 × 80 / 125
            "tornio: income / due_from:haparanda 70.48 EUR (70.48 EUR)",
        ]
    );
}

async fn a_fee_that_is_fixed_in_both_stays_as_it_is_written(town: &Town) {
    let time = town.ice_with(&with_fee(&json!({"EUR": "45.00", "SEK": "500.00"}))).await;
    let booking = town.book(&time, asa(), KRONA).await;
    town.clock.set("2026-11-04T12:00:00Z");
    let page = town.visit(Language::Sv, booking.id, "").await;
    page.is(200)
        .says("Det går inte längre att avboka utan kostnad.")
        .says("Om du avbokar senast ons 4 nov. kl. 16:00 finsk tid (15:00 svensk tid) får du tillbaka allt utom en avgift på 45,00 € eller 500,00 kr.")
        .says("Efter det får du tillbaka 50 procent minus en avgift på 45,00 € eller 500,00 kr, fram till att tiden börjar.");
    assert_eq!(town.cancel(booking.id).await.refunds, [sek(872_25)]);
    assert_eq!(
        town.postings(booking.id).await[3],
        "haparanda: due_to:tornio / clearing 872.25 SEK (80.00 EUR)"
    );
    let letter = town.letter("Avbokat: ").await;
    assert!(letter.text.contains("872,25\u{a0}kr"), "{}", letter.text);
}

async fn a_fee_in_kronor_stays_of_euros(town: &Town) {
    let fee = json!({"SEK": "300.00"});
    town.lay_rules(&town.ice_in_haparanda().space, &with_fee(&fee)).await;
    let booking = town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    town.clock.set("2026-11-04T16:30:00Z"); // half an hour before
    let page = town.visit(Language::Fi, booking.id, "/peru").await;
    page.is(200)
        .says("Saat takaisin 10,25 €.") // 412.50 less 300 kronor of 825, of 75.15 euros: 10.2477
        .says("saat takaisin 50 prosenttia vähennettynä peruutusmaksulla (300,00 kr).");
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(10_25)]);
    assert_eq!(
        town.postings(booking.id).await[2..],
        [
            "tornio: due_to:haparanda / clearing 10.25 EUR (112.50 SEK)",
            "haparanda: income / due_from:tornio 112.50 SEK (112.50 SEK)",
        ]
    );
}

async fn no_more_stays_than_was_paid(town: &Town) {
    let time = town.ice_with(&with_fee(&json!({"EUR": "500.00"}))).await;
    let booking = town.book(&time, aino(), EURO).await;
    town.clock.set("2026-11-04T12:00:00Z");
    town.visit(Language::Fi, booking.id, "/peru")
        .await
        .says("Maksua ei palauteta.")
        .says("Jos perut, maksua ei palauteta.");
    assert_eq!(town.cancel(booking.id).await.refunds, []);
    assert_eq!(town.postings(booking.id).await.len(), 2);
}

async fn a_fee_stays_once_of_two_payments(town: &Town) {
    let time = town.ice_with(&with_fee(&json!({"EUR": "100.00"}))).await;
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    let moved = town.change(booking.id, &time).await;
    assert_eq!(moved.total, eur(125_00));
    town.clock.set("2026-11-04T12:00:00Z");
    // 95 of the first, and 5 of the 30 that were paid with kronor.
    let kronor = town.payments(booking.id).await[1].amount;
    let back = kronor.portion(25_00, 30_00);
    assert_eq!(town.cancel(booking.id).await.refunds, [back]);
}

impl Town {
    /// Moves it to a dearer time, whose difference Åsa pays in kronor.
    async fn change(&self, id: uuid::Uuid, time: &Time) -> booking::Booking {
        let changed = self.try_move(id, time).await.expect("a change");
        assert!(matches!(changed, booking::Changed::Open(_)), "{changed:?}");
        self.pay(&self.booking(id).await, KRONA).await;
        self.booking(id).await
    }
}
