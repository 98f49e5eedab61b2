//! What a price list may not be.

use super::{AfterUse, Amounts, ChargeAmount, ChargeKind, DatedBy, Deposit, Tariff, TariffPrice};
use crate::{Bilingual, money::Currency, space::WallMinute};

pub const PRICES_MAX: usize = 500;
pub const HOMES_MAX: usize = 50;
pub const DISCOUNTS_MAX: usize = 10;
pub const AFTER_USE_MAX: usize = 50;
pub const NAME_LETTERS_MAX: usize = 80;
const PERCENT_MAX: u32 = 100;
/// Of the price, for who didn't come.
const PRICE_PERCENT_MAX: u32 = 500;
const DATES_MAX: u32 = 120;

/// Whose list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOf {
    Facility,
    Space,
}

/// What is wrong, and in which field: `prices[2].when.to`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {fault}")]
pub struct TariffProblem {
    pub field: String,
    pub fault: TariffFault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TariffFault {
    #[error("at least one price, at most {PRICES_MAX}")]
    Prices,
    #[error("only a space's list is a part of its facility's, and then it has nothing of its own")]
    PartOfWhat,
    #[error("a whole percentage from 1 to {PERCENT_MAX}")]
    Percent,
    #[error("at least one price group, each once")]
    Groups,
    #[error("at most {HOMES_MAX} municipalities")]
    Homes,
    #[error("a span of dates ends before it begins")]
    Dates,
    #[error("hours end after they begin, at 24:00 at the latest")]
    Hours,
    #[error(
        "the amount in the facility's currency is missing, or there is one in a currency that isn't used"
    )]
    Currency,
    #[error("a group without prices pays as one that has some")]
    AsGroup,
    #[error("at most {DISCOUNTS_MAX} discounts, each for another number of dates from 2 to {DATES_MAX}")]
    Series,
    #[error("at most {AFTER_USE_MAX} charges after use, each with a code of its own")]
    AfterUse,
    #[error(
        "a name in both languages, of at most {NAME_LETTERS_MAX} letters; what is of no other kind needs one"
    )]
    Name,
    #[error("a whole percentage of the price from 1 to {PRICE_PERCENT_MAX}")]
    PricePercent,
    #[error("an amount in each currency that is paid in, more than nothing and at most {} units", Deposit::MINOR_MAX / 100)]
    Deposit,
    #[error("at most {} days", Deposit::DAYS_MAX)]
    DepositDays,
}

impl Tariff {
    /// Whether it makes sense for a place whose prices are in a currency, beside those that can be paid in.
    ///
    /// # Errors
    /// The first [`TariffProblem`].
    pub fn check(
        &self,
        of: ListOf,
        currency: Currency,
        currencies: &[Currency],
    ) -> Result<(), TariffProblem> {
        if let Some(percent) = self.part_percent {
            return self.check_part(of, percent);
        }
        fine((1..=PRICES_MAX).contains(&self.prices.len()), "prices", TariffFault::Prices)?;
        let amounts = |amounts: &Amounts| {
            amounts.of(currency).is_some() && amounts.iter().all(|money| currencies.contains(&money.currency))
        };
        for (place, price) in self.prices.iter().enumerate() {
            let field = |name: &str| format!("prices[{place}].{name}");
            check_price(price).map_err(|(name, fault)| TariffProblem { field: field(name), fault })?;
            fine(amounts(&price.price), field("price"), TariffFault::Currency)?;
        }
        fine(self.minimum.as_ref().is_none_or(amounts), "minimum", TariffFault::Currency)?;
        for group in self.as_group.keys() {
            let is_named = self.prices.iter().any(|price| price.groups.contains(group));
            let fits = !is_named && self.pays_as(*group).is_some();
            fine(fits, format!("as_group.{}", group.code()), TariffFault::AsGroup)?;
        }
        self.check_series()?;
        for (place, after) in self.after_use.iter().enumerate() {
            let field = |name: &str| format!("after_use[{place}].{name}");
            let again = self.after_use[..place].iter().any(|known| known.code() == after.code());
            fine(!again, field("code"), TariffFault::AfterUse)?;
            check_after_use(after).map_err(|(name, fault)| TariffProblem { field: field(name), fault })?;
            fine(after.amount.amounts().is_none_or(amounts), field("amount"), TariffFault::Currency)?;
        }
        fine(self.after_use.len() <= AFTER_USE_MAX, "after_use", TariffFault::AfterUse)?;
        self.deposit.as_ref().map_or(Ok(()), |deposit| check_deposit(deposit, currencies))
    }

    fn check_part(&self, of: ListOf, percent: u32) -> Result<(), TariffProblem> {
        let alone = Self { part_percent: Some(percent), ..Self::nothing(self.dated_by) };
        fine(of == ListOf::Space && *self == alone, "part_percent", TariffFault::PartOfWhat)?;
        fine((1..=PERCENT_MAX).contains(&percent), "part_percent", TariffFault::Percent)
    }

    const fn nothing(dated_by: DatedBy) -> Self {
        Self {
            dated_by,
            part_percent: None,
            prices: Vec::new(),
            as_group: std::collections::BTreeMap::new(),
            minimum: None,
            series: Vec::new(),
            after_use: Vec::new(),
            deposit: None,
        }
    }

    fn check_series(&self) -> Result<(), TariffProblem> {
        let mut dates: Vec<u32> = self.series.iter().map(|discount| discount.dates).collect();
        dates.sort_unstable();
        dates.dedup();
        let each = dates.len() == self.series.len() && dates.len() <= DISCOUNTS_MAX;
        let fits = each && dates.iter().all(|dates| (2..=DATES_MAX).contains(dates));
        fine(fits, "series", TariffFault::Series)?;
        for (place, discount) in self.series.iter().enumerate() {
            let fits = (1..=PERCENT_MAX).contains(&discount.percent);
            fine(fits, format!("series[{place}].percent"), TariffFault::Percent)?;
        }
        Ok(())
    }
}

fn check_price(price: &TariffPrice) -> Result<(), (&'static str, TariffFault)> {
    let mut groups = price.groups.clone();
    groups.sort_unstable();
    groups.dedup();
    if groups.is_empty() || groups.len() != price.groups.len() {
        return Err(("groups", TariffFault::Groups));
    }
    if price.home.len() > HOMES_MAX {
        return Err(("home", TariffFault::Homes));
    }
    if !price.when.on.is_in_order() {
        return Err(("when.on", TariffFault::Dates));
    }
    if price.when.from >= price.when.to || price.when.to > WallMinute::END_OF_DAY {
        return Err(("when.to", TariffFault::Hours));
    }
    Ok(())
}

fn check_after_use(after: &AfterUse) -> Result<(), (&'static str, TariffFault)> {
    if !after.name.as_ref().map_or(after.kind != ChargeKind::Other, is_name) {
        return Err(("name", TariffFault::Name));
    }
    match after.amount {
        ChargeAmount::PricePercent(percent) if !(1..=PRICE_PERCENT_MAX).contains(&percent) => {
            Err(("amount", TariffFault::PricePercent))
        }
        _ => Ok(()),
    }
}

/// It goes back as it came: each currency that can be paid in has its amount.
fn check_deposit(deposit: &Deposit, currencies: &[Currency]) -> Result<(), TariffProblem> {
    let known = deposit.amount.iter().all(|money| currencies.contains(&money.currency));
    let fits = |currency: &Currency| {
        deposit.of(*currency).is_some_and(|money| (1..=Deposit::MINOR_MAX).contains(&money.minor))
    };
    fine(known && currencies.iter().all(fits), "deposit.amount", TariffFault::Deposit)?;
    fine(deposit.name.as_ref().is_none_or(is_name), "deposit.name", TariffFault::Name)?;
    fine(deposit.days <= Deposit::DAYS_MAX, "deposit.days", TariffFault::DepositDays)
}

fn is_name(name: &Bilingual) -> bool {
    let fits = |text: &String| {
        (1..=NAME_LETTERS_MAX).contains(&text.trim().chars().count()) && !text.chars().any(char::is_control)
    };
    fits(&name.sv) && fits(&name.fi)
}

fn fine(fits: bool, field: impl Into<String>, fault: TariffFault) -> Result<(), TariffProblem> {
    if fits { Ok(()) } else { Err(TariffProblem { field: field.into(), fault }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::EURO;

    const KRONA: Currency = Currency::from_code(b"SEK");

    fn check(of: ListOf, text: &str, expected: Result<(), (&str, TariffFault)>) {
        let tariff: Tariff = serde_json::from_str(text).expect("a list");
        let found = tariff.check(of, EURO, &[EURO, KRONA]);
        let expected = expected.map_err(|(field, fault)| TariffProblem { field: field.to_owned(), fault });
        assert_eq!(found, expected, "{text}");
    }

    fn list(price: &str, more: &str) -> String {
        let price = if price.is_empty() { String::new() } else { format!("{price},") };
        format!(
            r#"{{"dated_by":"use","prices":[{{{price}"groups":["adult"],"unit":"hour","price":{{"EUR":"1"}}}}]{more}}}"#
        )
    }

    #[test]
    fn what_is_wrong_is_told_with_its_field() {
        let facility = |text: &str, expected| check(ListOf::Facility, text, expected);
        facility(&list("", ""), Ok(()));
        facility(r#"{"dated_by":"use"}"#, Err(("prices", TariffFault::Prices)));
        facility(r#"{"dated_by":"use","part_percent":55}"#, Err(("part_percent", TariffFault::PartOfWhat)));
        let backwards = r#""when":{"on":{"dates":{"from":"2027-02-02","to":"2027-02-01"}}}"#;
        facility(&list(backwards, ""), Err(("prices[0].when.on", TariffFault::Dates)));
        let late = r#""when":{"from":"16:00","to":"26:00"}"#;
        facility(&list(late, ""), Err(("prices[0].when.to", TariffFault::Hours)));
        facility(&list("", r#","minimum":{"SEK":"1"}"#), Err(("minimum", TariffFault::Currency)));
        facility(&list("", r#","minimum":{"EUR":"1","NOK":"1"}"#), Err(("minimum", TariffFault::Currency)));
        facility(&list("", r#","as_group":{"youth":"adult"}"#), Ok(()));
        facility(&list("", r#","as_group":{"youth":"club"}"#), Err(("as_group.youth", TariffFault::AsGroup)));
        facility(
            &list("", r#","as_group":{"adult":"adult"}"#),
            Err(("as_group.adult", TariffFault::AsGroup)),
        );
        facility(&list("", r#","series":[{"dates":1,"percent":5}]"#), Err(("series", TariffFault::Series)));
        facility(
            &list("", r#","series":[{"dates":5,"percent":101}]"#),
            Err(("series[0].percent", TariffFault::Percent)),
        );
        let groups =
            r#"{"dated_by":"use","prices":[{"groups":["adult","adult"],"unit":"day","price":{"EUR":"1"}}]}"#;
        facility(groups, Err(("prices[0].groups", TariffFault::Groups)));
    }

    #[test]
    fn what_is_charged_after_use_has_a_name_a_code_and_an_amount() {
        let after = |entries: &str, expected| {
            check(ListOf::Facility, &list("", &format!(r#","after_use":[{entries}]"#)), expected);
        };
        let key = r#"{"kind":"lost_key","amount":{"fixed":{"EUR":"50"}}}"#;
        after(key, Ok(()));
        after(&format!("{key},{key}"), Err(("after_use[1].code", TariffFault::AfterUse)));
        let coded = key.replace("\"amount\"", r#""code":"second","amount""#);
        after(&format!("{key},{coded}"), Ok(()));
        let other = r#"{"kind":"other","amount":{"fixed":{"EUR":"50"}}}"#;
        after(other, Err(("after_use[0].name", TariffFault::Name)));
        let named = |sv: &str| {
            other.replace("\"amount\"", &format!(r#""name":{{"sv":"{sv}","fi":"Verkko"}},"amount""#))
        };
        after(&named("Nät"), Ok(()));
        after(&named(" "), Err(("after_use[0].name", TariffFault::Name)));
        after(&named(&"ä".repeat(NAME_LETTERS_MAX + 1)), Err(("after_use[0].name", TariffFault::Name)));
        let dear = r#"{"kind":"no_show","amount":{"price_percent":501}}"#;
        after(dear, Err(("after_use[0].amount", TariffFault::PricePercent)));
        let foreign = r#"{"kind":"alarm","amount":{"cost_up_to":{"SEK":"500"}}}"#;
        after(foreign, Err(("after_use[0].amount", TariffFault::Currency)));
        let part = format!(r#"{{"dated_by":"use","part_percent":55,"after_use":[{key}]}}"#);
        check(ListOf::Space, &part, Err(("part_percent", TariffFault::PartOfWhat)));
    }

    #[test]
    fn a_deposit_has_an_amount_in_each_currency() {
        let check = |deposit: &str, expected| {
            check(ListOf::Facility, &list("", &format!(r#","deposit":{{{deposit}}}"#)), expected);
        };
        let amount = |euros: &str, more: &str| format!(r#""amount":{{"EUR":"{euros}"{more}}}"#);
        let kronor = r#","SEK":"500""#;
        let wrong = Err(("deposit.amount", TariffFault::Deposit));
        check(&amount("50", kronor), Ok(()));
        check(&amount("50", ""), wrong);
        check(&amount("0", kronor), wrong);
        check(&amount("10000.01", kronor), wrong);
        check(&amount("50", r#","NOK":"500""#), wrong);
        check(&format!(r#"{},"days":60"#, amount("50", kronor)), Ok(()));
        check(
            &format!(r#"{},"days":61"#, amount("50", kronor)),
            Err(("deposit.days", TariffFault::DepositDays)),
        );
        let named =
            |sv: &str| format!(r#"{},"name":{{"sv":"{sv}","fi":"Avainpantti"}}"#, amount("50", kronor));
        check(&named("Nyckelpant"), Ok(()));
        check(&named(" "), Err(("deposit.name", TariffFault::Name)));
    }

    #[test]
    fn a_part_of_the_facility_has_nothing_of_its_own() {
        let space = |text: &str, expected| check(ListOf::Space, text, expected);
        space(r#"{"dated_by":"use","part_percent":55}"#, Ok(()));
        space(r#"{"dated_by":"use","part_percent":0}"#, Err(("part_percent", TariffFault::Percent)));
        space(&list("", r#","part_percent":55"#), Err(("part_percent", TariffFault::PartOfWhat)));
        space(&list("", ""), Ok(()));
    }

    #[test]
    fn a_document_with_a_slip_of_the_pen_is_no_list() {
        for text in [
            r#"{"prices":[]}"#,
            r#"{"dated_by":"moon"}"#,
            r#"{"dated_by":"use","colour":"red"}"#,
            &list(r#""when":{"hours":1}"#, ""),
            &list(r#""home":["Tornio"]"#, ""),
        ] {
            assert!(serde_json::from_str::<Tariff>(text).is_err(), "{text}");
        }
    }
}
