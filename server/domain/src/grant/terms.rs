//! What a grant is for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::money::PriceGroup;

/// For which facilities and whom: where nothing is named, for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GrantTerms {
    /// The towns all of whose facilities it is for, by their codes.
    pub municipalities: BTreeSet<String>,
    /// Single facilities besides, by their names in addresses.
    pub facilities: BTreeSet<String>,
    pub groups: BTreeSet<PriceGroup>,
}

/// What is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantedUse<'a> {
    pub municipality: &'a str,
    pub facility: &'a str,
    pub group: PriceGroup,
    /// The day on which it begins, by the facility's calendar.
    pub on: NaiveDate,
}

/// Why a grant pays nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotGranted {
    #[error("not for this facility")]
    Place,
    #[error("not for this price group")]
    Group,
    #[error("only for times from {0} to {1}")]
    Day(NaiveDate, NaiveDate),
}

impl GrantTerms {
    /// # Errors
    /// [`NotGranted`], the first that is in the way.
    pub fn check(&self, of: &GrantedUse<'_>, from: NaiveDate, until: NaiveDate) -> Result<(), NotGranted> {
        let anywhere = self.municipalities.is_empty() && self.facilities.is_empty();
        if !anywhere
            && !self.municipalities.contains(of.municipality)
            && !self.facilities.contains(of.facility)
        {
            return Err(NotGranted::Place);
        }
        if !self.groups.is_empty() && !self.groups.contains(&of.group) {
            return Err(NotGranted::Group);
        }
        if of.on < from || until < of.on {
            return Err(NotGranted::Day(from, until));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_for_what_it_names() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let (from, until) = (day("2026-08-01"), day("2027-05-31"));
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let youth = GrantTerms {
            municipalities: set(&["haparanda"]),
            facilities: set(&["tornion-jaahalli"]),
            groups: BTreeSet::from([PriceGroup::Youth]),
        };
        let ice = GrantedUse {
            municipality: "tornio",
            facility: "tornion-jaahalli",
            group: PriceGroup::Youth,
            on: until,
        };
        let check =
            |of: GrantedUse<'_>, expected| assert_eq!(youth.check(&of, from, until), expected, "{of:?}");
        check(ice, Ok(()));
        check(GrantedUse { municipality: "haparanda", facility: "aspenhallen", ..ice }, Ok(()));
        check(GrantedUse { facility: "putaan-liikuntahalli", ..ice }, Err(NotGranted::Place));
        check(GrantedUse { group: PriceGroup::Adult, ..ice }, Err(NotGranted::Group));
        check(GrantedUse { on: day("2027-06-01"), ..ice }, Err(NotGranted::Day(from, until)));
        check(GrantedUse { on: day("2026-07-31"), ..ice }, Err(NotGranted::Day(from, until)));
        assert_eq!(GrantTerms::default().check(&GrantedUse { facility: "any", ..ice }, from, until), Ok(()));
    }
}
