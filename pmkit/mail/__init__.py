"""Post: messages, the outbox, and the only door to SMTP."""
