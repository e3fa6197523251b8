"""The version of the plugin interface, apart from the version of the product."""

API_VERSION = "1.1"
"""Major: something a plugin relies on changed. Minor: something was added."""
