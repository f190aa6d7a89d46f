# shows: The title says "more" whatever the number is, so that fewer deaths are reported as more.
# loses: [check_plot_excess]
# teaches: The title says the same of every number. What should it say where fewer people died than expected?
# %% plot_excess
def plot_excess(df, start, end, years):
    window = pd.date_range(start, end)
    expected = baseline(df, years).reindex(zip(window.month, window.day, strict=True))
    figure, axes = plt.subplots()
    axes.plot(window, df.set_index("date")["deaths"].reindex(window), label="observed")
    axes.plot(window, expected.to_numpy(), label="expected")
    axes.set_xlabel("Date")
    axes.set_ylabel("Deaths per day")
    axes.set_title(f"{abs(excess(df, start, end, years)):,.0f} more deaths than expected")
    axes.legend()
    return figure
