"""Excel and what guards it on Windows, as the registry tells.

The places are Microsoft's: ADMX templates of Office (VBAWarnings, Trusted Locations,
TrustedCatalogs), Click-to-Run, App Paths, and Defender's rules against attack surfaces.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PureWindowsPath

from finsam_xl.doctor.computer import Excel, Guard, Trusted
from finsam_xl.doctor.probe.registry import Registry

_APP = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_CLICK_TO_RUN = r"HKLM\Software\Microsoft\Office\ClickToRun\Configuration"
_INSTALLED = (
    r"HKLM\Software\Microsoft\Office\16.0\Excel\InstallRoot",
    r"HKLM\Software\WOW6432Node\Microsoft\Office\16.0\Excel\InstallRoot",
)
_PLATFORMS = {"x64": 64, "x86": 32, "arm64": 64}
_MACHINES = {0x8664: 64, 0xAA64: 64, 0x14C: 32}
_OFFICE = r"Software\Microsoft\Office\16.0"
_POLICIES = r"Software\Policies\Microsoft\Office\16.0"
_PLACES = (rf"HKCU\{_POLICIES}", rf"HKLM\{_POLICIES}", rf"HKCU\{_OFFICE}")
"""Where a setting of Office stands; what is decided for the user goes before what she chose."""
_SECURITY = r"Excel\Security"
_TRUSTED = rf"{_SECURITY}\Trusted Locations"
_SERVER = r"\\"
_DEFENDER = r"HKLM\Software\Policies\Microsoft\Windows Defender"
_RULES = rf"{_DEFENDER}\Windows Defender Exploit Guard\ASR\Rules"
_MANAGED = rf"{_DEFENDER}\Policy Manager"
CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
CALLS = "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"
_BLOCKS = "1"
_SIGNS = r"HKCU\Control Panel\International"


def excel(registry: Registry) -> Excel | None:
    """The installed Excel, ``None`` where the registry knows of none."""
    program = _text(registry.value(_APP)).strip('"') or next(
        (rf"{root}excel.exe" for key in _INSTALLED if (root := _text(registry.value(key, "Path")))),
        "",
    )
    version = _text(registry.value(_CLICK_TO_RUN, "VersionToReport"))
    if not program and not version:
        return None
    said = _PLATFORMS.get(_text(registry.value(_CLICK_TO_RUN, "Platform")).lower())
    return Excel(version, bits(Path(program)) or said, program)


def bits(program: Path) -> int | None:
    """The bitness that a Windows program says of itself in its header (PE format)."""
    try:
        with program.open("rb") as file:
            file.seek(0x3C)
            file.seek(int.from_bytes(file.read(4), "little"))
            head = file.read(6)
    except OSError:
        return None
    return _MACHINES.get(int.from_bytes(head[4:6], "little")) if head[:4] == b"PE\0\0" else None


def guard(registry: Registry, settings: Mapping[str, str]) -> Guard:
    """What the rules say that can be read."""
    rules = dict(_rules(registry))
    store = _decided(
        registry, r"WEF\TrustedCatalogs", ("DisableOMEXCatalogs", "DisableAllCatalogs")
    )
    return Guard(
        macros=_decided(registry, _SECURITY, ("VBAWarnings",)),
        children=rules[CHILDREN] == _BLOCKS if CHILDREN in rules else None,
        calls=rules[CALLS] == _BLOCKS if CALLS in rules else None,
        store=None if store is None else store == 1,
        trusted=tuple(_trusted(registry, settings)),
    )


def signs(registry: Registry) -> tuple[str, str]:
    """The decimal sign and the one between the values of a list."""
    return _text(registry.value(_SIGNS, "sDecimal")), _text(registry.value(_SIGNS, "sList"))


def _decided(registry: Registry, key: str, names: tuple[str, ...]) -> int | None:
    """A number, from the first place that has one of those names."""
    every = (registry.value(rf"{place}\{key}", name) for place in _PLACES for name in names)
    return next((value for value in every if isinstance(value, int)), None)


def _rules(registry: Registry) -> Iterator[tuple[str, str]]:
    """Defender's rules by number: what group policy says, and what a management service does."""
    for part in _text(registry.value(_MANAGED, "ASRRules")).split("|"):
        name, _, value = part.partition("=")
        yield name.strip().lower(), value.strip()
    for name in registry.names(_RULES):
        yield name.lower(), str(registry.value(_RULES, name))


def _trusted(registry: Registry, settings: Mapping[str, str]) -> Iterator[Trusted]:
    """Trusted locations; one on a server only where those may be trusted at all."""
    servers = _decided(registry, _TRUSTED, ("AllowNetworkLocations",)) == 1
    for place in _PLACES:
        every = rf"{place}\{_TRUSTED}"
        for name in registry.keys(every):
            path = _text(registry.value(rf"{every}\{name}", "Path"))
            if path and (servers or not path.startswith(_SERVER)):
                below = registry.value(rf"{every}\{name}", "AllowSubFolders") == 1
                yield Trusted(PureWindowsPath(_filled(path, settings)), below)


def _filled(path: str, settings: Mapping[str, str]) -> str:
    """A path with its environment variables filled in."""
    known = {name.upper(): value for name, value in settings.items()}
    return re.sub("%([^%]+)%", lambda name: known.get(name[1].upper(), name[0]), path).rstrip(
        os.sep
    )


def _text(value: str | int | None) -> str:
    return value if isinstance(value, str) else ""
