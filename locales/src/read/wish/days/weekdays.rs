//! Days of the week.

use chrono::{
    Weekday::{self, Fri, Mon, Sat, Sun, Thu, Tue, Wed},
    WeekdaySet,
};
use vayla_domain::language::Language;

use crate::read::wish::{
    dictionary::{self, Table},
    numbers,
    readings::{Found, Meaning},
    tokens::Token,
};

const DAYS: &Table<Weekday> = &[
    (Mon, "måndag måndagen måndagar måndagarna mån må"),
    (Mon, "maanantai maanantaina maanantaisin maanantaiksi maanantaille maanantait ma"),
    (Tue, "tisdag tisdagen tisdagar tisdagarna tis ti"),
    (Tue, "tiistai tiistaina tiistaisin tiistaiksi tiistaille tiistait"),
    (Wed, "onsdag onsdagen onsdagar onsdagarna ons"),
    (Wed, "keskiviikko keskiviikkona keskiviikkoisin keskiviikoksi keskiviikolle keskiviikot ke"),
    (Thu, "torsdag torsdagen torsdagar torsdagarna tors tor to"),
    (Thu, "torstai torstaina torstaisin torstaiksi torstaille torstait"),
    (Fri, "fredag fredagen fredagar fredagarna fre"),
    (Fri, "perjantai perjantaina perjantaisin perjantaiksi perjantaille perjantait pe"),
    (Sat, "lördag lördagen lördagar lördagarna lör lö"),
    (Sat, "lauantai lauantaina lauantaisin lauantaiksi lauantaille lauantait la"),
    (Sun, "söndag söndagen söndagar söndagarna sön sö"),
    (Sun, "sunnuntai sunnuntaina sunnuntaisin sunnuntaiksi sunnuntaille sunnuntait su"),
];
/// "Is" in Finnish.
const SWEDISH_DAYS: &Table<Weekday> = &[(Wed, "on")];
/// From and to a day, in Finnish.
const FROM_DAYS: &Table<Weekday> = &[
    (Mon, "maanantaista"),
    (Tue, "tiistaista"),
    (Wed, "keskiviikosta"),
    (Thu, "torstaista"),
    (Fri, "perjantaista"),
    (Sat, "lauantaista"),
    (Sun, "sunnuntaista"),
];
const TO_DAYS: &Table<Weekday> = &[
    (Mon, "maanantaihin"),
    (Tue, "tiistaihin"),
    (Wed, "keskiviikkoon"),
    (Thu, "torstaihin"),
    (Fri, "perjantaihin"),
    (Sat, "lauantaihin"),
    (Sun, "sunnuntaihin"),
];
const GROUPS: &Table<WeekdaySet> = &[
    (
        WORKING_DAYS,
        "vardag vardagen vardagar vardagarna arki arkisin arkena arkipäivänä arkipäivisin arkipäivät",
    ),
    (
        WEEKEND,
        "helg helgen helger helgerna viikonloppu viikonloppuna viikonloppuisin viikonloput viikonlopuksi vkl",
    ),
];
const WORKING_DAYS: WeekdaySet = WeekdaySet::from_array([Mon, Tue, Wed, Thu, Fri]);
const WEEKEND: WeekdaySet = WeekdaySet::from_array([Sat, Sun]);

const FROM: &str = "från";
const AND: &str = "och eller el samt ja tai sekä o & + -";
const BUT: &str = "utom förutom paitsi";
/// They say which one of the days, and the next is what comes first in any search.
const COMING: &str = "kommande nu_på den_här denna nu tulevana tuleva tänä";

/// `tisdag eller torsdag`, `ma–pe`, `från måndag till fredag`, `arkisin paitsi keskiviikkona`.
pub(in crate::read::wish) fn weekdays(tokens: &[Token<'_>], language: Language) -> Option<Found> {
    let listed = |tokens| list(tokens, language);
    if let Some((taken, days)) = listed(tokens) {
        return Some((taken, Meaning::Weekdays(days)));
    }
    if let Some(but) = dictionary::find(BUT, tokens) {
        return listed(&tokens[but..]).map(|(taken, days)| (but + taken, Meaning::Except(days)));
    }
    if let Some(coming) = dictionary::find(COMING, tokens) {
        return listed(&tokens[coming..]).map(|_| (coming, Meaning::Nothing));
    }
    let half_a_range =
        dictionary::look_up(FROM_DAYS, tokens).or_else(|| dictionary::look_up(TO_DAYS, tokens));
    half_a_range.map(|(taken, _)| (taken, Meaning::Unclear))
}

/// Whether a weekday, or several that have a word, stand first.
pub(in crate::read::wish) fn is_weekday(tokens: &[Token<'_>]) -> bool {
    dictionary::look_up(DAYS, tokens).is_some() || dictionary::look_up(GROUPS, tokens).is_some()
}

/// The weekday that stands first.
pub(super) fn weekday(tokens: &[Token<'_>]) -> Option<(usize, Weekday)> {
    dictionary::look_up(DAYS, tokens)
}

fn list(tokens: &[Token<'_>], language: Language) -> Option<(usize, WeekdaySet)> {
    let (mut taken, mut days) = item(tokens, language)?;
    loop {
        let and = dictionary::skip(AND, &tokens[taken..]);
        let Some((more, next)) = item(&tokens[taken + and..], language) else { return Some((taken, days)) };
        taken += and + more;
        days = days.union(next);
    }
}

fn item(tokens: &[Token<'_>], language: Language) -> Option<(usize, WeekdaySet)> {
    range(tokens, language)
        .or_else(|| finnish_range(tokens))
        .or_else(|| day(tokens, language).map(|(taken, day)| (taken, WeekdaySet::single(day))))
        .or_else(|| dictionary::look_up(GROUPS, tokens))
}

fn day(tokens: &[Token<'_>], language: Language) -> Option<(usize, Weekday)> {
    let swedish = || dictionary::look_up(SWEDISH_DAYS, tokens).filter(|_| language == Language::Sv);
    weekday(tokens).or_else(swedish)
}

fn range(tokens: &[Token<'_>], language: Language) -> Option<(usize, WeekdaySet)> {
    let from = dictionary::skip(FROM, tokens);
    let (taken, first) = day(&tokens[from..], language)?;
    let taken = from + taken;
    let to = dictionary::find(numbers::TO, &tokens[taken..])?;
    let (more, last) = day(&tokens[taken + to..], language)?;
    Some((taken + to + more, span(first, last)))
}

/// `maanantaista perjantaihin`.
fn finnish_range(tokens: &[Token<'_>]) -> Option<(usize, WeekdaySet)> {
    let (taken, first) = dictionary::look_up(FROM_DAYS, tokens)?;
    let (more, last) = dictionary::look_up(TO_DAYS, &tokens[taken..])?;
    Some((taken + more, span(first, last)))
}

/// The days from one to another, over the weekend where need be.
fn span(first: Weekday, last: Weekday) -> WeekdaySet {
    let mut days = WeekdaySet::single(first);
    let mut day = first;
    while day != last {
        day = day.succ();
        days.insert(day);
    }
    days
}
