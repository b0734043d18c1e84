"""The desk over HTTP: routes in, answers and refusals out. Nothing is decided here."""
