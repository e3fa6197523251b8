"""Runs the bench from any folder: `python tests/bench/run.py [--quick] [--only PART] [--json FILE]`."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    os.chdir(root)
    sys.path.insert(0, str(root))
    runpy.run_module("tests.bench.bench", run_name="__main__")
