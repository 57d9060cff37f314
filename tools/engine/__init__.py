"""What the Pyodide worker needs, in as few bytes as can be."""
