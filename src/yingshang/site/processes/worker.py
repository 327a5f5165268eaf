"""The worker: runs the scheduled jobs and whatever was deferred, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import Any


def main() -> None:
    """Work with the rights of the web role. Finished jobs leave the queue; failed ones stay to be seen."""
    import django

    django.setup()
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    parameters = connector_params()
    parameters.pop("pool", None)
    with app.replace_connector(PsycopgConnector(kwargs=parameters, min_size=1, max_size=4)) as working:
        asyncio.run(work(working))


async def work(app: Any) -> None:
    """Run the queue and the quick rhythms side by side until SIGTERM or SIGINT; then let each finish its beat."""
    from yingshang.kernel import registry
    from yingshang.site.jobs import DAY, STALLED_AFTER, is_quick, keep_rhythm

    app.periodic_defaults = {"max_delay": DAY}  # a daily job missed while the machine was off is made up for
    stop = asyncio.Event()
    async with app.open_async():
        queue = asyncio.create_task(
            app.run_worker_async(
                concurrency=4,
                delete_jobs="successful",
                update_heartbeat_interval=STALLED_AFTER / 3,
                stalled_worker_timeout=STALLED_AFTER,
                shutdown_graceful_timeout=15,
                install_signal_handlers=False,
            )
        )
        loop = asyncio.get_running_loop()
        for wish in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(wish, stop.set)
        rhythms = [asyncio.create_task(keep_rhythm(job, stop)) for job in registry.jobs() if is_quick(job)]
        asked = asyncio.create_task(stop.wait())
        await asyncio.wait({queue, asked}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        queue.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await queue
        await asyncio.gather(*rhythms)


if __name__ == "__main__":
    main()
