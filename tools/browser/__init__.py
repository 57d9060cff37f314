"""Driving a real Chromium: for tests, measurements and screenshots."""
