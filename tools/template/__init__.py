"""`python -m tools new DIR`: a project of one's own, made from this one."""
