mod across_the_river;
mod cancelling;
mod holding;
mod moved_late;
mod moved_money;
mod moving;
mod moving_held;
mod refusing;
