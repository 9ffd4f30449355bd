"""What a round is made of: people, rules, rows, rosters, and what is true of them."""
