from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.clerk import Clerk, clerk_with_store
from helpers.pictures import jpeg

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return clerk_with_store(tmp_path / "store")


@pytest.fixture
def case(clerk: Clerk) -> str:
    """The number of a received case with a place."""
    added = clerk.asks(
        "case", "add", "--title", "별빛로 포트홀", "--category", "ROAD_POTHOLE", "--at", "36.62, 127.43",
        "--received-at", "2026-11-20T09:00", "--petition", "OTHER",
    )  # fmt: skip
    number: str = added["case_no"]
    return number


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "구덩이.jpg"
    path.write_bytes(jpeg())
    return path
