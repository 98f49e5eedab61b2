//! Which of many free times suits best.

use chrono::Timelike;

use super::{Hit, Wish};

/// Points that speak against a hit: the fewer, the better it suits.
///
/// A day later weighs as much as an hour away from the hour wished for, or as a space that is a tenth of
/// the whole larger than asked: nobody is sent to a whole hall for want of half a one next day.
#[must_use]
pub fn points(wish: &Wish, hit: &Hit) -> i64 {
    let wall = hit.span.start().start().with_timezone(&hit.space.zone()).naive_local();
    let days = (wall.date() - wish.from).num_days();
    let minutes = i64::from(wall.hour() * 60 + wall.minute()) - i64::from(wish.minute_from);
    let more = hit.space.share_percent - wish.share_percent;
    days * 60 + minutes.max(0) + if wish.share_percent > 0 { more * 6 } else { 0 }
}

/// Best first; of equals the earlier, then the catalogue's order.
pub fn rank(wish: &Wish, hits: &mut [Hit]) {
    hits.sort_by_key(|hit| (points(wish, hit), hit.span.start()));
}
