# shows: A radius of 0 or below is taken as it is.
# loses: [check_area_share]
# teaches: What is a buffer of 0 metres, or of fewer?
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if math.isnan(longitude) or math.isnan(latitude):
        return math.nan
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(longitude, latitude)], crs=4326)
    shape, point = degrees.to_crs(epsg)
    return shape.intersection(point.buffer(radius)).area / shape.area
