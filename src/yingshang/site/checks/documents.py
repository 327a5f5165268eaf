"""Every link between our documents leads somewhere, and the glossary has each term once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
IGNORED = {".venv", ".boot", ".ys", ".git", "node_modules", ".pytest_cache"}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def documents(root: Path) -> list[Path]:
    return [path for path in sorted(root.rglob("*.md")) if not IGNORED & set(path.relative_to(root).parts)]


def anchors_of(text: str) -> set[str]:
    """Return the anchors of a document's headings, as the usual renderers make them."""
    found = set(re.findall(r'<a id="([^"]+)">', text))
    for title in re.findall(r"^#+ +(.+?) *$", FENCE.sub("", text), re.MULTILINE):
        plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found


def broken_links(root: Path) -> Iterator[str]:
    """Yield ``file: link`` for each relative link that leads nowhere."""
    for path in documents(root):
        for match in LINK.finditer(FENCE.sub("", path.read_text(encoding="utf-8"))):
            link = match.group(1) or match.group(2)
            if re.match(r"[a-z]+:", link):
                continue
            place, _, anchor = link.partition("#")
            target = (path.parent / place).resolve() if place else path
            where = f"{path.relative_to(root)}: {link}"
            if not target.exists():
                yield f"{where} leads nowhere"
            elif anchor and target.suffix == ".md" and anchor not in anchors_of(target.read_text(encoding="utf-8")):
                yield f"{where} names a heading that is not there"


def doubled_terms(glossary: str) -> Iterator[str]:
    """Yield each term that the glossary's tables explain more than once."""
    seen = set()
    for term in re.findall(r"^\| *([^|]+?) *\|", glossary, re.MULTILINE):
        if term in seen and not re.fullmatch(r"[-: ]+|中文", term):
            yield f"docs/glossary.md: {term} stands there twice"
        seen.add(term)


def main(root: Path = ROOT) -> int:
    found = [*broken_links(root), *doubled_terms((root / "docs" / "glossary.md").read_text(encoding="utf-8"))]
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
