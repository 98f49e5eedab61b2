//! What happens by itself: letters go out, holds run out, closures go on, places are read again, rates come in, deposits
//! go back.

use std::{future::Future, time::Duration};

use tokio::{task::JoinHandle, time::MissedTickBehavior};
use vayla_services::{
    DbError, Services, closure, deposit, idempotency, occupancy,
    outbox::{self, Queue},
    rate::{self, Bank, FetchError, Fetched},
    waiting,
};

/// Starts the loops. They end when their handles are aborted or the process does; whatever they
/// were at is found again by the next. Rates are fetched where it is said from where.
#[must_use]
pub fn start(services: &Services, bank: Option<Bank>) -> Vec<JoinHandle<()>> {
    let every = |seconds| Duration::from_secs(seconds);
    let clone = || services.clone();
    let rates = bank.map(|bank| {
        repeat("rates", every(60), clone(), move |s| {
            let bank = bank.clone();
            async move { fetch_rates(&s, &bank).await }
        })
    });
    let mut loops = vec![
        repeat("letters", every(1), clone(), |s| async move {
            outbox::deliver_due(&s, Queue::Letters).await.map(drop)
        }),
        repeat(
            "acts",
            every(1),
            clone(),
            |s| async move { outbox::deliver_due(&s, Queue::Acts).await.map(drop) },
        ),
        repeat("providers", every(1), clone(), |s| async move {
            outbox::deliver_due(&s, Queue::Providers).await.map(drop)
        }),
        repeat("holds", every(15), clone(), |s| async move { occupancy::sweep(&s).await.map(drop) }),
        repeat("places", every(5), clone(), |s| async move { s.refresh_catalogue().await }),
        repeat("closures", every(3600), clone(), |s| async move { closure::extend(&s).await.map(drop) }),
        repeat("deposits", every(600), clone(), |s| async move { deposit::return_due(&s).await.map(drop) }),
        repeat("idempotency", every(3600), clone(), |s| async move {
            idempotency::forget_old(&s, s.clock.now()).await
        }),
        repeat("waiting", every(3600), clone(), |s| async move { waiting::forget_ended(&s).await }),
    ];
    loops.extend(rates);
    loops
}

/// When the bank can't be asked, it is asked again later, after a pause that the service keeps.
async fn fetch_rates(services: &Services, bank: &Bank) -> Result<(), DbError> {
    match rate::fetch_due(services, bank).await {
        Ok(Fetched::NotDue) => {}
        Ok(Fetched::Unchanged) => tracing::info!("the bank has no newer rates yet"),
        Ok(Fetched::New { latest, new }) => tracing::info!(%latest, new, "rates fetched"),
        Err(FetchError::Db(error)) => return Err(error),
        Err(error) => tracing::warn!(%error, "rates will be fetched later"),
    }
    Ok(())
}

fn repeat<F>(
    name: &'static str,
    every: Duration,
    services: Services,
    work: impl Fn(Services) -> F + Send + 'static,
) -> JoinHandle<()>
where
    F: Future<Output = Result<(), DbError>> + Send,
{
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = work(services.clone()).await {
                tracing::warn!(name, %error, "will be tried again");
            }
        }
    })
}
