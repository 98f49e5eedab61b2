mod halls;
mod race;
mod searching;
