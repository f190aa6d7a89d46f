# shows: Whether a duty is in force is asked for the day in the time zone that the moment was given in.
# loses: [check_clocks]
# teaches: Which day is it at the place when the server writes its line?
# %% clocks
def clocks(duties, starts, zone, days_off):
    today = starts["aware"].date()
    rows = []
    for duty in duties:
        if duty["from"] and today < duty["from"] or duty["to"] and today > duty["to"]:
            continue
        begun = starts.get(duty["starts"])
        end = deadline(duty["period"], begun, zone, days_off) if begun else None
        rows.append([duty["id"], duty["whom"], end])
    table = pd.DataFrame(rows, columns=["id", "whom", "deadline"])
    table["deadline"] = pd.to_datetime(table["deadline"], utc=True).dt.tz_convert(zone)
    return table.sort_values(["deadline", "id"]).reset_index(drop=True)
