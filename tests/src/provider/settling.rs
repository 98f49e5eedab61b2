//! What Paytrail has paid out, and kept.

use serde_json::json;
use vayla_domain::money::EURO;
use vayla_services::{
    payment::{
        provider::ProviderError,
        settlement::{self, FetchError},
    },
    staff::{LookError, Scope, Staff, token},
};

use crate::{Till, aino, asa, eur, fakes::Faults, sek};

at_both_providers! {
    a_settlement_is_fetched_and_its_report_read_once,
    what_is_paid_out_comes_from_clearing_to_the_bank_once,
    a_report_that_says_something_else_than_we_know_is_told_of,
    what_swish_pays_out_is_noted_by_staff,
    a_forged_report_has_no_effect,
    only_staff_of_the_town_with_the_scope_fetch_and_see,
    a_report_of_thousands_of_lines_is_read,
    a_report_without_lines_is_not_asked_for_again,
}

async fn pay_and_give_back(till: &Till) {
    for (time, cancelled) in [(till.ice_in_tornio(), false), (till.ice_by_day(), true)] {
        let held = till.hold(time.request_by(aino())).await;
        let (payment, _) = till.start(&held, EURO).await;
        till.paytrail.pay(&till.transaction(&payment)).await;
        if cancelled {
            till.cancel(held.id).await;
        }
    }
    till.deliver().await;
}

pub(super) async fn fetch(till: &Till, staff: &Staff, town: &str) -> Result<(usize, usize), FetchError> {
    let catalogue = till.services.catalogue();
    let town = catalogue.municipality(town).expect("a town");
    let day = |text: &str| text.parse().expect("a day");
    settlement::fetch(&till.services, staff, town, day("2026-10-30"), day("2026-11-02")).await
}

async fn a_settlement_is_fetched_and_its_report_read_once(till: &Till) {
    pay_and_give_back(till).await;
    let operator = Staff::operator();
    assert_eq!(fetch(till, &operator, "tornio").await.expect("fetched"), (1, 1));
    let settled = settlement::list(&till.services, &operator, None, 50).await.expect("a list").items;
    assert_eq!(settled.len(), 1);
    assert_eq!(
        (settled[0].bank_reference.as_str(), settled[0].settled_on.to_string()),
        ("45667372", "2026-11-02".to_owned())
    );
    // 125 and 95 came, 95 went back; 3 × 0.12 and 2 × 0.024 are kept.
    assert_eq!(settled[0].amounts, Some((eur(125_00), eur(41))));
    assert_eq!(fetch(till, &operator, "tornio").await.expect("fetched"), (1, 0), "it is known");
    assert_eq!(till.count("SELECT COUNT(*) FROM provider_settlement_line").await, 3);
    let booked = "SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) FROM posting
                  WHERE entity = 'tornio' AND debit = 'provider_fees' AND credit = 'clearing'";
    assert_eq!(till.count(booked).await, 41);
    assert!(matches!(
        fetch(till, &operator, "haparanda").await,
        Err(FetchError::Provider(ProviderError::Unsupported))
    ));
}

async fn what_is_paid_out_comes_from_clearing_to_the_bank_once(till: &Till) {
    pay_and_give_back(till).await;
    let operator = Staff::operator();
    for _ in 0..2 {
        fetch(till, &operator, "tornio").await.expect("fetched");
        assert_eq!(till.balance_of("tornio", "bank").await, 125_00 - 41);
        assert_eq!(till.balance_of("tornio", "clearing").await, 0);
    }
    let source = "SELECT COUNT(*) FROM ledger_transaction WHERE event = 'payout' AND source LIKE 'payout:paytrail/tornio/%'
                  AND booked_on = '2026-11-02'";
    assert_eq!(till.count(source).await, 1);
    let settled = settlement::list(&till.services, &operator, None, 50).await.expect("a list").items;
    assert_eq!((settled[0].unlike, settled[0].unlike_lines.len()), (Some(0), 0), "as we know it");
}

async fn a_report_that_says_something_else_than_we_know_is_told_of(till: &Till) {
    pay_and_give_back(till).await;
    till.paytrail.set(Faults { reports_more: 30, ..Faults::default() });
    fetch(till, &Staff::operator(), "tornio").await.expect("fetched");
    let (_, secret) = till.new_token(&[Scope::Payments], Some("tornio")).await;
    let listed = till.staff_ask(&secret, "/settlements").await;
    let settled = &listed.is(200).body["items"][0];
    assert_eq!(
        (&settled["unlike"], settled["unlike_lines"].as_array().map(Vec::len)),
        (&json!(30), Some(20))
    );
    let first = &settled["unlike_lines"][0];
    assert_eq!((&first["stamp"], &first["reported"]["amount"]), (&json!("more-0"), &json!("1.00")));
    assert!(first["known"].is_null());
}

async fn what_swish_pays_out_is_noted_by_staff(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(asa())).await;
    let (payment, _) = till.start(&held, sek(0).currency).await;
    till.swish.pay(&till.instruction(&payment)).await;
    assert_eq!(till.balance_of("haparanda", "clearing").await, 1372_25);
    let (_, wrong) = till.new_token(&[Scope::Invoices], None).await;
    let (_, other) = till.new_token(&[Scope::Payments], Some("tornio")).await;
    let (_, token) = till.new_token(&[Scope::Payments], Some("haparanda")).await;
    let money = |amount: &str| json!({"amount": amount, "currency": "SEK"});
    let line = |provider: &str, amount: &str| {
        json!({"municipality": "haparanda", "provider": provider, "key": "1", "booked_on": "2026-10-30",
               "amount": money(amount), "fee": money("2.00")})
    };
    for token in [&wrong, &other] {
        till.staff_tell(token, "/settlements", &line("swish", "1370.25")).await.is_problem(403, "forbidden");
    }
    till.staff_tell(&token, "/settlements", &line("paytrail", "1370.25")).await.is_problem(422, "invalid");
    till.staff_tell(&token, "/settlements", &line("swish", "0.00")).await.is_problem(422, "invalid");
    let more = till.staff_tell(&token, "/settlements", &line("swish", "1370.26")).await;
    assert!(more.is_problem(422, "too_much").body["detail"].as_str().expect("a text").contains("372,25"));
    let mut later = line("swish", "1370.25");
    later["booked_on"] = json!("2037-10-31");
    let later = till.staff_tell(&token, "/settlements", &later).await;
    assert_eq!(later.is_problem(422, "invalid").body["errors"][0]["field"], "booked_on");
    for _ in 0..2 {
        let noted = till.staff_tell(&token, "/settlements", &line("swish", "1370.25")).await;
        assert_eq!(noted.is(201).body["paid"]["amount"], "1372.25");
        assert_eq!(till.balance_of("haparanda", "clearing").await, 0);
        assert_eq!(till.balance_of("haparanda", "bank").await, 1370_25);
        assert_eq!(till.balance_of("haparanda", "provider_fees").await, 2_00);
    }
    till.staff_tell(&token, "/settlements", &line("swish", "1000.00")).await.is_problem(409, "key_known");
    let listed = till.staff_ask(&token, "/settlements").await;
    assert_eq!(listed.is(200).body["items"][0]["provider"], "swish");
    assert_eq!(till.notes("paid_out").await.len(), 1);
}

async fn a_forged_report_has_no_effect(till: &Till) {
    pay_and_give_back(till).await;
    fetch(till, &Staff::operator(), "tornio").await.expect("fetched");
    let known = settlement::list(&till.services, &Staff::operator(), None, 50).await.expect("a list").items;
    let (known, lines) = (&known[0].settlement, "SELECT COUNT(*) FROM provider_settlement_line");
    let before = till.count(lines).await;
    let report = r#"[{"amount":1,"settlementId":678,"stamp":"a"}]"#;
    for (settlement, signature, expected) in
        [(known.as_str(), None, 400), (known, Some("00"), 404), ("nobody-asked", Some("00"), 404)]
    {
        let asked = [("settlement".to_owned(), settlement.to_owned())];
        let is_asked_for = settlement::is_asked_for(&till.services, "paytrail", &asked).await;
        assert_eq!(is_asked_for.expect("the database"), settlement == known);
        let url = format!("{}/api/v1/payments/paytrail/settlements?settlement={settlement}", till.base_url);
        let mut request = till.client.post(&url).header("checkout-account", "375917");
        request = request.header("checkout-algorithm", "sha256").header("content-type", "application/json");
        if let Some(signature) = signature {
            request = request.header("signature", signature);
        }
        assert_eq!(request.body(report).send().await.expect("an answer").status(), expected);
    }
    // Signed as it should be, it isn't read where nobody asked for it.
    let line = json!([{"amount": 1.0, "settlementId": 678, "stamp": "a", "paymentMethodFee": 0, "paymentMethodCommission": 0}]);
    for (settlement, expected) in [(known.as_str(), 200), ("nobody-asked", 404)] {
        let url = format!("{}/api/v1/payments/paytrail/settlements?settlement={settlement}", till.base_url);
        assert_eq!(till.paytrail.report_to(&url, &line).await, expected, "{settlement}");
    }
    assert_eq!(till.count(lines).await, before);
}

async fn only_staff_of_the_town_with_the_scope_fetch_and_see(till: &Till) {
    pay_and_give_back(till).await;
    let staff = async |scope, town| {
        let (_, secret) = till.new_token(&[scope], Some(town)).await;
        token::find(&till.services, &secret).await.expect("the database").expect("a token")
    };
    for (scope, town) in [(Scope::Bookings, "tornio"), (Scope::Payments, "haparanda")] {
        let fetched = fetch(till, &staff(scope, town).await, "tornio").await;
        assert!(matches!(fetched, Err(FetchError::Look(LookError::Forbidden(_)))), "{scope:?} {town}");
    }
    assert_eq!(
        fetch(till, &staff(Scope::Payments, "tornio").await, "tornio").await.expect("fetched"),
        (1, 1)
    );
    for (town, seen) in [("tornio", 1), ("haparanda", 0)] {
        let (_, secret) = till.new_token(&[Scope::Payments], Some(town)).await;
        let list = till.staff_ask(&secret, "/settlements").await;
        assert_eq!((list.status, list.body["items"].as_array().map(Vec::len)), (200, Some(seen)), "{town}");
    }
}

async fn a_report_of_thousands_of_lines_is_read(till: &Till) {
    let lines: usize = 12_000; // some 1.4 megabytes, and eight with all fields
    till.paytrail.set(Faults { reports_more: lines, ..Faults::default() });
    assert_eq!(fetch(till, &Staff::operator(), "tornio").await.expect("fetched"), (1, 1));
    let listed = settlement::list(&till.services, &Staff::operator(), None, 50).await.expect("a list").items;
    assert_eq!(listed[0].amounts, Some((eur(lines as i64 * 1_00), eur(lines as i64 * 12))));
}

async fn a_report_without_lines_is_not_asked_for_again(till: &Till) {
    till.paytrail.set(Faults { reports_nothing: true, ..Faults::default() });
    let operator = Staff::operator();
    assert_eq!(fetch(till, &operator, "tornio").await.expect("fetched"), (1, 1));
    let listed = settlement::list(&till.services, &operator, None, 50).await.expect("a list").items;
    assert_eq!(listed[0].amounts, Some((eur(0), eur(0))));
    assert_eq!(fetch(till, &operator, "tornio").await.expect("fetched"), (1, 0), "it is known");
    assert_eq!(till.paytrail.reports_asked_for(), 1);
}
