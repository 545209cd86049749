"""Cue lists and tables: data, read when first used."""
