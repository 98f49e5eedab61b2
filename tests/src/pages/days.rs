//! A day's free times as a list: what a phone shows.

use vayla_domain::{Language, money::EURO};

use super::browser::{Sheet, Visitor};
use crate::{Town, aino};

on_both_engines! {
    a_day_that_has_begun_lists_times_that_can_be_had,
    what_goes_on_over_midnight_is_listed_to_its_end,
    no_time_is_listed_that_would_leave_a_gap,
    the_plan_shows_what_is_left_of_a_hall_at_a_chosen_time,
}

/// The list of a facility's day in Swedish.
async fn list(visitor: &Visitor<'_>, facility: &str, date: &str) -> Sheet {
    let page = visitor.get(&format!("/sv/dag/{facility}/{date}")).await;
    page.is(200);
    let (_, list) = page.html.split_once("class=\"day-list\"").expect("a list");
    Sheet { html: format!("<body>{list}"), ..page }
}

/// Each link leads on to a time that isn't refused; the seconds at which they start.
async fn can_be_had(visitor: &Visitor<'_>, list: &Sheet) -> Vec<i64> {
    let links = list.links("?start=");
    for link in &links {
        visitor.get(link).await.is(200);
    }
    let start = |link: &String| link.rsplit('=').next().and_then(|start| start.parse().ok());
    links.iter().map(|link| start(link).expect("seconds")).collect()
}

async fn a_day_that_has_begun_lists_times_that_can_be_had(town: &Town) {
    town.clock.set("2026-11-04T10:10:00Z");
    let visitor = Visitor::new(town, Language::Sv);
    // The court's times lie half an hour apart: not 12:15, whatever is free then.
    let first = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-04 12:30", 60);
    let list = list(&visitor, "tornion-tenniskentat", "2026-11-04").await;
    let starts = can_be_had(&visitor, &list).await;
    assert_eq!(starts, [first.start.timestamp(); 2], "a run each of both courts");
    // Tomorrow is another list.
    list.says("12:30–00:00");
}

async fn what_goes_on_over_midnight_is_listed_to_its_end(town: &Town) {
    let court = |start, minutes| town.wall_time("tornion-tenniskentat", "bana-1", start, minutes);
    for start in ["2026-11-04 21:30", "2026-11-05 02:00"] {
        town.hold(court(start, 120).request_by(aino())).await;
    }
    let visitor = Visitor::new(town, Language::Sv);
    let list = list(&visitor, "tornion-tenniskentat", "2026-11-04").await;
    list.says("23:30–02:00").says("00:00–21:30");
    let starts = can_be_had(&visitor, &list).await;
    assert!(starts.contains(&court("2026-11-04 23:30", 60).start.timestamp()), "{starts:?}");
}

async fn no_time_is_listed_that_would_leave_a_gap(town: &Town) {
    let ice = |start| town.wall_time("tornion-jaahalli", "hela-isen", start, 60);
    let rules = serde_json::json!({"no_gaps": true, "booking": [{"lead": {"hours": 1}}]});
    town.lay_rules(&ice("2026-11-04 17:00").space, &rules).await;
    town.book(&ice("2026-11-04 17:00"), aino(), EURO).await;
    town.clock.set("2026-11-04T15:10:00Z");
    let visitor = Visitor::new(town, Language::Sv);
    let starts = can_be_had(&visitor, &list(&visitor, "tornion-jaahalli", "2026-11-04").await).await;
    // It is too late for six; the shortest time is three quarters, and from six on nobody has the ice.
    assert_eq!(starts, [ice("2026-11-04 18:45").start.timestamp()]);
}

async fn the_plan_shows_what_is_left_of_a_hall_at_a_chosen_time(town: &Town) {
    let gym = |space| town.wall_time("putaan-liikuntahalli", space, "2026-11-04 18:00", 60);
    town.book(&gym("u-halv-a"), aino(), EURO).await;
    for (language, path) in [(Language::Sv, "/sv/dag"), (Language::Fi, "/fi/paiva")] {
        let visitor = Visitor::new(town, language);
        let (w, path) = (visitor.words(), format!("{path}/putaan-liikuntahalli/2026-11-04"));
        let asking = visitor.get(&path).await;
        asking.is(200).says(&w.moment_title());
        let at = gym("u-hela").start.timestamp();
        assert!(asking.html.contains(&format!("<option value=\"{at}\"")), "it can be chosen");
        let sheet = visitor.get(&format!("{path}?at={at}")).await;
        let time = vayla_locales::format::time(language, "18:00:00".parse().expect("a time"));
        sheet.is(200).says(&w.moment_at(&time));
        let (_, moment) = sheet.html.split_once("moment-plan").expect("the plan");
        let (plan, rest) = moment.split_once("</svg>").expect("its end");
        assert_eq!(plan.matches("part taken").count(), gym("u-halv-a").space.parts.len(), "{plan}");
        let (rows, _) = rest.split_once("</section>").expect("the list");
        let book = |space: &str| rows.matches(&format!("/{space}?start={at}")).count();
        assert_eq!(["u-hela", "u-halv-a", "u-halv-b"].map(book), [0, 0, 1], "{rows}");
        for state in [w.state_partly(), w.state_taken(), w.state_free()] {
            assert!(rows.contains(&state), "{state} in {rows}");
        }
        // An hour later all of it can be had; what is no time of the day shows no plan.
        let later = visitor.get(&format!("{path}?at={}", gym("u-hela").later(60).start.timestamp())).await;
        assert_eq!(later.html.matches("part taken").count(), 0);
        for wrong in ["x", "0", "99999999999999999999"] {
            visitor.get(&format!("{path}?at={wrong}")).await.is(200).says_not(&w.moment_at(&time));
        }
    }
    // A place in one piece has no plan.
    let visitor = Visitor::new(town, Language::Sv);
    let ice = visitor.get("/sv/dag/tornion-jaahalli/2026-11-04").await;
    ice.is(200).says_not(&visitor.words().moment_title());
}
