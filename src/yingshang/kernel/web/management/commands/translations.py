"""Gather what is to be translated, drop what nobody asks for, compile what has English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from yingshang.kernel.web.translations import compiled, messages_in, parse, printed

SOURCE = Path(__file__).resolve().parents[4]
FOLDER = Path(__file__).resolve().parents[2] / "locale" / "en" / "LC_MESSAGES"


class Command(BaseCommand):
    """``./ys manage translations``"""

    help = "Gather the texts of all pages into locale/en and compile them."

    def handle(self, *args: Any, **options: Any) -> None:
        po = FOLDER / "django.po"
        known = {message.text: message for message in parse(po.read_text(encoding="utf-8"))} if po.exists() else {}
        messages = [known.get(text, message) for text, message in messages_in(SOURCE).items()]
        po.write_text(printed(messages), encoding="utf-8")
        (FOLDER / "django.mo").write_bytes(compiled(messages))
        lacking = [message.text for message in messages if not message.is_translated]
        self.stdout.write(f"{len(messages)} texts, {len(lacking)} without English")
        for text in lacking:
            self.stdout.write(f"  {text}")
