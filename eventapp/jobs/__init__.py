"""Background work: a job row in the operation's transaction, then the queue, then the worker."""
