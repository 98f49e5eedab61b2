//! A set of quarters within one window of 256 around a local day.

use std::ops::{BitAnd, BitOr, Not};

const WORD: i64 = 64;
const WORDS: usize = 4;
/// The window's first quarter: 8 hours before the day, for what reaches into it.
pub const WINDOW_FROM: i64 = -32;
/// Its end: 31 hours after a day of 25, so that a time of up to a day is found from the day on which it
/// begins.
pub const WINDOW_TO: i64 = WINDOW_FROM + WORD * WORDS as i64;

/// Quarters of a window as bits. They are counted from a local day's first quarter, those before it
/// below nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QuarterSet([u64; WORDS]);

impl QuarterSet {
    pub const EMPTY: Self = Self([0; WORDS]);

    /// The quarters `from..to`, both cut to the window.
    #[must_use]
    pub fn range(from: i64, to: i64) -> Self {
        let below = |end: i64, word: usize| match end.saturating_sub(WINDOW_FROM + word as i64 * WORD) {
            end if end <= 0 => 0,
            end if end >= WORD => u64::MAX,
            end => (1 << end) - 1,
        };
        Self(std::array::from_fn(|word| below(to, word) & !below(from, word)))
    }

    /// With the bits of a word whose lowest stands for quarter `at`; what lies outside is cut off.
    #[must_use]
    pub fn with_word(mut self, at: i64, bits: u64) -> Self {
        let place = at - WINDOW_FROM;
        let (first, skip) = (place.div_euclid(WORD), place.rem_euclid(WORD));
        let mut add = |word: i64, bits: u64| {
            if let Some(word) = usize::try_from(word).ok().and_then(|word| self.0.get_mut(word)) {
                *word |= bits;
            }
        };
        add(first, bits << skip);
        add(first + 1, bits.checked_shr((WORD - skip) as u32).unwrap_or(0));
        self
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// How many quarters it holds.
    #[must_use]
    pub fn len(self) -> i64 {
        self.0.iter().map(|word| i64::from(word.count_ones())).sum()
    }

    #[must_use]
    pub fn contains(self, quarter: i64) -> bool {
        let place = quarter - WINDOW_FROM;
        let word = usize::try_from(place.div_euclid(WORD)).ok().and_then(|word| self.0.get(word));
        word.is_some_and(|word| word >> place.rem_euclid(WORD) & 1 == 1)
    }

    /// Every quarter `by` later, or earlier below nought; those outside the window are lost.
    #[must_use]
    pub fn moved(self, by: i64) -> Self {
        let words = (WINDOW_FROM..).step_by(WORD as usize).zip(self.0);
        words.fold(Self::EMPTY, |moved, (at, word)| moved.with_word(at + by, word))
    }

    /// The quarters from which `length` quarters in a row are in the set.
    ///
    /// Doubles the proven length at each step, so it takes log2(length) shifts.
    #[must_use]
    pub fn starts_of_runs(self, length: i64) -> Self {
        let (mut starts, mut proven) = (self, 1);
        while proven < length && !starts.is_empty() {
            let step = proven.min(length - proven);
            starts = starts & starts.moved(-step);
            proven += step;
        }
        starts
    }

    /// The members and all quarters up to `before` before or `after` after one.
    #[must_use]
    pub fn widened(self, before: i64, after: i64) -> Self {
        let (mut wide, mut covered) = (self.moved(after), 1);
        while covered <= before + after {
            let step = covered.min(before + after + 1 - covered);
            wide = wide | wide.moved(-step);
            covered += step;
        }
        wide
    }

    /// The first member, and what comes behind the last; `None` of none.
    #[must_use]
    pub fn bounds(self) -> Option<(i64, i64)> {
        let at = |word: usize| WINDOW_FROM + word as i64 * WORD;
        let first = self.0.iter().position(|word| *word != 0)?;
        let last = self.0.iter().rposition(|word| *word != 0)?;
        let end = at(last + 1) - i64::from(self.0[last].leading_zeros());
        Some((at(first) + i64::from(self.0[first].trailing_zeros()), end))
    }

    /// The members, lowest first.
    pub fn iter(self) -> impl Iterator<Item = i64> {
        (WINDOW_FROM..).step_by(WORD as usize).zip(self.0).flat_map(|(at, word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let next = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(at + i64::from(next))
            })
        })
    }

    /// The unbroken runs as (first, length), lowest first.
    pub fn runs(self) -> impl Iterator<Item = (i64, i64)> {
        let mut members = self.iter().peekable();
        std::iter::from_fn(move || {
            let first = members.next()?;
            let mut length = 1;
            while members.next_if_eq(&(first + length)).is_some() {
                length += 1;
            }
            Some((first, length))
        })
    }
}

impl BitAnd for QuarterSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }
}

impl BitOr for QuarterSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }
}

impl Not for QuarterSet {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0.map(|word| !word))
    }
}

impl FromIterator<i64> for QuarterSet {
    fn from_iter<I: IntoIterator<Item = i64>>(quarters: I) -> Self {
        quarters.into_iter().fold(Self::EMPTY, |set, quarter| set.with_word(quarter, 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Dense ones too, so that long runs occur.
    fn sets() -> impl Strategy<Value = QuarterSet> {
        any::<([u64; WORDS], [u64; WORDS], bool)>().prop_map(|(one, more, dense)| {
            QuarterSet(one) | if dense { QuarterSet(more) } else { QuarterSet::EMPTY }
        })
    }

    fn window() -> std::ops::Range<i64> {
        WINDOW_FROM..WINDOW_TO
    }

    proptest! {
        #[test]
        fn runs_are_found_where_a_slow_look_finds_them(set in sets(), length in 1i64..140) {
            let slow: QuarterSet =
                window().filter(|&start| (start..start + length).all(|q| set.contains(q))).collect();
            prop_assert_eq!(set.starts_of_runs(length), slow);
        }

        #[test]
        fn nearness_is_found_where_a_slow_look_finds_it(set in sets(), before in 0i64..20, after in 0i64..20) {
            // Inside by `after`, since what is moved out of the window and back is lost.
            let inside = QuarterSet::range(WINDOW_FROM, WINDOW_TO - after);
            let set = set & inside;
            let slow: QuarterSet =
                window().filter(|&q| (q - after..=q + before).any(|near| set.contains(near))).collect();
            prop_assert_eq!(set.widened(before, after), slow);
        }

        #[test]
        fn members_and_runs_rebuild_the_set(set in sets()) {
            prop_assert_eq!(set.iter().collect::<QuarterSet>(), set);
            prop_assert_eq!(set.iter().count() as i64, set.len());
            prop_assert_eq!(set.bounds(), set.iter().next().zip(set.iter().last().map(|last| last + 1)));
            let rebuilt = set
                .runs()
                .fold(QuarterSet::EMPTY, |all, (first, length)| all | QuarterSet::range(first, first + length));
            prop_assert_eq!(rebuilt, set);
        }

        #[test]
        fn a_range_holds_what_lies_in_it(from in -60i64..290, to in -60i64..290) {
            let set = QuarterSet::range(from, to);
            for quarter in WINDOW_FROM - 40..WINDOW_TO + 40 {
                let inside = (from..to).contains(&quarter) && window().contains(&quarter);
                prop_assert_eq!(set.contains(quarter), inside);
            }
        }

        #[test]
        fn a_word_lands_where_it_is_put(at in -120i64..300, bits: u64) {
            let set = QuarterSet::EMPTY.with_word(at, bits);
            for quarter in window() {
                let place = quarter - at;
                let there = (0..64).contains(&place) && bits >> place & 1 == 1;
                prop_assert_eq!(set.contains(quarter), there);
            }
        }

        #[test]
        fn moving_moves_every_member(set in sets(), by in -300i64..300) {
            let slow: QuarterSet = set.iter().map(|quarter| quarter + by).collect();
            prop_assert_eq!(set.moved(by), slow);
        }
    }

    #[test]
    fn the_full_window_is_one_run() {
        let all = !QuarterSet::EMPTY;
        let whole = WINDOW_TO - WINDOW_FROM;
        assert_eq!(all.runs().collect::<Vec<_>>(), [(WINDOW_FROM, whole)]);
        assert_eq!(all.starts_of_runs(whole).iter().collect::<Vec<_>>(), [WINDOW_FROM]);
        assert!(all.starts_of_runs(whole + 1).is_empty());
    }
}
