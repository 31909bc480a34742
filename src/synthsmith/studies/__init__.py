"""Studies: one module a question, each ending in a table with its errors."""
