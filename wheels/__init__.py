"""The engine's wheels: `dist/` holds them, `recipe/` makes them."""
