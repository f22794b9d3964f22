"""SSH as a client: nothing of the running user's configuration, keys or agent; a pinned host key or no login."""
