"""The worked examples of Doc 9303-11, appendices D and G, exchange by exchange."""

from __future__ import annotations

import pytest

from openmidas.documents.chip.access.bac import open_by_bac
from openmidas.documents.chip.access.card_access import read_card_access
from openmidas.documents.chip.access.ciphers import derive
from openmidas.documents.chip.access.commands import Command
from openmidas.documents.chip.access.line import Line
from openmidas.documents.chip.access.pace import open_by_pace
from openmidas.documents.chip.access.passwords import Password
from openmidas.documents.chip.curves import Curve
from tests.documents.chip.virtual import VirtualChip, card_access, pace_info
from tests.documents.chip.virtual_keys import Keys

BAC_EXCHANGES = """
0084000008  4608F919887022129000
0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728
46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74499000
0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800  990290008E08FA855A5D4C50A8ED9000
0CB000000D9701048E08ED6705417E96BA5500  8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000
0CB000040D9701128E082EA28A70F3C7B53500
871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000
"""
PACE_EXCHANGES = """
0022C1A40F800A04007F00070202040202830101 9000
10860000027C0000 7C12801095A3A016522EE98D01E76CB6B98B42C39000
10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E
544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00
7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57
30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000
10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C
3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200
7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB
7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000
008600000C7C0A8508C2B0BD78D94BA86600 7C0A86083ABB9674BCE93C089000
"""
MAPPING, AGREEMENT = (
    0x7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99,
    0xA73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595,
)
THEIR_MAPPING, THEIR_AGREEMENT = (
    0x498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560,
    0x107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A,
)
PACE_PASSWORD = Password.of_fields("T22000129", "640812", "101031")


class Script:
    """A chip that says what the example says, and takes nothing else."""

    def __init__(self, text: str, joined: dict[int, int]) -> None:
        words = text.split()
        self.lines: list[bytes] = []
        at = 0
        while at < len(words):
            step = joined.get(len(self.lines), 1)
            self.lines.append(bytes.fromhex("".join(words[at : at + step])))
            at += step

    def __call__(self, command: bytes) -> bytes:
        assert command.hex() == self.lines.pop(0).hex()
        return self.lines.pop(0)


def test_basic_access_control_is_the_one_of_appendix_d() -> None:
    script = Script(BAC_EXCHANGES, {2: 2})
    chance = [bytes.fromhex("781723860C06C226"), bytes.fromhex("0B795240CB7049B01C19B33E32804F0B")]
    password = Password.of_fields("L898902C<", "690806", "940623")
    channel = open_by_bac(Line(script), password, random=lambda _size: chance.pop(0))
    channel.ask(Command(0, 0xA4, 2, 0x0C, bytes.fromhex("011E")))
    assert channel.ask(Command(0, 0xB0, 0, 0, expected=4)).hex() == "60145f01"
    rest = channel.ask(Command(0, 0xB0, 0, 4, expected=18))
    assert rest.hex() == "04303130365f36063034303030305c026175"
    assert script.lines == []


@pytest.mark.parametrize(
    ("number", "birth", "expiry", "text"),
    [
        ("L898902C<", "690806", "940623", "L898902C<369080619406236"),
        ("D23145890734", "340712", "950712", "D23145890734934071279507122"),
        ("D23145890", "340712", "950712", "D23145890734071279507122"),
    ],
)
def test_passwords_are_those_of_appendix_d(number: str, birth: str, expiry: str, text: str) -> None:
    assert Password.of_fields(number, birth, expiry).text == text


def test_pace_is_the_one_of_appendix_g() -> None:
    script = Script(PACE_EXCHANGES, {4: 2, 5: 2, 6: 2, 7: 2})
    (way,) = read_card_access(bytes.fromhex("31143012060A04007F0007020204020202010202010D")).ways
    assert (way.cipher, way.curve.name, way.ambiguous) == ("AES-128", "brainpoolP256r1", False)
    assert derive("AES-128", PACE_PASSWORD.secret, 3).hex() == "89ded1b26624ec1e634c1989302849dd"
    ours = [MAPPING, AGREEMENT]

    def chosen(_curve: Curve) -> int:
        return ours.pop(0)

    open_by_pace(Line(script), PACE_PASSWORD, way, numbers=chosen)
    assert script.lines == []


def test_the_virtual_chip_keeps_to_appendix_g_as_well() -> None:
    chip = VirtualChip(
        {0x011C: card_access(pace_info("AES-128", 13))},
        zone=PACE_PASSWORD.text,
        numbers=[THEIR_MAPPING, THEIR_AGREEMENT],
        nonce=bytes.fromhex("3F00C4D39D153F2B2A214A078D899B22"),
    )
    lines = Script(PACE_EXCHANGES, {4: 2, 5: 2, 6: 2, 7: 2}).lines
    for command, answer in zip(lines[::2], lines[1::2], strict=True):
        assert chip(command).hex() == answer.hex()
    assert isinstance(chip.keys, Keys)
    assert chip.keys.encryption.hex() == "f5f0e35c0d7161ee6724ee513a0d9a7f"
    assert chip.keys.seal.hex() == "fe251c7858b356b24514b3bd5f4297d1"
