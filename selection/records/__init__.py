"""Rounds, files, applications, versions, decisions and the log in a database: SQLite by default, PostgreSQL by URL."""
