//! A central bank on this machine, which publishes what the story says.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::{net::TcpListener, task::JoinHandle};
use vayla_services::rate::Bank;

/// What it has and what it was asked.
#[derive(Default)]
struct Desk {
    /// Days and figures, the latest last.
    published: Vec<(String, String)>,
    closed: bool,
    /// The file's name and the status of the answer.
    asked: Vec<(String, u16)>,
}

pub struct FakeBank {
    desk: Arc<Mutex<Desk>>,
    server: JoinHandle<()>,
    pub url: String,
}

impl FakeBank {
    pub async fn open() -> Self {
        let desk = Arc::<Mutex<Desk>>::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/stats/eurofxref", listener.local_addr().expect("its number"));
        let router =
            Router::new().route("/stats/eurofxref/{file}", get(answer)).with_state(Arc::clone(&desk));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("to serve") });
        Self { desk, server, url }
    }

    pub fn bank(&self) -> Bank {
        Bank::new(&self.url).expect("an address")
    }

    /// The day's figure, or a corrected one.
    pub fn publish(&self, day: &str, figure: &str) {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        desk.published.retain(|(known, _)| known != day);
        desk.published.push((day.to_owned(), figure.to_owned()));
    }

    pub fn close(&self, closed: bool) {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).closed = closed;
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> Vec<(String, u16)> {
        std::mem::take(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner).asked)
    }
}

impl Drop for FakeBank {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(
    State(desk): State<Arc<Mutex<Desk>>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
    let response = respond(&desk, &file, &headers);
    desk.asked.push((file, response.status().as_u16()));
    response
}

fn respond(desk: &Desk, file: &str, headers: &HeaderMap) -> Response {
    if desk.closed {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let days = match file {
        "eurofxref-daily.xml" => desk.published.last().into_iter().collect::<Vec<_>>(),
        "eurofxref-hist-90d.xml" => desk.published.iter().rev().collect(),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let cubes: String = days
        .iter()
        .map(|(day, figure)| {
            format!("<Cube time='{day}'><Cube currency='USD' rate='1.1'/><Cube currency='SEK' rate='{figure}'/></Cube>")
        })
        .collect();
    let text = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube>{cubes}</Cube></gesmes:Envelope>"#
    );
    let etag = format!("\"{}-{:?}\"", days.len(), days.first());
    let etag = etag.replace(['(', ')', ' ', ',', '"'], "");
    let etag = format!("\"{etag}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    ([(header::ETAG, etag), (header::CONTENT_TYPE, "text/xml".to_owned())], text).into_response()
}
