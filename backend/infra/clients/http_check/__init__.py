"""One HTTP request on a connection of its own, with the time of every phase: made for checks, not for browsing."""
