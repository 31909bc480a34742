"""One module a verb: arguments in, exit code out."""
