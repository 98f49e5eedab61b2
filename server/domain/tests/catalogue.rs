//! Rules that real towns have, as staff would write them here: each can be read and makes sense.

use serde::Deserialize;
use serde_json::json;
use vayla_domain::{
    money::{AfterUse, Currency, ListOf, Tariff},
    space::{FacilityRules, OwnRules},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    facility: Option<FacilityRules>,
    space: Option<OwnRules>,
    /// Of a price list.
    after_use: Option<Vec<AfterUse>>,
}

#[test]
fn rules_of_real_towns_can_be_written_down() {
    let entries: Vec<Entry> = serde_json::from_str(include_str!("catalogue.json")).expect("the rules");
    for Entry { rule, facility, space, after_use } in entries {
        let written = [facility.is_some(), space.is_some(), after_use.is_some()];
        assert_eq!(written.into_iter().filter(|written| *written).count(), 1, "{rule}: one of the three");
        assert_eq!(facility.map_or(Ok(()), |rules| rules.check()), Ok(()), "{rule}");
        assert_eq!(space.map_or(Ok(()), |rules| rules.check(60)), Ok(()), "{rule}");
        assert_eq!(after_use.map_or(Ok(()), check), Ok(()), "{rule}");
    }
}

/// In the list of a facility whose currency is that of the first amount.
fn check(after_use: Vec<AfterUse>) -> Result<(), vayla_domain::money::TariffProblem> {
    let own = after_use.iter().find_map(|entry| entry.amount.amounts()?.iter().next());
    let currency = own.map_or(Currency::from_code(b"SEK"), |money| money.currency);
    let price = json!({"groups": ["adult"], "unit": "hour", "price": {currency.code(): "100.00"}});
    let list: Tariff = serde_json::from_value(json!({"dated_by": "use", "prices": [price]})).expect("a list");
    Tariff { after_use, ..list }.check(ListOf::Facility, currency, &[currency])
}
