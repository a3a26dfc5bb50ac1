"""Mail: an outbox written in the operation's own transaction, and its delivery by the worker."""
