//! Holds that run out, are changed, or are given back.

use vayla_domain::{Language, booking::BookingState};

use super::{
    browser::Visitor,
    contents::{contents, is_still},
    shortcuts::{PAGES, token},
};
use crate::Town;

on_both_engines! {
    a_hold_that_has_run_out_says_so_and_takes_no_more_forms,
    another_time_is_chosen_and_the_first_is_free_again,
    a_hold_is_given_back,
}

async fn a_hold_that_has_run_out_says_so_and_takes_no_more_forms(town: &Town) {
    for (language, swept) in [(Language::Sv, false), (Language::Fi, true)] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let held = visitor.hold_with_details(&town.ice_in_tornio()).await;
        town.clock.advance_minutes(15);
        if swept {
            assert_eq!(town.sweep().await, 1);
        }
        let before = contents(town).await;
        let ticket = visitor.page(&held, "");
        for page in ["/uppgifter", "/granska", "/betala", "/avboka"] {
            assert_eq!(
                visitor.get(&visitor.page(&held, page)).await.location.as_ref(),
                Some(&ticket),
                "{page}"
            );
        }
        let fields = [("name", "Annan"), ("email", "annan@example.se"), ("currency", "EUR")];
        for page in ["/uppgifter", "/granska", "/betala", "/forlang"] {
            let sent = visitor.post(&visitor.page(&held, page), &fields).await;
            assert_eq!((sent.status, sent.location.as_ref()), (303, Some(&ticket)), "{page}");
        }
        let page = visitor.get(&ticket).await;
        page.is(200).says(&w.ticket_expired()).says(&w.ticket_expired_lead());
        assert!(page.links(&visitor.page(&held, "/betala")).is_empty());
        is_still(town, &before).await;
        // It can't be cancelled either: there is nothing.
        let cancelled = visitor.post::<&str, &str>(&visitor.page(&held, "/avboka"), &[]).await;
        assert_eq!(cancelled.location, Some(ticket.clone()));
        visitor.get(&ticket).await.says_not(&w.ticket_confirmed());
        assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, 0);
        // And somebody else has the time.
        let other = visitor.hold(&town.ice_in_tornio()).await;
        visitor.post::<&str, &str>(&visitor.page(&other, "/avboka"), &[]).await.is(303);
    }
    town.sweep().await;
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
}

async fn another_time_is_chosen_and_the_first_is_free_again(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let time = town.ice_in_tornio();
        let first = visitor.hold_with_details(&time).await;
        let check = visitor.get(&visitor.page(&first, "/granska")).await;
        let again = visitor.get(&check.link("earlier=")).await;
        let form = again.form(&visitor.choose_path(&time));
        assert_eq!(form.value("earlier"), first);
        // The very same time, and one that overlaps: both are the booker's own.
        let mut held = first.clone();
        for typed in ["18:00", "18:30"] {
            let form = form.clone().with(&[("time", typed), ("earlier", &held)]);
            let sent = visitor.send(&form).await;
            assert_eq!(sent.status, 303, "{}", sent.html);
            assert_eq!(town.state(visitor.id(&held)).await, BookingState::Expired);
            held = token(&sent);
            let name = town.booking(visitor.id(&held)).await.who.expect("who").name;
            assert!(visitor.follow(&sent).await.html.contains(&name), "nobody types it twice");
        }
        // A time that can't be had leaves the hold where it is.
        let other = visitor.hold(&time.later(120)).await;
        let form = form.with(&[("time", "20:00"), ("earlier", &held)]);
        visitor.send(&form).await.is_sent_back(&visitor);
        assert_eq!(town.state(visitor.id(&held)).await, BookingState::Held);
        for token in [held, other] {
            visitor.post::<&str, &str>(&visitor.page(&token, "/avboka"), &[]).await.is(303);
        }
        assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
    }
}

async fn a_hold_is_given_back(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let held = visitor.hold(&town.ice_in_tornio()).await;
        let ticket = visitor.get(&visitor.page(&held, "")).await;
        ticket.says(&visitor.words().ticket_held()).says(&visitor.words().ticket_give_back());
        // What isn't booked has neither a receipt nor a place in a calendar.
        visitor.get(&visitor.page(&held, "/kvitto")).await.is(404);
        let calendar = visitor.get(&visitor.page(&held, "/kalender.ics")).await;
        assert_eq!(calendar.location, Some(visitor.page(&held, "")), "{}", calendar.html);
        let cancel = visitor.get(&ticket.link(&visitor.page(&held, "/avboka"))).await;
        let after = visitor.follow(&visitor.send(&cancel.form(&visitor.page(&held, "/avboka"))).await).await;
        after.is(200).says(&visitor.words().ticket_cancelled());
        assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
        for (page, _) in PAGES.into_iter().filter(|(page, _)| !matches!(*page, "" | "/forlang" | "/kvitto")) {
            let shown = visitor.get(&visitor.page(&held, page)).await;
            assert_eq!(shown.location, Some(visitor.page(&held, "")), "{page}: {}", shown.html);
        }
    }
    assert_eq!(town.letters().await, []);
}
