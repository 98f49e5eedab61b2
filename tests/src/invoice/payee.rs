use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::{Language, money::CreditorReference};
use vayla_services::{
    catalogue, customer,
    invoice::{self, BankLine, Invoice, IssueError, Issuing},
    staff::{Scope, Staff},
};

use super::{a_month_of, club, company};
use crate::{
    Town,
    api::caller::{Answer, read},
    eur,
    pages::browser::Visitor,
    receipt::{pdf_text, says_in_order},
};

on_both_engines! {
    nothing_is_invoiced_before_somebody_has_said_where_it_is_paid,
    a_finnish_invoice_names_the_account_and_has_its_barcode,
    a_swedish_invoice_names_the_bankgiro_number_and_has_its_ocr_line,
    slips_of_the_pen_are_refused_and_only_staff_of_the_town_say_where,
    what_is_written_keeps_its_account_and_the_level_of_its_reference,
    at_each_level_an_invoice_is_paid_by_what_it_says,
    a_number_that_has_no_room_is_not_given,
    what_is_paid_says_no_more_how,
    a_demonstration_says_that_its_account_is_nobodys,
}

impl Town {
    async fn says_where(&self, token: &str, municipality: &str, body: &Value) -> Answer {
        let path = format!("/staff/municipalities/{municipality}/payee");
        read(self.call(Method::PUT, &path).bearer_auth(token).json(body)).await
    }

    async fn at_level(&self, ocr: &str) {
        let (_, token) = self.new_token(&[Scope::Invoices], Some("haparanda")).await;
        let body = json!({"bankgiro": "991-2346", "ocr": ocr});
        self.says_where(&token, "haparanda", &body).await.is(200);
    }

    /// Invoices of Haparanda's, one an hour of ice.
    async fn invoices_of_haparanda(&self, hours: i64) -> Vec<Invoice> {
        let account = self.customer("haparanda", company()).await;
        for hour in 0..hours {
            self.book_on(&self.ice_in_haparanda().later(60 * hour), &account).await;
        }
        self.clock.set("2026-12-01T08:00:00Z");
        self.issue("haparanda", "2026-11-30").await
    }

    async fn kronor_come(&self, key: &str, invoice: &Invoice, reference: &str) -> Option<uuid::Uuid> {
        let booked_on = "2026-12-01".parse().expect("a date");
        let amount = invoice.gross;
        let (key, reference) = (key.to_owned(), reference.to_owned());
        let line = BankLine { key, booked_on, amount, instructed: None, reference };
        let taken = invoice::register(&self.services, &Staff::operator(), "haparanda", &line).await;
        taken.expect("taken").invoice
    }

    fn printed(&self, invoice: &Invoice) -> String {
        let catalogue = self.services.catalogue();
        invoice::reference(catalogue.municipality(&invoice.municipality).expect("its town"), invoice)
    }

    async fn page_of(&self, invoice: &Invoice, language: Language) -> crate::pages::browser::Sheet {
        let token = self.services.secret.invoice_token(invoice.id);
        let path = if language == Language::Sv { "sv/faktura" } else { "fi/lasku" };
        let page = Visitor::new(self, language).get(&format!("/{path}/{token}")).await;
        page.is(200);
        page
    }

    async fn file_of(&self, invoice: &Invoice, path: &str) -> String {
        let token = self.services.secret.invoice_token(invoice.id);
        let file = self.client.get(format!("{}/{path}/{token}/pdf", self.base_url)).send().await;
        pdf_text(&file.expect("an answer").bytes().await.expect("a file"))
    }
}

async fn nothing_is_invoiced_before_somebody_has_said_where_it_is_paid(town: &Town) {
    let account = customer::make(&town.services, &Staff::operator(), "tornio", club(eur(5000_00))).await;
    town.book_on(&town.ice_in_tornio(), &account.expect("a customer")).await;
    town.clock.set("2026-12-01T08:00:00Z");
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let unset = town.staff_ask(&token, "/municipalities/tornio/payee").await;
    assert_eq!(unset.is(200).body["payee"], Value::Null);
    let issue = json!({"municipality": "tornio", "through": "2026-11-30"});
    let refused = town.staff_tell(&token, "/invoices", &issue).await;
    let detail = refused.is_problem(409, "no_payee").body["detail"].as_str().expect("a text").to_owned();
    assert!(detail.contains("PUT /api/v1/staff/municipalities/tornio/payee"), "{detail}");
    let body = json!({"iban": "FI21 1234 5600 0007 85", "bic": "demofihh"});
    let set = town.says_where(&token, "tornio", &body).await;
    let expected = json!({"iban": "FI2112345600000785", "bic": "DEMOFIHH", "bankgiro": null, "ocr": null, "demo": false});
    assert_eq!(set.is(200).body["payee"], expected);
    assert_eq!(town.staff_ask(&token, "/municipalities/tornio/payee").await.body["payee"], expected);
    assert_eq!(town.notes("payee_set").await.len(), 1);
    let written = town.staff_tell(&token, "/invoices", &issue).await;
    assert_eq!(written.is(201).body["written"][0]["number"], 1, "the refusal has taken no number");
}

async fn a_finnish_invoice_names_the_account_and_has_its_barcode(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let sum = invoice.gross.minor;
    let barcode = format!("42112345600000785{sum:08}00000000000000020000019261222");
    let lines = ["Saaja: Tornion kaupunki", "IBAN: FI21 1234 5600 0007 85", "BIC: DEMOFIHH"];
    let letter = town.letter("Lasku TORNIO-F1").await;
    for said in lines.iter().copied().chain([format!("Virtuaaliviivakoodi: {barcode}").as_str()]) {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    let page = town.page_of(&invoice, Language::Fi).await;
    for said in ["Maksutiedot", "FI21 1234 5600 0007 85", "DEMOFIHH", "200 00019", barcode.as_str()] {
        page.says(said);
    }
    assert_eq!(page.html.matches("role=\"img\"").count(), 2, "a square code and bars");
    page.says_not("Tämä on esittely");
    town.page_of(&invoice, Language::Sv).await.says("Betalningsuppgifter").says("Virtuell streckkod");
    let file = town.file_of(&invoice, "fi/lasku").await;
    let parts =
        ["Maksutiedot", "Saaja Tornion kaupunki", "IBAN FI21 1234 5600 0007 85", "Viitenumero 200 00019"];
    says_in_order(&file, &[parts.as_slice(), &["Eräpäivä 22.12.2026", barcode.as_str()]].concat());
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let shown = town.staff_ask(&token, &format!("/invoices/{}", invoice.id)).await;
    let payment = &shown.is(200).body["payment"];
    assert_eq!((&payment["virtual_barcode"], &payment["ocr_line"]), (&json!(barcode), &Value::Null));
    let creditor = CreditorReference::of(&invoice.base());
    let epc = format!(
        "BCD\n002\n1\nSCT\nDEMOFIHH\nTornion kaupunki\nFI2112345600000785\nEUR{}\n\n{}",
        invoice.gross.wire(),
        creditor.as_str()
    );
    assert_eq!(payment["epc"], json!(epc));
}

async fn a_swedish_invoice_names_the_bankgiro_number_and_has_its_ocr_line(town: &Town) {
    let invoice = town.invoices_of_haparanda(1).await.pop().expect("an invoice");
    let line = "# 200000198 # 1200 00 5 > 9912346#41#";
    let letter = town.letter("Faktura HAPARANDA-F1").await;
    for said in ["Mottagare: Haparanda kommun", "Bankgiro: 991-2346", &format!("OCR-rad: {line}")] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    let page = town.page_of(&invoice, Language::Sv).await;
    page.says("Betalningsuppgifter").says("991-2346").says("200000198").says(line);
    assert_eq!(page.html.matches("role=\"img\"").count(), 0, "kronor have no such codes");
    // A municipality's sport is exempt: there is no tax that could follow any day.
    page.says_not("Momsen följer den dag då tiden användes.");
    says_in_order(
        &town.file_of(&invoice, "sv/faktura").await,
        &["Betalningsuppgifter", "Mottagare Haparanda kommun", "Bankgiro 991-2346", line],
    );
}

async fn slips_of_the_pen_are_refused_and_only_staff_of_the_town_say_where(town: &Town) {
    let (_, tornio) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let (_, haparanda) = town.new_token(&[Scope::Invoices], Some("haparanda")).await;
    let (_, other) = town.new_token(&[Scope::Refunds], None).await;
    let account = json!({"iban": "FI2112345600000785", "bic": "DEMOFIHH"});
    for token in [&haparanda, &other] {
        town.says_where(token, "tornio", &account).await.is_problem(403, "forbidden");
        town.staff_ask(token, "/municipalities/tornio/payee").await.is_problem(403, "forbidden");
    }
    let giro = json!({"bankgiro": "991-2346", "ocr": "check"});
    for (token, municipality, body, field) in [
        (&tornio, "tornio", json!({"iban": "FI2212345600000785", "bic": "DEMOFIHH"}), "iban"),
        (&tornio, "tornio", json!({"iban": "FI2112345600000785", "bic": "DEMO"}), "bic"),
        (&tornio, "tornio", json!({"iban": "FI2112345600000785"}), "iban"),
        (&tornio, "tornio", json!({}), "iban"),
        (&tornio, "tornio", giro, "iban"),
        (&haparanda, "haparanda", json!({"bankgiro": "991-2347", "ocr": "check"}), "bankgiro"),
        (&haparanda, "haparanda", json!({"bankgiro": "991-2346", "ocr": "hard"}), "ocr"),
        (&haparanda, "haparanda", account, "bankgiro"),
    ] {
        let refused = town.says_where(token, municipality, &body).await;
        assert_eq!(refused.is_problem(422, "invalid").body["errors"][0]["field"], json!(field), "{body}");
    }
    let unset = town.staff_ask(&tornio, "/municipalities/tornio/payee").await;
    assert_eq!(unset.body["payee"], Value::Null);
}

async fn what_is_written_keeps_its_account_and_the_level_of_its_reference(town: &Town) {
    let before = town.invoices_of_haparanda(1).await.pop().expect("an invoice");
    let (_, token) = town.new_token(&[Scope::Invoices], Some("haparanda")).await;
    let body = json!({"bankgiro": "5050-1055", "ocr": "fixed:12"});
    town.says_where(&token, "haparanda", &body).await.is(200);
    town.page_of(&before, Language::Sv).await.says("991-2346").says("200000198").says_not("5050-1055");
    town.clock.set("2026-10-30T17:00:00Z");
    let account = town.take_on("haparanda", company()).await;
    town.book_on(&town.ice_in_haparanda().later(120), &account).await;
    town.clock.set("2026-12-01T08:00:00Z");
    let after = town.issue("haparanda", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!((town.printed(&before), town.printed(&after)), ("200000198".into(), "000020000022".into()));
    town.page_of(&after, Language::Sv).await.says("5050-1055").says("000020000022").says_not("991-2346");
    // Each is paid by what it says, and not by what the other's level would make of it.
    assert_eq!(town.kronor_come("1", &before, "000020000014").await, None);
    assert_eq!(town.kronor_come("2", &before, "200000198").await, Some(before.id));
    assert_eq!(
        town.kronor_come("3", &after, "20000022").await,
        Some(after.id),
        "a bank has dropped the zeros"
    );
}

async fn at_each_level_an_invoice_is_paid_by_what_it_says(town: &Town) {
    let account = town.customer("haparanda", company()).await;
    for (place, level) in (0i64..).zip(["soft", "check", "length_and_check", "fixed:10", "fixed:8,12"]) {
        town.clock.set("2026-10-30T17:00:00Z");
        town.book_on(&town.ice_in_haparanda().later(60 * place), &account).await;
        town.clock.set("2026-12-01T08:00:00Z");
        town.at_level(level).await;
        let invoice = town.issue("haparanda", "2026-11-30").await.pop().expect("an invoice");
        let printed = town.printed(&invoice);
        let mut wrong = printed.clone();
        let last = wrong.pop().and_then(|digit| digit.to_digit(10)).expect("a digit");
        wrong.push(char::from_digit((last + 1) % 10, 10).expect("a digit"));
        let pays = async |what: &str, reference: &str| {
            town.kronor_come(&format!("{level} {what}"), &invoice, reference).await
        };
        assert_eq!(pays("wrong", &wrong).await, None, "{level}: {wrong}");
        let soft = (level == "soft").then_some(invoice.id);
        assert_eq!(pays("name", &format!(" haparanda-f{}", invoice.number)).await, soft, "{level}");
        assert_eq!(pays("printed", &printed).await, Some(invoice.id), "{level}: {printed}");
        let creditor = CreditorReference::of(&invoice.base()).to_string();
        assert_eq!(pays("rf", &creditor).await, Some(invoice.id), "{level}: {creditor}");
    }
}

async fn a_number_that_has_no_room_is_not_given(town: &Town) {
    let account = town.customer("haparanda", company()).await;
    town.book_on(&town.ice_in_haparanda(), &account).await;
    town.at_level("fixed:7").await;
    town.clock.set("2026-12-01T08:00:00Z");
    let through = "2026-11-30".parse().expect("a date");
    let issuing = Issuing { municipality: "haparanda", customer: None, through };
    let refused = invoice::issue(&town.services, &Staff::operator(), &issuing).await;
    assert!(matches!(refused, Err(IssueError::NoRoom)), "{refused:?}");
    town.at_level("fixed:8").await;
    assert_eq!(town.issue("haparanda", "2026-11-30").await[0].number, 1);
}

async fn what_is_paid_says_no_more_how(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let booked_on = "2026-12-01".parse().expect("a date");
    let line = BankLine {
        key: "1".to_owned(),
        booked_on,
        amount: invoice.gross,
        instructed: None,
        reference: "200 00019".to_owned(),
    };
    invoice::register(&town.services, &Staff::operator(), "tornio", &line).await.expect("taken");
    town.page_of(&invoice, Language::Fi).await.says("Maksettu").says_not("Maksutiedot");
}

async fn a_demonstration_says_that_its_account_is_nobodys(town: &Town) {
    catalogue::seed(&town.services, true).await.expect("the seed files");
    let account = customer::make(&town.services, &Staff::operator(), "tornio", club(eur(5000_00))).await;
    town.book_on(
        &town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-25 03:00", 60),
        &account.expect("a customer"),
    )
    .await;
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    town.page_of(&invoice, Language::Fi)
        .await
        .says("Tämä on esittely, ja tilinumero on keksitty. Älä maksa laskua. Maksettavaa");
    town.page_of(&invoice, Language::Sv).await.says("Betala inte fakturan.");
    assert!(town.letter("Lasku TORNIO-F1").await.text.contains("Älä maksa laskua."));
    // What staff have said stays.
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let body = json!({"iban": "FI7944052020036082", "bic": "DEMOFIHH"});
    town.says_where(&token, "tornio", &body).await.is(200);
    catalogue::seed(&town.services, true).await.expect("the seed files");
    let kept = town.staff_ask(&token, "/municipalities/tornio/payee").await;
    assert_eq!((&kept.body["payee"]["iban"], &kept.body["payee"]["demo"]), (&body["iban"], &json!(false)));
}
