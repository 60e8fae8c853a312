"""Other people's formats, one file each, in and out."""
