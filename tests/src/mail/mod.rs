mod letters;
mod outbox;
