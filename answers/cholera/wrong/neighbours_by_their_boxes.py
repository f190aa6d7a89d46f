# shows: The boxes around the areas are compared, not their outlines.
# loses: [check_neighbours]
# teaches: The boxes around two areas can overlap where the areas do not. What do you compare?
# %% neighbours
def neighbours(shapes, name):
    areas = gpd.GeoSeries.from_wkt(shapes["geometry"].array, index=shapes["name"].array)
    if name not in areas.index:
        raise ValueError(name)
    hit = areas.envelope.intersects(areas[name].envelope)
    return sorted(set(areas.index[hit]) - {name})
