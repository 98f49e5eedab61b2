//! What can become of a payment, as the payer sees it.

use chrono::TimeDelta;
use vayla_domain::{Language, booking::BookingState};

use super::browser::Visitor;
use crate::Town;

on_both_engines! {
    who_is_refused_reads_so_and_tries_again,
    who_comes_back_without_paying_can_still_pay,
    late_money_for_a_free_time_makes_it_theirs,
    late_money_for_a_taken_time_goes_back,
    who_paid_twice_reads_that_one_goes_back,
}

async fn who_is_refused_reads_so_and_tries_again(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 60)] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let held = visitor.hold_with_details(&town.ice_in_tornio().later(minutes)).await;
        let terminal = visitor.to_terminal(&held, "EUR").await;
        let ticket = visitor.play(&terminal, "refuse").await;
        ticket.is(200).says(&w.ticket_held()).says(&w.ticket_held_refused());
        assert_eq!(town.state(visitor.id(&held)).await, BookingState::Held);
        assert_eq!(town.postings(visitor.id(&held)).await, [""; 0]);
        let pay = visitor.get(&ticket.link(&visitor.page(&held, "/betala"))).await;
        let sent = visitor.send(&pay.form(&visitor.page(&held, "/betala")).pressed("EUR")).await;
        visitor.play(&visitor.follow(&sent).await, "pay").await.says(&w.ticket_confirmed());
        assert_eq!(town.postings(visitor.id(&held)).await.len(), 2);
    }
}

async fn who_comes_back_without_paying_can_still_pay(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 60)] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let held = visitor.hold_with_details(&town.ice_in_tornio().later(minutes)).await;
        let terminal = visitor.to_terminal(&held, "SEK").await;
        let ticket = visitor.play(&terminal, "abandon").await;
        ticket.says(&w.ticket_held()).says(&w.ticket_held_abandoned()).says(&w.ticket_go_on());
        // In the other currency at a second terminal; the first never hears of it.
        let second = visitor.to_terminal(&held, "EUR").await;
        assert_ne!(second.address, terminal.address);
        visitor.play(&second, "pay").await.says(&w.ticket_confirmed());
        assert_eq!(town.postings(visitor.id(&held)).await.len(), 2);
        visitor.get(&second.address).await.says(&w.terminal_paid_already());
    }
}

async fn late_money_for_a_free_time_makes_it_theirs(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 60)] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let held = visitor.hold_with_details(&town.ice_in_tornio().later(minutes)).await;
        let terminal = visitor.to_terminal(&held, "SEK").await;
        let waiting = visitor.play(&terminal, "late").await;
        waiting.is(200).says(&w.ticket_waiting()).says(&w.ticket_waiting_lead());
        waiting.says(&w.ticket_look_again());
        town.deliver().await;
        visitor.get(&waiting.address).await.says(&w.ticket_waiting());
        town.clock.advance(TimeDelta::seconds(10));
        town.deliver().await;
        let ticket = visitor.get(&waiting.address).await;
        ticket.says(&w.ticket_confirmed());
        assert_eq!(town.postings(visitor.id(&held)).await.len(), 3);
    }
}

async fn late_money_for_a_taken_time_goes_back(town: &Town) {
    for (language, minutes, amount) in [(Language::Sv, 0, "1 372,25 kr"), (Language::Fi, 60, "1 372,25 kr")] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let time = town.ice_in_tornio().later(minutes);
        let late = visitor.hold_with_details(&time).await;
        let terminal = visitor.to_terminal(&late, "SEK").await;
        let waiting = visitor.play(&terminal, "late").await;
        let winner = visitor.book(&time, "EUR").await;
        town.clock.advance(TimeDelta::seconds(10));
        town.deliver().await;
        let page = visitor.get(&waiting.address).await;
        page.is(200).says(&w.ticket_too_late()).says(&w.ticket_too_late_lead());
        page.says(&w.ticket_money_back(amount)).says_not(&w.ticket_expired_lead());
        let postings = town.postings(visitor.id(&late)).await;
        assert_eq!(postings.len(), 2, "{postings:?}");
        assert!(postings[0].contains("clearing / owed_to_payers 1372.25 SEK"), "{postings:?}");
        visitor.get(&visitor.page(&late, "/kvitto")).await.is(404);
        assert_eq!(town.state(visitor.id(&winner)).await, BookingState::Confirmed);
        let refused = visitor.get(&visitor.page(&late, "/kalender.ics")).await;
        assert_eq!(refused.location, Some(visitor.page(&late, "")));
    }
}

async fn who_paid_twice_reads_that_one_goes_back(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 60)] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let held = visitor.hold_with_details(&town.ice_in_tornio().later(minutes)).await;
        let terminal = visitor.to_terminal(&held, "EUR").await;
        let ticket = visitor.play(&terminal, "twice").await;
        ticket.says(&w.ticket_confirmed()).says(&w.ticket_paid_twice("125,00 €"));
        assert_eq!(town.postings(visitor.id(&held)).await.len(), 4);
        let receipt = visitor.get(&visitor.page(&held, "/kvitto")).await;
        receipt.is(200).says("125,00 €");
        // Cancelled, the one that counted goes back as well, and no more.
        let path = visitor.page(&held, "/avboka");
        let cancel = visitor.get(&path).await;
        cancel.says(&w.cancel_refund("125,00 €"));
        let after = visitor.follow(&visitor.send(&cancel.form(&path)).await).await;
        after.says(&w.ticket_refunded("125,00 €")).says(&w.ticket_paid_twice("125,00 €"));
    }
    assert_eq!(town.count("SELECT CAST(SUM(minor) AS BIGINT) FROM refund").await, 4 * 125_00);
}
