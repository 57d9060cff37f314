"""What learners of OpenCV call: the same calls on this machine and in the browser.

Each public function of filters.py, numbers.py, drawing.py, codecs.py and failures.py is a call.
run_calls.py runs them all, here and inside Pyodide, and test_calls.py compares.
"""
