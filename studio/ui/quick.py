"""For what is made before the window is shown: every millisecond there is waited for.

Whoever touches the namespace ``PySide6.QtCore.Qt`` pays for building all of its hundred enumerations, a
fifth of the time an empty window takes to start. So the modules made first name values instead, as Qt
Designer's files do; a test holds them to it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject


def set_by_name(target: QObject, **values: str) -> None:
    """Set enumeration properties of ``target`` by the names of their values. Raises ValueError."""
    for name, value in values.items():
        index = target.metaObject().indexOfProperty(name)
        if index < 0 or not target.metaObject().property(index).write(target, value):
            raise ValueError(f"{name} cannot be {value}")
