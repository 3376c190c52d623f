"""Goal-seek: what homes, letting or jobs would have to be for a criterion to be kept on a list."""
