//! Rules that real towns have, as staff would write them here: each can be read and makes sense.

use serde::Deserialize;
use vayla_domain::space::{FacilityRules, OwnRules};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    facility: Option<FacilityRules>,
    space: Option<OwnRules>,
}

#[test]
fn rules_of_real_towns_can_be_written_down() {
    let entries: Vec<Entry> = serde_json::from_str(include_str!("catalogue.json")).expect("the rules");
    for Entry { rule, facility, space } in entries {
        assert!(facility.is_some() != space.is_some(), "{rule}: one of the two");
        assert_eq!(facility.map_or(Ok(()), |rules| rules.check()), Ok(()), "{rule}");
        assert_eq!(space.map_or(Ok(()), |rules| rules.check(60)), Ok(()), "{rule}");
    }
}
