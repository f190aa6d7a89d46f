# shows: All arrows but the first point from effect to cause.
# loses: [check_dag]
# teaches: An arrow leads from the cause to what it brings about.
# %% dag
def dag():
    arrows = [
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
    ]
    return arrows[:1] + [(effect, cause) for cause, effect in arrows[1:]]
