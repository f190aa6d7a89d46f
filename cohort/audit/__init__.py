"""How good the checks of an assignment are: mutants of its solution and banks of answers, heard by its own judge."""
