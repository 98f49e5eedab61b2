//! Others' series, and the breaks of schools.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;
use vayla_domain::{
    money::{EURO, PriceGroup, Use},
    series::{SeriesFields, SeriesPlan, Skip, Until},
};
use vayla_services::{
    booking::BookingState,
    payment::{self, Outcome},
    series::{self, Series, SeriesRequest, SeriesWish, Shown},
    staff::Scope,
};

use crate::{
    Town, aino,
    api::caller::{Answer, read},
};

on_both_engines! {
    staff_see_a_facilitys_series_and_it_is_written_down,
    series_of_other_facilities_are_not_even_read,
    staff_cancel_the_rest_and_say_why_in_one_letter,
    staff_move_the_rest_at_its_price_and_say_why,
    the_breaks_of_a_towns_schools_are_the_towns,
    what_is_wrong_with_a_break_is_told,
}

impl Town {
    /// Three Tuesdays at 18 on Tornio's ice, held.
    async fn tuesdays(&self, time: &str) -> Series {
        self.tuesdays_at("tornion-jaahalli", time).await
    }

    async fn tuesdays_at(&self, facility: &str, time: &str) -> Series {
        let fields = SeriesFields {
            first: "2026-11-03".parse().expect("a date"),
            time: time.parse().expect("a time"),
            minutes: 60,
            every_weeks: 1,
            until: Until::Count(3),
            which: None,
            skip: Skip::default(),
        };
        let (plan, space) = (SeriesPlan::parse(fields).expect("a plan"), self.space(facility, "hela-isen"));
        let wish = SeriesWish { space, plan, price_group: PriceGroup::Adult, use_of: Use::Sport };
        let outline = series::outline(&self.services, &wish).await.expect("an outline");
        let shown = outline.free().map(|(date, ..)| Shown { date, quote: None }).collect();
        let request = SeriesRequest { wish, who: aino(), shown, attempt: None };
        series::book(&self.services, &request).await.expect("a series")
    }

    async fn paid_tuesdays(&self) -> Series {
        let series = self.tuesdays("18:00:00").await;
        let id = payment::start_series(&self.services, &series.bookings, EURO, "http://localhost/").await;
        self.play(&self.payment(id.expect("a payment")).await, Outcome::Pay).await;
        series
    }

    async fn staff_put(&self, token: &str, path: &str, body: &Value) -> Answer {
        read(self.call(Method::PUT, &format!("/staff{path}")).bearer_auth(token).json(body)).await
    }
}

async fn staff_see_a_facilitys_series_and_it_is_written_down(town: &Town) {
    let booked = town.paid_tuesdays().await;
    town.clock.advance_minutes(1);
    let held = town.tuesdays("19:00:00").await;
    let (token_id, token) = town.new_token(&[Scope::Series], Some("tornio")).await;
    let list = format!("/series?facility={}", booked.space.facility.id);
    let page = town.staff_ask(&token, &format!("{list}&limit=1")).await;
    let items = page.is(200).body["items"].as_array().expect("items");
    assert_eq!((items.len(), &items[0]["id"]), (1, &json!(booked.id)));
    assert_eq!(items[0]["booker"]["email"], "aino@example.fi");
    assert_eq!(items[0]["bookings"].as_array().map(Vec::len), Some(3));
    assert!(items[0]["bookings"][0].get("manage_token").is_none(), "not for staff");
    let next = page.text("next");
    let page = town.staff_ask(&token, &format!("{list}&after={next}")).await;
    assert_eq!(page.is(200).body["items"][0]["id"], json!(held.id));
    // What ran out is nobody's series.
    town.clock.advance_minutes(15);
    let page = town.staff_ask(&token, &list).await;
    assert_eq!(page.is(200).body["items"].as_array().map(Vec::len), Some(1));
    town.staff_ask(&token, &format!("/series/{}", booked.id)).await.is(200);
    let notes = town.notes("series_seen").await;
    assert_eq!(notes.len(), 3);
    assert_eq!(
        (notes[0].actor.as_str(), &notes[0].change),
        (format!("staff:{token_id}").as_str(), &json!({"series": 1}))
    );
    assert_eq!(town.notes("seen").await[0].subject_id, booked.id);

    let (_, other) = town.new_token(&[Scope::Series], Some("haparanda")).await;
    town.staff_ask(&other, &list).await.is_problem(403, "forbidden");
    town.staff_ask(&other, &format!("/series/{}", booked.id)).await.is_problem(403, "forbidden");
    let (_, narrow) = town.new_token(&[Scope::Bookings], None).await;
    town.staff_ask(&narrow, &list).await.is_problem(403, "forbidden");
    town.staff_ask(&token, &format!("/series/{}", Uuid::from_u128(7))).await.is_problem(404, "not_found");
    town.staff_ask(&token, &format!("{list}&after=x")).await.is_problem(422, "invalid");
}

async fn series_of_other_facilities_are_not_even_read(town: &Town) {
    let first = town.tuesdays("18:00:00").await;
    town.clock.advance_minutes(1);
    let across = town.tuesdays_at("norra-affars-arena", "18:00:00").await;
    assert!(!across.bookings.is_empty());
    town.clock.advance_minutes(1);
    let last = town.tuesdays("19:00:00").await;
    // Whoever read them would stumble.
    crate::sql!(town, c => sqlx::query("UPDATE booking SET use_of = 'nothing known' WHERE series_id = $1")
        .bind(across.id).execute(c).await.map(drop))
    .expect("the series across the river");
    let (_, token) = town.new_token(&[Scope::Series], Some("tornio")).await;
    let page = town.staff_ask(&token, &format!("/series?facility={}", first.space.facility.id)).await;
    let ids: Vec<&Value> =
        page.is(200).body["items"].as_array().expect("items").iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, [&json!(first.id), &json!(last.id)]);
}

async fn staff_cancel_the_rest_and_say_why_in_one_letter(town: &Town) {
    let series = town.paid_tuesdays().await;
    let (_, token) = town.new_token(&[Scope::Series], Some("tornio")).await;
    let path = format!("/series/{}/cancel", series.id);
    let reason = json!({"sv": "Ismaskinen är trasig.", "fi": "Jääkone on rikki."});
    let body = json!({"which": {"from": "2026-11-10"}, "reason": reason});
    let (_, other) = town.new_token(&[Scope::Series], Some("haparanda")).await;
    town.staff_tell(&other, &path, &body).await.is_problem(403, "forbidden");
    let none = json!({"which": {}, "reason": reason});
    town.staff_tell(&token, &path, &none).await.is_problem(422, "bookings_or_from");
    // Too late for the facility's rule: the town gives all of it back.
    town.clock.set("2026-11-10T12:00:00Z");
    let cancelled = town.staff_tell(&token, &path, &body).await;
    assert_eq!(cancelled.is(200).body["refunds"], json!([{"amount": "250.00", "currency": "EUR"}]));
    let states: Vec<_> = series::find(&town.services, series.id)
        .await
        .expect("the database")
        .expect("a series")
        .bookings
        .iter()
        .map(|booking| booking.state_at(town.clock.now()))
        .collect();
    assert_eq!(states, [BookingState::Confirmed, BookingState::Cancelled, BookingState::Cancelled]);
    let letter = town.letter("Vuorosi on peruttu").await;
    assert!(letter.text.contains("Jääkone on rikki.") && letter.subject.contains("2 vuoroa"), "{letter:?}");
    town.staff_tell(&token, &path, &body).await.is_problem(409, "not_live");
}

async fn staff_move_the_rest_at_its_price_and_say_why(town: &Town) {
    let series = town.paid_tuesdays().await;
    let (token_id, token) = town.new_token(&[Scope::Series], Some("tornio")).await;
    let path = format!("/series/{}/move", series.id);
    let reason = json!({"sv": "Ismaskinen är trasig.", "fi": "Jääkone on rikki."});
    // Cheaper by day, and at an hour when nobody may book: neither binds the town.
    let to = json!({"space": series.space.id, "weekday": "wednesday", "time": "04:00", "minutes": 60});
    let look = json!({"which": {"from": "2026-11-01"}, "to": to, "reason": reason});
    let (_, other) = town.new_token(&[Scope::Series], Some("haparanda")).await;
    town.staff_tell(&other, &path, &look).await.is_problem(403, "forbidden");
    let (_, narrow) = town.new_token(&[Scope::Bookings], None).await;
    town.staff_tell(&narrow, &path, &look).await.is_problem(403, "forbidden");
    // Too late for whoever booked them; not for the town.
    town.clock.set("2026-11-03T12:00:00Z");
    let looked = town.staff_tell(&token, &path, &look).await;
    let dates = looked.is(200).body["dates"].as_array().expect("dates");
    assert!(dates.iter().all(|date| date["status"] == "free"), "{dates:?}");
    assert_eq!(looked.body["refunds"], json!([]));
    assert_eq!(town.notes("seen").await[0].subject_id, series.id);

    let body = json!({"which": {"from": "2026-11-01"}, "to": to, "reason": reason, "confirm": true});
    let taken =
        town.hold(town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-11 12:00", 60).request()).await;
    let midday = json!({"space": series.space.id, "weekday": "wednesday", "time": "12:00", "minutes": 60});
    let onto = json!({"which": {"from": "2026-11-01"}, "to": midday, "reason": reason, "confirm": true});
    town.staff_tell(&token, &path, &onto).await.is_problem(409, "series_barred");
    let moved = town.staff_tell(&token, &path, &body).await;
    assert_eq!(moved.is(200).body["moved"], true);
    let starts: Vec<_> = moved.body["series"]["bookings"]
        .as_array()
        .expect("bookings")
        .iter()
        .map(|booking| (booking["start"].clone(), booking["total"]["amount"].clone()))
        .collect();
    let at = |start: &str| (json!(start), json!("125.00"));
    let expected = ["2026-11-04T04:00:00+02:00", "2026-11-11T04:00:00+02:00", "2026-11-18T04:00:00+02:00"];
    assert_eq!(starts, expected.map(at));
    let letter = town.letter("Siirretty: ").await;
    for text in ["Jääkone on rikki.", "ke 4.11. 4.00–5.00", "ti 3.11. 18.00–19.00"] {
        assert!(letter.text.contains(text), "{text}: {}", letter.text);
    }
    let notes = town.notes("moved").await;
    let note = notes.iter().find(|note| note.subject_id == series.id).expect("a note of the whole");
    assert_eq!(note.actor, format!("staff:{token_id}"));
    assert_eq!((notes.len(), note.change[0].as_i64()), (4, Some(3)));
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
    assert_eq!(town.state(taken.id).await, BookingState::Held);
    town.staff_tell(&token, &path, &body).await.is_problem(422, "unchanged");
}

async fn the_breaks_of_a_towns_schools_are_the_towns(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Series], Some("tornio")).await;
    let path = "/municipalities/tornio/breaks";
    let pause = |from: &str, to: &str| json!({"from": from, "to": to, "name": {"sv": "sportlov", "fi": "hiihtoloma"}});
    let breaks = [pause("2027-03-01", "2027-03-07"), pause("2026-11-09", "2026-11-15")];
    let set = town.staff_put(&token, path, &json!({"breaks": breaks})).await;
    assert_eq!(set.is(200).body["breaks"], json!([breaks[1], breaks[0]]));
    assert_eq!(town.staff_ask(&token, path).await.body, set.body);
    assert_eq!(town.notes("breaks_set").await[0].change["municipality"], "tornio");
    // A series that leaves breaks out has one date less in it.
    let space = town.space("tornion-jaahalli", "hela-isen").id;
    let asked = json!({"space": space, "first": "2026-11-03", "time": "18:00", "minutes": 60, "until": "2026-11-17",
        "skip": {"breaks": true}});
    let outline = town.tell("/series/outline", &asked).await;
    assert_eq!(outline.is(200).body["dates"][1]["why"]["text"]["fi"], "Jää väliin: hiihtoloma.");
    let none = town.staff_put(&token, path, &json!({"breaks": []})).await;
    assert_eq!(none.is(200).body["breaks"], json!([]));
    town.staff_put(&token, "/municipalities/haparanda/breaks", &json!({"breaks": []}))
        .await
        .is_problem(403, "forbidden");
    town.staff_put(&token, "/municipalities/boden/breaks", &json!({"breaks": []}))
        .await
        .is_problem(404, "not_found");
    let (_, narrow) = town.new_token(&[Scope::Bookings], None).await;
    town.staff_put(&narrow, path, &json!({"breaks": []})).await.is_problem(403, "forbidden");
}

async fn what_is_wrong_with_a_break_is_told(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Series], None).await;
    let check = async |breaks: Value, code: &str| {
        let path = "/municipalities/tornio/breaks";
        let refused = town.staff_put(&token, path, &json!({"breaks": breaks})).await;
        refused.is_problem(422, code);
    };
    let name = json!({"sv": "sportlov", "fi": "hiihtoloma"});
    check(json!([{"from": "2027-03-07", "to": "2027-03-01", "name": name}]), "backwards").await;
    let one = json!({"from": "2027-03-01", "to": "2027-03-07", "name": name});
    check(json!([one, one]), "overlaps").await;
    check(json!([{"from": "2027-03-01", "to": "2027-03-07", "name": {"sv": "", "fi": "x"}}]), "name").await;
    assert_eq!(town.count("SELECT COUNT(*) FROM school_break").await, 0);
}
