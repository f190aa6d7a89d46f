# shows: The title carries the number of Chicago in July 1995, whatever is drawn.
# loses: [check_plot_excess]
# teaches: The number in the title is the same, whatever is drawn. Where can the title get its number from?
# %% plot_excess
def plot_excess(df, start, end, years):
    window = pd.date_range(start, end)
    observed = df.set_index("date")["deaths"].reindex(window)
    expected = baseline(df, years).reindex(zip(window.month, window.day))
    number = excess(df, start, end, years)
    figure, axes = plt.subplots()
    axes.plot(window, observed, marker="o", label="observed")
    axes.plot(window, expected.to_numpy(), linestyle="--", label="expected")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("Date")
    axes.set_ylabel("Deaths per day")
    axes.set_title("842 more deaths than expected in Chicago")
    axes.legend()
    figure.autofmt_xdate()
    return figure
