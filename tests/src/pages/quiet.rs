//! Reading changes nothing, and each page comes with its protective headers.

use vayla_domain::Language;

use super::{
    browser::{Sheet, Visitor},
    contents::{contents, is_still},
    shortcuts::PAGES,
};
use crate::Town;

on_both_engines! {
    reading_changes_nothing,
    each_page_has_its_headers,
}

/// Each public page.
fn public(language: Language) -> Vec<String> {
    let paths: &[&str] = match language {
        Language::Sv => &[
            "/sv/",
            "/sv/anlaggningar",
            "/sv/anlaggningar/tornion-jaahalli",
            "/sv/dag/tornio",
            "/sv/dag/tornion-jaahalli/2026-11-04",
            "/sv/boka/tornion-jaahalli/hela-isen",
            "/sv/serie/tornion-jaahalli/hela-isen",
            "/sv/kalender",
            "/sv/tillganglighet",
        ],
        Language::Fi => &[
            "/fi/",
            "/fi/liikuntapaikat",
            "/fi/liikuntapaikat/tornion-jaahalli",
            "/fi/paiva/tornio",
            "/fi/paiva/tornion-jaahalli/2026-11-04",
            "/fi/varaa/tornion-jaahalli/hela-isen",
            "/fi/vakiovuoro/tornion-jaahalli/hela-isen",
            "/fi/kalenteri",
            "/fi/saavutettavuus",
        ],
    };
    paths.iter().map(|path| (*path).to_owned()).collect()
}

async fn reading_changes_nothing(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 180)] {
        let visitor = Visitor::new(town, language);
        let time = town.ice_in_tornio();
        let confirmed = visitor.book(&time.later(minutes), "SEK").await;
        let held = visitor.hold(&time.later(60)).await;
        let told = visitor.hold_with_details(&time.later(120)).await;
        let terminal = visitor.to_terminal(&told, "EUR").await;
        let tokens = [&confirmed, &held, &told];
        let read_all = async || {
            for path in public(language) {
                assert!(visitor.get(&path).await.status < 400, "{path}");
            }
            visitor.choose(&time.later(60)).await.is(200);
            visitor.get(&terminal.address).await.is(200);
            for token in tokens {
                for (page, _) in PAGES {
                    visitor.get(&visitor.page(token, page)).await;
                    let url = format!("{}{}", town.base_url, visitor.page(token, page));
                    town.client.head(url).send().await.expect("an answer");
                }
            }
        };
        let before = contents(town).await;
        read_all().await;
        is_still(town, &before).await;
        // Not even when what is read has run out.
        town.clock.advance_minutes(16);
        read_all().await;
        is_still(town, &before).await;
        town.sweep().await;
        let before = contents(town).await;
        visitor.post::<&str, &str>(&visitor.page(&confirmed, "/avboka"), &[]).await.is(303);
        let cancelled = contents(town).await;
        assert_ne!(cancelled, before);
        read_all().await;
        is_still(town, &cancelled).await;
    }
}

fn is_protected(sheet: &Sheet) {
    let policy = sheet.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{}: {policy}", sheet.address);
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(sheet.header("x-content-type-options"), "nosniff", "{}", sheet.address);
    assert_eq!(sheet.header("cache-control"), "no-store", "{} {}", sheet.status, sheet.address);
    assert_eq!(sheet.header("referrer-policy"), "same-origin", "{}", sheet.address);
}

async fn each_page_has_its_headers(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 180)] {
        let visitor = Visitor::new(town, language);
        let time = town.ice_in_tornio();
        let confirmed = visitor.book(&time.later(minutes), "SEK").await;
        let held = visitor.hold_with_details(&time.later(60)).await;
        let terminal = visitor.to_terminal(&held, "EUR").await;
        for path in
            public(language).iter().chain([&terminal.address, &"/".to_owned(), &"/nowhere".to_owned()])
        {
            is_protected(&visitor.get(path).await);
        }
        let mut nonces = Vec::new();
        for token in [&confirmed, &held, &"forged".to_owned()] {
            for (page, _) in PAGES {
                let shown = visitor.get(&visitor.page(token, page)).await;
                is_protected(&shown);
                nonces.extend(
                    shown.header("content-security-policy").split("'nonce-").nth(1).map(str::to_owned),
                );
                is_protected(&visitor.post(&visitor.page(token, page), &[("switch", "1")]).await);
            }
        }
        let all = nonces.len();
        nonces.sort();
        nonces.dedup();
        assert_eq!(nonces.len(), all, "a nonce is used once");
        let again = visitor.choose_form(&time.later(60)).await;
        is_protected(&visitor.send(&again).await);
        town.clock.advance_minutes(30);
        town.sweep().await;
    }
}
