//! An invoice is written while the town cancels what is about to stand on it.

use chrono::TimeDelta;
use tokio::task::JoinHandle;
use vayla_services::{
    booking::{self, Booking, BookingState, Cancelled, StaffCancelError},
    invoice::{self, Invoice, Issuing},
    staff::Staff,
};

use super::{club, reason};
use crate::{Engine, Town, eur};

on_both_engines! {
    what_the_town_is_about_to_cancel_is_not_invoiced,
    what_is_about_to_be_invoiced_is_not_cancelled,
}

impl Town {
    async fn used_on_account(&self) -> Booking {
        let account = self.customer("tornio", club(eur(5000_00))).await;
        self.book_on(&self.ice_in_tornio(), &account).await
    }

    fn issues(&self) -> JoinHandle<Vec<Invoice>> {
        let services = self.services.clone();
        tokio::spawn(async move {
            let through = "2026-11-30".parse().expect("a date");
            let issuing = Issuing { municipality: "tornio", customer: None, through };
            invoice::issue(&services, &Staff::operator(), &issuing).await.expect("to be issued").written
        })
    }

    fn withdraws(&self, booking: &Booking) -> JoinHandle<Result<Cancelled, StaffCancelError>> {
        let (services, id) = (self.services.clone(), booking.id);
        tokio::spawn(
            async move { booking::cancel_by_staff(&services, &Staff::operator(), id, &reason()).await },
        )
    }

    /// Whichever came first, what is invoiced is what took place.
    async fn is_one_or_the_other(&self, booking: &Booking, cancelled: bool, invoices: &[Invoice]) {
        assert_ne!(cancelled, invoices.len() == 1, "{invoices:?}");
        let state = if cancelled { BookingState::Cancelled } else { BookingState::Confirmed };
        assert_eq!(self.state(booking.id).await, state);
        let lines = self.count("SELECT COUNT(*) FROM invoice_line").await;
        assert_eq!(lines, i64::from(!cancelled));
    }
}

async fn what_the_town_is_about_to_cancel_is_not_invoiced(town: &Town) {
    let booking = town.used_on_account().await;
    town.clock.set_to(town.ice_in_tornio().end - TimeDelta::seconds(1));
    // It is about to be noted that it is cancelled.
    let hindrance = town.hindrance_at("audit").await;
    let withdrawn = town.withdraws(&booking);
    town.until_stopped(1).await;
    town.clock.set_to(town.ice_in_tornio().end);
    let issued = town.issues();
    town.until_stopped(2).await;
    hindrance.end().await;
    let cancelled = withdrawn.await.expect("to end").is_ok();
    assert!(cancelled || town.engine == Engine::Sqlite);
    town.is_one_or_the_other(&booking, cancelled, &issued.await.expect("to end")).await;
}

async fn what_is_about_to_be_invoiced_is_not_cancelled(town: &Town) {
    let booking = town.used_on_account().await;
    town.clock.set_to(town.ice_in_tornio().end);
    // It is about to be noted that it is invoiced.
    let hindrance = town.hindrance_at("audit").await;
    let issued = town.issues();
    town.until_stopped(1).await;
    town.clock.set_to(town.ice_in_tornio().end - TimeDelta::seconds(1));
    let withdrawn = town.withdraws(&booking);
    town.until_stopped(2).await;
    hindrance.end().await;
    let invoices = issued.await.expect("to end");
    assert!(invoices.len() == 1 || town.engine == Engine::Sqlite);
    let cancelled = withdrawn.await.expect("to end").is_ok();
    town.is_one_or_the_other(&booking, cancelled, &invoices).await;
}
