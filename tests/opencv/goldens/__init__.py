"""Every model of the catalogue on every sample photo, in the browser and on this machine."""
