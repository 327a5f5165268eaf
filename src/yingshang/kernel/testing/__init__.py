"""What tests of every package share: the cast, the example county, real concurrent connections."""
