# shows: The area is its own neighbour.
# loses: [check_neighbours]
# teaches: Your list has the name that was asked for.
# %% neighbours
def neighbours(shapes, name):
    areas = gpd.GeoSeries.from_wkt(shapes["geometry"].array, index=shapes["name"].array)
    if name not in areas.index:
        raise ValueError(name)
    hit = areas.intersects(areas[name])
    return sorted(areas.index[hit])
