//! A hall is let whole, in halves and in quarters.

use vayla_domain::money::EURO;

use crate::{Time, Town, aino};

on_both_engines! {
    a_hall_and_what_lies_in_it_exclude_each_other,
    the_whole_is_free_again_when_its_last_part_is,
}

fn hall(town: &Town, space: &str) -> Time {
    town.wall_time("putaan-liikuntahalli", space, "2026-11-04 18:00", 60)
}

const SPACES: [&str; 7] =
    ["u-hela", "u-halv-a", "u-halv-b", "u-fjardedel-1", "u-fjardedel-2", "u-fjardedel-3", "u-fjardedel-4"];

/// Parent, child, sibling, grandchild: which of the seven are left when one is taken.
async fn a_hall_and_what_lies_in_it_exclude_each_other(town: &Town) {
    let check = async |taken: &str, left: &[&str]| {
        let held = town.hold(hall(town, taken).request()).await;
        for space in SPACES {
            let tried = town.try_hold(hall(town, space).request()).await;
            assert_eq!(tried.is_ok(), left.contains(&space), "{space} while {taken} is taken");
            if let Ok(other) = tried {
                town.cancel(other.id).await;
            }
        }
        town.cancel(held.id).await;
    };
    check("u-hela", &[]).await;
    check("u-halv-a", &["u-halv-b", "u-fjardedel-3", "u-fjardedel-4"]).await;
    check("u-halv-b", &["u-halv-a", "u-fjardedel-1", "u-fjardedel-2"]).await;
    check("u-fjardedel-1", &["u-halv-b", "u-fjardedel-2", "u-fjardedel-3", "u-fjardedel-4"]).await;
    check("u-fjardedel-4", &["u-halv-a", "u-fjardedel-1", "u-fjardedel-2", "u-fjardedel-3"]).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
}

async fn the_whole_is_free_again_when_its_last_part_is(town: &Town) {
    let half = town.book(&hall(town, "u-halv-a"), aino(), EURO).await;
    let quarter = town.book(&hall(town, "u-fjardedel-4"), aino(), EURO).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 12); // (2 + 1) parts × 4 quarters
    town.cancel(half.id).await;
    town.is_taken(&hall(town, "u-hela")).await;
    town.cancel(quarter.id).await;
    let whole = town.book(&hall(town, "u-hela"), aino(), EURO).await;
    assert_eq!(whole.space.parts.len(), 4);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 16);
    // Half an hour later it overlaps, an hour later it doesn't; and the other hall is another hall.
    town.is_taken(&hall(town, "u-fjardedel-2").later(30)).await;
    town.hold(hall(town, "u-fjardedel-2").later(60).request()).await;
    town.hold(hall(town, "v-hela").request()).await;
}
