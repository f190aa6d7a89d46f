# shows: The day of the week gets an arrow to deaths.
# loses: [check_dag]
# teaches: One of your arrows ends at deaths without a sentence for it. Go through the causes of deaths that she names.
# %% dag
def dag():
    return [
        ("season", "temperature"),
        ("season", "particles"),
        ("season", "influenza"),
        ("influenza", "deaths"),
        ("temperature", "deaths"),
        ("temperature", "particles"),
        ("weekday", "particles"),
        ("weekday", "deaths"),
        ("particles", "inflammation"),
        ("inflammation", "deaths"),
        ("particles", "warning"),
        ("temperature", "warning"),
    ]
