mod across_the_river;
mod cancelling;
mod holding;
mod moved_money;
mod moving;
mod refusing;
