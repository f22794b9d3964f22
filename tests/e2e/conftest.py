"""The product in the lab, for every test of this folder."""

from collections.abc import Iterator

import pytest

from tests.e2e.person import Person
from tests.e2e.survey import NETWORKS
from tests.lab.lab import Lab
from tests.lab.product import Product


@pytest.fixture(scope="session")
def product(lab: Lab) -> Iterator[Product]:
    """A product on the scanner's machine that may scan the lab."""
    with Product(lab) as running:
        with Person(running) as admin:
            admin.allow(*NETWORKS)
        yield running


@pytest.fixture
def person(product: Product) -> Iterator[Person]:
    """The first admin, logged in."""
    with Person(product) as admin:
        yield admin
