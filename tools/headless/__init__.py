"""`python -m tools detect`: the built app over a folder of pictures, and the same natively."""
