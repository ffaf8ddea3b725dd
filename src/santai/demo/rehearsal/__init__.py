"""Plays real questions through the three channels over HTTP, as people would: pages, forms, logins, the public API."""
