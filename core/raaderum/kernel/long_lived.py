"""What a process has loaded for good, told apart from what it makes as it works."""

from __future__ import annotations

import gc


def spare_what_is_loaded() -> None:
    """Let the garbage collector leave alone whatever is there now; call once, when the application is made.

    It would walk through all modules, tables and programmes again and again, for up to a tenth of a
    second each time, while somebody waits. What a worker's children share stays shared, too.
    """
    gc.collect()
    gc.freeze()
