//! Where in line somebody stands.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Entry, entry::ahead_of};
use crate::{
    Services,
    catalogue::{Catalogue, Space},
    db::DbError,
    occupancy::Wish,
};

/// 1 for the first: before it come those who have waited longer and could want the same time.
///
/// # Errors
/// When the database can't be read.
pub async fn place(services: &Services, entry: &Entry) -> Result<usize, DbError> {
    let catalogue = services.catalogue();
    let ahead = ahead_of(services, entry).await?;
    let earlier = |other: &&Entry| (other.created_at, other.id) < (entry.created_at, entry.id);
    Ok(1 + ahead.iter().filter(earlier).filter(|other| is_rival(&catalogue, entry, other)).count())
}

fn is_rival(catalogue: &Catalogue, one: &Entry, other: &Entry) -> bool {
    let (own, theirs) = (one.wanted.spaces(catalogue), other.wanted.spaces(catalogue));
    let meets = |space: &&Arc<Space>| theirs.iter().any(|their| !their.is_apart_from(space));
    is_for_the_same_hours(&one.wanted.wish, &other.wanted.wish) && own.iter().any(meets)
}

fn is_for_the_same_hours(one: &Wish, other: &Wish) -> bool {
    let theirs: Vec<NaiveDate> = other.dates().collect();
    let ends_after = |wish: &Wish, minute| wish.minute_to.is_none_or(|to| to > minute);
    one.dates().any(|date| theirs.contains(&date))
        && ends_after(one, other.minute_from)
        && ends_after(other, one.minute_from)
}
