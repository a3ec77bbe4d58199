"""Runs of the server: a project's pipeline in a process of its own, a keeper's long work in a thread."""
