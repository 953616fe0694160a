"""Asking other machines over HTTP: bounded in time and size, never redirected, with the token for that one alone."""
