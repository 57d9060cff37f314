"""Graphs that no model of the catalogue has, drawn here."""
