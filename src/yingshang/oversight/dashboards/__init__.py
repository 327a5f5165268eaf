"""What leaders, the bureau, each unit and the public see of how the duties stand.

Works on obligations, lamps, measures and units only, and knows none of the
capabilities that opened the duties. Plan item 33. Owns the words: cockpit,
slice, calling rule, call.
"""
