# shows: Duties are listed whether or not they are in force.
# loses: [check_clocks]
# teaches: Enacted is not in force. Look at from and to.
# %% clocks
def clocks(duties, starts, zone, days_off):
    today = starts["aware"].astimezone(ZoneInfo(zone)).date()
    rows = []
    for duty in duties:
        if duty["to"] and today > duty["to"]:
            continue
        begun = starts.get(duty["starts"])
        end = deadline(duty["period"], begun, zone, days_off) if begun else None
        rows.append([duty["id"], duty["whom"], end])
    table = pd.DataFrame(rows, columns=["id", "whom", "deadline"])
    table["deadline"] = pd.to_datetime(table["deadline"], utc=True).dt.tz_convert(zone)
    return table.sort_values(["deadline", "id"]).reset_index(drop=True)
