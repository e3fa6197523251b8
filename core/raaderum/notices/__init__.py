"""Telling a person something outside the portal, through the ways the municipality has switched on."""
