"""What can be done about a file that does not run: each means, and the order to try them in."""
