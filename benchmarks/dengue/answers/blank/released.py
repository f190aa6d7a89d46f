# shows: Nothing answered.
# rest: blank
