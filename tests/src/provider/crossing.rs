//! Those who live on one bank and play on the other, and what they read of what they pay.

use vayla_domain::{
    Language,
    booking::Who,
    money::{Currency, EURO},
};
use vayla_services::{
    booking::{Booking, BookingState},
    payment::{Payment, PaymentState},
};

use crate::{
    Letter, Till, Time, aino, asa,
    fakes::Faults,
    pages::browser::{Sheet, Visitor},
    sek,
};

/// What a payer reads, in their own language.
pub(crate) struct Reads {
    /// On the page of the booking while it is held, and once it is theirs.
    pub held: &'static str,
    pub booked: &'static str,
    /// There, what they have paid in their own currency, and at which rate.
    pub paid: &'static str,
    /// The same in the facility's.
    pub paid_there: &'static str,
    pub receipt: [&'static str; 4],
    /// How the letter's subject begins, and what it says of the payment.
    pub subject: &'static str,
    pub letter: &'static str,
    pub letter_there: &'static str,
    /// Where they choose how to pay, when nobody takes money in.
    pub down: &'static str,
}

pub(crate) const SWEDISH: Reads = Reads {
    held: "Tiden är reserverad för dig",
    booked: "Tiden är din",
    paid: "Betalt 1 372,25 kr för 125,00 €. 1 € = 10,978 kr den 2026-10-30 (ECB).",
    paid_there: "Betalt 125,00 €",
    receipt: [
        "Kvitto TORNIO-1",
        "Summa 125,00 €",
        "Betalt: 1 372,25 kr till Haparanda kommun",
        "1 € = 10,978 kr den 2026-10-30 (ECB)",
    ],
    subject: "Bokat: Torneå ishall",
    letter: "Betalt: 1 372,25 kr",
    letter_there: "Betalt: 125,00 €",
    down: "Det går inte att betala i den valutan just nu.",
};

pub(crate) const FINNISH: Reads = Reads {
    held: "Aika on sinulle alustavasti varattu",
    booked: "Vuoro on sinun",
    paid: "Maksettu 75,15 €, hinta 825,00 kr. 1 € = 10,978 kr, kurssi 30.10.2026 (ECB).",
    paid_there: "Maksettu 825,00 kr",
    receipt: [
        "Kuitti HAPARANDA-1",
        "Yhteensä 825,00 kr",
        "Maksettu 75,15 €, saaja Tornion kaupunki.",
        "1 € = 10,978 kr, kurssi 30.10.2026 (ECB)",
    ],
    subject: "Varattu: Norra Affärs Arena",
    letter: "Maksettu: 75,15 €",
    letter_there: "Maksettu: 825,00 kr",
    down: "Tässä valuutassa ei juuri nyt voi maksaa.",
};

/// One of them, with the time that they want.
pub(crate) struct Crossing<'a> {
    till: &'a Till,
    who: Who,
    pub visitor: Visitor<'a>,
    pub time: Time,
    /// Their own, and the facility's.
    pub currency: Currency,
    pub there: Currency,
    pub reads: Reads,
}

impl<'a> Crossing<'a> {
    /// A resident of Haparanda who pays kronor by Swish for Tornio's ice.
    pub(crate) fn east(till: &'a Till) -> Self {
        let (visitor, krona) = (Visitor::new(till, Language::Sv), sek(0).currency);
        let (time, reads) = (till.ice_in_tornio(), SWEDISH);
        Self { till, who: asa(), visitor, time, currency: krona, there: EURO, reads }
    }

    /// A resident of Tornio who pays euros at Paytrail for Haparanda's ice.
    pub(crate) fn west(till: &'a Till) -> Self {
        let (visitor, krona) = (Visitor::new(till, Language::Fi), sek(0).currency);
        let (time, reads) = (till.ice_in_haparanda(), FINNISH);
        Self { till, who: aino(), visitor, time, currency: EURO, there: krona, reads }
    }

    pub(crate) fn both(till: &'a Till) -> [Self; 2] {
        [Self::east(till), Self::west(till)]
    }

    pub(crate) async fn hold(&self) -> Booking {
        self.till.hold(self.time.request_by(self.who.clone())).await
    }

    /// Holds the time, and opens the payment in their own currency.
    pub(crate) async fn start(&self) -> (Booking, Payment) {
        let held = self.hold().await;
        let (payment, _) = self.till.start(&held, self.currency).await;
        (held, payment)
    }

    /// Of their own provider from now on.
    pub(crate) fn set(&self, faults: Faults) {
        match self.currency {
            EURO => self.till.paytrail.set(faults),
            _ => self.till.swish.set(faults),
        }
    }

    /// A page of the booking, by its Swedish name.
    pub(crate) async fn page(&self, booking: &Booking, name: &str) -> Sheet {
        let token = self.till.services.secret.manage_token(booking.id);
        self.visitor.get(&self.visitor.page(&token, name)).await
    }

    /// All letters that they have got.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let letters = self.till.letters().await.into_iter();
        letters.filter(|letter| letter.to_address == self.who.email).collect()
    }

    /// Nothing has been paid yet: the time is held, and no letter says anything else.
    pub(crate) async fn has_not_paid(&self, booking: &Booking) {
        self.page(booking, "").await.is(200).says(self.reads.held).says_not(self.reads.booked);
        self.page(booking, "/kvitto").await.is(404);
        assert_eq!(self.letters().await, []);
        assert_eq!(self.till.state(booking.id).await, BookingState::Held);
        assert_eq!(self.till.postings(booking.id).await, [""; 0]);
    }

    /// It is paid in their own currency: the booking's page, one letter and the receipt say so, with the rate.
    pub(crate) async fn has_paid(&self, booking: &Booking) {
        let reads = &self.reads;
        self.page(booking, "").await.is(200).says(reads.booked).says(reads.paid);
        let receipt = self.page(booking, "/kvitto").await;
        for said in reads.receipt {
            receipt.is(200).says(said);
        }
        self.has_letter(booking, reads.letter).await;
        assert_eq!(self.till.state(booking.id).await, BookingState::Confirmed);
        let payments = self.till.payments(booking.id).await;
        assert_eq!(payments.iter().filter(|payment| payment.state == PaymentState::Paid).count(), 1);
    }

    /// One letter, which says so and leads to the booking.
    pub(crate) async fn has_letter(&self, booking: &Booking, said: &str) {
        let [letter] = self.letters().await.try_into().expect("one letter");
        assert!(letter.subject.starts_with(self.reads.subject), "{letter:#?}");
        let text = letter.text.replace('\u{a0}', " ");
        assert!(text.contains(said), "{said}: {text}");
        let token = self.till.services.secret.manage_token(booking.id);
        assert!(text.contains(&self.visitor.page(&token, "")), "{text}");
    }
}

impl Till {
    /// The payer pays: in the app, or on Paytrail's page, which leads back to an address.
    pub(crate) async fn settle(&self, payment: &Payment) -> Option<String> {
        if payment.amount.currency == EURO {
            return Some(self.paytrail.pay(&self.transaction(payment)).await);
        }
        self.swish.pay(&self.instruction(payment)).await;
        None
    }
}
