"""The doctor in Pyodide, beside our wheels of OpenCV."""
