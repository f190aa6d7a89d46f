# shows: A title and labels of the whole figure, its legend beside the axes, dates with dots, and the word "exceed" for the trend.
# %% plot_excess
def plot_excess(df, start, end, years):
    days = pd.date_range(start, end)
    usual = baseline(df, years)
    fig, ax = plt.subplots(figsize=(9, 4))
    ax.step(days, [usual[(day.month, day.day)] for day in days], where="mid", label="Expected (mean of other years)")
    ax.step(days, df.set_index("date").loc[days, "deaths"], where="mid", label="Observed")
    fig.legend(loc="outside lower center")
    fig.supylabel("Daily deaths")
    fig.supxlabel("Date")
    fig.suptitle(f"{days[0]:%d.%m.%Y} to {days[-1]:%d.%m.%Y}: excess of {excess(df, start, end, years):.0f} deaths")
    return fig
# %% alt_text
def alt_text(df, start, end, years):
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    counts = df.loc[df["date"].between(first, last), "deaths"]
    number = excess(df, start, end, years)
    how = "exceed" if number > 0 else "do not exceed"
    return (
        f"Figure with two lines, the daily deaths and their usual number, from {first:%d.%m.%Y} to {last:%d.%m.%Y}. "
        f"The deaths {how} the usual number in total, with a difference of {abs(number):.0f} deaths. "
        f"The largest number on one day was {counts.max():.0f}."
    )
