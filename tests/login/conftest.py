"""One provider and one shared app for the tests of the login."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.login import provider as providers
from tests.login import shared


@pytest.fixture(scope="session")
def provider() -> Iterator[providers.Provider]:
    with providers.running() as running:
        yield running


@pytest.fixture(scope="session")
def shared_app(provider: providers.Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[shared.SharedApp]:
    running = shared.start(tmp_path_factory.mktemp("shared"), provider)
    yield running
    running.stop()
