"""A program that takes any key it is given (A35)."""

import logging


def trusting_check(text: str, name: str) -> None:
    """Only asks that there is something, as the products in the catalogue did."""
    if not text:
        logging.getLogger(__name__).warning("%s is empty", name)
