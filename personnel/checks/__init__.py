"""Rules on changes: pure functions from facts to findings. Nothing here reads the database or writes.

`items` judges a change by itself, `seats` the seats that it begins and ends, `people` whoever it is about, `bodies`
what becomes of the committee as a whole.
"""
