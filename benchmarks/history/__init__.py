"""Charts from roll-ups beside the rows themselves."""
