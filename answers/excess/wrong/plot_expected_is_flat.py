# shows: Expected is drawn as one flat line at its mean; the season inside the window is gone.
# loses: [check_plot_excess]
# teaches: The expected line is flat, at one mean for all days. What was usual on each day of the window?
# %% plot_excess
def plot_excess(df, start, end, years):
    window = pd.date_range(start, end)
    observed = df.set_index("date")["deaths"].reindex(window)
    expected = baseline(df, years).reindex(zip(window.month, window.day))
    number = excess(df, start, end, years)
    figure, axes = plt.subplots()
    axes.plot(window, observed, marker="o", label="observed")
    axes.plot(window, np.full(len(window), expected.mean()), linestyle="--", label="expected")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("Date")
    axes.set_ylabel("Deaths per day")
    axes.set_title(f"{abs(number):,.0f} {'more' if number >= 0 else 'fewer'} deaths than expected")
    axes.legend()
    figure.autofmt_xdate()
    return figure
