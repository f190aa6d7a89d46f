# shows: Nothing is answered; the notebook is handed in as it was released.
# rest: blank
