//! What most visitors do.

use vayla_domain::Language;

use super::browser::{Form, Sheet, Visitor};
use crate::Time;

/// The pages of one booking in Swedish, and what Finnish calls them.
pub const PAGES: [(&str, &str); 9] = [
    ("", ""),
    ("/uppgifter", "/tiedot"),
    ("/granska", "/tarkista"),
    ("/betala", "/maksa"),
    ("/forlang", "/jatka"),
    ("/flytta", "/siirra"),
    ("/avboka", "/peru"),
    ("/kvitto", "/kuitti"),
    ("/kalender.ics", "/kalenteri.ics"),
];

/// A form field too many, or one that has been changed on the way.
pub const FORGED: [(&str, &str); 9] = [
    ("total_minor", "1"),
    ("total", "0.01"),
    ("amount", "1"),
    ("price", "0"),
    ("hour_minor", "0"),
    ("currency_rate", "1"),
    ("state", "confirmed"),
    ("id", "00000000-0000-0000-0000-000000000000"),
    ("booking_id", "00000000-0000-0000-0000-000000000000"),
];

impl Visitor<'_> {
    /// A booking's page, by its Swedish name.
    pub fn page(&self, token: &str, name: &str) -> String {
        let (_, finnish) = PAGES.into_iter().find(|(known, _)| *known == name).expect("a page");
        match self.language {
            Language::Sv => format!("/sv/bokning/{token}{name}"),
            Language::Fi => format!("/fi/varaus/{token}{finnish}"),
        }
    }

    pub fn choose_path(&self, time: &Time) -> String {
        let book = match self.language {
            Language::Sv => "sv/boka",
            Language::Fi => "fi/varaa",
        };
        format!("/{book}/{}/{}", time.space.facility.slug, time.space.slug)
    }

    /// The page on which the time is chosen.
    pub async fn choose(&self, time: &Time) -> Sheet {
        let minutes = (time.end - time.start).num_minutes();
        let path = format!("{}?start={}&minutes={minutes}", self.choose_path(time), time.start.timestamp());
        self.get(&path).await
    }

    pub async fn choose_form(&self, time: &Time) -> Form {
        self.choose(time).await.form(&self.choose_path(time))
    }

    /// Holds the time; the booking's token.
    pub async fn hold(&self, time: &Time) -> String {
        let sent = self.send(&self.choose_form(time).await).await;
        assert_eq!(sent.status, 303, "{}", sent.html);
        token(&sent)
    }

    /// Says who books.
    pub async fn tell_details(&self, token: &str) -> Sheet {
        let (name, email) = match self.language {
            Language::Sv => ("Åsa Lindström", "asa@example.se"),
            Language::Fi => ("Aino Näätänen", "aino@example.fi"),
        };
        let path = self.page(token, "/uppgifter");
        let form = self.get(&path).await.form(&path).with(&[("name", name), ("email", email)]);
        self.follow(&self.send(&form).await).await
    }

    /// Goes all the way to the terminal; the terminal's page.
    pub async fn to_terminal(&self, token: &str, currency: &str) -> Sheet {
        let path = self.page(token, "/betala");
        let form = self.get(&path).await.form(&path).pressed(currency);
        self.follow(&self.send(&form).await).await
    }

    /// Holds the time and tells who books; the booking's token.
    pub async fn hold_with_details(&self, time: &Time) -> String {
        let token = self.hold(time).await;
        self.tell_details(&token).await;
        token
    }

    /// Plays the bank at the terminal; the page that it leads to.
    pub async fn play(&self, terminal: &Sheet, outcome: &str) -> Sheet {
        self.follow(&self.send(&terminal.form("").pressed(outcome)).await).await
    }

    /// Books and pays; the booking's token.
    pub async fn book(&self, time: &Time, currency: &str) -> String {
        let token = self.hold_with_details(time).await;
        let terminal = self.to_terminal(&token, currency).await;
        let ticket = self.play(&terminal, "pay").await;
        assert_eq!(ticket.address, format!("{}{}", self.town.base_url, self.page(&token, "")));
        ticket.says(&self.words().ticket_confirmed());
        token
    }

    pub fn id(&self, token: &str) -> uuid::Uuid {
        self.town.services.secret.read_token(token).expect("a token of ours")
    }
}

/// The token in the address that a sheet sends on to.
pub fn token(sent: &Sheet) -> String {
    assert_eq!(sent.status, 303, "{}: {}", sent.address, sent.html);
    let location = sent.location.as_ref().expect("a place to go on to");
    let (_, rest) =
        location.split_once("/bokning/").or_else(|| location.split_once("/varaus/")).expect("a booking");
    rest.split('/').next().expect("a token").to_owned()
}
