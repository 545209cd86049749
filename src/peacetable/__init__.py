"""Peacetable keeps a sourced ledger of a peace process."""
