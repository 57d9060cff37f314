"""The developer's tools: build, serve, measure. Nothing here reaches a phone unlisted."""
