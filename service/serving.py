"""How gunicorn serves the application: its settings, and what happens around a worker's life.

gevent is the one worker that keeps answering while thousands of clients send
their requests a byte at a time; two workers suit two cores.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from service.configuration import BadConfiguration, configured, require_keys_beyond_loopback

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


def on_starting(server: Any) -> None:
    """Refuse addresses beyond loopback without keys, wherever they were given."""
    for address in server.cfg.settings["bind"].get():
        try:
            require_keys_beyond_loopback(_settings, address)
        except BadConfiguration as error:
            sys.exit(f"kpi-service: {error}")
