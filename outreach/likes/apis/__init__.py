"""The platforms' own interfaces that tell how large a resource is, one file a platform."""
