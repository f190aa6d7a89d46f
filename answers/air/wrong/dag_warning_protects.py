# shows: The warning has an arrow to deaths, although she doubts that it changes anything.
# loses: [check_dag]
# teaches: The diagram is hers, not what you hope for. What does she say of the warning in her last sentence?
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
        ("particles", "inflammation"),
        ("inflammation", "deaths"),
        ("particles", "warning"),
        ("temperature", "warning"),
        ("warning", "deaths"),
    ]
