//! Figures, and the table they are printed in. Whole numbers only, as everywhere.

use std::time::{Duration, Instant};

/// How often something was done, and how long each time took.
pub struct Figures {
    samples: Vec<Duration>,
    elapsed: Duration,
}

impl Figures {
    /// What several rounds measured; `elapsed` is the time on the wall, whatever ran at once.
    pub fn new(mut samples: Vec<Duration>, elapsed: Duration) -> Self {
        samples.sort_unstable();
        Self { samples, elapsed }
    }

    /// Does it again and again until the time is up, after a few times that don't count.
    pub async fn of(time: Duration, mut work: impl AsyncFnMut()) -> Self {
        const WARM_UP: u32 = 5;
        const TIMES_MAX: usize = 20_000;
        for _ in 0..WARM_UP {
            work().await;
        }
        let (began, mut samples) = (Instant::now(), Vec::new());
        while began.elapsed() < time && samples.len() < TIMES_MAX {
            let start = Instant::now();
            work().await;
            samples.push(start.elapsed());
        }
        Self::new(samples, began.elapsed())
    }

    pub fn quantile(&self, percent: usize) -> Duration {
        self.samples.get(self.samples.len() * percent / 100).copied().unwrap_or_default()
    }

    pub fn per_second(&self) -> u128 {
        self.samples.len() as u128 * 1_000_000 / self.elapsed.as_micros().max(1)
    }
}

/// What is aimed at, where anything is.
#[derive(Clone, Copy)]
pub enum Goal {
    None,
    Median(Duration),
    PerSecond(u128),
    /// Hundredths of the bare engine's rate.
    Share(u128),
}

/// One engine's figures.
pub struct Table {
    title: String,
    lines: Vec<String>,
    below: Vec<String>,
}

impl Table {
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), lines: Vec::new(), below: Vec::new() }
    }

    /// A row; `bare` is the engine doing the same without us, in the same run.
    pub fn row(&mut self, name: &str, figures: &Figures, bare: Option<&Figures>, goal: Goal) {
        let share = bare.map(|bare| figures.per_second() * 100 / bare.per_second().max(1));
        let met = match goal {
            Goal::None => true,
            Goal::Median(most) => figures.quantile(50) < most,
            Goal::PerSecond(least) => figures.per_second() > least,
            Goal::Share(least) => share.is_some_and(|share| share >= least),
        };
        let goal = match goal {
            Goal::None => String::new(),
            Goal::Median(most) => format!("median < {}", millis(most)),
            Goal::PerSecond(least) => format!("> {least} a second"),
            Goal::Share(least) => format!("≥ {} of bare", hundredths(least)),
        };
        self.lines.push(format!(
            "{name:<44}{:>10}{:>10}{:>10}{:>10}   {goal}{}",
            millis(figures.quantile(50)),
            millis(figures.quantile(95)),
            figures.per_second(),
            share.map(hundredths).unwrap_or_default(),
            if met { "" } else { "  MISSED" },
        ));
    }

    /// A line below the table.
    pub fn note(&mut self, text: String) {
        self.below.push(text);
    }

    #[expect(clippy::print_stdout, reason = "what the program was asked for")]
    pub fn print(&self) {
        println!("\n{}\n", self.title);
        println!("{:<44}{:>10}{:>10}{:>10}{:>10}   goal", "ms", "median", "p95", "a second", "of bare");
        self.lines.iter().chain(&self.below).for_each(|line| println!("{line}"));
    }
}

fn millis(time: Duration) -> String {
    format!("{}.{:02}", time.as_millis(), time.as_micros() % 1000 / 10)
}

fn hundredths(share: u128) -> String {
    format!("{}.{:02}", share / 100, share % 100)
}
