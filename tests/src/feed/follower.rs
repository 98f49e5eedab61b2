//! A calendar program: it follows a link and reads what it finds.

use reqwest::header::HeaderMap;
use vayla_domain::{
    Language,
    booking::Who,
    money::{EURO, PriceGroup},
};
use vayla_services::{
    booking::{Booking, HoldRequest},
    payment,
};

use crate::{
    Letter, Time, Town, asa,
    pages::browser::{Sheet, Visitor},
};

/// What came.
#[derive(Debug)]
pub struct Followed {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

/// One time in it, by its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event(Vec<String>);

pub async fn follow(town: &Town, url: &str) -> Followed {
    follow_with(town, url, &[]).await
}

pub async fn follow_with(town: &Town, url: &str, headers: &[(&str, &str)]) -> Followed {
    let mut request = town.client.get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Followed { status, headers, text: answer.text().await.expect("text") }
}

impl Followed {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// Its lines, unfolded.
    pub fn lines(&self) -> Vec<String> {
        assert_eq!(self.status, 200, "{}", self.text);
        assert!(self.text.ends_with("END:VCALENDAR\r\n"), "{}", self.text);
        self.text.replace("\r\n ", "").lines().map(str::to_owned).collect()
    }

    pub fn has(&self, line: &str) -> &Self {
        assert!(self.lines().iter().any(|known| known == line), "{line} in {}", self.text);
        self
    }

    pub fn events(&self) -> Vec<Event> {
        let (mut events, mut open) = (Vec::new(), None);
        for line in self.lines() {
            match line.as_str() {
                "BEGIN:VEVENT" => open = Some(Vec::new()),
                "END:VEVENT" => events.push(Event(open.take().expect("a beginning"))),
                _ => open.iter_mut().for_each(|lines: &mut Vec<String>| lines.push(line.clone())),
            }
        }
        events
    }

    /// The only one.
    pub fn event(&self) -> Event {
        let events = self.events();
        assert_eq!(events.len(), 1, "{}", self.text);
        events[0].clone()
    }

    /// The zones that it brings the rules of, in order.
    pub fn zones(&self) -> Vec<String> {
        self.lines().iter().filter_map(|line| line.strip_prefix("TZID:").map(str::to_owned)).collect()
    }

    /// Nothing in it is about the booker or leads to the booking.
    pub fn tells_nothing_of(&self, town: &Town, booking: &Booking) -> &Self {
        let who = booking.who.as_ref().expect("a booker");
        let text = self.lines().join("\n");
        let token = town.services.secret.manage_token(booking.id);
        let id = booking.id.to_string();
        let phone = who.phone.as_deref().unwrap_or(&who.name);
        for private in
            [&who.name, &who.email, phone, &booking.reference, &token, &id, "/bokning/", "/varaus/"]
        {
            assert!(!text.contains(private), "{private} in {text}");
        }
        self
    }
}

impl Event {
    /// What follows the name.
    pub fn of(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
    }

    pub fn has(&self, line: &str) -> &Self {
        assert!(self.0.iter().any(|known| known == line), "{line} in {self:#?}");
        self
    }
}

impl Town {
    /// Asks on the page for the links of an address.
    pub(super) async fn ask_for_links(&self, language: Language, email: &str) -> Sheet {
        let visitor = Visitor::new(self, language);
        let path = asking_path(language);
        let form = visitor.get(path).await.form(path).with(&[("email", email)]);
        visitor.send(&form).await
    }

    /// Asks for them and takes them out of the only letter that comes.
    pub(super) async fn links(&self, language: Language, email: &str) -> Vec<String> {
        self.ask_for_links(language, email).await.is(200);
        let letters = self.link_letters(email).await;
        assert_eq!(letters.len(), 1, "{letters:#?}");
        links_in(&letters[0].text)
    }

    /// The letters with links to an address.
    pub(super) async fn link_letters(&self, email: &str) -> Vec<Letter> {
        let letters = self.letters().await;
        let with_links = |letter: &Letter| letter.to_address == email && !links_in(&letter.text).is_empty();
        letters.into_iter().filter(with_links).collect()
    }

    /// Books for the young, for whom it is free.
    pub(super) async fn book_free(&self, time: &Time, who: Who) -> Booking {
        let request = HoldRequest { price_group: PriceGroup::Youth, ..time.request_by(who) };
        let held = self.hold(request).await;
        payment::confirm_free(&self.services, &held).await.expect("nothing to pay");
        self.booking(held.id).await
    }

    pub(super) async fn book_for_club(&self, time: &Time, who: Who) -> Booking {
        let request = HoldRequest { price_group: PriceGroup::Club, ..time.request_by(who) };
        let held = self.hold(request).await;
        self.pay(&held, EURO).await;
        self.booking(held.id).await
    }
}

pub const fn asking_path(language: Language) -> &'static str {
    match language {
        Language::Sv => "/sv/kalender",
        Language::Fi => "/fi/kalenteri",
    }
}

/// The addresses of feeds, in order.
pub fn links_in(text: &str) -> Vec<String> {
    text.split_whitespace().filter(|word| word.contains("/api/v1/feeds/")).map(str::to_owned).collect()
}

/// Who has told all there is to tell.
pub fn talkative() -> Who {
    Who {
        phone: Some("+46 70 123 45 67".to_owned()),
        purpose: Some("Träning P12; mål, lek\\allvar".to_owned()),
        people: Some(12),
        ..asa()
    }
}
