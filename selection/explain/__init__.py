"""The optimiser's answers: why, why not, what instead, how far, what conflicts, and what else is as good.

Import from the modules: the package itself loads nothing, since a command needs few of them.
"""
