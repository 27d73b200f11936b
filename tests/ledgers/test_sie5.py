"""SIE 5: the same sums out of XML, rows that are struck out, and what is refused."""

from __future__ import annotations

import pytest

from finsam_xl.errors import InputError
from finsam_xl.ledgers import reading
from finsam_xl.ledgers.record import PROJECT, Ledger, Oddity

NAMESPACE = "http://www.sie.se/sie5"
FILE = f"""<?xml version="1.0" encoding="utf-8"?>
<Sie xmlns="{NAMESPACE}">
  <FileInfo>
    <SoftwareProduct name="Prov" version="5"/>
    <Company organizationId="222000-0000" name="Samordningsförbundet Påhittat"/>
    <FiscalYears>
      <FiscalYear start="2024-01" end="2024-12"/>
      <FiscalYear start="2025-01" end="2025-12" primary="true"/>
    </FiscalYears>
    <AccountingCurrency currency="SEK"/>
  </FileInfo>
  <Accounts>
    <Account id="1930" name="Bank" type="asset">
      <OpeningBalance month="2025-01" amount="1000.00"/>
      <ClosingBalance month="2025-12" amount="650.00"/>
    </Account>
    <Account id="6010" name="Lokalhyra" type="cost"/>
  </Accounts>
  <Dimensions>
    <Dimension id="6" name="Projekt"><Object id="P41VÄN" name="En Person"/></Dimension>
  </Dimensions>
  <Journal id="A" name="Verifikationer">
    <JournalEntry id="1" journalDate="2025-01-15">
      <LedgerEntry accountId="6010" amount="200.00"><ObjectReference dimId="6" objectId="P41VÄN"/></LedgerEntry>
      <LedgerEntry accountId="6010" amount="150.00" ledgerDate="2025-02-01"/>
      <LedgerEntry accountId="6010" amount="999.00"><Overstrike date="2025-01-16" by="Kim"/></LedgerEntry>
      <LedgerEntry accountId="1930" amount="-350.00"/>
    </JournalEntry>
  </Journal>
</Sie>
"""


def read(text: str) -> Ledger:
    return reading.read(text.encode(), "BOK.sie")


def test_what_it_says() -> None:
    found = read(FILE)
    assert (found.form, found.program, found.association) == (
        "SIE 5", "Prov 5", "Samordningsförbundet Påhittat",
    )  # fmt: skip
    assert [(e.account, found.code(e.objects, PROJECT), str(e.month), e.amount) for e in found.entries] == [
        ("1930", "", "2025-01", -35000), ("6010", "", "2025-02", 15000), ("6010", "P41VÄN", "2025-01", 20000),
    ]  # fmt: skip
    assert found.oddities == {Oddity.STRUCK: 1}
    assert found.year.is_calendar_year
    assert str(found.last_voucher) == "2025-01-15"
    assert [one for one in found.checked if one.failed] == []
    assert {one.equation.value for one in found.checked} == {"balances", "vouchers"}
    assert "Person" not in repr(found)
    assert "Kim" not in repr(found)


def test_vouchers_to_be_imported_are_read_too() -> None:
    start = FILE.index("  <FileInfo>")
    text = FILE[:start] + FILE[FILE.index("  <Journal ") :]
    found = read(text.replace("<Sie ", "<SieEntry ").replace("</Sie>", "</SieEntry>"))
    assert found.oddities == {Oddity.NO_YEAR: 1, Oddity.STRUCK: 1}
    assert found.year.first.year == 2025


def test_a_prefix_makes_no_difference() -> None:
    import re

    text = re.sub(r"<(/?)(?=[A-Z])", r"<\1s:", FILE).replace("xmlns=", "xmlns:s=")
    assert read(text).entries == read(FILE).entries


def test_what_does_not_hold() -> None:
    found = read(FILE.replace('amount="-350.00"', 'amount="-340.00"'))
    failed = {one.equation.value: one.failed for one in found.checked if one.failed}
    assert failed == {"balances": (("1930", 65000, 66000),), "vouchers": (("1", 0, 1000),)}


REFUSED = [
    ("a document type", FILE.replace("<Sie ", "<!DOCTYPE Sie [<!ENTITY a 'b'>]>\n<Sie ", 1), "DOCTYPE"),
    ("broken XML", FILE[:-20], "Rad"),
    ("an amount that is none", FILE.replace("200.00", "två"), "två"),
    ("a lost letter", FILE.replace('objectId="P41VÄN"', 'objectId="P41V\ufffdN"'), "förlorade"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        read(text)
    assert told in error.value.what
    assert error.value.where == "BOK.sie"
