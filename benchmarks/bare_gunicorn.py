"""No settings at all: the sides are given the same ones on the command line."""
