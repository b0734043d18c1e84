"""Signing in with a company's OpenID provider: with the system browser, or with a code on another device."""
