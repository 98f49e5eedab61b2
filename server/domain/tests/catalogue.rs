//! Rules that real towns have, as staff would write them here: each can be read and makes sense.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Stockholm;
use serde::Deserialize;
use serde_json::json;
use vayla_domain::{
    booking::{Cancelling, Start},
    money::{AfterUse, Currency, Deposit, EURO, ListOf, Money, Tariff, Use},
    space::{FacilityRules, OwnRules, RulesMoney},
};

const KRONOR: Currency = Currency::from_code(b"SEK");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    facility: Option<FacilityRules>,
    space: Option<OwnRules>,
    /// Of a price list.
    after_use: Option<Vec<AfterUse>>,
    /// The same.
    deposit: Option<Deposit>,
}

fn entries() -> Vec<Entry> {
    serde_json::from_str(include_str!("catalogue.json")).expect("the rules")
}

#[test]
fn rules_of_real_towns_can_be_written_down() {
    let money = |rule: &str| RulesMoney {
        currency: if rule.starts_with("Kiruna") { KRONOR } else { EURO },
        currencies: &[KRONOR, EURO],
    };
    for Entry { rule, facility, space, after_use, deposit } in entries() {
        let written = [facility.is_some(), space.is_some(), after_use.is_some(), deposit.is_some()];
        assert_eq!(written.into_iter().filter(|written| *written).count(), 1, "{rule}: one of the four");
        assert_eq!(facility.map_or(Ok(()), |rules| rules.check(money(&rule))), Ok(()), "{rule}");
        assert_eq!(space.map_or(Ok(()), |rules| rules.check(60, money(&rule))), Ok(()), "{rule}");
        assert_eq!(after_use.map_or(Ok(()), check), Ok(()), "{rule}");
        assert_eq!(deposit.map_or(Ok(()), check_deposit), Ok(()), "{rule}");
    }
}

/// In the list of a facility whose currency is that of the first amount.
fn check(after_use: Vec<AfterUse>) -> Result<(), vayla_domain::money::TariffProblem> {
    let own = after_use.iter().find_map(|entry| entry.amount.amounts()?.iter().next());
    let currency = own.map_or(KRONOR, |money| money.currency);
    let price = json!({"groups": ["adult"], "unit": "hour", "price": {currency.code(): "100.00"}});
    let list: Tariff = serde_json::from_value(json!({"dated_by": "use", "prices": [price]})).expect("a list");
    Tariff { after_use, ..list }.check(ListOf::Facility, currency, &[currency])
}

/// In a list of either town, both of whose currencies can be paid in.
fn check_deposit(deposit: Deposit) -> Result<(), vayla_domain::money::TariffProblem> {
    let price = json!({"groups": ["adult"], "unit": "hour", "price": {"SEK": "100.00"}});
    let list: Tariff = serde_json::from_value(json!({"dated_by": "use", "prices": [price]})).expect("a list");
    Tariff { deposit: Some(deposit), ..list }.check(ListOf::Facility, KRONOR, &[KRONOR, EURO])
}

/// What comes back of 2 000 kronor by the rule of a town, for a time that begins on Saturday 28 November 2026 at
/// noon, cancelled at an instant.
fn back(town: &str, use_of: Use, in_series: bool, now: &str) -> i64 {
    let cancels = |entry: &&Entry| {
        let facility = entry.facility.as_ref().map(|rules| &rules.cancelling);
        let space = entry.space.as_ref().map(|rules| &rules.cancelling);
        entry.rule.starts_with(town) && facility.or(space).is_some_and(|rules| !rules.is_empty())
    };
    let entries = entries();
    let entry = entries.iter().find(cancels).expect("a rule");
    let own = entry.space.clone().unwrap_or_default().cancelling;
    let facility = entry.facility.clone().unwrap_or_default().cancelling;
    let rule = Cancelling::new(&own, &facility).rule(use_of, in_series);
    let at = "2026-11-28T11:00:00Z".parse::<DateTime<Utc>>().expect("an instant");
    let start = Start { at, zone: Stockholm, country: "SE" };
    let back = rule.back(start, now.parse().expect("an instant")).cloned().unwrap_or_default();
    back.of(Money::new(2_000_00, KRONOR)).minor
}

#[test]
fn real_rules_of_cancelling_give_back_what_they_say() {
    let check = |town: &str, use_of, in_series, last: &str, late: &str, left| {
        assert_eq!(back(town, use_of, in_series, last), 2_000_00, "{town} at the last moment");
        assert_eq!(back(town, use_of, in_series, late), left, "{town} a second later");
    };
    let single =
        |town: &str, use_of, last: &str, late: &str, left| check(town, use_of, false, last, late, left);
    let (practice, game, event) = (Use::Sport, Use::Match, Use::Event);
    single("Tornio, Porthan", practice, "2026-11-21T11:00:00Z", "2026-11-21T11:00:01Z", 0);
    single("Kalix", practice, "2026-11-26T11:00:00Z", "2026-11-26T11:00:01Z", 0);
    single("Kalix", game, "2026-11-21T11:00:00Z", "2026-11-21T11:00:01Z", 0);
    single("Kiruna", practice, "2026-11-27T11:00:00Z", "2026-11-27T11:00:01Z", 1_500_00);
    single("Kiruna", event, "2026-11-18T11:00:00Z", "2026-11-18T11:00:01Z", 1_000_00);
    single("Bollnäs", practice, "2026-11-23T23:00:00Z", "2026-11-23T23:00:01Z", 0);
    single("Hudiksvall", practice, "2026-11-27T11:00:00Z", "2026-11-27T11:00:01Z", 0);
    single("Östersund", practice, "2026-11-25T11:00:00Z", "2026-11-25T11:00:01Z", 0);
    single("Östersund", game, "2026-11-20T11:00:00Z", "2026-11-20T11:00:01Z", 0);
    single("Turku", practice, "2026-11-21T11:00:00Z", "2026-11-21T11:00:01Z", 0);
    single("Kempele", practice, "2026-10-31T11:00:00Z", "2026-10-31T11:00:01Z", 0);
    assert_eq!(back("Kempele", practice, true, "2026-01-01T00:00:00Z"), 0);
    assert_eq!(back("Skellefteå", practice, false, "2026-01-01T00:00:00Z"), 0);
}
