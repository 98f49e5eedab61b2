//! A series on the pages, from the choice of a time to the cancelling of the rest.

use vayla_domain::{Language, booking::BookingState, money::EURO};
use vayla_locales::format;

use super::browser::{Form, Sheet, Visitor};
use crate::{Time, Town, aino, eur};

on_both_engines! {
    a_series_is_laid_out_booked_paid_and_given_back,
    the_terminal_charges_the_sum_that_it_shows,
    what_stands_in_the_way_comes_back_with_what_was_typed,
    single_dates_are_left_out,
    a_free_series_is_booked_at_once,
    the_rest_is_moved_after_a_look_at_each_date,
    a_forged_token_opens_no_series,
}

impl Visitor<'_> {
    fn series_path(&self, rest: &str) -> String {
        match self.language {
            Language::Sv => format!("/sv/serie/{rest}"),
            Language::Fi => format!("/fi/vakiovuoro/{rest}"),
        }
    }

    fn lay_path(&self, time: &Time) -> String {
        self.series_path(&format!("{}/{}", time.space.facility.slug, time.space.slug))
    }

    /// From the choice of the time to its series, three weeks long, with its dates shown.
    async fn lay_out(&self, time: &Time) -> Sheet {
        let link = self.choose(time).await.link(&self.lay_path(time));
        let page = self.get(&link).await;
        page.is(200).says(&self.words().series_heading());
        let form = page.form(&self.lay_path(time)).with(&[("count", "3")]).pressed("show");
        self.send(&form).await
    }

    fn booked_by(&self, form: Form) -> Form {
        form.with(&[("name", "Åsa Lindström"), ("email", "asa@example.se")]).pressed("book")
    }

    fn series_token(&self, sent: &Sheet) -> String {
        sent.is(303);
        let location = sent.location.clone().expect("a place to go on to");
        let rest =
            location.strip_prefix(&self.series_path("")).unwrap_or_else(|| panic!("{location}")).to_owned();
        rest.split('/').next().expect("a token").to_owned()
    }
}

async fn a_series_is_laid_out_booked_paid_and_given_back(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 120)] {
        let visitor = Visitor::new(town, language);
        let (w, time) = (visitor.words(), town.ice_in_tornio().later(minutes));
        town.book(&time.later(7 * 24 * 60 + 30), aino(), EURO).await;
        let shown = visitor.lay_out(&time).await;
        shown.is(200).says(&w.series_free_of(3, 2)).says(&w.series_taken());
        shown.says(&format::money(language, eur(250_00))).says("≈");
        let near = shown.link(&visitor.choose_path(&time));
        visitor.get(&near).await.is(200).says(&w.choose_recount());

        let sent = visitor.send(&visitor.booked_by(shown.form(&visitor.lay_path(&time)))).await;
        let token = visitor.series_token(&sent);
        let again = visitor.send(&visitor.booked_by(shown.form(&visitor.lay_path(&time)))).await;
        assert_eq!(visitor.series_token(&again), token, "sent twice is one series");
        let pay = visitor.follow(&sent).await;
        pay.is(200).says(&w.pay_title()).says(&w.series_times(2)).says(&w.hold_extend(10));
        let extend = visitor
            .series_path(&format!("{token}/{}", if language == Language::Sv { "forlang" } else { "jatka" }));
        let pay = visitor.follow(&visitor.post(&extend, &[("", ""); 0]).await).await;
        pay.says_not(&w.hold_extend(10));
        let terminal = visitor.follow(&visitor.send(&pay.form(&pay.address).pressed("EUR")).await).await;
        terminal.says(&format::money(language, eur(250_00)));
        let own = visitor.play(&terminal, "pay").await;
        own.is(200).says(&w.series_confirmed()).says(&w.series_confirmed_lead(2, "asa@example.se"));

        // One date, after the page that says what it means.
        let cancel =
            own.forms().into_iter().find(|form| form.action.contains(&token)).expect("a form").action;
        let none = visitor.post(&cancel, &[("act", "some")]).await;
        none.is_sent_back(&visitor).says(&w.series_cancel_none());
        let series = town.services.secret.read_series_token(&token).expect("a token of ours");
        let ids: Vec<String> = vayla_services::series::find(&town.services, series)
            .await
            .expect("the database")
            .expect("a series")
            .bookings
            .iter()
            .map(|booking| booking.id.to_string())
            .collect();
        let asked =
            visitor.post(&cancel, &[(format!("date-{}", ids[1]).as_str(), "1"), ("act", "some")]).await;
        asked
            .is(200)
            .says(&w.series_cancel_ask())
            .says(&w.cancel_refund(format::money(language, eur(125_00))));
        assert_eq!(town.state(ids[1].parse().expect("an id")).await, BookingState::Confirmed);
        let own = visitor.follow(&visitor.send(&asked.form(&cancel).pressed("sure")).await).await;
        own.says(&w.series_confirmed_lead(1, "asa@example.se")).says(&w.series_state_cancelled());
        // And the rest.
        let asked = visitor.post(&cancel, &[("act", "rest")]).await;
        let own = visitor.follow(&visitor.send(&asked.form(&cancel).pressed("sure")).await).await;
        own.says(&w.ticket_cancelled()).says(&w.series_cancelled_lead());
        let gone = town
            .count("SELECT COUNT(*) FROM booking WHERE series_id IS NOT NULL AND state <> 'cancelled'")
            .await;
        assert_eq!(gone, 0);
    }
}

async fn what_stands_in_the_way_comes_back_with_what_was_typed(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let (w, time) = (visitor.words(), town.ice_in_tornio());
        let path = visitor.lay_path(&time);
        let shown = visitor.lay_out(&time).await;
        let form = shown.form(&path);
        // Who books isn't asked before the dates are shown, and the dates stay while it is put right.
        let back = visitor.send(&form.clone().with(&[("email", "asa")]).pressed("book")).await;
        back.is_sent_back(&visitor).says(&w.problem_name_missing()).says(&w.problem_email_format());
        back.says(&w.series_free_of(3, 3));
        assert_eq!(back.form(&path).value("email"), "asa");
        let neither = form.clone().with(&[("count", " "), ("until", "")]).pressed("show");
        visitor.send(&neither).await.is_sent_back(&visitor).says(&w.problem_series_until());
        let wrong = form.clone().with(&[("date", "<script>"), ("count", "121")]).pressed("show");
        let back = visitor.send(&wrong).await;
        back.is_sent_back(&visitor).says(&w.error_date("<script>"));
        assert!(!back.html.contains("<script>"), "{}", back.html);
        let many = visitor.send(&form.clone().with(&[("count", "121")]).pressed("show")).await;
        many.is_sent_back(&visitor).says(&w.problem_series_count(120));
        assert_eq!(many.form(&path).value("count"), "121");
        // Who books stays known while no date can be shown.
        let unknown = visitor.booked_by(form.clone()).with(&[("date", "x"), ("skip-2026-11-11", "1")]);
        let back = visitor.send(&unknown).await.is_sent_back(&visitor).form(&path);
        assert_eq!((back.value("name"), back.value("email")), ("Åsa Lindström", "asa@example.se"));
        assert_eq!(back.value("skip-2026-11-11"), "1");
        // Another time than the one that was shown is shown first.
        let other = visitor.booked_by(form.clone()).with(&[("time", "20")]);
        visitor.send(&other).await.is_sent_back(&visitor).says(&w.problem_series_changed());
        // The other language keeps what is typed.
        let switched = visitor.post(&shown.other_language(), &form.with(&[("switch", "1")]).fields).await;
        switched.is(200);
        assert!(switched.html.contains(r#"name="count""#), "{}", switched.html);
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0);
}

async fn single_dates_are_left_out(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 120)] {
        let visitor = Visitor::new(town, language);
        let (w, time) = (visitor.words(), town.ice_in_tornio().later(minutes));
        let path = visitor.lay_path(&time);
        let form = visitor.lay_out(&time).await.form(&path).with(&[("skip-2026-11-11", "1")]);
        let shown = visitor.send(&form.clone().pressed("show")).await;
        // Three times it is still: a date comes after the others.
        shown.is(200).says(&w.series_skipped_date()).says(&w.series_free_of(4, 3));
        let sent = visitor.send(&visitor.booked_by(form)).await;
        let series = town.services.secret.read_series_token(&visitor.series_token(&sent));
        let series = vayla_services::series::find(&town.services, series.expect("a token of ours")).await;
        let bookings = series.expect("the database").expect("a series").bookings;
        let dates: Vec<String> = bookings.iter().map(|booking| booking.date().to_string()).collect();
        assert_eq!(dates, ["2026-11-04", "2026-11-18"], "no date that wasn't shown");
    }
}

async fn a_free_series_is_booked_at_once(town: &Town) {
    let visitor = Visitor::new(town, Language::Sv);
    let time = town.wall_time("strandplan-naridrottsplats", "beachvolley", "2026-11-04 17:00", 60);
    let path = visitor.lay_path(&time);
    let shown = visitor.lay_out(&time).await.form(&path).with(&[("group", "youth"), ("count", "2")]);
    let shown = visitor.send(&shown.pressed("show")).await;
    shown.says(&visitor.words().price_free());
    let own = visitor.follow(&visitor.send(&visitor.booked_by(shown.form(&path))).await).await;
    own.is(200).says(&visitor.words().series_confirmed());
    assert!(town.letter("Bokat: ").await.subject.contains("2 tider"));
}

async fn the_rest_is_moved_after_a_look_at_each_date(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 120)] {
        let visitor = Visitor::new(town, language);
        let (w, time) = (visitor.words(), town.ice_in_tornio().later(minutes));
        let shown = visitor.lay_out(&time).await;
        let sent = visitor.send(&visitor.booked_by(shown.form(&visitor.lay_path(&time)))).await;
        let token = visitor.series_token(&sent);
        let pay = visitor.follow(&sent).await;
        let terminal = visitor.follow(&visitor.send(&pay.form(&pay.address).pressed("EUR")).await).await;
        let own = visitor.play(&terminal, "pay").await;
        own.says(&w.series_move_some()).says(&w.series_move_rest());
        let ids = own.html.matches(r#"name="date-"#).count();
        assert_eq!(ids, 3);

        let word = if language == Language::Sv { "flytta" } else { "siirra" };
        let path = visitor.series_path(&format!("{token}/{word}"));
        let none = visitor.post(&path, &[("act", "some")]).await;
        none.is_sent_back(&visitor).says(&w.problem_series_move_none());
        let page = visitor.post(&path, &[("act", "rest")]).await;
        page.is(200).says(&w.series_move_title()).says_not(&w.series_move_submit(3));
        let form = page.form(&path);
        assert_eq!((form.value("weekday"), form.value("minutes")), ("2", "60")); // a Wednesday as it is

        // Two hours would cost more: such a date goes by itself.
        let dearer = form.clone().with(&[("minutes", "120"), ("weekday", "3")]).pressed("show");
        let page = visitor.send(&dearer).await;
        page.is(200)
            .says(&w.series_move_barred())
            .says(&w.series_dearer(format::money(language, eur(125_00))));
        page.says_not(&w.series_move_submit(3));
        let alone = page.link(if language == Language::Sv { "/flytta?" } else { "/siirra?" });
        visitor.get(&alone).await.is(200).says(&w.move_submit_pay());
        let wrong = form.clone().with(&[("time", "<script>")]).pressed("show");
        visitor.send(&wrong).await.is_sent_back(&visitor).says(&w.error_time("<script>"));

        let by_day = form.with(&[("time", "14:00"), ("weekday", "3")]).pressed("show");
        let page = visitor.send(&by_day).await;
        page.is(200).says(&w.series_move_submit(3)).says(&w.move_back(format::money(language, eur(90_00))));
        // Nobody is moved to what they haven't seen.
        let unseen = visitor.send(&page.form(&path).pressed("move").with(&[("quote", "")])).await;
        unseen.is_sent_back(&visitor).says(&w.problem_series_move_changed());
        let switched =
            visitor.post(&page.other_language(), &page.form(&path).with(&[("switch", "1")]).fields).await;
        switched.is(200);
        let own = visitor.follow(&visitor.send(&page.form(&path).pressed("move")).await).await;
        own.is(200).says(&w.series_confirmed()).says(&format::date_weekday(language, date("2026-11-05")));
        let again = visitor.send(&page.form(&path).pressed("move")).await;
        again.is(303);
        let gone = town.count("SELECT COUNT(*) FROM refund WHERE reason = 'moved' AND minor = 3000").await;
        assert_eq!(gone, if language == Language::Sv { 3 } else { 6 });
        // So that the other language's visitor finds the same times free.
        let cancel =
            own.forms().into_iter().find(|form| form.action.contains(&token)).expect("a form").action;
        let asked = visitor.post(&cancel, &[("act", "rest")]).await;
        visitor.follow(&visitor.send(&asked.form(&cancel).pressed("sure")).await).await;
    }
}

fn date(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a date")
}

async fn a_forged_token_opens_no_series(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let (pay, cancel, shift) = match language {
            Language::Sv => ("betala", "avboka", "flytta"),
            Language::Fi => ("maksa", "peru", "siirra"),
        };
        let unknown = town.services.secret.series_token(uuid::Uuid::from_u128(7));
        for token in ["x", &unknown, &town.services.secret.manage_token(booking.id)] {
            visitor.get(&visitor.series_path(token)).await.is(404);
            visitor.get(&visitor.series_path(&format!("{token}/{pay}"))).await.is(404);
            let fields = [("act", "rest")];
            visitor.post(&visitor.series_path(&format!("{token}/{shift}")), &fields).await.is(404);
            visitor.post(&visitor.series_path(&format!("{token}/{cancel}")), &fields).await.is(404);
        }
    }
}

async fn the_terminal_charges_the_sum_that_it_shows(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 120)] {
        let visitor = Visitor::new(town, language);
        let (w, time) = (visitor.words(), town.ice_in_tornio().later(minutes));
        let shown = visitor.lay_out(&time).await;
        let sent = visitor.send(&visitor.booked_by(shown.form(&visitor.lay_path(&time)))).await;
        let token = visitor.series_token(&sent);
        let pay = visitor.follow(&sent).await;
        let terminal = visitor.follow(&visitor.send(&pay.form(&pay.address).pressed("EUR")).await).await;
        terminal.says(&format::money(language, eur(375_00)));
        let id = town.services.secret.read_series_token(&token).expect("a token of ours");
        let series = vayla_services::series::find(&town.services, id).await.expect("the database");
        town.cancel(series.expect("a series").bookings[1].id).await;
        let rest = format::money(language, eur(250_00));
        let again = visitor.send(&terminal.form("").pressed("pay")).await;
        again.is(422).says(&w.terminal_sum_changed(&rest));
        assert_eq!(
            town.count("SELECT COUNT(*) FROM payment WHERE state = 'paid'").await,
            2 * i64::from(minutes > 0)
        );
        let own = visitor.play(&again, "pay").await;
        own.is(200).says(&w.series_confirmed_lead(2, "asa@example.se"));
        assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
        visitor.get(&terminal.address).await.says(&rest).says(&w.terminal_paid_already());
    }
}
