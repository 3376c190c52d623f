"""The processes of a year, one to a file; each carries out what it is given and names what it writes."""
