# shows: A name that is not on the map has an empty list.
# loses: [check_neighbours]
# teaches: A name that is not on the map gives an empty list, as if it were an island.
# %% neighbours
def neighbours(shapes, name):
    areas = gpd.GeoSeries.from_wkt(shapes["geometry"].array, index=shapes["name"].array)
    if name not in areas.index:
        return []
    hit = areas.intersects(areas[name])
    return sorted(set(areas.index[hit]) - {name})
