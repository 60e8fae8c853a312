"""The sun, against the NOAA's equations written out here, at twelve places on every day of a year."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmkit.model.clock import DAY, Clock
from pmkit.rollup.sun import Sun, sun

PLACES = {
    "Barstow": (34.8958, -117.0228, "America/Los_Angeles"),
    "Los Angeles": (34.0522, -118.2437, "America/Los_Angeles"),
    "London": (51.5074, -0.1278, "Europe/London"),
    "Prague": (50.0755, 14.4378, "Europe/Prague"),
    "Reykjavik": (64.1466, -21.9426, "Atlantic/Reykjavik"),
    "Nome": (64.5011, -165.4064, "America/Nome"),
    "Sydney": (-33.8688, 151.2093, "Australia/Sydney"),
    "Auckland": (-36.8485, 174.7633, "Pacific/Auckland"),
    "Kiritimati": (1.8721, -157.4278, "Pacific/Kiritimati"),
    "Beijing": (39.9042, 116.4074, "Asia/Shanghai"),
    "Ushuaia": (-54.8019, -68.3030, "America/Argentina/Ushuaia"),
    "Tromsø": (69.6492, 18.9553, "Europe/Oslo"),
}


def noaa(day: date, latitude: float, longitude: float, zone: ZoneInfo, height: float = -0.833) -> tuple[float, ...]:
    """Sunrise and sunset in minutes of the local day by the NOAA's general solar equations (spreadsheet form)."""
    noon = (datetime(day.year, day.month, day.day, 12, tzinfo=zone).utcoffset() or timedelta()).total_seconds() / 60

    def at(minutes: float) -> tuple[float, float]:
        jd = day.toordinal() + 1721424.5 + (minutes - noon) / 1440
        t = (jd - 2451545) / 36525
        l0 = math.radians((280.46646 + t * (36000.76983 + t * 0.0003032)) % 360)
        m = math.radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
        e = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
        c = (
            math.sin(m) * (1.914602 - t * (0.004817 + 0.000014 * t))
            + math.sin(2 * m) * (0.019993 - 0.000101 * t)
            + math.sin(3 * m) * 0.000289
        )
        omega = math.radians(125.04 - 1934.136 * t)
        true = math.radians(math.degrees(l0) + c - 0.00569 - 0.00478 * math.sin(omega))
        tilt = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60
        tilt = math.radians(tilt + 0.00256 * math.cos(omega))
        declination = math.asin(math.sin(tilt) * math.sin(true))
        y = math.tan(tilt / 2) ** 2
        equation = 4 * math.degrees(
            y * math.sin(2 * l0)
            - 2 * e * math.sin(m)
            + 4 * e * y * math.sin(m) * math.cos(2 * l0)
            - 0.5 * y * y * math.sin(4 * l0)
            - 1.25 * e * e * math.sin(2 * m)
        )
        return declination, equation

    phi = math.radians(latitude)
    found = []
    for sign in (-1, 1):
        minutes = 720.0
        for _ in range(6):
            declination, equation = at(minutes)
            cosine = (math.sin(math.radians(height)) - math.sin(phi) * math.sin(declination)) / (
                math.cos(phi) * math.cos(declination)
            )
            if abs(cosine) > 1:
                return ()
            minutes = 720 - 4 * longitude - equation + noon + sign * 4 * math.degrees(math.acos(cosine))
            middle = 720 - 4 * longitude - equation + noon
            minutes -= 1440 * math.floor(middle / 1440)
        found.append(minutes)
    return tuple(found)


def test_barstow_and_london_to_the_minute() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    barstow = sun(date(2025, 10, 16), 34.8958, -117.0228, zone)
    rise, down = noaa(date(2025, 10, 16), 34.8958, -117.0228, zone)
    assert barstow.sunrise is not None and barstow.sunset is not None
    assert abs(barstow.sunrise - rise) <= 1 and abs(barstow.sunset - down) <= 1
    # the table of the United States Naval Observatory for Los Angeles, 21 June and 21 December 2025
    summer, winter = (sun(date(2025, month, 21), 34.0522, -118.2437, zone) for month in (6, 12))
    published = {"05:42": summer.sunrise, "20:08": summer.sunset, "06:55": winter.sunrise, "16:48": winter.sunset}
    for shown, found in published.items():
        hours, _, minutes = shown.partition(":")
        assert found is not None and abs(found - int(hours) * 60 - int(minutes)) <= 1, shown


@pytest.mark.parametrize("name", PLACES)
def test_every_day_of_a_year(name: str) -> None:
    latitude, longitude, zone_name = PLACES[name]
    zone = ZoneInfo(zone_name)
    for n in range(365):
        day = date(2025, 1, 1) + timedelta(days=n)
        light = sun(day, latitude, longitude, zone)
        expected = noaa(day, latitude, longitude, zone)
        if not expected:
            if not light.word:  # the sun grazes the horizon
                assert light.sunrise is not None and light.sunset is not None
                lit = light.sunset - light.sunrise
                assert min(lit, 1440 - lit) < 60, (day, light)
            continue
        lit = expected[1] - expected[0]
        if light.word or light.sunrise is None or light.sunset is None:
            # on the first and last days of polar day and night the sun grazes the horizon
            assert min(lit, 1440 - lit) < 60, (day, light)
            continue
        changed = zone.utcoffset(_midnight(day, zone)) != zone.utcoffset(_midnight(day + timedelta(days=1), zone))
        if not changed:
            # near the grazing days of the far north a minute of arc is many of time
            slack = 1.5 if abs(latitude) < 60 else 12 if 90 < lit < 1350 else 30
            assert abs(light.sunrise - expected[0]) <= slack, (day, light, expected)
            assert abs(light.sunset - expected[1]) <= slack, (day, light, expected)
        assert 0 < light.sunset - light.sunrise < DAY
        if light.first_light is not None and light.last_light is not None:
            assert light.first_light < light.sunrise < light.sunset < light.last_light


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def test_a_sunset_past_midnight_and_the_polar_words() -> None:
    reykjavik = sun(date(2025, 6, 21), 64.1466, -21.9426, ZoneInfo("Atlantic/Reykjavik"))
    assert reykjavik.sunset is not None and reykjavik.sunset >= Clock(DAY)
    assert str(reykjavik.sunset) == "00:03 +1"
    tromso = ZoneInfo("Europe/Oslo")
    assert sun(date(2025, 6, 21), 69.6492, 18.9553, tromso).word == "the sun does not set"
    dark = sun(date(2025, 12, 21), 69.6492, 18.9553, tromso)
    assert dark.word == "the sun does not rise"
    assert dark.first_light is not None, "there is still twilight at noon"


def test_the_same_place_gives_the_same_value() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    assert isinstance(sun(date(2025, 11, 2), 34.9, -117.0, zone), Sun)
    before, after = (sun(date(2025, 11, d), 34.9, -117.0, zone).sunrise for d in (1, 2))
    assert before is not None and after is not None
    assert 58 <= before - after <= 60, "the clocks go back on 2 November"
