"""The vocabulary: every figure a metric takes or a report counts, named once."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)
