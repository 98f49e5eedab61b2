//! Real providers, as they are published: what becomes of payments and refunds whatever goes wrong on the way.

mod asking;
mod calls;
mod checking;
pub(crate) mod crossing;
mod life;
mod repaying;
mod series;
mod settings;
mod settling;
mod staff;
mod unknown;
