"""Parsing of files from outside: runs alone in a child process, and imports nothing of the rest of the package."""
