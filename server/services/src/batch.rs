//! A stretch of a long list.

/// So many items as were asked for, and whether others come after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<T> {
    pub items: Vec<T>,
    pub more: bool,
}

impl<T> Batch<T> {
    /// How many to look for: one more than is shown tells whether others come.
    pub(crate) fn to_look_for(limit: usize) -> i64 {
        i64::try_from(limit).map_or(i64::MAX, |limit| limit.saturating_add(1))
    }

    /// Of what was found when looking for so many.
    pub(crate) fn of(mut found: Vec<T>, limit: usize) -> Self {
        let more = found.len() > limit;
        found.truncate(limit);
        Self { items: found, more }
    }
}
