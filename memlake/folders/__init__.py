"""Folders that memlake writes for people to keep: all or nothing, and never over a file of somebody else."""
