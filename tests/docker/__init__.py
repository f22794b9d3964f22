"""The containers, as far as files can tell."""
