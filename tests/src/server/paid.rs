//! Killed while the payer pays, the program finds the money again.

use std::{fs, path::Path, time::Duration};

use serde_json::{Value, json};
use vayla_services::Db;

use super::program::{Program, of_the_program, run};
use crate::{
    Letter, client,
    fakes::{Faults, MERCHANT, PAYEE, PaytrailFake, SECRET, SwishFake},
    harness::letters::letters_in,
    pages::browser::read,
    provider::crossing::{FINNISH, Reads, SWEDISH},
};

of_the_program! {
    money_that_comes_while_the_program_is_down_counts,
}

/// Paytrail takes Tornio's euros in, and Swish Haparanda's kronor.
pub(super) fn settings(
    paytrail: &PaytrailFake,
    swish: &SwishFake,
    folder: &Path,
    clock: &str,
) -> Vec<(String, String)> {
    swish.certificates.write(folder).expect("certificates");
    let file = |name: &str| folder.join(name).display().to_string();
    fs::write(file("paytrail.secret"), SECRET).expect("a secret");
    [
        ("VAYLA_CLOCK", clock.to_owned()),
        ("VAYLA_PROVIDER_TORNIO", "paytrail".to_owned()),
        ("VAYLA_PAYTRAIL_TORNIO_MERCHANT", MERCHANT.to_owned()),
        ("VAYLA_PAYTRAIL_TORNIO_SECRET_FILE", file("paytrail.secret")),
        ("VAYLA_PAYTRAIL_TORNIO_URL", paytrail.url.clone()),
        ("VAYLA_PROVIDER_HAPARANDA", "swish".to_owned()),
        ("VAYLA_SWISH_HAPARANDA_PAYEE", PAYEE.to_owned()),
        ("VAYLA_SWISH_HAPARANDA_CERT_FILE", file("client.pem")),
        ("VAYLA_SWISH_HAPARANDA_KEY_FILE", file("client.key")),
        ("VAYLA_SWISH_HAPARANDA_CA_FILE", file("ca.pem")),
        ("VAYLA_SWISH_HAPARANDA_URL", swish.url.clone()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

async fn money_that_comes_while_the_program_is_down_counts(url: &str, folder: &Path) {
    let (paytrail, swish) = (PaytrailFake::start().await, SwishFake::start().await);
    let at = |clock| settings(&paytrail, &swish, folder, clock);
    let log = folder.join("log");
    let program = Program::start_logging(url, folder, &at("2026-10-30T17:00:00Z"), &log);
    let mut paying = Vec::new();
    for payer in [SWEDE, FINN] {
        paying.push(payer.open(&program.address).await);
    }
    drop(program); // SIGKILL
    let lost = Faults { loses_calls: true, ..Faults::default() };
    swish.set(lost.clone());
    paytrail.set(lost);
    swish.pay(&swish.requests()[0].id).await;
    paytrail.pay(&paytrail.payments()[0].transaction).await;
    let program = Program::start_logging(url, folder, &at("2026-10-30T17:01:00Z"), &log);
    let db = Db::open(url).await.expect("the database");
    for (payer, (id, token)) in [SWEDE, FINN].iter().zip(&paying) {
        until_confirmed(&program.address, id, token).await;
        until_all_is_told(&db).await;
        payer.reads_that_it_is_paid(&program.address, token, &folder.join("mail")).await;
    }
    drop(program);
    assert_eq!(run(url, folder, &["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));
    assert_eq!(count(&db, "SELECT COUNT(*) FROM payment WHERE state = 'paid' AND NOT surplus").await, 2);
    db.close().await;
    nothing_secret_is_in(&log, folder, &paying);
}

/// However much is logged: neither the towns' keys at their providers, nor what opens a booking, nor who booked it.
fn nothing_secret_is_in(log: &Path, folder: &Path, held: &[(String, String)]) {
    let log = fs::read_to_string(log).expect("the log");
    assert!(log.contains("paid"), "it says something: {log}");
    let key = fs::read_to_string(folder.join("client.key")).expect("a key");
    let key = key.lines().nth(1).expect("its first line");
    let tokens = held.iter().map(|(_, token)| token.as_str());
    for secret in [SECRET, key, SWEDE.email, FINN.email].into_iter().chain(tokens) {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// Who pays in the language, and for what on the other bank.
struct Payer {
    language: &'static str,
    name: &'static str,
    email: &'static str,
    town: &'static str,
    start: &'static str,
    end: &'static str,
    currency: &'static str,
    /// The pages of the booking and of its receipt, before and after the token.
    page: &'static str,
    receipt: &'static str,
    reads: Reads,
}

const SWEDE: Payer = Payer {
    language: "sv",
    name: "Åsa Lindström",
    email: "asa@example.se",
    town: "tornio",
    start: "2026-11-04T16:00:00Z",
    end: "2026-11-04T17:00:00Z",
    currency: "SEK",
    page: "sv/bokning",
    receipt: "kvitto",
    reads: SWEDISH,
};

const FINN: Payer = Payer {
    language: "fi",
    name: "Aino Näätänen",
    email: "aino@example.fi",
    town: "haparanda",
    start: "2026-11-04T17:00:00Z",
    end: "2026-11-04T18:00:00Z",
    currency: "EUR",
    page: "fi/varaus",
    receipt: "kuitti",
    reads: FINNISH,
};

impl Payer {
    /// Holds a time and asks for its payment: its id and the token that manages it.
    async fn open(&self, address: &str) -> (String, String) {
        let spaces = format!("{address}/api/v1/spaces?municipality={}&kind=ice&limit=200", self.town);
        let list = client().get(spaces).send().await.expect("an answer");
        let list: Value = list.json().await.expect("a list");
        let body = json!({
            "space": list["items"][0]["id"],
            "start": self.start,
            "end": self.end,
            "booker": {"name": self.name, "email": self.email, "language": self.language},
        });
        let made = client().post(format!("{address}/api/v1/bookings")).json(&body).send().await;
        let made: Value = made.expect("an answer").json().await.expect("a booking");
        let text = |name: &str| made[name].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        let (id, token) = (text("id"), text("manage_token"));
        let body = json!({"currency": self.currency, "return_url": "http://localhost/back"});
        let opened = client().post(format!("{address}/api/v1/bookings/{id}/payments")).bearer_auth(&token);
        let opened = opened.json(&body).send().await.expect("an answer");
        assert_eq!(opened.status(), 201);
        (id, token)
    }

    /// On the booking's page, on the receipt and in one letter.
    async fn reads_that_it_is_paid(&self, address: &str, token: &str, mail: &Path) {
        let page = format!("{address}/{}/{token}", self.page);
        read(&page, client().get(&page)).await.is(200).says(self.reads.booked).says(self.reads.paid);
        let receipt = format!("{page}/{}", self.receipt);
        let receipt = read(&receipt, client().get(&receipt)).await;
        for said in self.reads.receipt {
            receipt.is(200).says(said);
        }
        let letters = letters_in(mail).into_iter();
        let theirs: Vec<Letter> = letters.filter(|letter| letter.to_address == self.email).collect();
        let [letter] = theirs.try_into().expect("one letter");
        let said = letter.text.replace('\u{a0}', " ");
        assert!(
            letter.subject.starts_with(self.reads.subject) && said.contains(self.reads.letter),
            "{letter:#?}"
        );
    }
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    let counted = match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await,
        Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
    };
    counted.expect("a count")
}

/// Nothing that the program has to do is left.
async fn until_all_is_told(db: &Db) {
    for _ in 0..600 {
        if count(db, "SELECT COUNT(*) FROM outbox WHERE done_at IS NULL").await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("something is left to do");
}

async fn until_confirmed(address: &str, id: &str, token: &str) {
    let mut shown = Value::Null;
    for _ in 0..600 {
        let answer = client().get(format!("{address}/api/v1/bookings/{id}")).bearer_auth(token).send().await;
        shown = answer.expect("an answer").json().await.expect("a booking");
        if shown["status"] == "confirmed" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the money isn't found again: {shown}");
}
