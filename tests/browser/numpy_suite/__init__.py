"""Numpy's own tests of core, linalg, fft and random, run on our wheel in Chromium's Pyodide."""
