"""Export: pictures and detections as files."""
