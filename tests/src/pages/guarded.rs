//! Who gets in: each route states its rule, and nobody else's form is taken.

use std::time::{Duration, Instant};

use sqlx::{Connection, SqliteConnection};
use vayla_domain::Language;

use super::{
    browser::{Sheet, Visitor, read},
    contents::{contents, is_still},
    shortcuts::PAGES,
};
use crate::{Engine, Town, tell};

on_both_engines! {
    a_bookings_pages_open_to_its_token_only,
    a_terminal_opens_to_its_payment_only,
    addresses_that_lead_nowhere_say_so_in_the_readers_language,
    too_large_a_form_is_refused,
    another_sites_form_is_refused,
}

/// A page that says there is none, and nothing else.
fn is_not_found(sheet: &Sheet, visitor: &Visitor<'_>) {
    sheet.is(404).says(&visitor.words().trouble_not_found());
    for secret in ["Åsa", "Aino", "example.se", "example.fi", "HT-", "Hela isen", "Koko jää"] {
        sheet.says_not(secret);
    }
}

async fn a_bookings_pages_open_to_its_token_only(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 60)] {
        let visitor = Visitor::new(town, language);
        let token = visitor.book(&town.ice_in_tornio().later(minutes), "EUR").await;
        let id = visitor.id(&token);
        let mut tampered = token.clone();
        let last = if tampered.pop() == Some('A') { 'B' } else { 'A' };
        tampered.push(last);
        let unknown = town.services.secret.manage_token(uuid::Uuid::from_u128(7));
        let forged = [
            "x",
            "%20",
            "%00",
            "..%2F..",
            "null",
            "1",
            &id.to_string(),
            &id.simple().to_string(),
            &tampered,
            &token[..token.len() - 1],
            &format!("{token}="),
            &token.to_lowercase(),
            &unknown,
        ]
        .map(str::to_owned);
        let before = contents(town).await;
        let fields = [("name", "Annan"), ("email", "a@example.se"), ("currency", "EUR"), ("outcome", "pay")];
        for forged in &forged {
            for (page, _) in PAGES {
                let path = visitor.page(forged, page);
                if page != "/forlang" {
                    is_not_found(&visitor.get(&path).await, &visitor);
                }
                if !matches!(page, "" | "/kvitto" | "/kalender.ics") {
                    is_not_found(&visitor.post(&path, &fields).await, &visitor);
                }
            }
        }
        // An address that isn't even text is answered in words, too.
        let unreadable = visitor.get(&visitor.page("%C3%A5%FF", "/betala")).await;
        assert!(matches!(unreadable.status, 400 | 404), "{unreadable:#?}");
        assert!(unreadable.html.starts_with("<!DOCTYPE html>"), "{unreadable:#?}");
        // Without any token there is no such page.
        for (page, _) in PAGES.into_iter().filter(|(page, _)| *page != "/forlang") {
            is_not_found(&visitor.get(&visitor.page("", page)).await, &visitor);
        }
        is_still(town, &before).await;
        visitor.get(&visitor.page(&token, "")).await.is(200);
    }
}

async fn a_terminal_opens_to_its_payment_only(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 60)] {
        let visitor = Visitor::new(town, language);
        let held = visitor.hold_with_details(&town.ice_in_tornio().later(minutes)).await;
        let terminal = visitor.to_terminal(&held, "EUR").await;
        terminal.says_not("Åsa").says_not("Aino").says_not("HT-");
        let before = contents(town).await;
        let nil = uuid::Uuid::nil().to_string();
        for forged in ["", "x", &nil, &held, &visitor.id(&held).to_string()] {
            let path = format!("/{}/terminal/{forged}", language.code());
            is_not_found(&visitor.get(&path).await, &visitor);
            is_not_found(&visitor.post(&path, &[("outcome", "pay")]).await, &visitor);
        }
        is_still(town, &before).await;
        // A surplus isn't a payment that anybody can play.
        visitor.play(&terminal, "twice").await;
        let surplus = town.payments(visitor.id(&held)).await.into_iter().find(|payment| payment.surplus);
        let path = format!("/{}/terminal/{}", language.code(), surplus.expect("a surplus").id);
        is_not_found(&visitor.post(&path, &[("outcome", "pay")]).await, &visitor);
    }
}

async fn addresses_that_lead_nowhere_say_so_in_the_readers_language(town: &Town) {
    for (language, paths) in [
        (
            Language::Sv,
            [
                "/sv/nej",
                "/sv/anlaggningar/nej",
                "/sv/dag/nej",
                "/sv/boka/nej/nej",
                "/sv/varaus/x",
                "/sv/dag/tornio/igar",
            ],
        ),
        (
            Language::Fi,
            [
                "/fi/ei",
                "/fi/liikuntapaikat/ei",
                "/fi/paiva/ei",
                "/fi/varaa/ei/ei",
                "/fi/bokning/x",
                "/fi/paiva/tornio/eilen",
            ],
        ),
    ] {
        let visitor = Visitor::new(town, language);
        for path in paths {
            let sheet = visitor.get(path).await;
            is_not_found(&sheet, &visitor);
            assert!(sheet.html.contains(&format!("<html lang=\"{}\">", language.code())), "{path}");
        }
    }
    // No language of ours: the browser's, and Swedish where it has none either.
    for (accepted, language) in [("fi-FI,fi;q=0.9", Language::Fi), ("de", Language::Sv)] {
        for path in ["/en/", "/de/boka", "/nowhere", "/SV/", "/%ff"] {
            let url = format!("{}{path}", town.base_url);
            let sheet = read(path, town.client.get(url).header("accept-language", accepted)).await;
            is_not_found(&sheet, &Visitor::new(town, language));
        }
    }
    // Queries that can't be read are answered in words, too.
    for path in
        ["/sv/?more=x", "/sv/?more=-1", "/sv/?kind=a&kind=b", "/sv/?date=%FF", "/sv/?minutes=999999999999"]
    {
        let sheet = Visitor::new(town, Language::Sv).get(path).await;
        assert!(sheet.html.starts_with("<!DOCTYPE html>"), "{path}: {} {}", sheet.status, sheet.html);
    }
}

async fn too_large_a_form_is_refused(town: &Town) {
    let visitor = Visitor::new(town, Language::Sv);
    let held = visitor.hold(&town.ice_in_tornio()).await;
    let path = visitor.page(&held, "/uppgifter");
    let form = visitor.get(&path).await.form(&path);
    let sent = async |letters: usize| {
        let name = "a".repeat(letters);
        visitor.send(&form.clone().with(&[("name", &name), ("email", "asa@example.se")])).await
    };
    sent(60_000).await.is_sent_back(&visitor);
    sent(66_000).await.is(413);
    // One that doesn't say how large it is.
    let url = format!("{}{path}", town.base_url);
    let request = town.client.post(url).header("content-type", "application/x-www-form-urlencoded");
    let answer = read(&path, request.body(reqwest_stream(70_000))).await;
    answer.is(413);
    assert!(town.booking(visitor.id(&held)).await.who.is_none());
}

fn reqwest_stream(bytes: usize) -> Vec<u8> {
    let mut body = b"email=asa%40example.se&name=".to_vec();
    body.resize(bytes, b'a');
    body
}

async fn another_sites_form_is_refused(town: &Town) {
    let visitor = Visitor::new(town, Language::Fi);
    let held = visitor.hold_with_details(&town.ice_in_tornio()).await;
    let terminal = visitor.to_terminal(&held, "EUR").await.address;
    let before = contents(town).await;
    let host = town.base_url.trim_start_matches("http://").to_owned();
    let foreign = [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("sec-fetch-site", "cross-site"), ("origin", &town.base_url)],
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
        vec![("origin", "http://127.0.0.1")],
    ];
    let mut paths: Vec<String> = ["/uppgifter", "/granska", "/betala", "/forlang", "/avboka"]
        .map(|page| visitor.page(&held, page))
        .to_vec();
    paths.extend([terminal, visitor.choose_path(&town.ice_in_haparanda())]);
    let fields = [
        ("outcome", "pay"),
        ("currency", "EUR"),
        ("name", "X"),
        ("email", "x@example.se"),
        ("date", "2026-11-04"),
        ("time", "18:00"),
        ("minutes", "60"),
    ];
    for headers in &foreign {
        for path in &paths {
            let mut request = town.client.post(format!("{}{path}", town.base_url)).form(&fields);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            read(path, request).await.is(403);
        }
    }
    is_still(town, &before).await;
    // Our own pages' forms are taken, by old browsers and new; links from elsewhere are followed.
    let own = [("sec-fetch-site", "same-origin".to_owned()), ("origin", format!("http://{host}"))];
    for (name, value) in own {
        let url = format!("{}{}", town.base_url, visitor.page(&held, "/granska"));
        read("", town.client.post(url).header(name, value).form(&fields)).await.is(303);
    }
    let url = format!("{}{}", town.base_url, visitor.page(&held, ""));
    read("", town.client.get(url).header("sec-fetch-site", "cross-site")).await.is(200);
}

/// Only SQLite has one writer at a time.
#[test]
fn while_another_writes_for_long_the_page_says_so_and_then_it_works_again() {
    tell(Engine::Sqlite, async |town: &Town| {
        for language in [Language::Fi] {
            let visitor = Visitor::new(town, language);
            let form = visitor.choose_form(&town.ice_in_tornio()).await;
            let mut writer =
                SqliteConnection::connect(&town.database_url).await.expect("a second connection");
            sqlx::query("BEGIN IMMEDIATE").execute(&mut writer).await.expect("the lock");
            let began = Instant::now();
            let busy = visitor.send(&form).await;
            assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
            busy.is(503).says(&visitor.words().trouble_unavailable());
            assert_eq!(busy.header("retry-after"), "5");
            busy.says_not("SQLite").says_not("locked").says_not("busy");
            sqlx::query("ROLLBACK").execute(&mut writer).await.expect("to let go");
            visitor.send(&form).await.is(303);
        }
    });
}
