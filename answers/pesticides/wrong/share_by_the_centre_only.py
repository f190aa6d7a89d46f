# shows: A section counts wholly if its centre is within the radius, and not at all otherwise.
# loses: [check_area_share]
# teaches: Your sections count wholly or not at all. What if a buffer cuts one in two?
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if not radius > 0:
        raise ValueError(f"a distance lies above 0 metres: {radius} does not")
    if math.isnan(longitude) or math.isnan(latitude):
        return math.nan
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(longitude, latitude)], crs=4326)
    shape, point = degrees.to_crs(epsg)
    return float(shape.centroid.distance(point) <= radius)
