# shows: The section is replaced by the upright box around it.
# loses: [check_area_share]
# teaches: Not each section is a square. Which outline do you cut?
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if not radius > 0:
        raise ValueError(f"a distance lies above 0 metres: {radius} does not")
    if math.isnan(longitude) or math.isnan(latitude):
        return math.nan
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(longitude, latitude)], crs=4326)
    shape, point = degrees.to_crs(epsg)
    shape = shape.envelope
    return shape.intersection(point.buffer(radius)).area / shape.area
