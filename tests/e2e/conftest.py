"""The product in the lab, for every test of this folder."""

from collections.abc import Iterator

import pytest

from tests.e2e.person import Person
from tests.lab.lab import Lab
from tests.lab.product import Product


@pytest.fixture(scope="module")
def product(lab: Lab) -> Iterator[Product]:
    """A fresh product on the scanner's machine: no network confirmed, nothing known."""
    with Product(lab) as running:
        yield running


@pytest.fixture
def person(product: Product) -> Iterator[Person]:
    """The first admin, logged in."""
    with Person(product) as admin:
        yield admin
