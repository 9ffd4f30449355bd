"""The commands, a module each; :mod:`selection.cli` puts them together."""
