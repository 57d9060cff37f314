"""The doctor's verdict against what OpenCV does."""
