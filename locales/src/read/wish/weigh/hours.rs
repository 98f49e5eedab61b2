//! The earliest start and the latest end.

use super::{Contradiction, Scale, agreed};
use crate::read::wish::{readings::Meaning, times::PartOfDay};

const MIDNIGHT: u32 = 24 * 60;

type Bounds = (Option<u32>, Option<u32>);

impl Scale {
    /// In minutes after midnight, for a wish of `minutes`.
    pub(super) fn hours(&mut self, minutes: Option<i64>) -> Bounds {
        self.bounds(minutes).unwrap_or_else(|Contradiction| {
            self.refuse(|meaning| matches!(meaning, Meaning::Hours(_) | Meaning::Part(_)));
            (None, None)
        })
    }

    fn bounds(&self, minutes: Option<i64>) -> Result<Bounds, Contradiction> {
        let part = |meaning| if let Meaning::Part(part) = meaning { Some(part) } else { None };
        let part = agreed(self.meanings().filter_map(part))?;
        let hours = |meaning| if let Meaning::Hours(hours) = meaning { Some(hours) } else { None };
        let hours = self.meanings().filter_map(hours).map(|hours| hours.minutes(part));
        let hours: Vec<Bounds> = hours.collect::<Option<_>>().ok_or(Contradiction)?;
        let from = agreed(hours.iter().filter_map(|(from, _)| *from))?;
        let to = agreed(hours.iter().filter_map(|(_, to)| *to))?;
        let (from, to) = part.map_or((from, to), |part| within(part, from, to, minutes));
        let in_order = from.unwrap_or(0) < to.unwrap_or(MIDNIGHT);
        if in_order { Ok((from, to)) } else { Err(Contradiction) }
    }
}

/// The side that no time tells is the part's, as long as the length fits in.
fn within(part: &PartOfDay, from: Option<u32>, to: Option<u32>, minutes: Option<i64>) -> Bounds {
    let fits = |from: u32, to: u32| i64::from(from) + minutes.unwrap_or(1) <= i64::from(to);
    match (from, to) {
        (None, Some(to)) => (Some(part.from).filter(|from| fits(*from, to)), Some(to)),
        (Some(_), Some(_)) => (from, to),
        (_, None) => {
            let from = from.unwrap_or(part.from);
            (Some(from), Some(part.to).filter(|to| fits(from, *to)))
        }
    }
}
