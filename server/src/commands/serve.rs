//! `vayla serve`.

use std::{net::SocketAddr, process::ExitCode};

use tokio::net::TcpListener;
use vayla_server::{background, config::Config, router};

use super::{Failure, open_services, say};

pub async fn serve(config: &Config) -> Result<ExitCode, Failure> {
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(|error| Failure(1, format!("can't listen at {}: {error}", config.listen)))?;
    let address = listener.local_addr()?;
    let base_url = config.base_url.clone().unwrap_or_else(|| local_url(address));
    let bank = super::rates::bank(config)?;
    let services = open_services(config, &base_url).await?;
    let loops = background::start(&services, bank);
    say(&format!("Väylä: {base_url}"));
    let app = router(&services, config.clock.is_some());
    axum::serve(listener, app).with_graceful_shutdown(asked_to_stop()).await?;
    loops.iter().for_each(tokio::task::JoinHandle::abort);
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

fn local_url(address: SocketAddr) -> String {
    if address.ip().is_loopback() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        interrupt.await.unwrap_or_default();
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
