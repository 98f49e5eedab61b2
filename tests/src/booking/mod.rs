mod across_the_river;
mod cancelling;
mod holding;
mod refusing;
