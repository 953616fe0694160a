"""The browser app: pages over the campaign folder, on this machine alone.

A page parses what was asked, calls the function that the command calls, and renders; state is the folder.
"""
