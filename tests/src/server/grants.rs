//! A town's grants on the command line.

use std::path::Path;

use super::program::{of_the_program, run};

of_the_program! {
    a_grant_is_given_listed_handed_out_and_closed,
}

async fn a_grant_is_given_listed_handed_out_and_closed(url: &str, folder: &Path) {
    assert_eq!(run(url, folder, &["seed"]).0, Some(0));
    let add = |percent: &str| {
        let names = ["--name-sv", "Lokalbidrag", "--name-fi", "Tila-avustus", "--percent", percent];
        let days =
            ["--budget", "5000.00", "--from", "2026-08-01", "--until", "2027-05-31", "--groups", "youth"];
        let asked = ["grant", "add", "haparanda"].into_iter().chain(names).chain(days);
        run(url, folder, &asked.collect::<Vec<_>>())
    };
    assert_eq!(add("0").0, Some(2));
    let (code, made) = add("50");
    assert_eq!(code, Some(0));
    let columns: Vec<&str> = made.trim_end().split('\t').collect();
    assert_eq!(columns[1..3], ["Lokalbidrag", "50 %"]);
    assert_eq!(columns[3..6], ["5000.00 SEK", "0.00", "5000.00"]);
    let id = columns[0];
    let (code, codes) = run(url, folder, &["grant", "vouchers", id, "--count", "3", "--amount", "200.00"]);
    assert_eq!((code, codes.lines().count()), (Some(0), 3));
    assert_eq!(run(url, folder, &["grant", "close", id]).0, Some(0));
    assert_eq!(run(url, folder, &["grant", "close", id]).0, Some(1));
    let (_, listed) = run(url, folder, &["grant", "list", "haparanda"]);
    assert!(listed.trim_end().ends_with("closed"), "{listed}");
}
