"""What government may charge, what it charged, and what it must give back (收费清单、收费、退费).

A charge rests on a row of the published fee list as it stood on its day, at the
lower bound where the list gives a range. What is found charged without a row is
paid back, by a date. Plan item 22. Owns the words: fee row, charge, exemption,
payment channel, refund.
"""
