"""How gunicorn serves the application: `gunicorn "service.app:create_app()"` reads this file.

gevent is the one worker that keeps answering while thousands of clients send
their requests a byte at a time; two workers suit two cores.
"""

import os
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  where Linux keeps files in memory

bind = os.environ.get("KPI_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("KPI_WORKERS", "2"))
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
