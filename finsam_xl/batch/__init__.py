"""Many workbooks read, checked and put side by side, one by one or on several cores or machines.

What a book tells is a :class:`~finsam_xl.batch.reading.Reading`, which is kept, so that a book
that has not changed is not read again; a summary is made of readings alone, in any order.
"""
