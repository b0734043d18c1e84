"""The history of a request, drawn like the travels of a parcel."""
