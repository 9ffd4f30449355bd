"""How the program is solved: engines, steps, lots, pairs, reserves, conflicts."""
