//! A running Väylä whose towns take their money in by Paytrail and Swish, as those are published.

use std::{
    collections::HashMap,
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
};

use chrono::TimeDelta;
use uuid::Uuid;
use vayla_domain::{Language, money::Currency};
use vayla_services::{
    booking::Booking,
    payment::{
        self, Next, Payment,
        provider::{Key, Paytrail, PaytrailAccount, Provider, Providers, Swish, SwishAccount},
    },
};

use super::{Engine, Town, town::runtime};
use crate::fakes::{MERCHANT, PAYEE, PaytrailFake, SECRET, SwishFake};

/// Both towns, Tornio with Paytrail and Haparanda with Swish.
pub struct Till {
    town: Town,
    pub paytrail: PaytrailFake,
    pub swish: SwishFake,
}

impl Deref for Till {
    type Target = Town;

    fn deref(&self) -> &Town {
        &self.town
    }
}

/// Tells a story, checks the books, and clears up whatever became of it.
pub fn tell_at_providers(engine: Engine, story: impl AsyncFn(&Till)) {
    let runtime = runtime();
    let till = runtime.block_on(Till::open(engine));
    let told = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            story(&till).await;
            till.check_books().await;
        });
    }));
    runtime.block_on(till.town.close());
    told.unwrap_or_else(|cause| resume_unwind(cause));
}

impl Till {
    async fn open(engine: Engine) -> Self {
        let (paytrail, swish) = (PaytrailFake::start().await, SwishFake::start().await);
        let town = Town::open_paid_by(engine, |base_url, clock| {
            let account = PaytrailAccount {
                merchant: MERCHANT.to_owned(),
                secret: Key::from_file(SECRET.as_bytes()).expect("a secret"),
                url: Some(paytrail.url.clone()),
                roots: None,
            };
            let tornio = Paytrail::new(account, base_url, clock).expect("Paytrail");
            let haparanda = Swish::new(swish_account(&swish), base_url).expect("Swish");
            let by_town: [(&str, Arc<dyn Provider>); 2] =
                [("tornio", Arc::new(tornio)), ("haparanda", Arc::new(haparanda))];
            let by_town = by_town.map(|(town, provider)| (town.to_owned(), provider));
            Providers::new(HashMap::from(by_town))
        });
        Self { town: town.await, paytrail, swish }
    }

    /// Opens a payment and asks the provider for it, as the pages do.
    pub async fn start(&self, booking: &Booking, currency: Currency) -> (Payment, Next) {
        let opened = self.open_payment(booking, currency).await;
        let next = payment::ask(&self.services, opened.id, Language::Fi).await.expect("a way to pay");
        (self.payment(opened.id).await, next)
    }

    /// The transaction at Paytrail of a payment, or of the series that it is paid with.
    #[must_use]
    pub fn transaction(&self, payment: &Payment) -> String {
        let stamp = order_id(payment).to_string();
        let known = self.paytrail.payments();
        known.iter().find(|known| known.stamp == stamp).expect("at Paytrail").transaction.clone()
    }

    /// The id that Swish knows a payment by.
    #[must_use]
    pub fn instruction(&self, payment: &Payment) -> String {
        format!("{:X}", order_id(payment).simple())
    }

    /// Time passes, and what is due is done, as the background loops would.
    pub async fn after_minutes(&self, minutes: i64) {
        for _ in 0..minutes * 2 {
            self.clock.advance(TimeDelta::seconds(30));
            self.deliver().await;
        }
    }

    /// What a browser is answered when it comes back from a provider's page: where it is led to.
    pub async fn come_back(&self, url: &str) -> (u16, String) {
        let answer = self.client.get(url).send().await.expect("an answer");
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
        (answer.status().as_u16(), to.to_owned())
    }
}

fn order_id(payment: &Payment) -> Uuid {
    payment.order.expect("an order")
}

/// With the certificates that Swish knows.
pub fn swish_account(swish: &SwishFake) -> SwishAccount {
    let identity = format!("{}\n{}", swish.certificates.client, swish.certificates.client_key);
    SwishAccount {
        payee: PAYEE.to_owned(),
        identity: Key::from_file(identity.as_bytes()).expect("an identity"),
        roots: Some(swish.certificates.ca.clone().into_bytes()),
        url: Some(swish.url.clone()),
    }
}
