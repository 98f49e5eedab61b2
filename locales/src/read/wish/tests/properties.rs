//! What holds for any text.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use vayla_domain::{booking::PEOPLE_MAX, language::Language};

use super::{TODAY, WishText, places, wish};
use crate::{format, words};

const WORDS: &str = "\
    två kaksi 1,5 1/2 halv puoli halva hela koko 10 17 17.30 17:30 5 24 26.11. 26/11 1.12. 17.10 \
    2026-11-26 20261126 48 3 50 % h t min timmar tuntia tunnin timme kvart varttia personer henkilöä vi \
    är meitä on minst högst enintään över yli om is jää hallen salia planen kenttää simhall tisdag ti to \
    on la su måndag-fredag maanantaista perjantaihin vardagar viikonloppuna lördagskväll huomisaamuna \
    efter från till före ennen mellan och eller ja tai jälkeen alkaen asti mennessä kl klo kl. klo17 \
    kväll illalla morgon aamupäivällä lunch i idag imorgon nästa vecka ensi viikolla kommande seuraavat \
    veckor viikkoa v48 december joulukuussa marraskuuta nov 2027 den i Torneå Torniossa Haparanda \
    Haaparannalta svenska sidan båda städerna kumpi tahansa inte ei utan utom paitsi men :n :e - – , . ; \
    + < bastu träning 🏒 ö";

/// Phrases that have nothing to do with each other.
const PHRASES: [&str; 9] = [
    "två timmar",
    "minst halva hallen",
    "tiistaina tai torstaina",
    "klo 17 jälkeen",
    "i Torneå",
    "seuraavat kolme viikkoa",
    "12 henkilöä",
    "med bastu",
    "inte i Haparanda",
];

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::Sv), Just(Language::Fi)]
}

/// A text made of the vocabulary.
fn dense() -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let word = (prop::sample::select(words), prop_oneof![4 => Just(" "), 1 => Just("")]);
    prop::collection::vec(word, 0..24)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn within_bounds(wish: &WishText, text: &str) -> Result<(), TestCaseError> {
    prop_assert!(wish.minutes.is_none_or(|minutes| (15..=1440).contains(&minutes) && minutes % 15 == 0));
    prop_assert!(wish.share_percent.is_none_or(|share| (1..=100).contains(&share)));
    prop_assert!(wish.people.is_none_or(|people| (1..=PEOPLE_MAX).contains(&people)));
    prop_assert!(wish.minute_from.unwrap_or(0) < wish.minute_to.unwrap_or(1440));
    prop_assert!(wish.minute_to.is_none_or(|minute| minute <= 1440));
    prop_assert!(
        wish.weekdays.windows(2).all(|pair| pair[0].num_days_from_monday() < pair[1].num_days_from_monday())
    );
    if let (Some(from), Some(to)) = (wish.from, wish.to) {
        prop_assert!(from <= to);
        let mut days = from.iter_days().take_while(|day| *day <= to).take(7);
        prop_assert!(wish.weekdays.is_empty() || days.any(|day| wish.weekdays.contains(&day.weekday())));
    }
    let mut rest = text;
    for words in &wish.not_understood {
        let at = rest.find(words.as_str());
        prop_assert!(at.is_some() && !words.trim().is_empty(), "{words:?} in {text:?}");
        rest = &rest[at.unwrap_or(0) + words.len()..];
    }
    Ok(())
}

fn understood(wish: WishText) -> WishText {
    WishText { not_understood: Vec::new(), ..wish }
}

/// What was understood, as the page says it back.
fn said_back(wish: &WishText, language: Language) -> String {
    let clock = |minute: u32| match minute {
        1440 => "24:00".to_owned(),
        minute => format::time(
            language,
            chrono::NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).expect("a time"),
        ),
    };
    let date = |date: NaiveDate| format::date_short(language, date);
    let (from, to, before) = match language {
        Language::Sv => ("från", "till", "före"),
        Language::Fi => ("aikaisintaan", "viimeistään", "ennen"),
    };
    let kl = if language == Language::Sv { "kl" } else { "klo" };
    let mut parts: Vec<String> = Vec::new();
    parts.extend(wish.minutes.map(|minutes| format::duration(language, minutes as u32)));
    parts.extend(wish.share_percent.map(|share| format::percent(language, share.into())));
    parts.extend(wish.kind.map(|kind| kind_name(kind, language)));
    parts.extend(wish.weekdays.iter().map(|day: &Weekday| format::weekday_name(language, *day)));
    parts.extend(match (wish.minute_from, wish.minute_to) {
        (Some(from), Some(to)) => Some(format!("{kl} {}–{}", clock(from), clock(to))),
        (Some(minute), None) => Some(format!("{from} {kl} {}", clock(minute))),
        (None, Some(minute)) => Some(format!("{before} {kl} {}", clock(minute))),
        (None, None) => None,
    });
    parts.extend(match (wish.from, wish.to) {
        (Some(from), Some(to)) => Some(format!("{}–{}", date(from), date(to))),
        (Some(day), None) => Some(format!("{from} {}", date(day))),
        (None, Some(day)) => Some(format!("{to} {}", date(day))),
        (None, None) => None,
    });
    let named = places().into_iter().find(|place| Some(place.code) == wish.municipality.as_deref());
    parts.extend(named.map(|place| place.names[usize::from(language == Language::Fi)].to_owned()));
    parts.extend(
        wish.people.map(|people| format!("{people} {}", if kl == "kl" { "personer" } else { "henkilöä" })),
    );
    parts.join(", ")
}

fn kind_name(kind: &str, language: Language) -> String {
    let words = words(language);
    match kind {
        "ice" => words.kind_ice(),
        "hall" => words.kind_hall(),
        "pool" => words.kind_pool(),
        "field" => words.kind_field(),
        "court" => words.kind_court(),
        "indoor" => words.kind_indoor(),
        "culture" => words.kind_culture(),
        "outdoor" => words.kind_outdoor(),
        "harbour" => words.kind_harbour(),
        other => panic!("{other}"),
    }
}

#[test]
fn every_kind_is_known_by_its_name_on_the_pages() {
    for kind in ["ice", "hall", "pool", "field", "court", "indoor", "culture", "outdoor", "harbour"] {
        for language in Language::ALL {
            let text = kind_name(kind, language);
            let read = wish(&text, language, TODAY, &[]);
            assert_eq!(read, WishText { kind: Some(kind), ..WishText::default() }, "{text}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text: String, language in language(), days in any::<i32>()) {
        let today = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX);
        let _ = wish(&text, language, today, &places());
        within_bounds(&wish(&text, language, TODAY, &places()), &text)?;
    }

    #[test]
    fn any_today_will_do(text in dense(), language in language(), days in 0..3u64, ends: bool) {
        let days = Days::new(days);
        let today = if ends { NaiveDate::MAX - days } else { NaiveDate::MIN + days };
        let _ = wish(&text, language, today, &places());
    }

    #[test]
    fn what_is_understood_is_within_bounds(text in dense(), language in language()) {
        within_bounds(&wish(&text, language, TODAY, &places()), &text)?;
    }

    #[test]
    fn what_is_said_back_means_the_same(text in dense(), language in language(), back in language()) {
        let first = wish(&text, language, TODAY, &places());
        let said = said_back(&first, back);
        prop_assert_eq!(wish(&said, back, TODAY, &places()), understood(first), "{:?}", said);
    }

    #[test]
    fn letters_of_any_size_mean_the_same(text in dense(), language in language()) {
        let read = |text: &str| understood(wish(text, language, TODAY, &places()));
        let small = text.to_lowercase();
        prop_assert_eq!(read(&small.to_uppercase()), read(&small));
    }

    #[test]
    fn the_order_of_phrases_means_nothing(
        phrases in prop::sample::subsequence(&PHRASES, 1..=PHRASES.len()),
        language in language(),
        turns in 0..PHRASES.len(),
    ) {
        let read = |phrases: &[&str]| understood(wish(&phrases.join(", "), language, TODAY, &places()));
        let mut turned = phrases.clone();
        turned.rotate_left(turns % phrases.len());
        prop_assert_eq!(read(&turned), read(&phrases));
        turned.reverse();
        prop_assert_eq!(read(&turned), read(&phrases));
    }
}
