"""The text of a rules file of one table, to which a test adds what it is about."""

HEAD = """schema = "selection.rules/1"
name = "x"
[[tables]]
id = "a"
[members]
least = 1
aim = 2
[eligibility]
age_on = 2021-09-01
"""
