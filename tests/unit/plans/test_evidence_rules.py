from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.plans.evidence_rules import (
    EVIDENCE_NAMES,
    LARGEST_EVIDENCE,
    MOST_FILES,
    EvidenceEmpty,
    EvidenceKind,
    EvidenceKindUnknown,
    EvidenceTooLarge,
    TooMuchEvidence,
    check_number,
    kind_of,
    safe_name,
)

ZIP = b"PK\x03\x04\x14\x00\x06\x00"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", EvidenceKind.PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", EvidenceKind.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00", EvidenceKind.PNG),
        ("Tilbud: cykel 2.400 kr. – med lås 🚲\r\n".encode(), EvidenceKind.PLAIN_TEXT),
        ("Tilbud på en blå cykel".encode("cp1252"), EvidenceKind.PLAIN_TEXT),
        (b"x" * LARGEST_EVIDENCE, EvidenceKind.PLAIN_TEXT),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content: bytes, kind: EvidenceKind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize("content", [ZIP, b"MZ\x90\x00", b"GIF89a\x01\x00", b"\x00", b"RIFF\x24\x00WEBP"])
def test_other_kinds_are_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(EvidenceKindUnknown) as refused:
        kind_of(content)
    assert "Gem den som PDF" in refused.value.message.danish


def test_an_empty_file_and_one_of_eleven_megabytes_are_refused_in_words() -> None:
    with pytest.raises(EvidenceEmpty):
        kind_of(b"")
    with pytest.raises(EvidenceTooLarge) as refused:
        kind_of(b"%PDF-" + b"x" * 11_000_000)
    assert refused.value.message.danish.startswith("Filen fylder 11,0 MB; der er plads til 10 MB.")


def test_there_is_room_for_ten_files_and_no_more() -> None:
    check_number(MOST_FILES)
    with pytest.raises(TooMuchEvidence):
        check_number(MOST_FILES + 1)


@pytest.mark.parametrize(
    ("given_name", "kind", "kept"),
    [
        ("Tilbud på cykel.PDF", EvidenceKind.PDF, "Tilbud på cykel.pdf"),
        ("..\\..\\C:\\windows\\tilbud.pdf", EvidenceKind.PDF, "tilbud.pdf"),
        ("../../etc/passwd", EvidenceKind.PLAIN_TEXT, "passwd.txt"),
        ("side.html", EvidenceKind.PLAIN_TEXT, "side.html.txt"),
        ("foto.jpeg", EvidenceKind.JPEG, "foto.jpg"),
        ("program.exe", EvidenceKind.PNG, "program.exe.png"),
        ("", EvidenceKind.PDF, "bilag.pdf"),
        ("\u202egpj.exe\r\n", EvidenceKind.PNG, "gpj.exe.png"),
    ],
)
def test_a_name_is_kept_without_folders_and_with_the_ending_of_its_kind(
    given_name: str, kind: EvidenceKind, kept: str
) -> None:
    assert safe_name(given_name, kind) == kept


@given(st.text(max_size=400), st.sampled_from(EvidenceKind))
def test_no_name_leads_out_of_a_folder_or_breaks_a_header(name: str, kind: EvidenceKind) -> None:
    kept = safe_name(name, kind)
    assert kept.endswith(f".{kind.value}")
    assert not {"/", "\\", "\r", "\n", "\x00"} & set(kept)
    assert 0 < len(kept) <= 160


def test_every_kind_has_a_name() -> None:
    assert set(EVIDENCE_NAMES) == set(EvidenceKind)
