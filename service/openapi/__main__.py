"""Write or check the committed document: ``python -m service.openapi [--check]``."""

from __future__ import annotations

import sys
from pathlib import Path

from service.openapi.document import as_yaml

COMMITTED = Path("openapi.yaml")


def main() -> int:
    """Write openapi.yaml, or with ``--check`` only compare; 1 when it is stale."""
    made = as_yaml()
    if "--check" in sys.argv[1:]:
        return 0 if COMMITTED.read_text("utf-8") == made else 1
    COMMITTED.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
