//! The new time as typed.

use std::sync::Arc;

use serde::Deserialize;
use vayla_services::{booking::Booking, catalogue::Space};

use crate::{booking::when::WhenFields, ui::Ctx};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MoveFields {
    /// By its name in addresses.
    space: String,
    #[serde(flatten)]
    pub when: WhenFields,
    /// The name of the quote that was shown.
    pub quote: String,
    pub switch: String,
}

impl MoveFields {
    /// The space of the booking's facility that is meant; the booking's own where none is.
    pub fn space(&self, ctx: &Ctx, booking: &Booking) -> Arc<Space> {
        let spaces = &mut ctx.catalogue.spaces_of(&booking.space.facility);
        Arc::clone(spaces.find(|space| space.slug == self.space).unwrap_or(&booking.space))
    }

    /// With what wasn't said: the booking's own time.
    pub fn filled(mut self, ctx: &Ctx, booking: &Booking, space: &Space) -> Self {
        if self.when.says_no_time() {
            self.when = self.when.starting(ctx, space, booking.starts_at());
        }
        if self.when.minutes.is_empty() {
            self.when.minutes = booking.span.minutes().to_string();
        }
        self
    }
}
