from __future__ import annotations

import pytest

from fieldlog.geo.reading import no_place, read_place


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("geo:37.5663,126.9779;u=12", 37.5663, 126.9779),
        ("POINT(126.9779 37.5663)", 37.5663, 126.9779),
        ("https://map.kakao.com/link/map/현장,37.5663,126.9779", 37.5663, 126.9779),
        ("https://map.kakao.com/link/map/37.5663,126.9779", 37.5663, 126.9779),
        ("https://map.kakao.com/?urlX=497357&urlY=1129838", 37.56695, 126.98803),
        ("https://map.naver.com/p/entry/address/14136588.06,4518868.58", 37.57007, 126.99113),
        ("https://map.naver.com/v5/?lng=126.9779&lat=37.5663", 37.5663, 126.9779),
        ("https://www.google.com/maps?q=37.5663,126.9779", 37.5663, 126.9779),
        ("https://www.google.com/maps/@37.5663,126.9779,17z", 37.5663, 126.9779),
    ],
)
def test_links_of_the_maps_people_use_carry_their_place(text, lat, lon) -> None:
    (reading,) = read_place(text)
    assert reading.kind == "link"
    assert reading.lat == pytest.approx(lat, abs=1e-5)
    assert reading.lon == pytest.approx(lon, abs=1e-5)


def test_the_pin_of_a_link_counts_and_the_middle_of_its_view_does_not() -> None:
    (reading,) = read_place(
        "https://www.google.com/maps/place/X/@37.55,126.90,17z/data=!3d37.5663!4d126.9779"
    )
    assert (reading.lat, reading.lon) == (37.5663, 126.9779)


def test_other_numbers_in_a_web_address_are_no_place() -> None:
    assert read_place("https://example.invalid/37.5663/126.9779/12") == []


def test_a_shortened_link_is_refused_because_it_needs_the_network() -> None:
    assert read_place("https://naver.me/5AbCdEfG") == []
    assert "줄인 주소" in no_place("https://naver.me/5AbCdEfG").why.ko
    assert "줄인 주소" not in no_place("시청 앞").why.ko
