# shows: The names stand in the order of the table.
# loses: [check_neighbours]
# teaches: In which order does the task want the names?
# %% neighbours
def neighbours(shapes, name):
    areas = gpd.GeoSeries.from_wkt(shapes["geometry"].array, index=shapes["name"].array)
    if name not in areas.index:
        raise ValueError(name)
    hit = areas.intersects(areas[name])
    return [each for each in areas.index[hit] if each != name]
