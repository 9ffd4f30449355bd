"""The pages of the review app, one file each. A page shows and asks; what it changes goes through an action."""
