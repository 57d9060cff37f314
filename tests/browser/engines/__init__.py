"""The same tests in Chromium, Firefox and WebKitGTK; any of them that is not there fails them."""
