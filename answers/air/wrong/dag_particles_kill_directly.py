# shows: Particles have an arrow to deaths beside the way through inflammation.
# loses: [check_dag]
# teaches: Does she say that particles kill in any other way than through what they do to the body?
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
        ("particles", "deaths"),
        ("inflammation", "deaths"),
        ("particles", "warning"),
        ("temperature", "warning"),
    ]
