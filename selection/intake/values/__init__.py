"""Values: what one cell of a known column means, and what a person should look at."""
