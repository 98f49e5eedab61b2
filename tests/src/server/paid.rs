//! Killed while the payer pays, the program finds the money again.

use std::{fs, path::Path, time::Duration};

use serde_json::{Value, json};
use vayla_services::Db;

use super::program::{Program, of_the_program, run};
use crate::{
    client,
    fakes::{Faults, MERCHANT, PAYEE, PaytrailFake, SECRET, SwishFake},
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
    for (hour, currency) in [("16", "SEK"), ("18", "EUR")] {
        paying.push(open(&program.address, hour, currency).await);
    }
    drop(program); // SIGKILL
    let lost = Faults { loses_calls: true, ..Faults::default() };
    swish.set(lost.clone());
    paytrail.set(lost);
    swish.pay(&swish.requests()[0].id).await;
    paytrail.pay(&paytrail.payments()[0].transaction).await;
    let program = Program::start_logging(url, folder, &at("2026-10-30T17:01:00Z"), &log);
    for (id, token) in &paying {
        until_confirmed(&program.address, id, token).await;
    }
    drop(program);
    assert_eq!(run(url, folder, &["ledger", "check"]), (Some(0), "the books are right\n".to_owned()));
    let db = Db::open(url).await.expect("the database");
    let once = "SELECT COUNT(*) FROM payment WHERE state = 'paid' AND NOT surplus";
    let paid: i64 = match &db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(once).fetch_one(read).await,
        Db::Postgres(pool) => sqlx::query_scalar(once).fetch_one(pool).await,
    }
    .expect("a count");
    assert_eq!(paid, 2);
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
    for secret in [SECRET, key, "aino@example.fi"].into_iter().chain(tokens) {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// Holds a time and asks for its payment: its id and the token that manages it.
async fn open(address: &str, hour: &str, currency: &str) -> (String, String) {
    let list = client().get(format!("{address}/api/v1/spaces?municipality=tornio&kind=ice&limit=200")).send();
    let list: Value = list.await.expect("an answer").json().await.expect("a list");
    let body = json!({
        "space": list["items"][0]["id"],
        "start": format!("2026-11-04T{hour}:00:00Z"),
        "end": format!("2026-11-04T{hour}:45:00Z"),
        "booker": {"name": "Aino Näätänen", "email": "aino@example.fi", "language": "fi"},
    });
    let made =
        client().post(format!("{address}/api/v1/bookings")).json(&body).send().await.expect("an answer");
    let made: Value = made.json().await.expect("a booking");
    let text = |name: &str| made[name].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    let (id, token) = (text("id"), text("manage_token"));
    let body = json!({"currency": currency, "return_url": "http://localhost/back"});
    let opened = client().post(format!("{address}/api/v1/bookings/{id}/payments")).bearer_auth(&token);
    let opened = opened.json(&body).send().await.expect("an answer");
    assert_eq!(opened.status(), 201);
    (id, token)
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
