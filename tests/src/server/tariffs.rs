//! Price lists and rates of tax on the command line.

use std::{fs, path::Path};

use super::program::{of_the_program, run};

const ICE: &str = "tornion-jaahalli/hela-isen";

of_the_program! {
    a_list_is_laid_in_compared_and_published_by_commands,
}

async fn a_list_is_laid_in_compared_and_published_by_commands(url: &str, folder: &Path) {
    lists(url, folder);
    rates(url, folder);
}

fn lists(url: &str, folder: &Path) {
    let vayla = |command: &[&str]| run(url, folder, &[&["tariff"], command].concat());
    let file = folder.join("prices.json");
    let path = file.to_str().expect("a path");
    fs::write(
        &file,
        r#"{"dated_by":"use","prices":[{"groups":["adult"],"unit":"day","price":{"EUR":"99"}}]}"#,
    )
    .expect("a file");
    let (code, drafted) = vayla(&["put", ICE, "2026-11-01", path]);
    assert_eq!(code, Some(0));
    let [id, from, state, version] = drafted.trim_end().split('\t').collect::<Vec<_>>()[..] else {
        panic!("{drafted}")
    };
    assert_eq!((from, state), ("2026-11-01", "draft"));
    let (_, diff) = vayla(&["diff", id]);
    assert!(diff.contains("sv\tVuxna: 99,00\u{a0}€ per dag (nytt)\n"), "{diff}");
    assert!(diff.contains("fi\tAikuiset: 99,00\u{a0}€ päivältä (uusi)\n"), "{diff}");
    assert!(diff.starts_with(&format!("version\t{version}\n")), "{diff}");
    preview(url, folder, id);
    assert_eq!(
        vayla(&["publish", id, "--version", "0000000000000000"]).0,
        Some(1),
        "not the one that is there"
    );
    let (code, published) = vayla(&["publish", id, "--version", version]);
    assert!(code == Some(0) && published.contains("published 2026-10-30T17:00"), "{published}");
    assert_eq!(vayla(&["publish", id]).0, Some(1), "once");
    assert_eq!(vayla(&["list", ICE]).1.lines().count(), 2);
    assert!(vayla(&["show", id]).1.contains("\"unit\": \"day\""));
    fs::write(&file, r#"{"dated_by":"use","prices":[]}"#).expect("a file");
    assert_eq!(vayla(&["put", ICE, "2026-12-01", path]), (Some(2), String::new()), "no prices");
    assert_eq!(vayla(&["list", "nowhere"]).0, Some(2));
}

/// Beside the 125 euros an hour that it costs without the list.
fn preview(url: &str, folder: &Path, list: &str) {
    let look = |more: &[&str]| {
        let asked =
            ["tariff", "preview", list, ICE, "--from", "2026-11-04T18:00", "--to", "2026-11-04T20:00"];
        run(url, folder, &[&asked[..], more].concat())
    };
    let prices: serde_json::Value = serde_json::from_str(&look(&[]).1).expect("two prices");
    assert_eq!(prices["now"]["total"], serde_json::json!({"amount": "250.00", "currency": "EUR"}));
    assert_eq!(prices["then"]["total"], serde_json::json!({"amount": "99.00", "currency": "EUR"}));
    let text = &prices["then"]["lines"][0]["text"];
    assert_eq!((&text["sv"], &text["fi"]), (&"99,00\u{a0}€ per dag".into(), &"99,00\u{a0}€ päivältä".into()));
    let club: serde_json::Value = serde_json::from_str(&look(&["--group", "club"]).1).expect("two prices");
    assert_ne!(club["now"]["total"], prices["now"]["total"]);
    assert_eq!(club["then"], serde_json::Value::Null, "the list has no price for clubs");
    for wrong in [
        ["--dates", "0"],
        ["--dates", "121"],
        ["--group", "nobody"],
        ["--home", "Kemi?"],
        ["--booked", "soon"],
    ] {
        assert_eq!(look(&wrong), (Some(2), String::new()), "{wrong:?}");
    }
    let day = ["tariff", "preview", list, ICE, "--from", "2026-11-04T18:00", "--to", "2026-11-05T18:15"];
    assert_eq!(run(url, folder, &day), (Some(2), String::new()), "longer than a day");
}

fn rates(url: &str, folder: &Path) {
    let vayla = |command: &[&str]| run(url, folder, &[&["vat"], command].concat());
    let known = vayla(&["list"]).1.lines().count();
    let add = |from: &str| {
        let supply = ["add", "FI", "sports", "municipality", "sport"];
        vayla(&[supply.as_slice(), &["--from", from, "--rate", "14", "--source", "AVL 85 a §"]].concat())
    };
    let line = "FI\tsports\tmunicipality\tsport\t2027-01-01\t14\tAVL 85 a §\n";
    assert_eq!(add("2027-01-01"), (Some(0), line.to_owned()));
    assert_eq!(add("2027-01-01").0, Some(1), "there is one");
    assert_eq!(add("2026-10-30").0, Some(1), "today is too late");
    assert_eq!(vayla(&["list"]).1.lines().count(), known + 1);
}
