"""How fast results become rows."""
