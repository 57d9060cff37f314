"""The recipe of the wheels: numpy and OpenCV for Pyodide, from pinned sdists. See ../README.md."""
