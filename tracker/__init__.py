"""Tracker: raise a request with IT, follow it like a parcel, be told when something changes."""

__version__ = "0.1.0"
