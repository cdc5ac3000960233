"""How gunicorn serves the application: its settings, and what happens around a worker's life.

gevent is the one worker that keeps answering while thousands of clients send
their requests a byte at a time; two workers suit two cores.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from service.configuration import BadConfiguration, configured, require_keys_beyond_loopback
from service.drain import start_draining

MEMORY = Path("/dev/shm")  # noqa: S108  where Linux keeps files in memory

# Two threads of linear algebra in each of two workers on two cores wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

try:
    _settings = configured()
except BadConfiguration as error:
    sys.exit(f"kpi-service: {error}")

bind = _settings.bind
workers = _settings.workers
worker_class = "gevent"
worker_connections = 4000
keepalive = 5
timeout = 30
graceful_timeout = 20
preload_app = True  # the catalogue is built once and shared by the workers
control_socket_disable = True
http_parser = "python"  # the C parser of a mismatched gunicorn_h1c would be picked up silently
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None  # heartbeats never wait for a disk
limit_request_line = 8190
limit_request_fields = 50
limit_request_field_size = 8190
forwarded_allow_ips = "127.0.0.1"


# Set before the first figure is made, and before the workers are forked.
_figures = Path(tempfile.mkdtemp(prefix="kpi-figures-", dir=MEMORY if MEMORY.is_dir() else None))
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(_figures))

logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"level": "WARNING", "handlers": ["errors"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["errors"], "propagate": False},
        "service": {"level": "INFO", "handlers": ["errors"], "propagate": False},
        "service.access": {"level": "INFO", "handlers": ["requests"], "propagate": False},
    },
    "handlers": {
        "errors": {"class": "logging.StreamHandler", "formatter": "dated"},
        "requests": {
            "class": "logging.StreamHandler",
            "formatter": "bare",
            "stream": "ext://sys.stdout",
        },
    },
    "formatters": {
        "bare": {"format": "%(message)s"},
        "dated": {"format": "%(asctime)s %(process)d %(levelname)s %(message)s"},
    },
}


def on_starting(server: Any) -> None:
    """Refuse addresses beyond loopback without keys, wherever they were given."""
    for address in server.cfg.settings["bind"].get():
        try:
            require_keys_beyond_loopback(_settings, address)
        except BadConfiguration as error:
            sys.exit(f"kpi-service: {error}")


def when_ready(server: Any) -> None:  # noqa: ARG001  gunicorn's signature
    """Let SIGTERM turn /readyz to 503 first and stop the service some seconds later.

    gunicorn closes its sockets at once on SIGTERM; a load balancer that still
    sends to them would see refused connections.
    """
    stop = signal.getsignal(signal.SIGTERM)

    def drain(*_: object) -> None:
        signal.signal(signal.SIGTERM, stop)
        start_draining()
        timer = threading.Timer(_settings.drain_seconds, os.kill, (os.getpid(), signal.SIGTERM))
        timer.daemon = True
        timer.start()

    if _settings.drain_seconds:
        signal.signal(signal.SIGTERM, drain)


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001  gunicorn's signature
    """Keep the counts of a worker that ended, and forget its gauges."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:  # noqa: ARG001  gunicorn's signature
    """Leave no figures behind."""
    shutil.rmtree(_figures, ignore_errors=True)
