"""The folder: bytes to trees, trees to a production, and edits back."""
