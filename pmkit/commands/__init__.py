"""The words of the command line, one file each: glue, no thinking."""
