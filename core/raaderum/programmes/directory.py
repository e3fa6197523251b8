"""All programmes of the installation: which version is in force, and which one an enrolment keeps."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from raaderum.kernel.errors import NotFound, RuleBroken, SetupInvalid
from raaderum.kernel.text import Text
from raaderum.programmes.programme_file import read_programme
from raaderum.programmes.rules import ProgrammeVersion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from raaderum.tenancy.directory import TenantDirectory


class ProgrammeUnknown(NotFound):
    """The municipality has no such programme."""

    code = "programme_unknown"
    text = Text(
        "Kommunen har ingen ordning af det navn. Vælg en fra listen over ordninger.",
        "The municipality has no programme of that name. Choose one from the list of programmes.",
    )


class ProgrammeNotYetOpen(RuleBroken):
    """The programme begins later; it takes no referral yet."""

    code = "programme_not_yet_open"
    text = Text(
        "Ordningen åbner først {opens_on}. Vent med indstillingen til da.",
        "The programme does not open until {opens_on}. Refer then.",
    )


class ProgrammeExpired(RuleBroken):
    """The programme takes no new referral; enrolments that have begun go on under their version."""

    code = "programme_expired"
    text = Text(
        "Ordningen tog sidste gang imod nye borgere {closed_on}. Vælg en anden ordning.",
        "The programme last took new citizens on {closed_on}. Choose another programme.",
    )


class PinnedVersionMissing(SetupInvalid):
    """The file of a version that an enrolment keeps has been removed or renamed."""

    code = "pinned_version_missing"
    text = Text(
        "{file} mangler, men et forløb følger den. Læg filen tilbage.",
        "{file} is missing, but an enrolment follows it. Put the file back.",
    )


class VersionsOverlap(SetupInvalid):
    """Two versions of a programme claim the same day."""

    code = "programme_versions_overlap"
    text = Text(
        "{file} og {other} gælder samtidig. Ret datoen i det ene navn, eller ret closes_on i {file}.",
        "{file} and {other} are valid at once. Correct the date in one name, or closes_on in {file}.",
    )


class NameUnknown(SetupInvalid):
    """A programme names something that no installed plugin offers."""

    code = "programme_name_unknown"
    text = Text(
        "{file}: »{key}« nævner »{name}«, som intet installeret plugin tilbyder. "
        "Installer pluginet, eller skriv en af: {known}.",
        "{file}: “{key}” names “{name}”, which no installed plugin offers. "
        "Install the plugin, or write one of: {known}.",
    )


class ProgrammeDirectory:
    """The programmes of all municipalities in all their versions; never changes while it runs."""

    def __init__(self, versions: Iterable[ProgrammeVersion]) -> None:
        self._versions: dict[tuple[str, str], list[ProgrammeVersion]] = defaultdict(list)
        for version in sorted(versions, key=lambda one: (one.tenant_slug, one.slug, one.valid_from)):
            self._versions[version.tenant_slug, version.slug].append(version)
        for of_programme in self._versions.values():
            _refuse_overlap(of_programme)

    @classmethod
    def load(cls, folder: Path, tenants: TenantDirectory) -> ProgrammeDirectory:
        """Read every `<tenant>/programmes/<date>-<slug>.toml` in `folder`.

        Files whose name begins with `.` are passed over. Raises a `SetupInvalid` that names the
        file, the key and what to write.
        """
        return cls(
            read_programme(path, tenant)
            for tenant in tenants.tenants
            for path in _files(folder / tenant.slug / "programmes")
        )

    def __iter__(self) -> Iterator[ProgrammeVersion]:
        """Go through all versions, by tenant, programme and date."""
        for of_programme in self._versions.values():
            yield from of_programme

    def of_tenant(self, tenant_slug: str) -> tuple[ProgrammeVersion, ...]:
        """Return all versions of all programmes of one municipality, by programme and date."""
        return tuple(version for version in self if version.tenant_slug == tenant_slug)

    def versions_of(self, tenant_slug: str, programme_slug: str) -> tuple[ProgrammeVersion, ...]:
        """Return all versions of one programme, by date; raise `ProgrammeUnknown`."""
        return tuple(self._of_programme(tenant_slug, programme_slug))

    def version_in_force(self, tenant_slug: str, programme_slug: str, on: date) -> ProgrammeVersion:
        """Return the version under which a referral on that day begins.

        Raises `ProgrammeUnknown`, `ProgrammeNotYetOpen` or `ProgrammeExpired`.
        """
        of_programme = self._of_programme(tenant_slug, programme_slug)
        begun = [version for version in of_programme if version.valid_from <= on]
        if not begun:
            raise ProgrammeNotYetOpen(where="programme", opens_on=of_programme[0].valid_from)
        latest = begun[-1]
        if latest.closes_on is not None and latest.closes_on < on:
            raise ProgrammeExpired(where="programme", closed_on=latest.closes_on)
        return latest

    def pinned(self, tenant_slug: str, programme_slug: str, valid_from: date) -> ProgrammeVersion:
        """Return the version that an enrolment began under, also where it is no longer in force.

        Raises `ProgrammeUnknown`, or `PinnedVersionMissing` where the programme has other versions only.
        """
        for version in self._of_programme(tenant_slug, programme_slug):
            if version.valid_from == valid_from:
                return version
        file = f"{tenant_slug}/programmes/{valid_from}-{programme_slug}.toml"
        raise PinnedVersionMissing(where=file, file=file)

    def _of_programme(self, tenant_slug: str, programme_slug: str) -> list[ProgrammeVersion]:
        of_programme = self._versions.get((tenant_slug, programme_slug))
        if of_programme is None:
            raise ProgrammeUnknown(where="programme")
        return of_programme


def check_names(
    programmes: Iterable[ProgrammeVersion],
    known_target_groups: Collection[str],
    known_providers: Collection[str],
) -> None:
    """Raise `NameUnknown` for the first target group or payout method that is not among the known ones."""
    for version in programmes:
        _check_names_in(version, "target_group", [version.target_group], known_target_groups)
        _check_names_in(version, "payout_methods", version.payout_methods, known_providers)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _refuse_overlap(of_programme: list[ProgrammeVersion]) -> None:
    for earlier, later in pairwise(of_programme):
        still_open = earlier.closes_on is not None and earlier.closes_on >= later.valid_from
        if still_open or earlier.valid_from == later.valid_from:
            raise VersionsOverlap(where=earlier.file, file=earlier.file, other=later.file)


def _check_names_in(
    version: ProgrammeVersion, key: str, names: Iterable[str], known: Collection[str]
) -> None:
    for name in names:
        if name not in known:
            raise NameUnknown(
                where=version.file,
                file=version.file,
                key=key,
                name=name,
                known=", ".join(sorted(known)) or "–",
            )
