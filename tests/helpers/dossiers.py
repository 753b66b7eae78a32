"""Dossiers to try reports on: made up, small, and as large as anyone could make them."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fieldlog.domain.clock import KST
from fieldlog.domain.ids import Digest
from fieldlog.report.dossier import (
    Action,
    Agency,
    CaseSheet,
    Comment,
    Dossier,
    Observation,
    ObservationKind,
    Official,
    Phase,
    Photo,
    Place,
    Visit,
)

if TYPE_CHECKING:
    from collections.abc import Callable

RESOURCES = Path(__file__).parents[2] / "resources"
REPORTED = datetime(2026, 3, 9, 8, 40, tzinfo=KST)
OFFICIAL = Official(name="한가람", rank="시설주사보", department="도로과")
AGENCY = Agency(
    name="한빛시",
    department="도로과",
    approval=("담 당", "팀 장", "과 장", "국 장"),
    header="한빛시 도로과",
    footer="fieldlog",
)
DESCRIPTION = (
    "한빛대로 우측 차로에 지름 약 60cm, 깊이 9cm의 포트홀이 생겨 빗물이 고이면 야간에 식별이 어렵고, "
    "이륜차가 급히 피하는 모습이 여러 번 확인됨.\n"
    "- 최근 3개월 같은 구간에서 비슷한 신고 3건이 접수됨\n"
    "※ 「도로법」 제31조에 따른 유지·관리 대상 구간임"
)


@cache
def jpeg(width: int, height: int, seed: int = 0, quality: int = 80) -> bytes:
    """A picture with a road, a sky and something wrong with it."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (width, height), (176 + seed * 7 % 40, 200, 224))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.55, width, height), fill=(96, 98, 102))
    draw.polygon(
        [
            (width * 0.46, height * 0.55),
            (width * 0.54, height * 0.55),
            (width * 0.6, height),
            (width * 0.4, height),
        ],
        fill=(222, 206, 120),
    )
    x, y = width * (0.2 + 0.06 * (seed % 8)), height * 0.75
    draw.ellipse((x, y, x + width * 0.2, y + height * 0.1), fill=(46, 44, 42))
    made = io.BytesIO()
    image.save(made, "JPEG", quality=quality)
    return made.getvalue()


def photo(number: int = 0, *, upright: bool = False, **changed: object) -> Photo:
    """A photo whose paper rendition is small, made when it is asked for."""
    size = (300, 400) if upright else (400, 300)
    values: dict[str, object] = {
        "digest": Digest(hashlib.sha256(f"photo {number}".encode()).hexdigest()),
        "load": lambda: jpeg(*size, seed=number),
        "phase": Phase.BEFORE,
        "caption": f"포트홀 근경 {number + 1}, 줄자 표시",
        "taken_at": REPORTED + timedelta(hours=2, minutes=number),
        "taken_source": "사진 정보",
        "place": "한빛대로 12 앞 우측 차로",
        "heading_deg": float(number * 40 % 360),
    }
    return Photo(**(values | changed))  # type: ignore[arg-type]


def case(**changed: object) -> CaseSheet:
    """A case as an official would leave it after one visit."""
    values: dict[str, object] = {
        "number": "FL-2026-0006",
        "title": "한빛대로 남측 차로 포트홀",
        "category": "도로·교통시설 > 포트홀",
        "severity": "▲ 높음",
        "urgency": "시급",
        "stage": "조치중",
        "channel": "안전신문고",
        "petition_type": "기타민원",
        "reported_at": REPORTED,
        "received_at": REPORTED + timedelta(minutes=20),
        "due_at": datetime(2026, 3, 17, 18, 0, tzinfo=KST),
        "lead_department": "도로과",
        "owner": "한가람",
        "description": DESCRIPTION,
        "problem": "야간 우천 시 한빛대로 남측 우측 차로에서 차로 중앙 포트홀 때문에 이륜차 미끄럼 위험이 큼",
        "place": Place(
            address="한빛시 가온구 한빛대로 12",
            hint="가온약국 앞 우측 차로",
            latitude=37.493,
            longitude=127.02982,
            accuracy_m=8.0,
            national_point_no="다사 5812 4391",
        ),
        "visits": (
            Visit(
                number=1,
                started_at=REPORTED + timedelta(minutes=90),
                ended_at=REPORTED + timedelta(minutes=112),
                kind="도로·포트홀",
                purpose="현장 확인 및 응급복구 판단",
                summary="파손 크기를 재고 안전고깔 2개를 설치함",
                result="이상 확인",
                companions=("도로보수원 이든",),
            ),
        ),
        "observations": (
            Observation(1, ObservationKind.MEASUREMENT, "포트홀 크기", "60×55×9 cm", "줄자"),
            Observation(2, ObservationKind.FACT, "빗물이 고여 깊이를 눈으로 알 수 없음"),
            Observation(3, ObservationKind.STATEMENT, "인근 상인은 지난주 이륜차가 넘어질 뻔했다고 말함"),
            Observation(
                4, ObservationKind.OPINION, "상온 아스콘 응급복구 후 절삭 재포장이 필요하다고 판단됨"
            ),
        ),
        "actions": (
            Action("상온 아스콘 응급복구", "도로보수팀", date(2026, 3, 9), "완료", date(2026, 3, 9)),
            Action("절삭 후 재포장(L=12m)", "도로과", date(2026, 3, 31), "진행 중"),
        ),
        "photos": (photo(0), photo(1)),
    }
    return CaseSheet(**(values | changed))  # type: ignore[arg-type]


def dossier(*cases: CaseSheet, **changed: object) -> Dossier:
    """A dossier of the cases given, or of one usual case."""
    values: dict[str, object] = {
        "agency": AGENCY,
        "official": OFFICIAL,
        "generated_on": date(2026, 4, 13),
        "created_at": REPORTED,
        "changed_at": REPORTED + timedelta(days=2),
        "cases": cases or (case(),),
    }
    return Dossier(**(values | changed))  # type: ignore[arg-type]


def empty_case() -> CaseSheet:
    """A case of which only number and title are known."""
    return CaseSheet(number="임시-0001", title="제목만 있는 사안")


def sentences(count: int) -> str:
    """A long text in which every sentence can be told from the others."""
    return " ".join(f"제{n}문장은 현장에서 확인된 사항을 빠짐없이 적은 것임." for n in range(1, count + 1))


def huge_case() -> CaseSheet:
    """Everything at its limit: 10,000 characters, 40 observations, 60 photos."""
    kinds = list(ObservationKind)
    return case(
        title="아주 긴 제목을 가진 사안으로서 " * 5,
        description=sentences(300)[:10_000],
        observations=tuple(
            Observation(n, kinds[n % 4], f"관찰 {n}번의 내용으로 폭과 깊이, 주변 상태를 함께 적음", "")
            for n in range(1, 41)
        ),
        actions=tuple(Action(f"조치 {n}번 이행", "도로보수팀", date(2026, 3, 1 + n)) for n in range(1, 16)),
        photos=tuple(photo(n, upright=n % 5 == 4, caption=f"현장 사진 설명 {n} " * 6) for n in range(60)),
        comments=tuple(Comment("이든", REPORTED, f"의견 {n}: 예산 확인이 필요함") for n in range(6)),
    )


def counting(photos: int) -> Callable[[], tuple[Photo, ...]]:
    """Photos made when they are asked for."""
    return lambda: tuple(photo(n) for n in range(photos))
