//! What the clocks on the walls show on one day, worked out once for all cells.

use std::{ops::RangeInclusive, sync::Arc};

use vayla_domain::time::LocalDay;
use vayla_services::{catalogue::Municipality, wording};

use crate::ui::Ctx;

/// The walls of all zones in the valley, that of the day's own first.
pub struct Walls {
    /// The first quarter known, counted from the day's midnight.
    first: i64,
    walls: Vec<Wall>,
}

struct Wall {
    town: Arc<Municipality>,
    /// Whose time it is: `finsk tid`.
    label: String,
    /// At the beginning of each quarter.
    times: Vec<String>,
}

impl Walls {
    /// The walls at the beginning of each of the quarters, counted from the day's midnight.
    pub fn new(ctx: &Ctx, day: &LocalDay, own: &Arc<Municipality>, quarters: RangeInclusive<i64>) -> Self {
        let towns = std::iter::once(own).chain(&ctx.catalogue.municipalities);
        let mut walls: Vec<Wall> = Vec::new();
        for town in towns {
            if walls.iter().all(|wall| wall.town.zone != town.zone) {
                let at = |quarter| (day.span().start() + quarter).start();
                let time = |quarter| wording::time(ctx.language, at(quarter), town.zone);
                let (town, label) = (Arc::clone(town), ctx.words().clock_label(&town.country));
                walls.push(Wall { town, label, times: quarters.clone().map(time).collect() });
            }
        }
        Self { first: *quarters.start(), walls }
    }

    /// Whose times they are, one wall after the other.
    pub fn labels(&self) -> Vec<String> {
        self.walls.iter().map(|wall| wall.label.clone()).collect()
    }

    /// The time on a town's wall.
    pub fn time(&self, town: &Municipality, quarter: i64) -> &str {
        let wall = self.walls.iter().find(|wall| wall.town.zone == town.zone);
        wall.map_or("", |wall| self.of(wall, quarter))
    }

    /// The time on the day's own wall.
    pub fn own(&self, quarter: i64) -> &str {
        self.walls.first().map_or("", |wall| self.of(wall, quarter))
    }

    /// The times on all walls, divided by strokes.
    pub fn all(&self, quarter: i64) -> String {
        let times: Vec<&str> = self.walls.iter().map(|wall| self.of(wall, quarter)).collect();
        times.join("|")
    }

    /// The time on each of the other walls, and whose it is: `, 18:00 finsk tid`.
    pub fn others(&self, quarter: i64) -> String {
        let others = self.walls.iter().skip(1);
        others.map(|wall| format!(", {} {}", self.of(wall, quarter), wall.label)).collect()
    }

    fn of<'a>(&self, wall: &'a Wall, quarter: i64) -> &'a str {
        let place = usize::try_from(quarter - self.first).ok();
        place.and_then(|place| wall.times.get(place)).map_or("", String::as_str)
    }
}
