mod halls;
mod hustle;
mod race;
mod rules;
mod searching;
