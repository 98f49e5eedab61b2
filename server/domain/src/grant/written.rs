//! A grant as staff write it down.

use chrono::NaiveDate;

use super::{GrantPays, GrantRule, GrantTerms, GrantedUse, NotGranted};
use crate::{
    Bilingual, Language,
    money::{Currency, Money},
};

pub const GRANT_NAME_MAX: usize = 100;
/// Three years: then it is decided anew.
pub const GRANT_DAYS_MAX: i64 = 1096;
/// So many towns, facilities or groups.
const NAMED_MAX: usize = 100;
/// More than a town's leisure costs in a year, and far from what sums overflow at.
const AMOUNT_MAX: i64 = 100_000_000_00;

/// What a municipality has decided to pay of others' prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What payers read: "Lokalbidrag för ungdomar".
    pub name: Bilingual,
    pub pays: GrantPays,
    /// The most of a booking.
    pub limit: Option<Money>,
    /// The most in all. Its currency is the municipality's.
    pub budget: Money,
    /// The first and the last day of use, by the facility's calendar.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub terms: GrantTerms,
}

/// The same as typed.
#[derive(Debug, Clone)]
pub struct GrantFields {
    pub name: Bilingual,
    pub percent: Option<i64>,
    pub amount: Option<Money>,
    pub limit: Option<Money>,
    pub budget: Money,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub terms: GrantTerms,
}

/// What of it is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GrantField {
    Name,
    /// Either a percentage, 1 to 100, or an amount.
    Percent,
    Amount,
    Limit,
    Budget,
    Until,
    Municipalities,
    Facilities,
    Customer,
}

impl GrantField {
    /// Its name on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Percent => "percent",
            Self::Amount => "amount",
            Self::Limit => "limit",
            Self::Budget => "budget",
            Self::Until => "until",
            Self::Municipalities => "municipalities",
            Self::Facilities => "facilities",
            Self::Customer => "customer",
        }
    }
}

impl Grant {
    /// Reads it for a municipality that keeps its money in `currency`.
    ///
    /// # Errors
    /// The first field that can't be.
    pub fn parse(typed: GrantFields, currency: Currency) -> Result<Self, GrantField> {
        let money = |money: Money, field| {
            let fits = money.currency == currency && (1..=AMOUNT_MAX).contains(&money.minor);
            if fits { Ok(money) } else { Err(field) }
        };
        let pays = match (typed.percent, typed.amount) {
            (Some(percent), None) if (1..=100).contains(&percent) => GrantPays::Percent(percent),
            (None, Some(amount)) => GrantPays::Amount(money(amount, GrantField::Amount)?),
            _ => return Err(GrantField::Percent),
        };
        let days = (typed.until - typed.from).num_days();
        if !(0..=GRANT_DAYS_MAX).contains(&days) {
            return Err(GrantField::Until);
        }
        let few = |names: usize, field| if names <= NAMED_MAX { Ok(()) } else { Err(field) };
        few(typed.terms.municipalities.len(), GrantField::Municipalities)?;
        few(typed.terms.facilities.len(), GrantField::Facilities)?;
        let name = |language| line(typed.name.get(language)).ok_or(GrantField::Name);
        Ok(Self {
            name: Bilingual { sv: name(Language::Sv)?, fi: name(Language::Fi)? },
            pays,
            limit: typed.limit.map(|limit| money(limit, GrantField::Limit)).transpose()?,
            budget: money(typed.budget, GrantField::Budget)?,
            from: typed.from,
            until: typed.until,
            terms: typed.terms,
        })
    }

    #[must_use]
    pub const fn rule(&self) -> GrantRule {
        GrantRule { pays: self.pays, limit: self.limit, currency: self.budget.currency }
    }

    /// # Errors
    /// [`NotGranted`] where it pays nothing of such a use.
    pub fn check(&self, of: &GrantedUse<'_>) -> Result<(), NotGranted> {
        self.terms.check(of, self.from, self.until)
    }
}

/// On one line; `None` of nothing, and of too much.
fn line(typed: &str) -> Option<String> {
    let words = typed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let text = words.collect::<Vec<_>>().join(" ");
    (1..=GRANT_NAME_MAX).contains(&text.chars().count()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::EURO;

    fn typed() -> GrantFields {
        GrantFields {
            name: Bilingual { sv: " Lokalbidrag\n".to_owned(), fi: "Tila-avustus".to_owned() },
            percent: Some(50),
            amount: None,
            limit: None,
            budget: Money::new(10_000_00, EURO),
            from: "2026-08-01".parse().expect("a day"),
            until: "2027-05-31".parse().expect("a day"),
            terms: GrantTerms::default(),
        }
    }

    #[test]
    fn a_grant_says_what_it_pays_of_what_from_when_and_how_much_in_all() {
        let grant = Grant::parse(typed(), EURO).expect("a grant");
        assert_eq!((grant.name.sv.as_str(), grant.pays), ("Lokalbidrag", GrantPays::Percent(50)));
        let check = |change: fn(&mut GrantFields), field| {
            let mut fields = typed();
            change(&mut fields);
            assert_eq!(Grant::parse(fields, EURO), Err(field));
        };
        let kronor = |minor| Money::new(minor, Currency::from_code(b"SEK"));
        assert_eq!(Grant::parse(GrantFields { budget: kronor(1), ..typed() }, EURO), Err(GrantField::Budget));
        check(|fields| fields.name.fi.clear(), GrantField::Name);
        check(|fields| fields.percent = Some(101), GrantField::Percent);
        check(|fields| fields.percent = None, GrantField::Percent);
        check(|fields| fields.amount = Some(Money::new(1, EURO)), GrantField::Percent);
        check(|fields| fields.limit = Some(Money::new(0, EURO)), GrantField::Limit);
        check(|fields| fields.budget.minor = 0, GrantField::Budget);
        check(|fields| fields.until = fields.from.pred_opt().expect("a day"), GrantField::Until);
    }
}
