# shows: The season gets an arrow of its own to deaths, although it works through temperature and influenza only.
# loses: [check_dag]
# teaches: You have an arrow for something that works only through something else. Which of her sentences says it directly?
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
        ("season", "deaths"),
    ]
