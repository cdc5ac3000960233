"""Algorithms on records: plain data in, plain data out; no HTTP, no validation of types."""
