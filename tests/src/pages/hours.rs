//! When a place is open, as its page shows it.

use serde_json::json;
use vayla_domain::Language;

use super::browser::Visitor;
use crate::Town;

on_both_engines! {
    what_differs_is_told_day_by_day,
    of_what_always_holds_the_last_is_shown,
}

async fn what_differs_is_told_day_by_day(town: &Town) {
    let summer = json!([
        {"days": [1, 2, 3, 4, 5], "opens": "13:00", "closes": "17:00"},
        {"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "12:00"},
    ]);
    let weekdays = json!([{"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "20:00"}]);
    // A Saturday; a Friday and a Saturday.
    let [one, two] = [("2026-11-14", "2026-11-14"), ("2026-11-20", "2026-11-21")];
    let dates = |(from, to)| json!({"on": {"dates": {"from": from, "to": to}}, "hours": weekdays});
    let rules = json!({"opening": [
        {"on": {"yearly": {"from": "06-01", "to": "08-31"}}, "hours": summer},
        {"on": {"yearly": {"from": "12-23", "to": "12-23"}}, "hours": [{"opens": "08:00", "closes": "17:00"}]},
        dates(one),
        dates(two),
    ]});
    town.lay_rules(&town.ice_in_tornio().space, &rules).await;
    let page = Visitor::new(town, Language::Sv).get("/sv/anlaggningar/tornion-jaahalli").await;
    for said in [
        ": måndag–fredag 09:00–12:00, 13:00–17:00; lördag–söndag stängt",
        ": 08:00–17:00",
        "2026-11-14 : stängt 2026-11-20–2026-11-21 : fredag 08:00–20:00; lördag stängt",
    ] {
        page.says(said);
    }
    let page = Visitor::new(town, Language::Fi).get("/fi/liikuntapaikat/tornion-jaahalli").await;
    page.says(": maanantai–perjantai 9.00–12.00, 13.00–17.00; lauantai–sunnuntai suljettu")
        .says(": 8.00–17.00");
}

async fn of_what_always_holds_the_last_is_shown(town: &Town) {
    let always = |opens, closes| json!({"hours": [{"opens": opens, "closes": closes}]});
    let rules = json!({"opening": [always("06:15", "20:00"), always("10:30", "21:00")]});
    town.lay_rules(&town.ice_in_tornio().space, &rules).await;
    let page = Visitor::new(town, Language::Sv).get("/sv/anlaggningar/tornion-jaahalli").await;
    page.says("10:30–21:00").says_not("06:15");
}
