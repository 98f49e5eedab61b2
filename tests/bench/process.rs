//! The program itself, as a process of its own: pages, start-up, memory, size.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    data::{FACILITIES, WEDNESDAY, slug},
    pages,
    place::{BEGINS, Place},
    table::{Goal, Table},
};

const MEGABYTE: u64 = 1_000_000;

pub async fn measure(place: &Place, table: &mut Table, time: Duration) {
    let program = program();
    let began = Instant::now();
    let mut server = Server::start(place, &program);
    let started = began.elapsed();
    let day = |place: &str| ["dag", "paiva"].map(|word| path(word, &format!("{place}/{WEDNESDAY}"))).to_vec();
    let facilities = (0..FACILITIES).flat_map(|number| day(&slug(number))).collect();
    let towns = ["haparanda", "tornio"].into_iter().flat_map(day).collect();
    let searches = ["sv", "fi"].map(|language| format!("/{language}/?date={WEDNESDAY}")).to_vec();
    for (name, paths, goal) in [
        ("day grid of a facility, 4 spaces", facilities, Goal::PerSecond(2000)),
        ("day grid of a town, 25 spaces", towns, Goal::None),
        ("search page, 7 days of all", searches, Goal::None),
    ] {
        let (figures, size) = pages::load(&server.address, &paths, time).await;
        table.row(&format!("{name}: {} kB", size / 1000), &figures, None, goal);
    }
    table.note(format!(
        "the server: started in {} ms, {} MB resident after the pages, {} MB at most (goal < 100), program {} MB",
        started.as_millis(),
        server.memory("VmRSS:") / MEGABYTE,
        server.memory("VmHWM:") / MEGABYTE,
        fs::metadata(&program).expect("the program's file").len() / MEGABYTE,
    ));
    server.stop();
}

fn path(word: &str, rest: &str) -> String {
    let language = if word == "dag" { "sv" } else { "fi" };
    format!("/{language}/{word}/{rest}")
}

/// `target/release/vayla`, beside this program's own folder.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("this program's own file");
    let program = own.ancestors().nth(2).map(|folder| folder.join("vayla"));
    program.filter(|program| program.exists()).expect("the program: cargo build --release -p vayla-server")
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts the program and waits for its word that it listens.
    fn start(place: &Place, program: &PathBuf) -> Self {
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--clock", BEGINS])
            .arg("--database-url")
            .arg(&place.database_url)
            .arg("--mail-folder")
            .arg(place.folder.join("mail"))
            .arg("--secret-file")
            .arg(place.folder.join("secret"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program to start");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its address");
        let port = line.trim().rsplit(':').next().expect("a port");
        Self { address: format!("127.0.0.1:{port}"), child }
    }

    /// Bytes of memory, by its name in Linux' `/proc/…/status`.
    fn memory(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kibibytes: u64 = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0);
        kibibytes * 1024
    }

    fn stop(&mut self) {
        self.child.kill().expect("to stop it");
        self.child.wait().expect("it to be gone");
    }
}
