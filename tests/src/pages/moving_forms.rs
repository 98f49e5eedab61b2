//! What may be wrong with a wish to move, and what a form sent twice comes to.

use vayla_domain::{Language, booking::BookingState};

use super::{
    browser::Visitor,
    contents::{contents, is_still},
    moving::{recount, starts},
};
use crate::{Time, Town};

on_both_engines! {
    nobody_is_moved_to_what_they_have_not_seen,
    a_taken_time_comes_back_with_others_nearby,
    what_is_not_understood_comes_back_as_it_was_typed,
    only_a_confirmed_booking_is_moved_here,
    the_switch_of_language_keeps_the_new_time,
    a_move_sent_twice_has_one_effect,
}

async fn nobody_is_moved_to_what_they_have_not_seen(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 1440)] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let ice = town.ice_in_tornio().later(minutes);
        let token = visitor.book(&ice, "EUR").await;
        let path = visitor.page(&token, "/flytta");
        let before = contents(town).await;
        // Typed and sent at once: what it comes to is shown first.
        let form = visitor.get(&path).await.form(&path).with(&[("time", "14")]);
        let shown = visitor.send(&form).await;
        shown.is(200).says(&w.move_look()).says(&w.move_back("30,00 €"));
        is_still(town, &before).await;
        // Another time than the one that was shown is shown, too.
        let other = visitor.send(&shown.form(&path).with(&[("time", "15")])).await;
        other.is(200).says(&w.move_look());
        is_still(town, &before).await;
        let sent = visitor.send(&other.form(&path)).await;
        assert_eq!(sent.location, Some(visitor.page(&token, "")));
        assert_eq!(starts(town, &visitor, &token).await, ice.later(-180).start);
        // The time that it has is no move.
        let form = visitor.get(&path).await.form(&path);
        visitor.send(&form).await.is_sent_back(&visitor).says(&w.problem_move_unchanged());
    }
}

async fn a_taken_time_comes_back_with_others_nearby(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let ice = town.ice_in_tornio();
        let token = visitor.book(&ice.later(-240), "EUR").await;
        let other = visitor.book(&ice, "EUR").await;
        let (_, form) = recount(&visitor, &token, &[("time", "18:30")]).await;
        let before = contents(town).await;
        let back = visitor.send(&form).await;
        back.is_sent_back(&visitor).says(&visitor.words().problem_occupied());
        back.says(&visitor.words().choose_alternatives());
        is_still(town, &before).await;
        let near = visitor.get(&back.link("space=hela-isen")).await;
        let sent = visitor.send(&near.is(200).form(&visitor.page(&token, "/flytta"))).await;
        assert_eq!(sent.location, Some(visitor.page(&token, "/betala")), "{}", sent.html);
        for token in [token, other] {
            visitor.post::<&str, &str>(&visitor.page(&token, "/avboka"), &[]).await.is(303);
        }
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
}

async fn what_is_not_understood_comes_back_as_it_was_typed(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 60)] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let token = visitor.book(&town.ice_in_tornio().later(minutes), "EUR").await;
        let path = visitor.page(&token, "/flytta");
        let form = visitor.get(&path).await.form(&path);
        let before = contents(town).await;
        let typed = [("date", "<b>nästa vecka"), ("time", "<script>"), ("space", "nowhere")];
        let back = visitor.send(&form.clone().with(&typed)).await;
        back.is_sent_back(&visitor).says(&w.error_date("<b>nästa vecka")).says(&w.error_time("<script>"));
        assert!(!back.html.contains("<script>") && !back.html.contains("<b>nästa"), "{}", back.html);
        let again = back.form(&path);
        assert_eq!((again.value("date"), again.value("time")), ("<b>nästa vecka", "<script>"));
        let closed = visitor.send(&form.clone().with(&[("time", "23:30")])).await;
        closed.is_sent_back(&visitor).says(&w.problem_closed(w.closed_hours()));
        let twice = visitor.send(&form.clone().with(&[("date", "2027-03-28"), ("time", "03:30")])).await;
        twice.is_sent_back(&visitor).says(&w.problem_nonexistent_time(match language {
            Language::Sv => "03:30",
            Language::Fi => "3.30",
        }));
        is_still(town, &before).await;
    }
}

async fn only_a_confirmed_booking_is_moved_here(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let time = town.ice_in_tornio();
        let held = visitor.hold_with_details(&time).await;
        let path = visitor.page(&held, "/flytta");
        // One that is only held chooses anew, with all that was chosen.
        let sent = visitor.get(&path).await;
        let choose = visitor.follow(&sent).await;
        assert_eq!(choose.form(&visitor.choose_path(&time)).value("earlier"), held);
        visitor.post::<&str, &str>(&visitor.page(&held, "/avboka"), &[]).await.is(303);
        let typed = [("time", "19:00"), ("minutes", "60")];
        for gone in [visitor.get(&path).await, visitor.post(&path, &typed).await] {
            assert_eq!(gone.location, Some(visitor.page(&held, "")));
        }
        assert_eq!(town.state(visitor.id(&held)).await, BookingState::Cancelled);
    }
}

async fn the_switch_of_language_keeps_the_new_time(town: &Town) {
    let (asa, aino) = (Visitor::new(town, Language::Sv), Visitor::new(town, Language::Fi));
    let token = asa.book(&town.ice_in_tornio(), "EUR").await;
    let path = asa.page(&token, "/flytta");
    let page = asa.get(&path).await;
    let mut form =
        page.form(&path).with(&[("date", "2026-11-05"), ("time", "kvart över sju"), ("switch", "1")]);
    form.action = page.other_language();
    assert_eq!(form.action, aino.page(&token, "/flytta"));
    let before = contents(town).await;
    let switched = aino.send(&form).await;
    switched.is(200).says(&aino.words().move_title());
    let form = switched.form(&aino.page(&token, "/flytta"));
    assert_eq!((form.value("date"), form.value("time")), ("2026-11-05", "kvart över sju"));
    is_still(town, &before).await;
}

async fn a_move_sent_twice_has_one_effect(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 1440)] {
        let visitor = Visitor::new(town, language);
        let ice: Time = town.ice_in_tornio().later(minutes);
        let token = visitor.book(&ice, "EUR").await;
        let (_, cheaper) = recount(&visitor, &token, &[("time", "14")]).await;
        let (one, other) = tokio::join!(visitor.send(&cheaper), visitor.send(&cheaper));
        for sent in [one, other, visitor.send(&cheaper).await] {
            assert_eq!(sent.location, Some(visitor.page(&token, "")), "{}", sent.html);
        }
        let (_, dearer) = recount(&visitor, &token, &[("time", "18")]).await;
        let (one, other) = tokio::join!(visitor.send(&dearer), visitor.send(&dearer));
        for sent in [one, other, visitor.send(&dearer).await] {
            assert_eq!(sent.location, Some(visitor.page(&token, "/betala")), "{}", sent.html);
        }
        assert_eq!(starts(town, &visitor, &token).await, ice.later(-240).start);
        let terminal = visitor.to_terminal(&token, "SEK").await;
        for _ in 0..2 {
            visitor.play(&terminal, "pay").await.says(&visitor.words().ticket_confirmed());
        }
        assert_eq!(starts(town, &visitor, &token).await, ice.start);
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM booking_change").await, 4);
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 2);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 8);
    assert_eq!(town.letters().await.len(), 6);
}
