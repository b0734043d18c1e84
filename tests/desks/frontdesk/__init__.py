"""Tests of the connector to the embedded desk."""
