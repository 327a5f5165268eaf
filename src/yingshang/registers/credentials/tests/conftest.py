"""One signing process for all tests of this package; it leaves when nobody asks for a while."""

import pytest


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("credentials-seal")


@pytest.fixture
def sealing(seal_folder, settings, tmp_path, monkeypatch):
    """A data folder of this test, with the seal of all of them."""
    monkeypatch.setenv("YS_SEAL_QUIET", "20")
    settings.YS_DATA_DIR = tmp_path
    (tmp_path / "seal").symlink_to(seal_folder)
    return seal_folder
