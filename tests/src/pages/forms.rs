//! Forms that fail, are sent twice, or are switched to the other language.

use tokio::join;
use vayla_domain::{Language, booking::BookingState};

use super::{
    browser::Visitor,
    contents::{contents, is_still},
    shortcuts::{FORGED, token},
};
use crate::{Town, eur};

on_both_engines! {
    what_was_typed_comes_back_escaped,
    a_taken_time_comes_back_with_others,
    the_switch_of_language_keeps_what_was_typed_and_takes_nothing,
    a_form_sent_twice_has_one_effect,
    a_form_sent_twice_at_once_has_one_effect,
    fields_added_or_changed_have_no_effect,
}

const TYPED: &str = "Åsa <script>\"'&amp;";
const ESCAPED: &str = "Åsa &lt;script&gt;&quot;";

async fn what_was_typed_comes_back_escaped(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        // The search.
        let path =
            format!("/{}/?date=%C3%85sa%20%3Cscript%3E%22&people=%3Cscript%3E&from=%3Cb%3E", language.code());
        let back = visitor.get(&path).await;
        back.is_sent_back(&visitor).says(&w.error_date("Åsa <script>\""));
        assert!(back.html.contains(ESCAPED) && !back.html.contains("<script>"), "{}", back.html);
        // The choice.
        let time = town.ice_in_tornio();
        let form = visitor.choose_form(&time).await.with(&[
            ("date", TYPED),
            ("time", "<script>"),
            ("earlier", TYPED),
        ]);
        let back = visitor.send(&form).await;
        back.is_sent_back(&visitor).says(&w.error_date(TYPED)).says(&w.error_time("<script>"));
        assert!(back.html.contains(ESCAPED) && !back.html.contains("<script>"), "{}", back.html);
        let form = back.form(&visitor.choose_path(&time));
        assert_eq!((form.value("date"), form.value("time")), (TYPED, "<script>"));
        assert_eq!((form.value("minutes"), form.value("group")), ("60", "adult"));
        // The details: each wrong field says what to do, each right one stays.
        let token = visitor.hold(&time).await;
        let path = visitor.page(&token, "/uppgifter");
        let form = visitor.get(&path).await.form(&path);
        let typed =
            [("name", TYPED), ("email", TYPED), ("phone", "<b>"), ("purpose", TYPED), ("people", "många")];
        let back = visitor.send(&form.with(&typed)).await;
        back.is_sent_back(&visitor).says(&w.problem_email_format()).says(&w.problem_phone_format());
        assert!(back.html.contains(ESCAPED) && !back.html.contains("<script>"), "{}", back.html);
        for field in ["email", "phone", "people"] {
            assert!(back.html.contains(&format!("href=\"#{field}\"")), "{field}: {}", back.html);
            assert!(back.html.contains(&format!("id=\"{field}-error\"")), "{field}: {}", back.html);
        }
        let form = back.form(&path);
        for (name, value) in typed {
            assert_eq!(form.value(name), value, "{name}");
        }
        let none = visitor.send(&form.with(&[("name", " "), ("email", "")])).await;
        none.is_sent_back(&visitor).says(&w.problem_name_missing()).says(&w.problem_email_missing());
        assert!(town.booking(visitor.id(&token)).await.who.is_none());
        // Nothing of a name is markup later on either.
        let name = "Åsa <script>alert(1)</script>";
        let form = visitor.get(&path).await.form(&path).with(&[("name", name), ("email", "asa@example.se")]);
        let check = visitor.follow(&visitor.send(&form).await).await;
        check.says("alert(1)");
        assert!(!check.html.contains("<script>alert"), "{}", check.html);
        // The payment without a currency, the terminal without an outcome.
        let path = visitor.page(&token, "/betala");
        for currency in ["", "NOK", "<script>"] {
            let back = visitor.post(&path, &[("currency", currency)]).await;
            back.is_sent_back(&visitor).says(&w.problem_currency());
        }
        let terminal = visitor.to_terminal(&token, "EUR").await;
        let back = visitor.send(&terminal.form("").with(&[("outcome", "<script>")])).await;
        back.is_sent_back(&visitor).says(&w.terminal_no_outcome());
        assert!(!back.html.contains("<script>"), "{}", back.html);
        let given_back = visitor.post::<&str, &str>(&visitor.page(&token, "/avboka"), &[]).await;
        given_back.is(303);
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM ledger_transaction").await, 0);
}

async fn a_taken_time_comes_back_with_others(town: &Town) {
    let time = town.ice_in_tornio();
    let forms = [Language::Sv, Language::Fi].map(|language| (Visitor::new(town, language), language));
    let mut waiting = Vec::new();
    for (visitor, language) in forms {
        waiting.push((visitor.choose_form(&time).await, visitor, language));
    }
    Visitor::new(town, Language::Sv).book(&time, "SEK").await;
    for (form, visitor, language) in waiting {
        let before = contents(town).await;
        let back = visitor.send(&form).await;
        let w = visitor.words();
        back.is_sent_back(&visitor).says(&w.problem_occupied()).says(&w.choose_alternatives());
        back.says(match language {
            Language::Sv => "Norra Affärs Arena (ishallen Kuben) – Hela isen 17:00–18:00 svensk tid 18:00–19:00 finsk tid",
            Language::Fi => "Norra Affärs Arena (jäähalli Kuben) – Koko jää 17.00–18.00 Ruotsin aikaa 18.00–19.00 Suomen aikaa",
        });
        is_still(town, &before).await;
        // What is offered can be had.
        let other = visitor.get(&back.link("start=")).await;
        let sent = visitor.send(&other.is(200).form("")).await;
        assert_eq!(sent.status, 303, "{}", sent.html);
        let held = token(&sent);
        visitor.post::<&str, &str>(&visitor.page(&held, "/avboka"), &[]).await.is(303);
    }
}

async fn the_switch_of_language_keeps_what_was_typed_and_takes_nothing(town: &Town) {
    for (language, other) in [(Language::Sv, Language::Fi), (Language::Fi, Language::Sv)] {
        let (visitor, reader) = (Visitor::new(town, language), Visitor::new(town, other));
        let time = town.ice_in_tornio();
        let choose = visitor.choose(&time).await;
        let typed = [
            ("date", "nästa onsdag <b>"),
            ("time", "kvällen"),
            ("minutes", "90"),
            ("group", "club"),
            ("use", "event"),
        ];
        let before = contents(town).await;
        for typed in [&typed[..], &typed[2..]] {
            let mut form = choose.form(&visitor.choose_path(&time)).with(typed).with(&[("switch", "1")]);
            form.action = choose.other_language();
            let switched = reader.send(&form).await;
            // Not a failure: nobody has asked to go on yet.
            let w = reader.words();
            assert_eq!(switched.status, 200, "{}", switched.html);
            assert!(
                switched.title().starts_with(
                    &w.choose_title(time.space.name.get(other), time.space.facility.name.get(other))
                ),
                "{}",
                switched.title()
            );
            let form = switched.form(&reader.choose_path(&time));
            for (name, value) in typed {
                assert_eq!(form.value(name), *value, "{name}");
            }
        }
        is_still(town, &before).await;

        let token = visitor.hold(&time).await;
        let before = contents(town).await;
        let details = visitor.get(&visitor.page(&token, "/uppgifter")).await;
        let typed = [
            ("name", "Å <script>"),
            ("email", "inte klar"),
            ("phone", "0922"),
            ("purpose", "Bandy"),
            ("people", "x"),
        ];
        let mut form =
            details.form(&visitor.page(&token, "/uppgifter")).with(&typed).with(&[("switch", "1")]);
        form.action = details.other_language();
        assert_eq!(form.action, reader.page(&token, "/uppgifter"));
        let switched = reader.send(&form).await;
        switched.is(200).says(&reader.words().details_title());
        for (name, value) in typed {
            assert_eq!(switched.form(&form.action).value(name), value, "{name}");
        }
        is_still(town, &before).await;
        // The other pages switch by a link, to the very same page.
        visitor.tell_details(&token).await;
        for page in ["", "/granska", "/betala", "/avboka"] {
            let links = visitor.get(&visitor.page(&token, page)).await.links(&token);
            assert!(links.contains(&reader.page(&token, page)), "{page}: {links:?}");
        }
        visitor.post::<&str, &str>(&visitor.page(&token, "/avboka"), &[]).await.is(303);
    }
}

async fn a_form_sent_twice_has_one_effect(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let time = town.ice_in_tornio();
        // Choose: the second gets what the first got.
        let form = visitor.choose_form(&time).await;
        let first = visitor.send(&form).await;
        let held = token(&first);
        assert_eq!(token(&visitor.send(&form).await), held);
        let live = "SELECT COUNT(*) FROM claim";
        assert_eq!(town.count(live).await, 1);
        // Details and check.
        for _ in 0..2 {
            visitor.tell_details(&held).await.is(200);
            let path = visitor.page(&held, "/granska");
            let sent = visitor.send(&visitor.get(&path).await.form(&path)).await;
            assert_eq!(sent.location, Some(visitor.page(&held, "/betala")));
        }
        // Extend: once.
        let path = visitor.page(&held, "/forlang");
        let until = town.booking(visitor.id(&held)).await.hold_expires_at;
        for _ in 0..2 {
            assert_eq!(
                visitor.post::<&str, &str>(&path, &[]).await.location,
                Some(visitor.page(&held, "/granska"))
            );
        }
        let booking = town.booking(visitor.id(&held)).await;
        assert_eq!((booking.hold_expires_at - until).num_minutes(), 10);
        // Pay and terminal.
        let pay = visitor.get(&visitor.page(&held, "/betala")).await.form("").with(&[("currency", "SEK")]);
        let pay = super::browser::Form { action: visitor.page(&held, "/betala"), ..pay };
        let terminals = [visitor.send(&pay).await, visitor.send(&pay).await];
        let terminal = visitor.follow(&terminals[0]).await;
        for _ in 0..3 {
            visitor.play(&terminal, "pay").await.says(&visitor.words().ticket_confirmed());
        }
        let postings = town.postings(booking.id).await;
        assert_eq!(postings.len(), 3, "{postings:?}");
        assert_eq!(visitor.send(&pay).await.location, Some(visitor.page(&held, "")), "it is paid");
        // Cancel.
        let path = visitor.page(&held, "/avboka");
        let cancel = visitor.get(&path).await.form(&path);
        for _ in 0..2 {
            visitor.follow(&visitor.send(&cancel).await).await.says(&visitor.words().ticket_cancelled());
        }
        assert_eq!(town.postings(booking.id).await.len(), 6);
        assert_eq!(town.count(live).await, 0);
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 2);
}

async fn a_form_sent_twice_at_once_has_one_effect(town: &Town) {
    let visitor = Visitor::new(town, Language::Fi);
    let form = visitor.choose_form(&town.ice_in_tornio()).await;
    let (one, other) = join!(visitor.send(&form), visitor.send(&form));
    assert_eq!((one.status, other.status), (303, 303));
    let held = token(&one);
    assert_eq!(token(&other), held);
    visitor.tell_details(&held).await;
    let terminal = visitor.to_terminal(&held, "SEK").await.form("").pressed("pay");
    let (one, other) = join!(visitor.send(&terminal), visitor.send(&terminal));
    assert_eq!((one.status, other.status), (303, 303));
    let booking = visitor.id(&held);
    assert_eq!(town.postings(booking).await.len(), 3);
    let path = visitor.page(&held, "/avboka");
    let cancel = visitor.get(&path).await.form(&path);
    let (one, other) = join!(visitor.send(&cancel), visitor.send(&cancel));
    assert_eq!((one.status, other.status), (303, 303));
    assert_eq!(town.postings(booking).await.len(), 6);
    assert_eq!(town.state(booking).await, BookingState::Cancelled);
    assert_eq!(town.letters().await.len(), 2);
}

async fn fields_added_or_changed_have_no_effect(town: &Town) {
    let visitor = Visitor::new(town, Language::Sv);
    let time = town.ice_in_tornio();
    let sent = visitor.send(&visitor.choose_form(&time).await.with(&FORGED)).await;
    let held = token(&sent);
    let booking = town.booking(visitor.id(&held)).await;
    assert_eq!((booking.total, booking.state_at(town.clock.now())), (eur(125_00), BookingState::Held));
    let path = visitor.page(&held, "/uppgifter");
    let form = visitor.get(&path).await.form(&path).with(&FORGED);
    visitor
        .send(&form.with(&[("name", "Åsa"), ("email", "asa@example.se"), ("total_currency", "SEK")]))
        .await
        .is(303);
    let path = visitor.page(&held, "/granska");
    assert_eq!(visitor.post(&path, &FORGED).await.location, Some(visitor.page(&held, "/betala")));
    let path = visitor.page(&held, "/betala");
    let mut forged = FORGED.to_vec();
    forged.push(("currency", "SEK"));
    let terminal = visitor.follow(&visitor.post(&path, &forged).await).await;
    terminal.says("1 372,25 kr");
    forged.push(("outcome", "pay"));
    forged.push(("payment", "00000000-0000-0000-0000-000000000000"));
    visitor.post(&terminal.address, &forged).await.is(303);
    let now = town.booking(booking.id).await;
    assert_eq!(now.total, booking.total);
    assert_eq!(town.payments(booking.id).await[0].amount, crate::sek(1372_25));
    // Another's hold doesn't go because somebody names its id, nor does a booking that is paid.
    let other = visitor.hold(&time.later(60)).await;
    for earlier in [booking.id.to_string(), visitor.id(&other).to_string(), format!("{other}x"), held.clone()]
    {
        let form = visitor.choose_form(&time.later(120)).await.with(&[("earlier", &earlier)]);
        let third = token(&visitor.send(&form).await);
        visitor.post::<&str, &str>(&visitor.page(&third, "/avboka"), &[]).await.is(303);
        assert_eq!(town.state(booking.id).await, BookingState::Confirmed, "{earlier}");
        assert_eq!(town.state(visitor.id(&other)).await, BookingState::Held, "{earlier}");
    }
}
