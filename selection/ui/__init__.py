"""The review app: pages for a coordinator's afternoon, a board's ten minutes and two years of small changes."""
