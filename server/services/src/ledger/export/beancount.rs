//! The books as beancount text. Each town's books are its own: what a transaction posts in two towns stands
//! there as two, tied by a link, each on its town's day and in its currency.

use std::fmt::Write;

use chrono::{NaiveDate, SecondsFormat};
use vayla_domain::{
    ledger::{Account, AccountKind, Balances, ChartAccount, Posting},
    money::{Currency, Money},
};

use super::super::read::Booked;
use crate::catalogue::Municipality;

/// From here on an account may be used: before any town had books here.
const OPENED: &str = "1970-01-01";

/// What stands above all.
pub(super) fn head(towns: &[&Municipality]) -> String {
    let names: Vec<&str> = towns.iter().map(|town| town.details.legal_name.as_str()).collect();
    let mut text = format!("option \"title\" {}\n", quoted(&names.join(", ")));
    for town in towns {
        text += &format!("option \"operating_currency\" \"{}\"\n", town.currency);
    }
    text
}

/// Opens a town's account, with what the town's own chart calls it, and what it will call it from later dates on.
pub(super) fn open(town: &Municipality, account: &Account, chart: &[ChartAccount], on: NaiveDate) -> String {
    let mut text = format!("\n{OPENED} open {} {}\n", name(&town.code, account), town.currency);
    let own = chart.iter().filter(|line| line.account == *account);
    let current = own.clone().filter(|line| line.from <= on).max_by_key(|line| line.from);
    if let Some(line) = current {
        text += &called(line, "");
    }
    for line in own.filter(|line| current.is_none_or(|current| line.from != current.from)) {
        text += &called(line, &format!("-from-{}", line.from));
    }
    text
}

fn called(line: &ChartAccount, suffix: &str) -> String {
    let mut text = format!("  number{suffix}: {}\n", quoted(&line.number));
    text += &format!(
        "  name-sv{suffix}: {}\n  name-fi{suffix}: {}\n",
        quoted(&line.name.sv),
        quoted(&line.name.fi)
    );
    for (name, value) in &line.dimensions {
        text += &format!("  {name}{suffix}: {}\n", quoted(value));
    }
    text
}

/// A town's postings of a transaction; nothing where it has none.
pub(super) fn transaction(town: &Municipality, booked: &Booked) -> String {
    let own: Vec<&Posting> = booked.postings.iter().filter(|posting| posting.entity == town.code).collect();
    if own.is_empty() {
        return String::new();
    }
    let day = booked.at.with_timezone(&town.zone).date_naive();
    let about = booked.booking.as_ref().map(|reference| format!(" {reference}")).unwrap_or_default();
    let narration = quoted(&format!("{}{about}", booked.event.code()));
    let at = booked.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let mut text = format!("\n{day} * {narration} ^{}\n", booked.id);
    text += &format!("  at: \"{at}\"\n  source: {}\n", quoted(&booked.source));
    text += &booked.booked_on.map(|day| format!("  booked: {day}\n")).unwrap_or_default();
    if let (Some(value), Some(date), Some(source)) =
        (&booked.rate_value, booked.rate_date, &booked.rate_source)
    {
        text += &format!("  rate: {value}\n  rate-date: {date}\n  rate-source: {}\n", quoted(source));
        text +=
            &booked.rate_file.as_ref().map(|file| format!("  rate-file: \"{file}\"\n")).unwrap_or_default();
    }
    for posting in own {
        for (account, sign) in [(&posting.debit, 1), (&posting.credit, -1)] {
            let signed = |money: Money| Money::new(sign * money.minor, money.currency);
            text += &line(&name(&town.code, account), signed(posting.amount));
            let due = matches!(account, Account::DueTo(_) | Account::DueFrom(_));
            if let Some(contract) = posting.contract.filter(|_| due) {
                text += &format!("    contract: {}\n", amount(signed(contract)));
            }
        }
    }
    text
}

/// What stood on a town's accounts when the day began, as a transaction.
pub(super) fn opening(town: &Municipality, before: &Balances, day: NaiveDate) -> String {
    let lines: String = standing(town, before)
        .filter(|(_, balance)| balance.minor != 0)
        .map(|(account, balance)| line(&name(&town.code, account), balance))
        .collect();
    if lines.is_empty() { lines } else { format!("\n{day} * \"opening balance\"\n{lines}") }
}

/// Asserts what stands on a town's accounts when the day begins.
pub(super) fn closing(town: &Municipality, balances: &Balances, day: NaiveDate) -> String {
    standing(town, balances).fold("\n".to_owned(), |mut text, (account, balance)| {
        let Money { minor, currency } = balance;
        let figure = Money::new(minor, currency).wire();
        let _ = writeln!(text, "{day} balance {} {figure} ~ 0.001 {currency}", name(&town.code, account));
        text
    })
}

fn standing<'a>(
    town: &'a Municipality,
    balances: &'a Balances,
) -> impl Iterator<Item = (&'a Account, Money)> {
    let own = balances.lines().filter(|(entity, ..)| *entity == town.code);
    own.map(|(_, account, currency, turnover): (&str, _, Currency, _)| {
        (account, Money::new(turnover.balance(), currency))
    })
}

fn line(account: &str, money: Money) -> String {
    format!("  {account}  {}\n", amount(money))
}

fn amount(money: Money) -> String {
    format!("{} {}", money.wire(), money.currency)
}

/// `Liabilities:Haparanda:DueTo:Tornio`.
fn name(town: &str, account: &Account) -> String {
    let root = match account.kind() {
        AccountKind::Asset => "Assets",
        AccountKind::Liability => "Liabilities",
        AccountKind::Income => "Income",
        AccountKind::Expense => "Expenses",
    };
    let other = account.other().map(|other| format!(":{}", component(other))).unwrap_or_default();
    format!("{root}:{}:{}{other}", component(town), component(account.base()))
}

/// Each word with a capital, and nothing else than letters, digits and hyphens.
fn component(code: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    let words: String = code.split('_').map(capital).collect();
    words.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_have_names_that_beancount_takes() {
        let check = |town: &str, account: &str, expected: &str| {
            assert_eq!(name(town, &account.parse().expect("an account")), expected);
        };
        check("haparanda", "due_to:tornio", "Liabilities:Haparanda:DueTo:Tornio");
        check("tornio", "clearing", "Assets:Tornio:Clearing");
        check("tornio", "provider_fees", "Expenses:Tornio:ProviderFees");
        check("över kalix", "income", "Income:Över-kalix:Income");
    }

    #[test]
    fn text_is_quoted() {
        assert_eq!(quoted(r#"a "b" \"#), r#""a \"b\" \\""#);
    }
}
