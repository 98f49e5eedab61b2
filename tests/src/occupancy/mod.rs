mod halls;
mod hustle;
mod race;
mod searching;
