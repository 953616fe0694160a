"""A campaign's folder as tools for assistants, over the Model Context Protocol.

Answers hold what may leave the machine: never a customer's label, an owner only where the user allowed it, and what
other people wrote as quoted data of bounded length.
"""
