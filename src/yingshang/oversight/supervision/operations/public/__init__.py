"""Deeds that end in public: listed supervision, commendation and exposure."""
