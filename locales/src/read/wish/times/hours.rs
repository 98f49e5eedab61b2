//! From and until when.

use super::{
    PartOfDay,
    clock::{self, Clock},
    part,
};
use crate::read::wish::{
    Context, days, dictionary,
    edges::{self, Edge},
    filler, numbers,
    readings::{Found, Meaning},
    tokens::Token,
};

const CLOCK: &str = "kl klo klockan kello kellon";
/// Finnish endings of digits that make the next time the end: `17:stä 20:een`.
const FROM_ENDINGS: &str = ":sta :stä :lta :ltä";
const ENDINGS: &str = ":sta :stä :lta :ltä :n :ään :aan :een :iin :hen :ksi :na :nä :tä :ta";
const AND: &str = "och ja";
const BETWEEN: &str = "välillä väliin välisenä";

/// The earliest start and the latest end, as the text tells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read::wish) struct Hours {
    from: Option<Clock>,
    to: Option<Clock>,
}

impl Hours {
    /// Minutes after midnight; `None` if a time isn't clear.
    pub fn minutes(self, part: Option<&PartOfDay>) -> Option<(Option<u32>, Option<u32>)> {
        let minute = |clock: Option<Clock>| match clock {
            Some(clock) => clock.minute(part).map(Some),
            None => Some(None),
        };
        Some((minute(self.from)?, minute(self.to)?))
    }
}

/// `kl 17`, `efter 17`, `klo 17 jälkeen`, `17–20`, `mellan 17 och 20`, `efter halv sex`.
pub(in crate::read::wish) fn time(tokens: &[Token<'_>], context: &Context<'_>) -> Option<Found> {
    let (leading, edge) = edges::leading(tokens).map_or((0, None), |(taken, edge)| (taken, Some(edge)));
    let on_clock = dictionary::find(CLOCK, &tokens[leading..]);
    let start = leading + on_clock.unwrap_or(0);
    let (taken, first) = clock(&tokens[start..], on_clock.is_some())?;
    let rest = &tokens[start + taken..];
    if let Some((more, last)) = range_end(&tokens[start..], taken, edge) {
        let first = first.before(last);
        let is_a_time = edge.is_some() || on_clock.is_some() || first.is_written() && last.is_written();
        let one_sided = !matches!(edge, None | Some(Edge::From | Edge::Between));
        let hours = Hours { from: Some(first), to: Some(last) };
        let meaning = if one_sided { Meaning::Unclear } else { Meaning::Hours(hours) };
        return is_a_time.then_some((start + taken + more, meaning));
    }
    let trailing = edges::trailing(rest).filter(|_| edge.is_none());
    let (more, edge) = trailing.map_or((0, edge), |(more, edge)| (more, Some(edge)));
    let tells_itself = clock::tells_itself(&tokens[start..start + taken]);
    let is_a_time = match (on_clock, edge) {
        (Some(_), _) => true,
        (None, Some(_)) => !first.is_spoken() || more > 0 || ends_here(rest, context),
        (None, None) => tells_itself,
    };
    (is_a_time && edge != Some(Edge::Between)).then(|| (start + taken + more, bound(first, edge)))
}

fn bound(clock: Clock, edge: Option<Edge>) -> Meaning {
    let hours = match edge {
        Some(Edge::Until | Edge::Before) => Hours { from: None, to: Some(clock) },
        _ => Hours { from: Some(clock), to: None },
    };
    Meaning::Hours(hours)
}

/// A time with its Finnish ending: how many tokens both take.
fn clock(tokens: &[Token<'_>], on_clock: bool) -> Option<(usize, Clock)> {
    let (taken, clock) = clock::clock(tokens, on_clock)?;
    Some((taken + dictionary::skip(ENDINGS, &tokens[taken..]), clock))
}

/// The end of a range whose first time takes `taken` tokens.
fn range_end(tokens: &[Token<'_>], taken: usize, edge: Option<Edge>) -> Option<(usize, Clock)> {
    let rest = &tokens[taken..];
    let ending = dictionary::find(FROM_ENDINGS, &tokens[taken - 1..]).map(|_| 0);
    let and = || dictionary::find(AND, rest);
    let to = dictionary::find(numbers::TO, rest).or(ending).or_else(and)?;
    let on_clock = dictionary::find(CLOCK, &rest[to..]);
    let start = to + on_clock.unwrap_or(0);
    let (more, clock) = clock(&rest[start..], on_clock.is_some())?;
    let end = start + more;
    let between = dictionary::find(BETWEEN, &rest[end..]);
    let only_listed = dictionary::find(AND, &rest[..to]).is_some();
    let clear = !only_listed || edge == Some(Edge::Between) || between.is_some();
    let until =
        edges::trailing(&rest[end..]).filter(|(_, edge)| *edge == Edge::Until).map(|(taken, _)| taken);
    clear.then_some((end + between.or(until).unwrap_or(0), clock))
}

/// Whether a spoken number is a time and doesn't count what follows: `efter fem matcher`.
fn ends_here(rest: &[Token<'_>], context: &Context<'_>) -> bool {
    let day =
        || days::weekdays(rest, context.language).is_some() || days::period(rest, context.today).is_some();
    rest.is_empty() || filler::filler(rest).is_some() || part(rest).is_some() || day()
}
