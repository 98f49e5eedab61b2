//! Letters to customers about their codes.

use vayla_locales::{Words, format, words};

use super::invoice::{To, send_in};
use crate::{
    Services,
    customer::Account,
    db::{DbError, Tx},
};

/// To a new customer: the code by which one books on its account.
pub(crate) async fn customer_made_in(
    tx: &mut Tx,
    services: &Services,
    account: &Account,
) -> Result<(), DbError> {
    let (w, town) = (words(account.customer.language), town(services, account));
    let credit = format::money(account.customer.language, account.customer.credit);
    let mut lines = vec![w.mail_customer_intro(&town, &account.customer.name), String::new()];
    lines.extend(code(services, account, w));
    lines.push(w.mail_customer_terms(account.customer.terms_days, credit));
    lines.push(w.mail_customer_secret());
    to(tx, services, account, w.mail_customer_subject(town), lines).await
}

/// Another code is in place of the one before.
pub(crate) async fn customer_code_in(
    tx: &mut Tx,
    services: &Services,
    account: &Account,
) -> Result<(), DbError> {
    let (w, town) = (words(account.customer.language), town(services, account));
    let mut lines = vec![w.mail_customer_code_intro(&account.customer.name, &town), String::new()];
    lines.extend(code(services, account, w));
    lines.push(w.mail_customer_secret());
    to(tx, services, account, w.mail_customer_code_subject(town), lines).await
}

/// Nothing more is put on the account.
pub(crate) async fn customer_closed_in(
    tx: &mut Tx,
    services: &Services,
    account: &Account,
) -> Result<(), DbError> {
    let (w, town) = (words(account.customer.language), town(services, account));
    let lines =
        vec![w.mail_customer_closed_intro(&account.customer.name, &town), w.mail_customer_closed_rest()];
    to(tx, services, account, w.mail_customer_closed_subject(town), lines).await
}

fn code(services: &Services, account: &Account, w: &Words) -> Vec<String> {
    let code = account.code.map(|code| services.secret.customer_code(code)).unwrap_or_default();
    vec![code, String::new(), w.mail_customer_how()]
}

fn town(services: &Services, account: &Account) -> String {
    let catalogue = services.catalogue();
    let town = catalogue.municipality(&account.municipality);
    town.map(|town| town.details.legal_name.clone()).unwrap_or_default()
}

async fn to(
    tx: &mut Tx,
    services: &Services,
    account: &Account,
    subject: String,
    lines: Vec<String>,
) -> Result<(), DbError> {
    let customer = &account.customer;
    let to = To { name: &customer.name, address: &customer.email, language: customer.language };
    send_in(tx, services, &account.municipality, to, subject, lines).await
}
