"""Finds the installed plugins, refuses to start half-loaded, and guards every call to one."""
