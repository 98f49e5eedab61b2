//! Killed at any moment, the program finds every acknowledged booking and payment again, and no half of one.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
};

use chrono::TimeDelta;
use reqwest::Client;
use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinSet};
use vayla_services::Db;

use super::program::{Program, of_the_program, run};
use crate::{client, instant};

/// Acknowledged calls after which the program is killed, round by round.
const ROUNDS: [usize; 4] = [30, 47, 64, 25];
const CLIENTS: usize = 8;

of_the_program! {
    acknowledged_bookings_outlive_a_kill,
}

async fn acknowledged_bookings_outlive_a_kill(url: &str, folder: &Path) {
    let known = Known::default();
    for round in ROUNDS {
        let program = Program::start(url, folder);
        known.check(&program.address).await;
        known.book_until(round, program).await;
    }
    let program = Program::start(url, folder);
    known.check(&program.address).await;
    drop(program);
    assert_eq!(run(url, folder, &["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));
    books_are_whole(url, known.acknowledged(State::Confirmed)).await;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Held,
    Confirmed,
    Cancelled,
}

#[derive(Debug, Clone)]
struct Acknowledged {
    token: String,
    state: State,
    payment: Option<String>,
    receipt: Option<i64>,
}

/// All that the program has said yes to.
#[derive(Default, Clone)]
struct Known {
    bookings: Arc<Mutex<HashMap<String, Acknowledged>>>,
    next_slot: Arc<AtomicI64>,
}

impl Known {
    /// Books, pays and cancels at full speed with several clients, and kills the program when so many calls
    /// have been acknowledged.
    async fn book_until(&self, acknowledgements: usize, program: Program) {
        let (count, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let spaces = spaces(&program.address).await;
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            let caller = Caller {
                known: self.clone(),
                client: client(),
                address: program.address.clone(),
                spaces: spaces.clone(),
                count: Arc::clone(&count),
                enough: Arc::clone(&enough),
                acknowledgements,
            };
            clients.spawn(async move { while caller.book().await.is_ok() {} });
        }
        tokio::select! {
            () = enough.notified() => {}
            ended = clients.join_next() => panic!("a client has ended before the program was killed: {ended:?}"),
        }
        drop(program);
        clients.join_all().await;
        assert!(count.load(Ordering::SeqCst) >= acknowledgements);
    }

    fn note(&self, id: &str, change: impl FnOnce(&mut Acknowledged)) {
        let mut bookings = self.bookings.lock().expect("the list");
        change(bookings.get_mut(id).expect("a booking in the list"));
    }

    fn acknowledged(&self, state: State) -> usize {
        self.bookings.lock().expect("the list").values().filter(|known| known.state >= state).count()
    }

    /// Whatever was acknowledged is there, and at most the next step with it: the one under way when the
    /// program was killed.
    async fn check(&self, address: &str) {
        let known = self.bookings.lock().expect("the list").clone();
        for (id, told) in known {
            let url = format!("{address}/api/v1/bookings/{id}");
            let answer = client().get(url).bearer_auth(&told.token).send().await.expect("an answer");
            assert_eq!(answer.status(), 200, "{told:?}");
            let booking: Value = answer.json().await.expect("a booking");
            let state = match booking["status"].as_str() {
                Some("held") => State::Held,
                Some("confirmed") => State::Confirmed,
                Some("cancelled") => State::Cancelled,
                other => panic!("{other:?}: {told:?}"),
            };
            let next = if told.state == State::Held { State::Confirmed } else { State::Cancelled };
            assert!(state == told.state || state == next, "{told:?} is {state:?}");
            let payments = booking["payments"].as_array().expect("payments");
            if let Some(payment) = &told.payment {
                assert!(
                    payments.iter().any(|one| one["id"].as_str() == Some(payment)),
                    "{told:?}: {booking}"
                );
            }
            let paid = payments.iter().filter(|one| one["status"] == "paid").count();
            assert_eq!(paid, usize::from(state != State::Held), "{told:?}: {booking}");
            let refunds: usize =
                payments.iter().filter_map(|one| one["refunds"].as_array()).map(Vec::len).sum();
            assert_eq!(refunds, usize::from(state == State::Cancelled), "{told:?}: {booking}");
            let receipt = booking["receipt_number"].as_i64();
            assert_eq!(receipt.is_some(), state != State::Held, "{told:?}: {booking}");
            assert!(told.receipt.is_none() || told.receipt == receipt, "{told:?}: {booking}");
            // What was found is what counts from now on.
            self.note(&id, |told| told.state = state);
        }
    }
}

/// Two courts that are open around the clock.
async fn spaces(address: &str) -> Vec<String> {
    let answer = client().get(format!("{address}/api/v1/spaces?municipality=tornio&kind=court&limit=200"));
    let list: Value = answer.send().await.expect("an answer").json().await.expect("a list");
    let items = list["items"].as_array().expect("spaces");
    let named = items.iter().filter(|space| {
        let name = space["name"]["sv"].as_str().unwrap_or_default();
        name.starts_with("Tennisbana")
    });
    let ids: Vec<String> = named.map(|space| space["id"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(ids.len(), 2, "{list}");
    ids
}

struct Caller {
    known: Known,
    client: Client,
    address: String,
    spaces: Vec<String>,
    count: Arc<AtomicUsize>,
    enough: Arc<Notify>,
    acknowledgements: usize,
}

impl Caller {
    fn acknowledge(&self) {
        if self.count.fetch_add(1, Ordering::SeqCst) + 1 == self.acknowledgements {
            self.enough.notify_one();
        }
    }

    /// Holds, opens a payment, pays, looks, and cancels now and then; `Err` when the program is gone.
    async fn book(&self) -> Result<(), reqwest::Error> {
        let slot = self.known.next_slot.fetch_add(1, Ordering::SeqCst);
        let start = instant("2026-11-01T22:00:00Z") + TimeDelta::hours(slot / 2);
        let space = &self.spaces[usize::from(slot % 2 == 1)];
        let body = json!({
            "space": space,
            "start": start.to_rfc3339(),
            "end": (start + TimeDelta::hours(1)).to_rfc3339(),
            "booker": {"name": "Aino Näätänen", "email": "aino@example.fi", "language": "fi"},
        });
        let made = self.client.post(format!("{}/api/v1/bookings", self.address)).json(&body).send().await?;
        let status = made.status();
        let made: Value = made.json().await?;
        assert_eq!(status, 201, "{made}");
        let text = |value: &Value, name: &str| value[name].as_str().expect("text").to_owned();
        let (id, token) = (text(&made, "id"), text(&made, "manage_token"));
        let told = Acknowledged { token: token.clone(), state: State::Held, payment: None, receipt: None };
        self.known.bookings.lock().expect("the list").insert(id.clone(), told);
        self.acknowledge();

        let booking = format!("{}/api/v1/bookings/{id}", self.address);
        let currency = if slot % 3 == 0 { "SEK" } else { "EUR" };
        let body = json!({"currency": currency, "return_url": "http://localhost/back"});
        let opened = self.client.post(format!("{booking}/payments")).bearer_auth(&token).json(&body);
        let opened = opened.send().await?;
        let status = opened.status();
        let opened: Value = opened.json().await?;
        assert_eq!(status, 201, "{opened}");
        self.known.note(&id, |told| told.payment = Some(text(&opened, "id")));
        self.acknowledge();

        let paid = self.client.post(text(&opened, "redirect_url")).form(&[("outcome", "pay")]).send().await?;
        assert_eq!(paid.status(), 303);
        self.known.note(&id, |told| told.state = State::Confirmed);
        self.acknowledge();

        let shown: Value = self.client.get(&booking).bearer_auth(&token).send().await?.json().await?;
        self.known.note(&id, |told| told.receipt = shown["receipt_number"].as_i64());
        if slot % 4 == 0 {
            let cancelled = self.client.delete(&booking).bearer_auth(&token).send().await?;
            assert_eq!(cancelled.status(), 200);
            self.known.note(&id, |told| told.state = State::Cancelled);
            self.acknowledge();
        }
        Ok(())
    }
}

/// What the books and the cells say, whatever was acknowledged.
async fn books_are_whole(url: &str, confirmed_at_least: usize) {
    let db = Db::open(url).await.expect("the database");
    let numbers: Vec<i64> =
        query(&db, "SELECT receipt_number FROM payment WHERE receipt_number IS NOT NULL ORDER BY 1").await;
    assert!(numbers.len() >= confirmed_at_least, "{} of {confirmed_at_least}", numbers.len());
    assert_eq!(numbers, (1..=numbers.len() as i64).collect::<Vec<_>>(), "no gap in the receipts");
    for (rule, sql) in [
        (
            "a live booking has all its cells, and no other has any",
            "SELECT COUNT(*) FROM booking WHERE
             (SELECT COUNT(*) FROM claim JOIN cell ON cell.claim_id = claim.id WHERE claim.booking_id = booking.id)
             <> CASE WHEN state IN ('held', 'confirmed') THEN end_quarter - start_quarter ELSE 0 END",
        ),
        (
            "a confirmed booking's claim never runs out",
            "SELECT COUNT(*) FROM booking JOIN claim ON claim.booking_id = booking.id
             WHERE state = 'confirmed' AND claim.expires_at IS NOT NULL",
        ),
        (
            "each booking has its price",
            "SELECT COUNT(*) FROM booking WHERE total_minor <>
             (SELECT COALESCE(SUM(gross_minor), 0) FROM booking_line
              WHERE booking_id = booking.id AND booking_line.version = booking.version)",
        ),
        (
            "each payment that counts has its transaction",
            "SELECT COUNT(*) FROM payment WHERE (state = 'paid') <>
             EXISTS (SELECT 1 FROM ledger_transaction WHERE payment_id = payment.id AND event = 'payment')",
        ),
    ] {
        assert_eq!(query(&db, sql).await, [0], "{rule}");
    }
    let letters = query(&db, "SELECT COUNT(*) FROM outbox").await[0];
    let told = query(&db, "SELECT COUNT(confirmed_at) + COUNT(CASE WHEN confirmed_at IS NOT NULL THEN cancelled_at END) FROM booking").await[0];
    assert_eq!(letters, told, "a letter for each confirmation and each cancellation");
    db.close().await;
}

async fn query(db: &Db, sql: &'static str) -> Vec<i64> {
    let rows = match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_all(read).await,
        Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_all(pool).await,
    };
    rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
}
