//! A set of quarters within one window of 128.

use std::ops::{BitAnd, BitOr, Not};

/// Up to 128 quarters as bits, counted from the first quarter of a local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QuarterSet(u128);

impl QuarterSet {
    pub const EMPTY: Self = Self(0);

    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// The quarters `from..to`, both cut to 0..=128.
    #[must_use]
    pub fn range(from: i64, to: i64) -> Self {
        let below = |end: i64| match end.clamp(0, 128) {
            128 => u128::MAX,
            end => (1 << end) - 1,
        };
        Self(below(to) & !below(from))
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many quarters it holds.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    #[must_use]
    pub const fn contains(self, quarter: u32) -> bool {
        quarter < 128 && self.0 >> quarter & 1 == 1
    }

    /// The quarters from which `length` quarters in a row are in the set.
    ///
    /// Doubles the proven length at each step, so it takes log2(length) shifts.
    #[must_use]
    pub fn starts_of_runs(self, length: u32) -> Self {
        let (mut starts, mut proven) = (self.0, 1);
        while proven < length && starts != 0 {
            let step = proven.min(length - proven);
            starts &= starts.checked_shr(step).unwrap_or(0);
            proven += step;
        }
        Self(starts)
    }

    /// The members, lowest first.
    pub fn iter(self) -> impl Iterator<Item = u32> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let next = (rest != 0).then(|| rest.trailing_zeros())?;
            rest &= rest - 1;
            Some(next)
        })
    }

    /// The unbroken runs as (first, length), lowest first.
    pub fn runs(self) -> impl Iterator<Item = (u32, u32)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let first = (rest != 0).then(|| rest.trailing_zeros())?;
            let length = (rest >> first).trailing_ones();
            rest &= !Self::range(0, i64::from(first + length)).0;
            Some((first, length))
        })
    }
}

impl BitAnd for QuarterSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for QuarterSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Not for QuarterSet {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The obvious model: look at each quarter in turn.
    fn slow_starts(bits: u128, length: u32) -> Vec<u32> {
        (0..128).filter(|&s| (s..s + length).all(|q| q < 128 && bits >> q & 1 == 1)).collect()
    }

    proptest! {
        #[test]
        fn runs_are_found_where_a_slow_look_finds_them(bits: u128, more: u128, length in 1u32..40) {
            let bits = bits | more; // dense, so that long runs occur
            let found: Vec<u32> = QuarterSet(bits).starts_of_runs(length).iter().collect();
            prop_assert_eq!(found, slow_starts(bits, length));
        }

        #[test]
        fn runs_rebuild_the_set(bits: u128) {
            let rebuilt = QuarterSet(bits).runs().fold(QuarterSet::EMPTY, |set, (first, length)| {
                set | QuarterSet::range(first.into(), (first + length).into())
            });
            prop_assert_eq!(rebuilt, QuarterSet(bits));
        }

        #[test]
        fn a_range_holds_what_lies_in_it(from in -20i64..150, to in -20i64..150) {
            let set = QuarterSet::range(from, to);
            for quarter in 0..128u32 {
                let inside = from <= quarter.into() && i64::from(quarter) < to;
                prop_assert_eq!(set.contains(quarter), inside);
            }
        }
    }

    #[test]
    fn the_full_window_is_one_run() {
        assert_eq!(QuarterSet(u128::MAX).runs().collect::<Vec<_>>(), [(0, 128)]);
        assert_eq!(QuarterSet(u128::MAX).starts_of_runs(128).iter().collect::<Vec<_>>(), [0]);
        assert!(QuarterSet(u128::MAX).starts_of_runs(129).is_empty());
    }
}
