"""The version of the product: one number for the package, its workbooks and its JSON."""

__version__ = "0.1.0"
