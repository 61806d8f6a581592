"""News articles about official meetings, turned into verified records."""

__version__ = "0.1.0"
