"""The record's layout, step by step: each numbered file under `versions` changes it once, and none is ever edited."""
