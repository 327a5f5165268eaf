"""What is not ours is named, licensed and unchanged."""

import hashlib
import json
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[1] / "static"
ENTRIES = json.loads((STATIC / "vendor" / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_the_manifest_says_what_each_file_is(entry):
    assert all(entry[key] for key in ("name", "version", "license", "license_file", "sha256"))
    assert hashlib.sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert "Permission is hereby granted" in (STATIC / entry["license_file"]).read_text(encoding="utf-8")


def test_nothing_else_is_vendored():
    named = {entry["file"] for entry in ENTRIES} | {entry["license_file"] for entry in ENTRIES}
    lying = {str(path.relative_to(STATIC)) for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    assert lying - named == {"vendor/manifest.json"}


def test_the_style_sheet_brings_no_fonts_and_no_crown():
    sheet = (STATIC / "web" / "yingshang.css").read_text(encoding="utf-8")
    assert "@font-face" not in sheet
    assert "url(" not in sheet.replace("url(data:", "")
    assert not any(word in sheet for word in ("GDS Transport", "crown"))
