"""Reports as text, HTML, PDF, tables, JSON: values in, bytes out."""
