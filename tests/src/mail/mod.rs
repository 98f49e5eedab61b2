mod letters;
mod outbox;
mod smtp;
