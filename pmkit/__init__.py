"""pmkit: production management over one folder of plain YAML files."""

__version__ = "0.1.0"
