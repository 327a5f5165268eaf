"""The worker: runs the scheduled jobs and whatever was deferred, until told to stop."""

from __future__ import annotations


def main() -> None:
    """Work with the rights of the web role. Finished jobs leave the queue; failed ones stay to be seen."""
    import django

    django.setup()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    from yingshang.site.jobs import DAY, STALLED_AFTER

    parameters = connector_params()
    parameters.pop("pool", None)
    from procrastinate import PsycopgConnector

    app.periodic_defaults = {"max_delay": DAY}
    with app.replace_connector(PsycopgConnector(kwargs=parameters, min_size=1, max_size=4)) as working:
        working.run_worker(
            concurrency=4,
            delete_jobs="successful",
            update_heartbeat_interval=STALLED_AFTER / 3,
            stalled_worker_timeout=STALLED_AFTER,
            fetch_job_polling_interval=5,
            shutdown_graceful_timeout=15,
        )


if __name__ == "__main__":
    main()
