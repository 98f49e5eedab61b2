//! Sentences and what they mean.

mod finnish;
mod properties;
mod swedish;
mod unclear;

use chrono::NaiveDate;
use vayla_domain::language::Language;

use super::{NamedPlace, WishText, wish};

/// A Wednesday.
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a date");

fn places() -> Vec<NamedPlace<'static>> {
    vec![
        NamedPlace { code: "haparanda", country: "SE", names: vec!["Haparanda", "Haaparanta"] },
        NamedPlace { code: "tornio", country: "FI", names: vec!["Torneå", "Tornio"] },
    ]
}

fn read(text: &str, language: Language) -> WishText {
    wish(text, language, TODAY, &places())
}

/// Each text means what stands beside it, as [`tell`] has it.
fn check(language: Language, sentences: &[(&str, &str)]) {
    let told = sentences.iter().map(|(text, expected)| (text, expected, tell(&read(text, language))));
    let wrong: Vec<_> = told.filter(|(_, expected, told)| told != *expected).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `120min 50% ice Tue,Thu 17:00-20:00 tornio 11-25..12-15 12p ?word|two words`, with the year where it
/// isn't that of [`TODAY`].
fn tell(wish: &WishText) -> String {
    let clock = |minute: u32| format!("{}:{:02}", minute / 60, minute % 60);
    let date = |date: NaiveDate| date.to_string().trim_start_matches("2026-").to_owned();
    let weekdays: Vec<String> = wish.weekdays.iter().map(ToString::to_string).collect();
    let between = |dots: &str, from: Option<String>, to: Option<String>| {
        let some = from.is_some() || to.is_some();
        some.then(|| format!("{}{dots}{}", from.unwrap_or_default(), to.unwrap_or_default()))
    };
    let fields = [
        wish.minutes.map(|minutes| format!("{minutes}min")),
        wish.share_percent.map(|share| format!("{share}%")),
        wish.kind.map(str::to_owned),
        (!weekdays.is_empty()).then(|| weekdays.join(",")),
        between("-", wish.minute_from.map(clock), wish.minute_to.map(clock)),
        wish.municipality.clone(),
        between("..", wish.from.map(date), wish.to.map(date)),
        wish.people.map(|people| format!("{people}p")),
        (!wish.not_understood.is_empty()).then(|| format!("?{}", wish.not_understood.join("|"))),
    ];
    fields.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
