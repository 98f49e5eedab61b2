use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;
use vayla_domain::{Language, money::VatRate};
use vayla_services::{
    invoice::{self, Issuing},
    staff::{Scope, Staff},
};

use super::{a_month_of, club, company};
use crate::{
    Town,
    api::caller::read,
    eur,
    pages::browser::Visitor,
    receipt::{pdf_fact, pdf_text, says_in_order},
};

on_both_engines! {
    a_months_use_is_one_invoice_that_the_books_know,
    each_booking_has_its_own_where_that_is_wished_and_the_number_is_swedish,
    what_is_cancelled_late_is_charged_in_part_and_in_time_not_at_all,
    only_what_is_over_is_invoiced_and_once,
    the_tax_is_that_of_the_day_of_use,
    it_is_read_by_its_link_and_as_a_file_in_both_languages,
    a_long_invoice_has_many_pages_with_the_heads_repeated,
    one_that_cannot_be_written_keeps_nobody_from_theirs,
    invoices_of_many_at_once_have_no_gap,
    cut_off_while_one_is_written_no_number_is_lost,
    only_who_may_writes_invoices,
}

async fn a_months_use_is_one_invoice_that_the_books_know(town: &Town) {
    let (account, invoice) = a_month_of(town).await;
    assert_eq!((invoice.number, invoice.name().as_str(), invoice.customer), (1, "TORNIO-F1", account.id));
    assert_eq!(invoice.lines.len(), 2);
    assert_eq!(invoice.due_on.to_string(), "2026-12-22");
    let sum: i64 = invoice.lines.iter().map(|line| line.gross.minor).sum();
    assert_eq!(invoice.gross, eur(sum));
    assert_eq!(town.balance_of("tornio", "receivable").await, sum);
    assert_eq!(town.balance_of("tornio", "vat").await, -invoice.vat.minor);
    assert_eq!(town.balance_of("tornio", "income").await, invoice.vat.minor - sum);
    let letter = town.letter("Lasku TORNIO-F1").await;
    assert_eq!(letter.to_address, "kassa@example.fi");
    for said in ["Merkitse maksuun viite 200 00019.", "eräpäivä 22.12.2026", "/fi/lasku/"] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    assert!(town.issue("tornio", "2026-11-30").await.is_empty(), "nothing is invoiced twice");
}

async fn each_booking_has_its_own_where_that_is_wished_and_the_number_is_swedish(town: &Town) {
    let account = town.customer("haparanda", company()).await;
    let time = town.ice_in_haparanda();
    town.book_on(&time, &account).await;
    town.book_on(&time.later(60), &account).await;
    town.clock.set("2026-12-01T08:00:00Z");
    let invoices = town.issue("haparanda", "2026-11-30").await;
    assert_eq!(invoices.iter().map(|invoice| invoice.number).collect::<Vec<_>>(), [1, 2]);
    assert!(invoices.iter().all(|invoice| invoice.vat.minor == 0), "a municipality's sport is exempt");
    let letter = town.letter("Faktura HAPARANDA-F2").await;
    // Base 2000002, nine digits in all, then the check digit.
    assert!(letter.text.contains("Ange 200000297 som referens"), "{}", letter.text);
}

async fn what_is_cancelled_late_is_charged_in_part_and_in_time_not_at_all(town: &Town) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let (early, late) = (
        town.book_on(&town.ice_by_day(), &account).await,
        town.book_on(&town.ice_in_tornio(), &account).await,
    );
    assert_eq!(town.cancel(early.id).await.refunds, []);
    town.clock.set("2026-11-03T16:00:00Z");
    assert_eq!(town.cancel(late.id).await.refunds, []);
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!(invoice.lines.len(), 1);
    assert_eq!((invoice.lines[0].booking, invoice.lines[0].price), (late.id, late.total));
    assert_eq!(invoice.gross, late.total.percent(50));
}

async fn only_what_is_over_is_invoiced_and_once(town: &Town) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let time = town.ice_in_tornio();
    town.book_on(&time, &account).await;
    town.clock.set_to(time.end - chrono::TimeDelta::seconds(1));
    assert!(town.issue("tornio", "2026-12-31").await.is_empty());
    town.clock.set_to(time.end);
    assert!(town.issue("tornio", "2026-11-03").await.is_empty(), "the day before");
    let (one, other) = tokio::join!(town.issue("tornio", "2026-11-04"), town.issue("tornio", "2026-11-04"));
    assert_eq!(one.len() + other.len(), 1);
    assert_eq!(town.count("SELECT COUNT(*) FROM invoice").await, 1);
}

async fn the_tax_is_that_of_the_day_of_use(town: &Town) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    town.taxed_in_november("10").await;
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    let VatRate::Percent(rate) = invoice.lines[0].vat_rate else { panic!("a rate") };
    assert_eq!(rate.to_string(), "10");
    assert_eq!(invoice.gross, booking.total, "the price is as agreed");
    assert_eq!(invoice.lines[0].tax_point.to_string(), "2026-11-04");
}

async fn it_is_read_by_its_link_and_as_a_file_in_both_languages(town: &Town) {
    let (_, invoice) = a_month_of(town).await;
    let token = town.services.secret.invoice_token(invoice.id);
    let page = Visitor::new(town, Language::Fi).get(&format!("/fi/lasku/{token}")).await;
    page.is(200).says("Lasku TORNIO-F1 Tornion kaupunki Y-tunnus 0193524-6").says("Tornion Palloveikot ry");
    page.says("Eräpäivä 22.12.2026").says("Arvonlisävero määräytyy käyttöpäivän mukaan.");
    Visitor::new(town, Language::Sv)
        .get(&format!("/sv/faktura/{token}"))
        .await
        .is(200)
        .says("Faktura TORNIO-F1");
    Visitor::new(town, Language::Sv).get("/sv/faktura/abc").await.is(404);
    let open = |language, path: &str| {
        town.client.get(format!("{}/{language}/{path}/{token}/pdf", town.base_url)).send()
    };
    let file = open("fi", "lasku").await.expect("an answer").bytes().await.expect("a file");
    assert_eq!(
        (pdf_fact(&file, "Tagged"), pdf_fact(&file, "Title")),
        ("yes".to_owned(), "Lasku TORNIO-F1".to_owned())
    );
    let sum = vayla_locales::format::money(Language::Fi, invoice.gross);
    let expected = [
        "Lasku TORNIO-F1",
        "Laskun päiväys 1.12.2026 Laskun numero TORNIO-F1 Asiakas Tornion Palloveikot ry",
        "Maksettavaa",
        &sum,
        "Eräpäivä 22.12.2026",
        "Viitenumero 200 00019",
        "4.11.2026 14.00–15.00 Suomen aikaa",
        "4.11.2026 18.00–19.00 Suomen aikaa",
        "Yhteensä",
        "Arvonlisävero 13,5 %",
        "RF43 2000 0019",
    ];
    says_in_order(&pdf_text(&file), &expected);
    let swedish = open("sv", "faktura").await.expect("an answer").bytes().await.expect("a file");
    says_in_order(
        &pdf_text(&swedish),
        &["Faktura TORNIO-F1", "Att betala", "Förfallodag 2026-12-22", "finsk tid"],
    );
}

async fn a_long_invoice_has_many_pages_with_the_heads_repeated(town: &Town) {
    let account = town.customer("tornio", club(eur(100_000_00))).await;
    let first = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 00:00", 60);
    for hour in 0..60 {
        let request = Town::request_of(&first.later(60 * hour), &account);
        let held = town.hold(request).await;
        let code = town.services.secret.customer_code(account.id);
        town.put_on(&held, &code).await.expect("on the account");
    }
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    assert_eq!(invoice.lines.len(), 60);
    let token = town.services.secret.invoice_token(invoice.id);
    let address = format!("{}/sv/faktura/{token}/pdf", town.base_url);
    let file = town.client.get(address).send().await.expect("an answer").bytes().await.expect("a file");
    let pages: usize = pdf_fact(&file, "Pages").parse().expect("a number");
    assert!((3..=6).contains(&pages), "{pages}");
    assert_eq!(pdf_text(&file).matches("Utan moms").count(), pages, "the heads stand on each page");
}

async fn one_that_cannot_be_written_keeps_nobody_from_theirs(town: &Town) {
    let first = town.customer("tornio", club(eur(5000_00))).await;
    let second = town.customer("tornio", club(eur(5000_00))).await;
    let time = town.ice_in_tornio();
    town.book_on(&time, &first).await;
    town.book_on(&time.later(60), &second).await;
    town.clock.set("2026-12-01T08:00:00Z");
    let speaks = async |language: &'static str| {
        crate::sql!(town, c => sqlx::query("UPDATE customer SET language = $2 WHERE id = $1")
            .bind(first.id).bind(language).execute(c).await.map(drop))
        .expect("another language");
    };
    speaks("en").await;
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let body = json!({"municipality": "tornio", "through": "2026-11-30"});
    let issued = town.staff_tell(&token, "/invoices", &body).await;
    let issued = &issued.is(201).body;
    let (written, failed) = (&issued["written"], &issued["failed"]);
    assert_eq!(
        (written[0]["customer"].as_str(), written[1].is_null()),
        (Some(&*second.id.to_string()), true)
    );
    assert_eq!((&failed[0]["customer"], &failed[0]["code"]), (&json!(first.id), &json!("internal")));
    assert_eq!(failed[0]["customer_name"], "Tornion Palloveikot ry");
    speaks("fi").await;
    let again = town.issue("tornio", "2026-11-30").await;
    assert_eq!((again.len(), again[0].customer, again[0].number), (1, first.id, 2));
}

async fn cut_off_while_one_is_written_no_number_is_lost(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    town.clock.set("2026-12-01T08:00:00Z");
    let hindrance = town.hindrance_at("outbox").await;
    let services = town.services.clone();
    let writing = tokio::spawn(async move {
        let through = "2026-11-30".parse().expect("a date");
        let issuing = Issuing { municipality: "tornio", customer: None, through };
        invoice::issue(&services, &Staff::operator(), &issuing).await
    });
    town.until_stopped(1).await;
    writing.abort();
    assert!(writing.await.is_err_and(|cut| cut.is_cancelled()));
    hindrance.end().await;
    assert_eq!(town.postings(booking.id).await.len(), 0);
    let numbers = "SELECT COUNT(*) + COALESCE(MAX(number), 0) FROM invoice";
    assert_eq!(town.count(numbers).await, 0, "nothing is half done");
    assert_eq!(town.issue("tornio", "2026-11-30").await[0].number, 1);
}

async fn invoices_of_many_at_once_have_no_gap(town: &Town) {
    let first = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 00:00", 60);
    let mut customers = Vec::new();
    for hour in 0..12 {
        let account = town.customer("tornio", club(eur(5000_00))).await;
        town.book_on(&first.later(60 * hour), &account).await;
        customers.push(account.id);
    }
    town.clock.set("2026-12-01T08:00:00Z");
    let mut writing = JoinSet::new();
    for customer in customers {
        let services = town.services.clone();
        writing.spawn(async move {
            let through = "2026-11-30".parse().expect("a date");
            let issuing = Issuing { municipality: "tornio", customer: Some(customer), through };
            let issued = invoice::issue(&services, &Staff::operator(), &issuing).await;
            issued.expect("an invoice").written.len()
        });
    }
    assert!(writing.join_all().await.iter().all(|written| *written == 1));
    let numbers: Vec<i64> =
        crate::sql!(town, c => sqlx::query_scalar("SELECT number FROM invoice ORDER BY number").fetch_all(c).await)
            .expect("the numbers");
    assert_eq!(numbers, (1..=12).collect::<Vec<i64>>());
}

async fn only_who_may_writes_invoices(town: &Town) {
    let body = json!({"municipality": "tornio", "through": "2026-11-30"});
    for (scope, municipality) in [(Scope::Refunds, None), (Scope::Invoices, Some("haparanda"))] {
        let (_, token) = town.new_token(&[scope], municipality).await;
        town.staff_tell(&token, "/invoices", &body).await.is_problem(403, "forbidden");
        town.staff_ask(&token, "/invoices?municipality=tornio").await.is_problem(403, "forbidden");
        town.staff_ask(&token, "/customers?municipality=tornio").await.is_problem(403, "forbidden");
    }
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    let (_, invoice) = a_month_of(town).await;
    let listed = town.staff_ask(&token, "/invoices?municipality=tornio").await;
    assert_eq!(listed.is(200).body["items"][0]["name"], "TORNIO-F1");
    let shown = town.staff_ask(&token, &format!("/invoices/{}", invoice.id)).await;
    assert_eq!(shown.is(200).body["lines"].as_array().map(Vec::len), Some(2));
    let nobody = read(town.call(Method::GET, "/staff/invoices?municipality=tornio")).await;
    nobody.is_problem(401, "token_missing");
}
