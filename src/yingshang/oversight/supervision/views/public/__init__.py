"""Pages of listed supervision and typical cases."""
