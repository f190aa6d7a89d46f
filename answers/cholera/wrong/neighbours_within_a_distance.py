# shows: Areas that are near count as neighbours.
# loses: [check_neighbours]
# teaches: An area that touches nothing is in your list. Nearness is not a border.
# %% neighbours
def neighbours(shapes, name):
    areas = gpd.GeoSeries.from_wkt(shapes["geometry"].array, index=shapes["name"].array)
    if name not in areas.index:
        raise ValueError(name)
    hit = areas.distance(areas[name]) < 0.5
    return sorted(set(areas.index[hit]) - {name})
