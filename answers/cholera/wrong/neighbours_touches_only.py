# shows: Areas that overlap by a strip are lost, because touches is strict.
# loses: [check_neighbours]
# teaches: Two outlines overlap by a hand's breadth, and you lose a border. What does touches mean exactly?
# %% neighbours
def neighbours(shapes, name):
    areas = gpd.GeoSeries.from_wkt(shapes["geometry"].array, index=shapes["name"].array)
    if name not in areas.index:
        raise ValueError(name)
    hit = areas.touches(areas[name])
    return sorted(set(areas.index[hit]) - {name})
