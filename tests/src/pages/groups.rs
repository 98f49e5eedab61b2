//! Who may book farther ahead than others finds the day, and a time on it.

use serde_json::json;
use vayla_domain::Language;

use super::browser::Visitor;
use crate::{Time, Town};

on_both_engines! {
    a_club_turns_the_pages_to_a_far_day_and_books_there,
    a_club_searches_a_far_day_by_its_own_rules,
    availability_is_by_the_rules_of_whoever_asks,
}

/// Far ahead on the ice that only clubs may book then.
async fn far(town: &Town) -> Time {
    let time = town.wall_time("tornion-jaahalli", "hela-isen", "2027-08-30 18:00", 60);
    town.lay_rules(&time.space, &json!({"booking": [{"group": "club", "horizon_days": 400}]})).await;
    time
}

async fn a_club_turns_the_pages_to_a_far_day_and_books_there(town: &Town) {
    let time = far(town).await;
    for (language, day) in [(Language::Sv, "/sv/dag"), (Language::Fi, "/fi/paiva")] {
        let visitor = Visitor::new(town, language);
        let before = visitor.get(&format!("{day}/tornion-jaahalli/2027-08-29")).await;
        let page = visitor.get(&before.link("/2027-08-30")).await;
        let start = page.link(&format!("?start={}", time.start.timestamp()));
        visitor.get(&format!("{start}&group=club")).await.is(200);
        visitor.get(&start).await.is(422);
        // Nobody books a year and a half ahead.
        let page = visitor.get(&format!("{day}/tornion-jaahalli/2027-12-15")).await;
        assert!(page.links("?start=").is_empty());
    }
}

async fn a_club_searches_a_far_day_by_its_own_rules(town: &Town) {
    far(town).await;
    for (language, home) in [(Language::Sv, "/sv/"), (Language::Fi, "/fi/")] {
        let visitor = Visitor::new(town, language);
        let found = async |group| {
            let wish = "kind=ice&town=tornio&date=2027-08-30&until=2027-08-30";
            visitor.get(&format!("{home}?{wish}&group={group}")).await
        };
        let hits = found("club").await;
        hits.is(200).says_not(&visitor.words().search_nearest());
        assert_eq!(hits.form(home).value("group"), "club");
        let links = hits.links("group=club");
        assert!(!links.is_empty());
        for link in links {
            visitor.get(&link).await.is(200);
        }
        found("adult").await.is_sent_back(&visitor);
    }
}

async fn availability_is_by_the_rules_of_whoever_asks(town: &Town) {
    let time = far(town).await;
    let day = format!("/availability?space={}&date=2027-08-30", time.space.id);
    let anybody = town.ask(&day).await;
    assert_eq!(anybody.is(200).body["free"], json!([]));
    let club = town.ask(&format!("{day}&price_group=club")).await;
    assert_eq!(club.is(200).body["free"][0]["start"], "2027-08-30T07:00:00+03:00");
}
