"""Lets `python -m raaderum.cli` be the command too."""

from raaderum.cli import main

main()
