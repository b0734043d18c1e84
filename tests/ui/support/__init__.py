"""Tests of the pages that help when something is not all right."""
