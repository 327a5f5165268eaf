"""The commands of ``./ys``: one file each, with ``main(argv) -> int``."""
