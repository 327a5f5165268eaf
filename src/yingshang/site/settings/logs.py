"""Logs: one JSON object a line into the file that YS_LOG names, warnings to standard error where none is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def logging_of(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return Django's LOGGING, and set structlog up to go the same way.

    The file is opened anew when it has been moved away, so whoever rotates it
    needs to tell nobody.
    """
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    file = environ.get("YS_LOG")
    handler = (
        {"class": "logging.handlers.WatchedFileHandler", "filename": file, "encoding": "utf-8", "delay": True}
        if file
        else {"class": "logging.StreamHandler"}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"out": {**handler, "formatter": "json"}},
        "root": {"handlers": ["out"], "level": "INFO" if file else "WARNING"},
        "loggers": {
            "django": {"level": "INFO", "handlers": [], "propagate": True},
            "procrastinate": {"level": "WARNING"},
        },
    }
