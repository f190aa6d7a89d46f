# shows: On its last day a duty is in force no longer.
# loses: [check_clocks]
# teaches: Does a duty hold on the day named in to?
# %% clocks
def clocks(duties, starts, zone, days_off):
    today = starts["aware"].astimezone(ZoneInfo(zone)).date()
    rows = []
    for duty in duties:
        if duty["from"] and today < duty["from"] or duty["to"] and today >= duty["to"]:
            continue
        begun = starts.get(duty["starts"])
        end = deadline(duty["period"], begun, zone, days_off) if begun else None
        rows.append([duty["id"], duty["whom"], end])
    table = pd.DataFrame(rows, columns=["id", "whom", "deadline"])
    table["deadline"] = pd.to_datetime(table["deadline"], utc=True).dt.tz_convert(zone)
    return table.sort_values(["deadline", "id"]).reset_index(drop=True)
