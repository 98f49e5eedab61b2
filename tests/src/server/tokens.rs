//! Tokens are made, listed and revoked on the command line, also beside a running server.

use std::path::Path;

use reqwest::StatusCode;

use super::program::{Program, of_the_program, run};
use crate::client;

of_the_program! {
    a_token_made_on_the_command_line_opens_until_it_is_revoked,
}

async fn a_token_made_on_the_command_line_opens_until_it_is_revoked(url: &str, folder: &Path) {
    let program = Program::start(url, folder);
    let create = [
        "token",
        "create",
        "--name",
        "Vaktmästare",
        "--scope",
        "rules",
        "--scope",
        "bookings",
        "--municipality",
        "tornio",
        "--days",
        "365",
    ];
    let (code, printed) = run(url, folder, &create);
    assert_eq!(code, Some(0), "{printed}");
    let secret = printed.lines().last().expect("a line");
    assert!(secret.starts_with("vayla_") && !secret.contains(' '), "alone on the last line: {printed}");
    let asks = async || {
        let outbox = format!("{}/api/v1/staff/outbox", program.address);
        client().get(outbox).bearer_auth(secret).send().await.expect("an answer").status()
    };
    assert_eq!(asks().await, StatusCode::OK);

    let (code, listed) = run(url, folder, &["token", "list"]);
    assert_eq!((code, listed.lines().count()), (Some(0), 1), "{listed}");
    let columns: Vec<&str> = listed.trim_end().split('\t').collect();
    let [id, until, scopes, town, used, name] = columns.as_slice() else { panic!("{listed}") };
    assert_eq!((*scopes, *town, *name), ("bookings,rules", "tornio", "Vaktmästare"));
    assert!(until.starts_with("until 2027-10-30T") && used.starts_with("used 2026-10-30T"), "{listed}");
    assert!(!listed.contains(secret));

    assert_eq!(run(url, folder, &["token", "revoke", id]), (Some(0), format!("revoked {id}\n")));
    assert_eq!(asks().await, StatusCode::UNAUTHORIZED);
    let (_, listed) = run(url, folder, &["token", "list"]);
    assert!(listed.contains("\trevoked\t"), "{listed}");
    assert_eq!(run(url, folder, &["token", "revoke", id]), (Some(1), String::new()), "couldn't be done");
    wrong_use_makes_no_token(url, folder);
}

fn wrong_use_makes_no_token(url: &str, folder: &Path) {
    for wrong in [
        ["--name", "Lås"].as_slice(),
        &["--name", "Lås", "--scope", "everything"],
        &["--name", " ", "--scope", "rules"],
        &["--name", "Lås", "--scope", "rules", "--municipality", "kemi"],
        &["--name", "Lås", "--scope", "rules", "--days", "0"],
    ] {
        let (code, printed) = run(url, folder, &[&["token", "create"], wrong].concat());
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{wrong:?}");
    }
    let (_, listed) = run(url, folder, &["token", "list"]);
    assert_eq!(listed.lines().count(), 1, "{listed}");
}
