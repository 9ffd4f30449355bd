"""Word templates of documents; ``python -m selection.outputs.templates.make`` writes the package's own anew."""
