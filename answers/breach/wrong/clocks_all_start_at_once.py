# shows: All clocks start when the breach is known.
# loses: [check_clocks]
# teaches: Some clocks start later. What does starts say?
# %% clocks
def clocks(duties, starts, zone, days_off):
    today = starts["aware"].astimezone(ZoneInfo(zone)).date()
    rows = []
    for duty in duties:
        if duty["from"] and today < duty["from"] or duty["to"] and today > duty["to"]:
            continue
        begun = starts["aware"]
        end = deadline(duty["period"], begun, zone, days_off) if begun else None
        rows.append([duty["id"], duty["whom"], end])
    table = pd.DataFrame(rows, columns=["id", "whom", "deadline"])
    table["deadline"] = pd.to_datetime(table["deadline"], utc=True).dt.tz_convert(zone)
    return table.sort_values(["deadline", "id"]).reset_index(drop=True)
