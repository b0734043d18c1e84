"""Real servers for the tests, installed and started by the tests themselves."""
