"""Settings, addresses and the list of capabilities: the only place that knows all."""
