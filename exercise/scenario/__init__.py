"""Scenario files: reading them, what they may say, and the expressions they may hold."""
