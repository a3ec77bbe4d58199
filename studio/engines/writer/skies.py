"""The sky over a story: lines of other weather, of another season, or of any sky where there is a roof, are left out."""

from __future__ import annotations

import re

_FAIR = re.compile(
    r"(?i)\b(?:sun(?:light|shine|rise|set|ny|s)?|stars?|moon(?:light|s)?|without a cloud|(?:clear|blue|wide) sky|sky is wide|shadows?|glints?|"
    r"wind is still|light wind|wind drops|dust|dry|dries|laundry|washing|bees?|heat|full of light|shines|shimmers)\b"
)
_WHITE = re.compile(r"(?i)\b(?:snow\w*|flakes?|frost|ice|icy|blizzard)\b")
_WET = re.compile(r"(?i)\b(?:rain\w*|downpour|drops fall|puddles?|wet)\b")
_ROUGH = re.compile(r"(?i)\b(?:storm|squall|gusts?|thunder|lightning)\b")
_MISTY = re.compile(r"(?i)\b(?:fog|mist)\b")
_CALM = re.compile(r"(?i)\b(?:birds?|gulls|wind is still|light wind|wind drops|no wind|drift by)\b")
#: By weather, what cannot be told of the same hour.
_OTHER = {
    "rain": (_FAIR, _WHITE),
    "storm": (_FAIR, _WHITE, _CALM),
    "snow": (_FAIR, _WET),
    "fog": (_FAIR, _WHITE, _ROUGH),
    "wind": (_CALM, _MISTY),
}
_WARM = re.compile(
    r"(?i)\b(?:heat|hot|blossoms?|bees?|swallows?|hay|warm (?:evening|wind|air|rain)|green|butterfl\w+|crickets|summer|petals?|roses?|flowers?|swim\w*)\b"
)
_FALLING = re.compile(r"(?i)\b(?:autumn|falling leaves|yellow leaves|chestnut)\b")
_OFF_SEASON = {
    "winter": (_WARM, _FALLING),
    "summer": (_WHITE, _FALLING),
    "spring": (_WHITE, _FALLING),
    "autumn": (_WHITE, re.compile(r"(?i)\b(?:blossoms?|hay|summer|spring)\b")),
}
_SEASONS = {
    "winter": re.compile(r"(?i)\b(?:winters?|december|january|february|christmas|snow\w*|frozen|ice(?! cream)|icy|glaciers?|icebergs?|arctic|antarctic\w*|polar|igloos?|penguins?|skat(?:es?|ing|ers?)|blizzard|new year's)\b"),
    "summer": re.compile(r"(?i)\b(?:summers?|june|july|august|heat ?wave|heat|midsummer)\b"),
    "spring": re.compile(r"(?i)\b(?:in (?:the )?spring|springtime|april|easter|cherry blossoms?)\b"),
    "autumn": re.compile(r"(?i)\b(?:autumn|october|november|harvest|halloween)\b"),
}  # fmt: skip
_DAYLIGHT = re.compile(
    r"(?i)\b(?:gulls|swallows?|bees?|butterfl\w+|larks?|hawks?|sun\w*|shutters rattle up|heat|shadows?)\b"
)
_SKY = re.compile(
    r"(?i)\b(?:shadows?|glints|day|far away|clouds?|sky|sun|stars?|moon|birds?|wind|rain|snow|fog|horizon|landscape|frost)\b"
)
#: Where one sees no sky, or need not.
_ROOFED = re.compile(
    r"(?i)\b(?:mines?|miners?|in the dark|coal|caves?|tunnels?|submarines?|underground|basements?|cellars?|bunkers?|lifts?|elevators?|prison|cells?|hospitals?|"
    r"theatres?|theaters?|museums?|offices?|kitchens?|schools?|classrooms?|library|libraries|factory|factories|warehouses?|supermarkets?|"
    r"space\w*|orbit|satellites?|mars|on the moon|underwater|seabed|deep sea|ocean floor|attics?|laborator(?:y|ies)|lab|courtroom|court|opera|orchestra|"
    r"cinemas?|casino|vaults?|sewers?|catacombs|crypt|dungeon|wards?|laundr\w+|shops?|restaurants?|caf[eé]s?|pub|hotels?|studio|church|"
    r"cathedral|airport|call cent(?:er|re)|subway|metro|under the (?:ice|ground|sea|earth|city|floor|bed)|living room|bedroom|bathroom|"
    r"clinic|stage|ballroom|archive|gallery|arcade|gym|servers?|computers?|banks?|locked|trapped)\b"
)


def season_of(text: str, weather: str) -> str:
    """The season that the idea names, or empty; a summer in which it snows is none."""
    text = re.sub(r"(?i)\bwithout (?:an? )?(?:summer|winter|spring|autumn|snow)\b", "", text)
    named = re.findall(r"(?i)\b(winter|summer|spring|autumn)s?\b", text)
    found = [named[0].lower()] if named else [name for name, pattern in _SEASONS.items() if pattern.search(text)]
    if len(found) != 1 or weather == "snow" and found != ["winter"]:
        return ""
    return found[0]


def is_roofed(text: str) -> bool:
    """True if the idea names somewhere without a sky."""
    return bool(_ROOFED.search(text))


def is_other_weather(line: str, weather: str) -> bool:
    """True if ``line`` tells of weather that cannot be at the same time as ``weather``."""
    return any(pattern.search(line) for pattern in _OTHER.get(weather, ()))


def is_misplaced(line: str, *, time: str, weather: str, season: str, roofed: bool) -> bool:
    """True if ``line``, which tells what one sees around, cannot be seen in this story."""
    return (
        is_other_weather(line, weather)
        or time == "night"
        and bool(_DAYLIGHT.search(line))
        or any(pattern.search(line) for pattern in _OFF_SEASON.get(season, ()))
        or roofed
        and bool(_SKY.search(line))
    )
