"""Watching whether what is owed is done: plan tasks, supervision, assessment, evaluation."""
