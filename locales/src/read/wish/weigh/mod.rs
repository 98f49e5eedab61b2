//! From the readings to the fields. Where readings contradict each other none of them is taken.

mod days;
mod hours;
mod what;
mod words;

use chrono::Weekday;

use super::{
    Context, WishText,
    readings::{Meaning, Reading},
    tokens::Token,
};

const HOUR: i64 = 60;

pub(super) fn weigh(
    readings: Vec<Reading>,
    text: &str,
    tokens: &[Token<'_>],
    context: &Context<'_>,
) -> WishText {
    let mut scale = Scale { readings };
    scale.give_hours_a_number(tokens);
    let minutes =
        scale.one(|meaning| if let Meaning::Minutes(minutes) = meaning { Some(minutes) } else { None });
    let share_percent =
        scale.one(|meaning| if let Meaning::Percent(share) = meaning { Some(share) } else { None });
    let people = scale.one(|meaning| if let Meaning::People(people) = meaning { Some(people) } else { None });
    let (minute_from, minute_to) = scale.hours(minutes);
    let (weekdays, (from, to)) = scale.days(context.today);
    WishText {
        minutes,
        share_percent,
        kind: scale.kind(),
        weekdays: weekdays.iter(Weekday::Mon).collect(),
        minute_from,
        minute_to,
        municipality: scale.municipality(context.places),
        from,
        to,
        people,
        not_understood: words::not_understood(&scale.readings, text, tokens),
    }
}

struct Scale {
    readings: Vec<Reading>,
}

struct Contradiction;

impl Scale {
    fn meanings(&self) -> impl Iterator<Item = Meaning> {
        self.readings.iter().map(|reading| reading.meaning)
    }

    fn refuse(&mut self, which: impl Fn(Meaning) -> bool) {
        for reading in self.readings.iter_mut().filter(|reading| which(reading.meaning)) {
            reading.meaning = Meaning::Unclear;
        }
    }

    /// The value of a field that all its readings agree on.
    fn one<T: PartialEq>(&mut self, value: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        agreed(self.meanings().filter_map(&value)).unwrap_or_else(|Contradiction| {
            self.refuse(|meaning| value(meaning).is_some());
            None
        })
    }

    /// "Hour" alone is one, but not after a word that may say how many.
    fn give_hours_a_number(&mut self, tokens: &[Token<'_>]) {
        let mut counted = false;
        for reading in &mut self.readings {
            if reading.meaning == Meaning::AnHour {
                let counted = counted && !tokens[reading.first].pause;
                reading.meaning = if counted { Meaning::Unclear } else { Meaning::Minutes(HOUR) };
            }
            counted = reading.meaning == Meaning::Unclear;
        }
    }
}

/// The value that all agree on, if there is any.
fn agreed<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Result<Option<T>, Contradiction> {
    let Some(first) = values.next() else { return Ok(None) };
    if values.all(|value| value == first) { Ok(Some(first)) } else { Err(Contradiction) }
}
