//! Seeding as often as one likes.

use vayla_domain::money::EURO;
use vayla_services::{booking, catalogue};

use crate::{Town, aino};

on_both_engines! {
    seeding_twice_changes_nothing,
    demo_bookings_are_made_once,
}

/// All rows of what is seeded, as text.
async fn rows(town: &Town) -> Vec<String> {
    let mut all = Vec::new();
    let places = town.services.catalogue();
    all.extend(places.facilities.iter().map(|facility| format!("{facility:?}")));
    all.extend(
        places.spaces.iter().map(|space| format!("{} {:?} {:?}", space.id, space.parts, space.tariffs)),
    );
    all.push(format!("{:?}", places.vat));
    for table in ["facility", "part", "space", "space_part", "tariff", "vat_rate", "treaty", "fixing"] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        let count: i64 = sql!(town, c => sqlx::query_scalar(sql).fetch_one(c).await).expect(table);
        all.push(format!("{table}: {count}"));
    }
    all
}

async fn seeding_twice_changes_nothing(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let before = rows(town).await;
    town.clock.advance_minutes(60);
    assert_eq!(catalogue::seed(&town.services, false).await.expect("the seed files"), 0);
    assert_eq!(rows(town).await, before);
    assert_eq!(town.booking(booking.id).await.space.id, booking.space.id);
    assert_eq!(booking::lines(&town.services.db, &booking).await.expect("lines").len(), 1);
    // What the towns have agreed on since stays.
    crate::sql!(town, c => sqlx::query("UPDATE treaty SET rate_days_max = 3").execute(c).await.map(drop))
        .expect("the treaty");
    assert_eq!(catalogue::seed(&town.services, false).await.expect("the seed files"), 0);
    assert_eq!(town.count("SELECT MAX(rate_days_max) FROM treaty").await, 3);
    // Two at once wait for each other.
    let second = town.second().await;
    let (one, other) = tokio::join!(catalogue::seed(&town.services, false), catalogue::seed(&second, false));
    assert_eq!((one.expect("seeded"), other.expect("seeded")), (0, 0));
    assert_eq!(rows(town).await, before);
    second.db.close().await;
}

async fn demo_bookings_are_made_once(town: &Town) {
    let first = catalogue::seed(&town.services, true).await.expect("the seed files");
    assert!(first > 100, "{first}");
    let ids = "SELECT COUNT(*) FROM booking WHERE demo AND state = 'confirmed'";
    assert_eq!(town.count(ids).await, i64::try_from(first).expect("small"));
    assert_eq!(catalogue::seed(&town.services, true).await.expect("the seed files"), 0);
    assert_eq!(town.letters().await, []);
    // Old rates are good enough for a demonstration.
    town.clock.set("2027-06-01T12:00:00Z");
    let time = town.wall_time("putaan-liikuntahalli", "u-hela", "2027-06-09 18:00", 60);
    assert!(town.hold(time.request()).await.other.is_some());
}
