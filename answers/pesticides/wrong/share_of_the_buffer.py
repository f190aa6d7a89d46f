# shows: The part is divided by the area of the buffer and not of the section.
# loses: [check_area_share]
# teaches: Of what is it a share? The application is somewhere in the section.
# %% area_share
def area_share(section: str, longitude: float, latitude: float, radius: float, epsg: int) -> float:
    if not radius > 0:
        raise ValueError(f"a distance lies above 0 metres: {radius} does not")
    if math.isnan(longitude) or math.isnan(latitude):
        return math.nan
    degrees = gpd.GeoSeries([shapely.from_wkt(section), shapely.Point(longitude, latitude)], crs=4326)
    shape, point = degrees.to_crs(epsg)
    return shape.intersection(point.buffer(radius)).area / point.buffer(radius).area
