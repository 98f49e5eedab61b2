//! A browser that does nothing but ask: HTTP/1.1 over connections that stay open.

use std::time::{Duration, Instant};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::table::Figures;

const CONNECTIONS: usize = 8;
const TIMES_MAX: usize = 20_000;

/// Asks for the pages in turn over several connections; says how large the first is too.
pub async fn load(address: &str, paths: &[String], time: Duration) -> (Figures, usize) {
    let mut browser = Browser::open(address).await;
    let size = browser.get(&paths[0]).await;
    let began = Instant::now();
    let browsers: Vec<_> = (0..CONNECTIONS)
        .map(|_| tokio::spawn(browse(address.to_owned(), paths.to_vec(), began + time)))
        .collect();
    let mut samples = Vec::new();
    for browser in browsers {
        samples.extend(browser.await.expect("a browser that doesn't panic"));
    }
    (Figures::new(samples, began.elapsed()), size)
}

async fn browse(address: String, paths: Vec<String>, until: Instant) -> Vec<Duration> {
    let (mut browser, mut samples) = (Browser::open(&address).await, Vec::new());
    for path in paths.iter().cycle().take(TIMES_MAX) {
        let start = Instant::now();
        if start >= until {
            break;
        }
        browser.get(path).await;
        samples.push(start.elapsed());
    }
    samples
}

struct Browser {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Browser {
    async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server to listen");
        stream.set_nodelay(true).expect("a socket");
        Self { stream, buffer: Vec::new() }
    }

    /// The size of the page in bytes.
    async fn get(&mut self, path: &str) -> usize {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await.expect("to send");
        self.buffer.clear();
        let head = loop {
            if let Some(end) = self.buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break end + 4;
            }
            self.read().await;
        };
        let headers = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
        assert!(headers.starts_with("http/1.1 200"), "{path}: {headers}");
        let length = headers.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.and_then(|length| length.trim().parse().ok()).expect("its length");
        while self.buffer.len() < head + length {
            self.read().await;
        }
        length
    }

    async fn read(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.expect("an answer");
        assert!(read > 0, "the server hung up");
    }
}
