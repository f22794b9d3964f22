"""The history part of the API."""
