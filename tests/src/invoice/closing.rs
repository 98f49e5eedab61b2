use reqwest::Method;
use serde_json::json;
use vayla_domain::money::{EURO, PriceGroup};
use vayla_services::{
    booking::{HoldRequest, MoveError},
    customer::{self, Account},
    invoice::{self, OnAccountError},
    payment::{self, Charge},
    staff::{Scope, Staff},
};

use super::club;
use crate::{Time, Town, aino, eur};

on_both_engines! {
    a_code_that_is_replaced_stops_at_once,
    who_is_closed_books_no_more_and_is_invoiced_for_what_was_used,
    a_code_is_replaced_and_an_account_closed_by_staff_of_its_town,
    money_that_comes_after_it_was_put_on_account_goes_back_and_says_so,
}

impl Town {
    async fn held_by_a_club(&self, time: &Time) -> vayla_services::booking::Booking {
        self.hold(HoldRequest { price_group: PriceGroup::Club, ..time.request_by(aino()) }).await
    }

    async fn puts_on(&self, time: &Time, code: &str) -> Result<(), OnAccountError> {
        let held = self.held_by_a_club(time).await;
        self.put_on(&held, code).await
    }

    pub(crate) fn code_of(&self, account: &Account) -> String {
        self.services.secret.customer_code(account.code.expect("it has one"))
    }
}

async fn a_code_that_is_replaced_stops_at_once(town: &Town) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let old = town.code_of(&account);
    let replaced = customer::replace_code(&town.services, &Staff::operator(), account.id).await;
    let new = town.code_of(&replaced.expect("replaced"));
    assert_ne!(old, new);
    let time = town.ice_in_tornio();
    let stopped = town.puts_on(&time, &old).await;
    assert!(matches!(stopped, Err(OnAccountError::Code)), "{stopped:?}");
    town.puts_on(&time.later(60), &new).await.expect("the new one");
    let letter = town.letter("Uusi asiakaskoodinne: Tornion kaupunki").await;
    assert_eq!(letter.to_address, "kassa@example.fi");
    assert!(letter.text.contains(&new) && !letter.text.contains(&old), "{}", letter.text);
    assert!(letter.text.contains("Entinen koodi ei enää kelpaa."), "{}", letter.text);
}

async fn who_is_closed_books_no_more_and_is_invoiced_for_what_was_used(town: &Town) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let code = town.code_of(&account);
    let booked = town.book_on(&town.ice_by_day(), &account).await;
    let close = async || customer::close(&town.services, &Staff::operator(), account.id).await;
    let closed = close().await.expect("closed");
    assert_eq!((closed.code, closed.closed_at.is_some()), (None, true));
    assert_eq!(close().await.expect("still closed"), closed);
    let stopped = town.puts_on(&town.ice_in_tornio(), &code).await;
    assert!(matches!(stopped, Err(OnAccountError::Code)), "{stopped:?}");
    let held = town.held_by_a_club(&town.ice_in_tornio().later(60)).await;
    let by_staff = invoice::put_on(&town.services, &Staff::operator(), held.id, account.id).await;
    assert!(matches!(by_staff, Err(OnAccountError::Closed)), "{by_staff:?}");
    let longer = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 120);
    let dearer = town.try_move(booked.id, &longer).await;
    assert!(matches!(dearer, Err(MoveError::Credit)), "{dearer:?}");
    let letter = town.letter("Asiakaskoodinne ei enää kelpaa").await;
    assert!(letter.text.contains("Jo varatut ajat laskutetaan tavalliseen tapaan."), "{}", letter.text);
    assert_eq!(town.notes("customer_closed").await.len(), 1, "closed once");
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!(invoice.lines.iter().map(|line| line.booking).collect::<Vec<_>>(), [booked.id]);
    // A new code opens the account again.
    town.clock.set("2026-11-01T08:00:00Z");
    let opened =
        customer::replace_code(&town.services, &Staff::operator(), account.id).await.expect("opened");
    assert_eq!(opened.closed_at, None);
    town.puts_on(&town.ice_in_tornio().later(180), &town.code_of(&opened)).await.expect("open again");
}

async fn a_code_is_replaced_and_an_account_closed_by_staff_of_its_town(town: &Town) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let paths = ["code", "close"].map(|act| format!("/customers/{}/{act}", account.id));
    for (scope, municipality) in [(Scope::Bookings, None), (Scope::Invoices, Some("haparanda"))] {
        let (_, token) = town.new_token(&[scope], municipality).await;
        for path in &paths {
            town.staff_tell(&token, path, &json!({})).await.is_problem(403, "forbidden");
        }
    }
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let code = town.staff_tell(&token, &paths[0], &json!({})).await;
    assert_eq!(code.is(200).body["closed_at"], json!(null));
    let closed = town.staff_tell(&token, &paths[1], &json!({})).await;
    assert_eq!(closed.is(200).body["closed_at"], "2026-10-30T19:00:00+02:00");
    let listed = town.staff_ask(&token, "/customers?municipality=tornio").await;
    assert_eq!(listed.is(200).body[0]["closed_at"], closed.body["closed_at"]);
    let nobody = format!("/customers/{}/close", uuid::Uuid::nil());
    town.staff_tell(&token, &nobody, &json!({})).await.is_problem(404, "not_found");
}

async fn money_that_comes_after_it_was_put_on_account_goes_back_and_says_so(town: &Town) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let held = town.held_by_a_club(&town.ice_in_tornio()).await;
    let late = town.open_payment(&held, EURO).await;
    town.put_on(&held, &town.code_of(&account)).await.expect("on the account");
    let charged = payment::charge(&town.services, late.id, "bank-1").await.expect("noted");
    assert_eq!(charged, Charge::OnAccount);
    let token = town.services.secret.manage_token(held.id);
    let shown = town.call(Method::GET, &format!("/bookings/{}", held.id)).bearer_auth(&token).send().await;
    let shown = shown.expect("an answer").text().await.expect("a text");
    assert!(shown.contains("\"on_account\""), "{shown}");
    let letters = town.letters().await;
    let told = "mutta varaus laskutetaan. Palautamme rahat samalla maksutavalla";
    assert!(letters.iter().any(|letter| letter.text.contains(told)), "{letters:?}");
    for (language, path, said) in [
        (vayla_domain::Language::Fi, "fi/varaus", "mutta varaus laskutetaan."),
        (vayla_domain::Language::Sv, "sv/bokning", "men bokningen faktureras i stället."),
    ] {
        let visitor = crate::pages::browser::Visitor::new(town, language);
        visitor.get(&format!("/{path}/{token}")).await.is(200).says(said);
    }
}
