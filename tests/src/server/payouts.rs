//! What providers have paid out, on the command line.

use vayla_domain::money::EURO;

use super::{paid::settings, program::run_with};
use crate::{Till, aino, asa, harness::folder::Folder, sek};

at_both_providers! {
    payouts_are_fetched_noted_and_listed,
}

async fn payouts_are_fetched_noted_and_listed(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    let held = till.hold(till.ice_by_day().request_by(asa())).await;
    let (payment, _) = till.start(&held, sek(0).currency).await;
    till.swish.pay(&till.instruction(&payment)).await;
    till.deliver().await;
    let folder = Folder::make();
    let settings = settings(&till.paytrail, &till.swish, folder.path(), "2026-11-03T08:00:00Z");
    let say = |command: &[&str]| run_with(&till.database_url, folder.path(), &settings, command);
    let fetch = |town, more: &[&str]| {
        say(&[&["settlements", "fetch", town, "2026-10-30", "2026-11-02"], more].concat())
    };
    assert_eq!(fetch("tornio", &[]), (Some(2), String::new()), "the report has nowhere to come to");
    let here = ["--base-url", till.base_url.as_str()];
    assert_eq!(fetch("kemi", &here), (Some(2), String::new()));
    assert_eq!(fetch("haparanda", &here), (Some(1), String::new()), "Swish reports nothing");
    let fetched = "tornio: 1 settlements, 1 reports asked for\n".to_owned();
    assert_eq!(fetch("tornio", &here), (Some(0), fetched));
    let out = |on, amount| ["--key", "1103-0002", "--on", on, "--amount", amount, "--fee", "2.00"];
    let paid_out = |town, provider, line: [&str; 8]| {
        say(&[&["settlements", "paid-out", town, provider], &line[..]].concat())
    };
    let swish = "haparanda/swish/1103-0002";
    for slip in [out("2026-11-03", "1040.92"), out("2026-11-04", "1040.91"), out("2024-10-30", "1040.91")] {
        assert_eq!(paid_out("haparanda", "swish", slip), (Some(2), String::new()), "{slip:?}");
    }
    let note = |town, provider| paid_out(town, provider, out("2026-11-03", "1040.91"));
    let line = [swish, "1103-0002", "2026-11-03", "1042.91 SEK", "2.00 SEK", ""];
    assert_eq!(note("haparanda", "swish"), (Some(0), line.join("\t") + "\n"));
    assert_eq!(note("haparanda", "swish").0, Some(0), "again it has the same effect");
    assert_eq!(note("tornio", "paytrail"), (Some(2), String::new()), "which reports by itself");
    let (code, listed) = say(&["settlements", "list"]);
    let lines: Vec<Vec<&str>> = listed.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!((code, lines.len()), (Some(0), 2), "{listed}");
    assert_eq!(lines[0], line);
    assert_eq!(lines[1][1..], ["45667372", "2026-11-02", "125.00 EUR", "0.14 EUR", "0"]);
    let check = say(&["ledger", "check"]);
    assert_eq!(check, (Some(0), "the books are right\n".to_owned()));
}
