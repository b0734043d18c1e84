"""Tests of signing in with a company's OpenID provider."""
