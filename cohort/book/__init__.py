"""The public text: gathers the sources of each edition, builds its pages, mends and checks them."""
