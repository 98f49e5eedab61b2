//! The real program, as whoever runs it starts it.

use std::{
    fs::OpenOptions,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{
    Engine,
    harness::{folder::Folder, template},
};

/// Makes the tests `story::sqlite` and `story::postgres` of each story told of the program alone.
macro_rules! of_the_program {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[test]
            fn sqlite() {
                $crate::server::program::tell_of($crate::Engine::Sqlite, super::$story);
            }

            #[test]
            fn postgres() {
                $crate::server::program::tell_of($crate::Engine::Postgres, super::$story);
            }
        })+
    };
}
pub(super) use of_the_program;

/// Tells a story of a database that holds the places, by its address, and a folder, both its own.
pub fn tell_of(engine: Engine, story: impl AsyncFnOnce(&str, &Path)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let folder = Folder::make();
        let url = match engine {
            Engine::Sqlite => template::sqlite_copy(folder.path()).await,
            Engine::Postgres => template::postgres_copy().await,
        };
        story(&url, folder.path()).await;
        if engine == Engine::Postgres {
            template::drop_postgres(&url).await;
        }
    });
}

/// The real program, beside the tests' own.
fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("the tests' own program");
    let folder = tests.parent().and_then(Path::parent).expect("target/PROFILE");
    let program = folder.join("vayla");
    let release = if folder.ends_with("release") { " --release" } else { "" };
    assert!(
        program.exists(),
        "{} isn't there: `cargo build -p vayla-server --bins{release}` builds it",
        program.display()
    );
    program
}

fn command(url: &str, folder: &Path) -> Command {
    let mut command = Command::new(program());
    command
        .env("VAYLA_DATABASE_URL", url)
        .env("VAYLA_LISTEN", "127.0.0.1:0")
        .env("VAYLA_SECRET_FILE", folder.join("secret"))
        .env("VAYLA_MAIL_FOLDER", folder.join("mail"))
        .env("VAYLA_CLOCK", "2026-10-30T17:00:00Z")
        .env("VAYLA_LOG", "error")
        .env_remove("VAYLA_RATES_URL")
        .stdin(Stdio::null());
    command
}

/// Runs a command: its exit code and what it prints.
pub fn run(url: &str, folder: &Path, command_line: &[&str]) -> (Option<i32>, String) {
    run_with(url, folder, &[], command_line)
}

/// The same with settings besides, or in place of the usual ones.
pub fn run_with(
    url: &str,
    folder: &Path,
    settings: &[(String, String)],
    command_line: &[&str],
) -> (Option<i32>, String) {
    let mut command = command(url, folder);
    let (code, printed, _) = told(command.envs(settings.iter().cloned()).args(command_line));
    (code, printed)
}

/// The same as [`run`], with what it prints as an error.
pub fn run_telling(url: &str, folder: &Path, command_line: &[&str]) -> (Option<i32>, String, String) {
    told(command(url, folder).args(command_line))
}

fn told(command: &mut Command) -> (Option<i32>, String, String) {
    let done = command.output().expect("the program to run");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code(), text(&done.stdout), text(&done.stderr))
}

/// It serves until it is dropped.
pub struct Program {
    child: Child,
    pub address: String,
}

impl Program {
    pub fn start(url: &str, folder: &Path) -> Self {
        Self::start_with(url, folder, &[])
    }

    /// With settings besides, or in place of the usual ones.
    pub fn start_with(url: &str, folder: &Path, settings: &[(String, String)]) -> Self {
        let mut command = command(url, folder);
        command.envs(settings.iter().cloned());
        Self::serve(command)
    }

    /// The same, and all that it has to say goes to a file.
    pub fn start_logging(url: &str, folder: &Path, settings: &[(String, String)], log: &Path) -> Self {
        let file = OpenOptions::new().create(true).append(true).open(log).expect("a file for the log");
        let mut command = command(url, folder);
        command.envs(settings.iter().cloned()).env("VAYLA_LOG", "trace").stderr(file);
        Self::serve(command)
    }

    fn serve(mut command: Command) -> Self {
        command.arg("serve").stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program to start");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("its first line");
        let address = line.trim().strip_prefix("Väylä: ").map(str::to_owned);
        let Some(address) = address else {
            let _ = child.kill();
            panic!("it says where it listens, and not {line:?}")
        };
        Self { child, address }
    }
}

impl Drop for Program {
    /// SIGKILL: it has no chance to tidy up.
    fn drop(&mut self) {
        self.child.kill().expect("to kill it");
        self.child.wait().expect("its end");
    }
}
