"""Documents as frozen values, shaped like the paper."""
