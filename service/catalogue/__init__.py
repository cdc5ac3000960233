"""Every metric the service knows: importing this package declares them all.

A folder is a category and answers one question, which is its docstring.
"""

from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType

import service.catalogue.quantities  # noqa: F401  first: formulas look their inputs up there
from service.declare import REGISTRY
from service.quantity import VOCABULARY

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)

METRICS = MappingProxyType(REGISTRY)
QUANTITIES = MappingProxyType(VOCABULARY)
