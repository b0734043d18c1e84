"""The colours can be read, and are those that were drawn."""

import pytest

from tracker.host.accent import contrast
from tracker.ui.theme.tokens import ALL_TOKENS, DARK, LIGHT, Tokens, Tone

TONES = [tone for tone in Tone if tone is not Tone.NEUTRAL]
CASES = pytest.mark.parametrize("tokens", ALL_TOKENS, ids=lambda tokens: tokens.name)


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@CASES
def test_words_can_be_read_on_every_ground(tokens: Tokens) -> None:
    for ground in (tokens.bg, tokens.surface, tokens.raised):
        assert contrast(tokens.text, ground) >= 7
        assert contrast(tokens.muted, ground) >= 4.5


@CASES
@pytest.mark.parametrize("tone", TONES)
def test_a_tone_can_be_read_on_its_soft_ground_and_on_cards(tokens: Tokens, tone: Tone) -> None:
    pair = tokens.tone(tone)
    assert contrast(pair.strong, pair.soft) >= 4.5
    assert contrast(pair.strong, tokens.surface) >= 4.5


@CASES
def test_words_on_the_main_button_can_be_read(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent.strong) >= 4.5


@CASES
def test_future_stages_can_be_made_out(tokens: Tokens) -> None:
    assert contrast(tokens.faint, tokens.surface) >= 3


@pytest.mark.parametrize("tokens", [t for t in ALL_TOKENS if t.high_contrast], ids=lambda t: t.name)
def test_high_contrast_means_seven_to_one_for_everything_that_is_said(tokens: Tokens) -> None:
    for ink in ("text", "muted", "faint", "border", *TONES):
        assert contrast(tokens.ink(ink), tokens.bg) >= 7, ink
    assert tokens.shadow == 0


def test_the_drawn_looks_are_kept() -> None:
    assert (LIGHT.bg, LIGHT.surface, LIGHT.text, LIGHT.accent.strong) == (
        "#F6F7F9",
        "#FFFFFF",
        "#1A1F2B",
        "#2458E6",
    )
    assert (DARK.bg, DARK.surface, DARK.text, DARK.accent.strong) == (
        "#14171C",
        "#1B1F26",
        "#ECEFF4",
        "#7EA2FF",
    )


def test_an_ink_nobody_drew_is_refused() -> None:
    with pytest.raises((KeyError, AttributeError)):
        LIGHT.ink("sparkling")
    with pytest.raises(KeyError):
        LIGHT.ink("dark")
