//! The nights when the clocks are changed, as typed on the page where a time is chosen.

use vayla_domain::Language;

use super::{browser::Visitor, shortcuts::token};
use crate::{Town, instant};

on_both_engines! {
    the_missing_hour_comes_back_with_its_reason,
    the_doubled_hour_asks_which_and_both_are_booked,
}

async fn the_missing_hour_comes_back_with_its_reason(town: &Town) {
    for (language, date, typed, shown) in
        [(Language::Sv, "2027-03-28", "03:30", "03:30"), (Language::Fi, "28.3.2027", "3.30", "3.30")]
    {
        let visitor = Visitor::new(town, language);
        let time = town.wall_time("tornion-tenniskentat", "bana-1", "2027-03-28 05:00", 60);
        let form = visitor.choose_form(&time).await;
        assert_eq!((form.value("date"), form.value("minutes")), (date, "60"));
        let back = visitor.send(&form.with(&[("time", typed)])).await;
        back.is_sent_back(&visitor).says(&visitor.words().problem_nonexistent_time(shown));
        let form = back.form(&visitor.choose_path(&time));
        assert_eq!((form.value("date"), form.value("time")), (date, typed));
        // Also where only the price is asked for.
        let path = format!("{}?date={date}&time={typed}&minutes=60", visitor.choose_path(&time));
        visitor.get(&path).await.is_sent_back(&visitor);
        assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0);
    }
    // The hour before the change is booked as such: from 2 to 4 on the wall.
    let visitor = Visitor::new(town, Language::Sv);
    let time = town.time("tornion-tenniskentat", "bana-1", "2027-03-28T00:00:00Z", "2027-03-28T01:00:00Z");
    let choose = visitor.choose(&time).await;
    choose.says("02:00–04:00 finsk tid 01:00–03:00 svensk tid").says("14,20 €");
    let sent = visitor.send(&choose.form("/bana-1")).await;
    let booking = town.booking(visitor.id(&token(&sent))).await;
    assert_eq!((booking.starts_at(), booking.ends_at()), (time.start, time.end));
}

async fn the_doubled_hour_asks_which_and_both_are_booked(town: &Town) {
    town.clock.set("2027-10-01T09:00:00Z");
    for (language, space, date, typed, shown) in [
        (Language::Sv, "bana-1", "2027-10-31", "03:00", "03:00"),
        (Language::Fi, "bana-2", "31.10.2027", "3", "3.00"),
    ] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let before = town.time("tornion-tenniskentat", space, "2027-10-30T21:00:00Z", "2027-10-30T22:00:00Z");
        let form = visitor.choose_form(&before).await.with(&[("date", date), ("time", typed)]);
        assert_eq!(form.value("which"), "", "no other time is asked for so");
        let back = visitor.send(&form).await;
        back.is_sent_back(&visitor).says(&w.problem_ambiguous_time(shown)).says(&w.choose_which());
        back.says(&w.choose_first()).says(&w.choose_second());
        let form = back.form(&visitor.choose_path(&before));
        assert_eq!((form.value("date"), form.value("time"), form.value("which")), (date, typed, ""));
        for (which, start) in [("a", "2027-10-31T00:00:00Z"), ("b", "2027-10-31T01:00:00Z")] {
            let sent = visitor.send(&form.clone().with(&[("which", which)])).await;
            let booking = town.booking(visitor.id(&token(&sent))).await;
            assert_eq!(booking.starts_at(), instant(start), "{which}");
            let details = visitor.follow(&sent).await;
            details.says(match (language, which) {
                (Language::Sv, "a") => "03:00a–03:00b finsk tid 02:00a–02:00b svensk tid",
                (Language::Sv, _) => "03:00b–04:00 finsk tid 02:00b–03:00 svensk tid",
                (Language::Fi, "a") => "3.00a–3.00b Suomen aikaa 2.00a–2.00b Ruotsin aikaa",
                (Language::Fi, _) => "3.00b–4.00 Suomen aikaa 2.00b–3.00 Ruotsin aikaa",
            });
            // Back to the first step, the page still knows which.
            let again = visitor.get(&details.link("earlier=")).await;
            let again = again.is(200).form(&visitor.choose_path(&before));
            assert_eq!(again.value("which"), which);
        }
        let taken = visitor.send(&form.with(&[("which", "b")])).await;
        taken.is_sent_back(&visitor).says(&w.problem_occupied());
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 4);
}
