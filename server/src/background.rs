//! What happens by itself: letters go out, holds run out, closures go on, places are read again.

use std::{future::Future, time::Duration};

use tokio::{task::JoinHandle, time::MissedTickBehavior};
use vayla_services::{
    DbError, Services, closure, idempotency, occupancy,
    outbox::{self, Queue},
    waiting,
};

/// Starts the loops. They end when their handles are aborted or the process does; whatever they
/// were at is found again by the next.
#[must_use]
pub fn start(services: &Services) -> Vec<JoinHandle<()>> {
    let every = |seconds| Duration::from_secs(seconds);
    let clone = || services.clone();
    vec![
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
        repeat("idempotency", every(3600), clone(), |s| async move {
            idempotency::forget_old(&s, s.clock.now()).await
        }),
        repeat("waiting", every(3600), clone(), |s| async move { waiting::forget_ended(&s).await }),
    ]
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
