"""What happens to every request, outermost first: clean, actor, second_factor, answers, once."""
