"""Watching: who is asked, when, by which collector, and what the answers mean."""
