"""Play the county's story on the database of a prepared site, with the rights of the site itself."""

from __future__ import annotations

import sys
import traceback

from yingshang.site.processes.progress import show


def main() -> int:
    """Play each chapter so that it is over before today, and print a line for each act; return 1 if one failed."""
    import django

    django.setup()

    from yingshang.kernel import clock
    from yingshang.site.story.chapters import CHAPTERS
    from yingshang.site.story.scene import first_day_for, play

    for number, chapter in enumerate(CHAPTERS, 1):
        show(f"\n第{number}章　{chapter.title}")
        try:
            for line in play(chapter, first_day=first_day_for(chapter, clock.today())):
                show(f"  {line}")
        except Exception:
            traceback.print_exc()
            return 1
    show("")
    return 0


if __name__ == "__main__":
    sys.exit(main())
