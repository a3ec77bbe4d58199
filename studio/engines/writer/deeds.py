"""Deeds that have small plots of their own: recognised by the verb, and by what stands after it."""

from __future__ import annotations

import re

from studio.engines.writer.fates import FATE_OF
from studio.engines.writer.grammar import Figure, past, present
from studio.engines.writer.idea import Event, Idea

_ONE = r"(?:a|an|the|his|her|their|its|my|our|one|two|three|every|\w+)"
_RIDE = r"(?:taxi|cab|lift|elevator|train|bus|bench|umbrella|ride|compartment|car|boat|table|carriage|tram|shelter|park bench|waiting room)"
_RACE = r"(?:a|an|the|his|her|their) (?:[\w-]+ ){0,3}?(?:marathon|race|contest|competition|tournament|championships?|olympics)\b"
#: By tag, the verbs and what must follow them at once (a pattern; empty for anything).
_DEEDS: dict[str, tuple[str, str]] = {
    "teaches": ("teach train coach", rf"{_ONE} \w+"),
    "carries": ("carry deliver bring", rf"(?!(?:the |a |an |his |her |their )?(?:\w+ )?(?:baby|babies|twins|speech|child)\b){_ONE} "),
    "robs": ("rob steal kidnap swindle smuggle burgle loot", ""),
    "writes": ("write compose", rf"(?!down\b|off\b|out\b|on\b){_ONE}\b"),
    "sings": ("sing dance perform rehearse", ""),
    "learns": ("discover realise realize learn find", r"(?:out )?(?:that|they|he|she|it|who|why)\b|out (?:his|her|their|the|what|how|everyone)\b"),
    "wins": ("win score", rf"{_ONE} "),
    "shares": ("share lend offer donate give", r"(?!.*\b(?:shade|roof|space|shelter|umbrella|balcony|fence|border|stage|bench|flat|house|room|birthday|secret|stall|shed|corner|office|desk|body|face)\b)(?!up|in|birth|way|(?:a|an|one) (?!(?:[\w-]+ )?(?:bar|loaf|piece|bottle|cup|pot|plate|bowl|slice|cigarette|blanket|apple|orange|sandwich|meal|coat)\b)|himself|herself|itself|themselves)"),
    "swaps": ("swap trade exchange switch", r"(?!on\b|off\b|letters\b|glances\b|rings\b|words\b|messages\b|notes\b|gifts\b)"),
    "hides": ("hide", r"(?!in\b|from\b|under|behind|at\b|inside|out|among|on\b|with)\w+ (?!.* from )"),
    "conceals": ("hide conceal keep", r"(?:a|an|the|his|her|their|its) (?:\w+ ){0,3}(?:from (?:his|her|their|the|every|a|an)\b|secret\b)"),
    "meets": ("meet encounter", ""),
    "runs_away": ("escape flee desert", ""),
    "forgets": ("forget", r"(?:a|an|the|his|her|their|how|where|what|who)\b"),
    "sends": ("send mail", r"(?:a|an|one|the|his|her|their|\w+) "),
    "refuses": ("refuse resign quit", ""),
    "saves": ("save rescue", rf"{_ONE}\b(?! (?:money|up|for))"),
    "paints": ("paint draw sketch", rf"(?!over\b|out\b){_ONE}\b"),
    "builds": ("build construct repair restore rebuild fix mend invent create carve sew knit weave assemble", rf"(?!everything|anything|people){_ONE}\b"),
    "wakes": ("wake", r"up(?! (?:\w+ )?(?:in|inside) (?:a|an|the) (?:\w+ )?(?:lift|elevator|coffin|cell|box|cage|room|bunker|container|cellar|maze|labyrinth|trunk|vault|hole|pit)\b)"),
    "finds": ("find discover unearth dig", r"(?:up )?(?:(?:a|an|the|his|her|their|two|three|old) |(?=(?:foot|hand|finger)prints|letters|bones|coins|traces))(?!own\b)(?!(?:[\w-]+ )?(?:hole|tunnel|pit|grave|ditch|moat|trench|garden|well)\b)"),
    "hears": ("hear", rf"{_ONE}\b(?!.*\b(?:secrets?|stories|confessions|gossip|rumours?|only|every|dreams?|sleep|head)\b)"),
    "leaves": ("leave", r"(?:his|her|their|its|home|everything|for|the (?:city|village|town|island|house|farm|country|army|circus|convent|palace|stage)) ?"),
    "sells": ("sell auction", ""),
    "vanishes": ("disappear vanish", ""),
    "talks": ("talk speak describe", r"(?!in (?:his|her|their|its) sleep)"),
    "waits": ("wait", r"(?!.*\b(?:minutes?|hours?|seconds?)\b)"),
    "collects": ("collect gather hoard", ""),
    "becomes": ("become", r"(?:a|an|the|mayor|king|queen|president|captain|minister|pope|emperor|famous|rich|human|invisible) ?(?!.*\bfor (?:a|one|just)\b)"),
    "befriends": ("befriend", ""),
    "argues": ("argue disagree quarrel bicker feud discuss debate", ""),
    "returns": ("return", r"(?:home|to)\b(?!.* to (?:find|discover|learn)\b)"),
    "travels": (
        "walk travel cross climb sail drive ride hike hitchhike wander row swim cycle skate canoe march fly trek cross paddle crawl journey",
        r"(?:(?:a|an|the|his|her|their) \w+ )?(?:across|to|through|over|along|around|back|up|down|from|into|home|north|south|east|west|the (?:desert|ocean|sea|river|mountain|country))\b",
    ),
    "arrives": ("move join settle", r"(?:to|into|in|next|from|back|down|on|a|an|the|his|her|their|its)\b"),
    "comes": ("arrive enter visit land", rf"(?!{_RACE})(?!(?:a|an|the|his|her) (?:[\w-]+ )?(?:plane|helicopter|ship|job|part|role|fish|punch|blow)\b)"),
    "plays": ("play compete gamble bet race", r"(?!the (?:piano|violin|guitar|flute|cello|organ))"),
    "helps": ("help lead guide nurse raise adopt feed heal comfort care protect shelter", ""),
    "works": ("keep guard tend manage serve clean own operate maintain sweep", rf"(?!\w+ing\b|(?:for|out|into|away|from|to|through|over|across|after|around|up|down|in|on|at|off|with|against)\b){_ONE} "),
    "insists": ("insist claim believe swear think predict warn foresee prophesy", r"(?!of\b)"),
    "gets": ("inherit buy get receive acquire", r"(?!\w+ (?:[\w-]+ ){0,2}?(?:letters?|messages?|notes?|postcards?|telegram|email|invitation|(?:\w+ )?card|parcel from|news)\b)(?:a|an|the|his|her|their|its|one|two|three) "),
    "loses": ("lose drop", r"(?!.*\b(?:in|at) (?:a|the) (?:\w+ )?(?:game|bet|wager|poker|duel|war|race|fire|flood|divorce)\b)(?:a|an|the|his|her|their|its) (?!(?:[\w'-]+ )?(?:way|job|memory|voice|sight|hearing|temper|race|match|game|election|bet|duel|sense|taste|faith|hope|nerve|smile|confidence|inspiration|appetite|luck|magic|powers?|sleep|balance)\b)"),
    "chases": ("chase hunt follow pursue track stalk", rf"{_ONE} "),
    "fights": ("fight defend battle attack resist challenge", r"(?!over|about)"),
    "pretends": ("pretend impersonate lie disguise fake", ""),
    "tells": ("tell confess reveal admit announce", r"(?!.*\b(?:lies|stories|story|jokes?|tales?|fortunes?|the time)\b)"),
    "watches": ("watch observe see notice spot", ""),
    "plans": ("decide plan vow promise agree", r"(?:not )?to\b|(?:a|an|the|his|her|their|its) "),
    "proposes": ("propose", r"to\b"),
    "changes": ("grow shrink turn transform swallow", r"(?:a|an|into|invisible|two|three|wings|smaller|taller)\b"),
    "remembers": ("remember recall", ""),
    "cooks": ("cook bake brew fry", r"(?!.*\bthat\b)"),
    "celebrates": ("celebrate marry host invite wed", ""),
    "reads_to": ("read tell sing", r".* to (?:a|an|the|his|her|their)\b"),
    "reads": ("study translate decode decipher", ""),
    "lives": ("live", r"(?:in|on|under|with|alone|inside|by|at|near|behind|above|among)\b"),
    "dreams": ("dream", ""),
    "plants": ("plant sow", r"(?!(?:a|an|the|his|her|their|its) (?:[\w-]+ )?(?:flag|bomb|kiss|evidence|microphone|camera)\b)"),
    "rules": ("rule govern command", rf"{_ONE} "),
    "together": ("share", r"(?!.* for (?:one|a|an|ten|five) (?:\w+ )?(?:block|minutes?|hours?|stop|ride|day|dance|song)\b)(?:(?:a|an|the|one) (?:\w+ ){0,2}(?:room|house|flat|cell|bed|apartment|cabin|cage|nest|tank|blanket|car|compartment|tent|kitchen|garden|wall|office|desk|bench|home|lifeboat|trench|foxhole|cellar|bunker|ledge|island|shade|roof|space|shelter|umbrella|balcony|fence|border|stage|stall|shed|corner)\b)"),
    "gives_back": ("return", r"(?:a|an|the|his|her|their|every|everything|all)\b"),
    "asks": ("ask interview question", rf"(?!.* to (?:look after|keep|hold|watch|take care of|carry|guard|hide|deliver|bring)\b){_ONE} "),
    "searches": ("search look seek", r"(?:for|everywhere|(?:the|a|an|his|her|their|every|all) .*\bfor)\b"),
    "founds": ("form found establish", r"(?:a|an|the|his|her|their) "),
    "borrows": ("borrow rent", rf"(?!out\b){_ONE} "),
    "laughs": ("laugh giggle", ""),
    "votes": ("vote", ""),
    "senses": ("smell sense feel taste", r"(?:a|an|the|his|her|their|its|something|somebody|someone|that|every)\b"),
    "makes": ("make invent design develop craft forge", r"(?!(?:a|an|the|his|her|their|one) (?:\w+ )?(?:mistake|wish|friend|decision|choice|discovery|promise|deal|living|bet|list|call|plan|fire|move|bed|difference|way|noise)\b)(?:a|an|the|his|her|their|its|one|two|three) "),
    "counts": ("count measure weigh", ""),
    "digs": ("dig", r"(?!up\b)"),
    "opens_it": ("open unlock lift", r"(?:a|an|the|his|her|their|its|one|every) (?:[\w-]+ ){0,3}?(?:door|box|chest|lid|book|window|gate|coffin|safe|drawer|trunk|package|parcel|suitcase|vault|tomb|jar|bottle|trapdoor|curtain|hatch|wardrobe|cupboard|cellar|attic)\b"),
    "survives": ("survive", ""),
    "apologises": ("apologise apologize forgive", ""),
    "records": ("photograph film record capture", ""),
    "lights": ("light", rf"{_ONE} (?:[\w-]+ )?(?:candles?|lanterns?|lamps?|fires?|torch|torches|matches|match)\b"),
    "breaks": ("break smash shatter spill", r"(?!.*\b(?:vow|silence|promise|rules?|law|records?|news|spell|curse|heart|ice|hearts)\b)(?!out|into|up|free|away)"),
}  # fmt: skip
#: Deeds of several words, by how they are said.
_SAID = {
    "plays": r"fight (?:a|an|the) (?:[\w-]+ )?duel\b|(?:is|are|gets?) challenged (?:to|by)\b",
    "hunted": r"(?:is|are|gets?) (?:being |secretly )?(?:followed|hunted|watched|chased|stalked|haunted|pursued) by\b|(?:notices?|feels?|thinks?|realises?|realizes?) (?:that )?(?:somebody|someone|something) is (?:following|watching|hunting)",
    "helped": r"(?:is|are|gets?) (?:saved|rescued|adopted|raised|found|helped|taken in|brought up|looked after) by\b",
    "arrives": r"(?:takes?|gets?|starts?|begins?|is offered) (?:a|an|the|his|her|their) (?:[\w-]+ ){0,2}?(?:job|position|shift|post|internship)\b",
    "travels": r"(?:crosse?s?|climbs?|rows? across) (?:a|an|the|his|her|one|half)\b",
    "apologises": r".* to (?:apologi[sz]e|make peace|say sorry|make up with)\b",
    "brings": r"(?:comes? (?:back|home)|returns?|turns? up|arrives?|appears?) with (?:a|an|the|one|two|three|half|something)\b",
    "drought": r"(?!.*\buntil\b)(?:has|have) (?:not|hardly|never) (?:sold|caught|won|had|earned|written|painted|found|received|cooked|baked|hired|published)\b.*\b(?:in|for|since) (?:a|an|two|three|ten|years|months|weeks|\w+ (?:years|months|weeks|days))\b",
    "opens_it": r"(?:finds?|discovers?) (?:a|an|the) (?:[\w-]+ ){0,2}?(?:door|gate|hatch|portal|trapdoor|passage)\b",
    "knows": r"hears? (?:[\w'-]+ )+(?:secrets?|confessions?|gossip)\b|knows? (?:too much|everything|more than|all (?:the|about)|who|what|where|when|how)\b",
    "summoned": r"(?:is|are|gets?) (?:called|summoned|driven|taken|brought|fetched) (?:\w+ ){0,3}?to (?:a|an|the|his|her|their)\b",
    "entrusts": r"(?:asks?|begs?|pays?|tells?) [\w' ]+? to (?:look after|keep|hold|watch|take care of|carry|guard|hide|deliver|bring)\b",
    "finds_own": r"(?:finds?|discovers?|sees?|reads?|hears?|notices?|recognises?) (?:his|her|their|its) own\b",
    "estranged": r"(?:has|have) (?:not|never) (?:spoken|talked|seen each other)\b|no longer (?:speaks?|talks?)\b",
    "survives": r"(?:is|are) the (?:only|last) (?:survivors?|ones? left|ones? alive)\b",
    "asks_what": r"asks? [\w' ]+? (?:what|who|why|how|where|whether) ",
    "saves": r"goes? back (?:for|in)\b",
    "hides": r"hides? (?:behind|under|inside|among)\b",
    "errand": r"(?:is|are|gets?) sent to (?!prison|jail|exile|war|his|her|their|a|an|the)\w+",
    "conceals": r"(?:has|have|keeps?|hides?) (?:a|an|one|two|three|his|her|its|their) (?:[\w-]+ ){0,2}?secrets?\b",
    "notes": r"(?:writes?|notes?|jots?) down\b",
    "searches": r"(?:is|are|goes?) (?:\w+ing )?(?:looking|searching) for\b|(?:cannot|can't) find\b",
    "gives": r"(?:gives?|hands?) (?:a|an|one|his|her|their|its) .* to (?:a|an|the|his|her|their)\b",
    "wants": r"wishes for\b|wants? (?:a|an|the|his|her|their|more|another|one|only|nothing)\b(?!.* to )",
    "loses_gift": r"loses? (?:his|her|their|its) (?:[\w'-]+ )?(?:voice|sight|hearing|sense|taste|faith|nerve|smile|confidence|inspiration|appetite|luck|magic|powers?|balance)\b",
    "bargains": r"(?:trades?|swaps?|exchanges?) (?!places|lives|letters)(?:[\w'-]+ ){1,4}for \w+",
    "practises": r"(?:signs? up for|takes?|begins?|starts?) (?:[\w-]+ ){0,4}?(?:lessons?|class|classes|course)\b|(?:learns?|practi[sc]es?|tries|teaches? (?:him|her|it|them)sel(?:f|ves)) (?:how )?to\b|learns? (?!(?:that|who|why|what|where|about|of|from|they|he|she|it|out|how|his|her|their|the truth|a secret)\b)\w+",
    "gets_word": r"(?:gets?|receives?|opens?|reads?) (?:a|an|the|his|her|their|another) (?:[\w-]+ ){0,2}?(?:letters?|messages?|notes?|postcards?|telegram|email|invitation|(?:\w+ )?card|parcel from|news)\b",
    "gets_call": r"(?:gets?|receives?|answers?|takes?|hears?|picks? up) (?:a|an|the|his|her|their) (?:[\w-]+ ){0,2}?(?:calls?|phone|phone call|voicemail|text|radio message|signal|transmission|voice message|doorbell)\b",
    "meets": r"picks? up (?:a|an|the|two) (?:[\w-]+ )?(?:hitchhikers?|strangers?|passengers?|fares?)\b|bumps? into |runs? into (?:a|an|the|his|her) |comes? across (?:a|an|the) ",
    "wishes": r"(?:wants?|dreams?|hopes?|wish(?:es)?|longs?|would like) (?:to|of)\b|would rather\b",
    "finds_somebody": r"(?:finds?|discovers?) (?:a|an|the|two|three|his|her|their) (?:[\w-]+ ){0,3}?(?:baby|babies|child|children|girl|boy|dog|puppy|puppies|kitten|cat|bird|stranger|man|woman|thief|sailor|soldier|cub|calf|foal|lamb|fledgling|orphan|duckling)\b(?! who\b)",
    "teaches": r"explains? (?!why\b|that\b|how\b|to\b)|(?:explains?|shows?) .* to (?:a|an|the|his|her|their|children|people)\b",
    "founds": r"(?:starts?|begins?) (?:a|an|their|his|her) (?:[\w-]+ )?(?:band|club|union|choir|orchestra|revolution|newspaper|circus|team|movement|strike|country)\b",
    "robs": r"breaks? into",
    "loves": r"(?:falls? (?:(?:\w+ )?in love|for (?:a|an|the|his|her|their))|loves? (?:a|an|the|his|her|each))\b",
    "strays": r"(?:gets?|is|are) lost\b|loses? (?:his|her|their|its|the) way\b",
    "longs": r"(?:misses|miss) (?!.*\b(?:goal|penalty|race|match|game|bus|train|ferry|flight|plane|boat|tram|lift|turn|exit|shot|chance|deadline|exam|call|step|note|target|appointment|wedding|birthday|meeting|show|catch|save)\b)|(?:pines?|longs?|yearns?) for\b|craves?\b|is homesick\b|are homesick\b",
    "misses": r"loses? .*\b(?:in|at) (?:a|the) (?:\w+ )?(?:game|bet|wager|poker|duel|race)\b|loses? to (?:a|an|the|his|her)\b|(?:misses|miss|fails?|loses?) (?:to |a|an|the|her|his|their|its) ?(?:\w+ )?(?:goal|penalty|race|match|game|final|duel|contest|election|bet|shot|chance|exam|test|save|score|catch)\b",
    "sings": r"plays? (?:the |a |an |his |her |their )?(?:\w+ )?(?:piano|violin|trumpet|drums?|guitar|flute|cello|song|tune|concert|music|organ|accordion|saxophone|harmonica)\b",
    "opens": r"(?:opens?|starts?) (?:a|an|the|his|her|their) .*\b(?:shop|salon|bakery|caf[eé]|restaurant|hotel|school|bar|store|library|museum|club|agency|company|business|clinic|laundry|cinema|laundrette|launderette|laundromat|gym|gallery|bookshop|studio|theatre|inn|stall|cent(?:er|re)|bank|booth|kiosk|office|practice|stand|parlou?r|zoo|sanctuary|workshop|bookstore|bakehouse|nursery|kindergarten|service)\b",
    "runs_away": r"(?:runs? away|breaks? out)\b",
    "refuses": r"says? no\b|goes? on strike\b|go on strike\b|(?:is|are) (?:built|made|born) to say no\b|(?:(?:does|do) not want|doesn't want|don't want|decides? not) ",
    "leaves": r"(?:gives? up|moves? (?:away|out))\b",
    "argues": r"falls? out (?:over|with|about)\b|(?:has|have) (?:not|never) agreed\b|(?:cannot|can't|never) agree\b|agrees? on nothing|(?:fights?|competes?|battles?|wrestles?) (?:over|about|for)\b",
    "befriends": r"(?:becomes? (?:\w+ )?(?:friends|pals|partners|pen pals)|makes? friends)\b",
    "returns": r"(?!goes? back (?:for|in)\b)(?!.* to (?:find|discover|learn)\b)(?:comes? back|goes? back|comes? (?:back )?home)\b",
    "homecoming": r"(?:comes? back|goes? back|returns?|comes? (?:back )?home)\b.* to (?:find|discover|learn)\b",
    "insists": r"(?:is|are) (?:sure|certain|convinced) ",
    "asks": r"asks? (?:a|an|the|his|her|their) ",
    "has_chance": r"(?:gets?|has|have|is given|are given|receives?) (?:a|an|one|another|his|her|their) (?:\w+ )?(?:chance|try)\b",
    "lacks": r"(?:is|are) (?:(?:very |so |really |quite )?(?:bad|terrible|hopeless|awful|no good|not good) at|allergic|unable|afraid|too|blind|deaf|scared|terrified)\b|gets? (?:\w+sick|dizzy|nervous|scared|sleepy|jealous)\b|(?:(?:cannot|can't)(?! find\b)|(?:has|have) never|hates?|faints?|sneezes?|panics?|blush(?:es)?|stutters?|stammers?)\b",
    "never": r"(?:never|no longer|(?:does|do) not|doesn't|don't|only)\b(?! (?:want|die|age|grow))",
    "works": r"runs? (?:a|an|the|his|her|their|its) (?!.*\b(?:race|marathon|mile|errand|risk|country|world|city|government|town|kingdom|nation)\b)",
    "rules": r"leads? (?:a|an|the|his|her|their) (?:\w+ )?(?:country|army|revolution|rebellion|revolt|strike|town|nation|tribe|expedition|gang)\b|runs? the (?:country|world|city|government|town|kingdom|nation)\b",
    "races": rf"(?:enters?|joins?|runs?|signs? up for|takes? part in) {_RACE}",
    "rides": rf"shares? (?:a|an|the|one) (?:[\w-]+ )?{_RIDE}\b",
    "can": r"can (?!not\b|no longer|only)\w+",
    "chosen": r"(?:is|are|gets?) (?:elected|chosen|hired|invited|promoted|appointed|crowned|named|asked|mistaken|declared|picked|made)\b",
    "fallen": r"(?:is|are|gets?) (?:fired|robbed|arrested|banished|cursed|evicted|replaced|accused|abandoned|rejected|expelled|sacked|thrown|laid|betrayed|stolen|sent (?:home|away|to prison|to jail|into exile))\b",
    "being": r"(?:is|are) (?!(?:a|an|the) (?:woman|man|girl|boy|child|hero|only|last|first)\b)(?:a|an|the|his|her|really|secretly|made|half|actually)\b",
    "task": r"(?:is|are) (?:told|ordered|forced|made|commanded) to\b|(?:must|has to|have to)\b",
    "copes": r"wakes? up (?:\w+ )?(?:in|inside) (?:a|an|the) (?:\w+ )?(?:lift|elevator|coffin|cell|box|cage|room|bunker|container|cellar|maze|labyrinth|trunk|vault|hole|pit)\b|(?:is|are|gets?|becomes?) (?:\w+ed )?(?:stuck|trapped|stranded|locked|snowed|left)\b",
}  # fmt: skip
#: What happened once, by kind: such a topic is told by what is true of all of its kind.
HAPPENED = {
    "fall": re.compile(r"\b(?:fall|siege|sack|collapse|burning|destruction|end) of\b"),
    "war": re.compile(r"\b(?:wars?|battle|invasion|crusades?|blitz)\b"),
    "disaster": re.compile(r"\b(?:plague|black death|earthquake|eruption|flood|famine|great fire|sinking|disaster|pandemic|dust bowl)\b"),
    "voyage": re.compile(r"\b(?:voyages?|expeditions?|(?:moon )?landing|space race|apollo|first flight|circumnavigation)\b"),
    "rising": re.compile(r"\b(?:revolution|march|strike|revolt|uprising|boycott|suffrage\w*|independence|abolition)\b(?! (?:of the|season))"),
}  # fmt: skip
TAGS = frozenset(_DEEDS) | frozenset(_SAID) | {"dispatches"}
#: What a thing does only as a character, and so has plots like anybody.
_SOULFUL = (
    "loves",
    "dreams",
    "searches",
    "refuses",
    "befriends",
    "forgets",
    "waits",
    "argues",
    "talks",
    "runs_away",
    "remembers",
    "insists",
    "wishes",
    "longs",
    "wants",
    "loses",
    "leaves",
    "meets",
    "learns",
    "practises",
    "plans",
    "saves",
    "helps",
)
_PLAYERS = re.compile(
    r"(?i)\b(?:musicians?|violinists?|pianists?|cellists?|bands?|orchestra|buskers?|quartet|fiddlers?|drummers?|trumpeters?)\b"
)
#: Deeds that something else is done for: ``stops time to save a kitten``.
_PURPOSES = {
    "save": "saves", "rescue": "saves", "help": "helps", "find": "searches", "sell": "sells", "apologise": "apologises",
    "apologize": "apologises",
}  # fmt: skip
_MOTIONS = frozenset(
    "come go leave set travel climb walk sail cross swim ride run enter descend drive row return wander step jump dive crawl sneak".split()
)
#: ``repairs radios and one of them starts talking``: what comes of it is another's doing.
OTHERS_DEED = re.compile(r" and (?:one of|it|they|somebody|someone|nobody|everybody|everyone) ")
#: What one gets and cannot give back.
_CHANCE = re.compile(
    r"(?:a|an|one|the|another|his|her|their|its) (?:[\w-]+ )?(?:chance|try|turn|go|wish|idea|visit|surprise|shock|cold|haircut|tattoo|raise|look|lift|lesson|hour|day|week|year|minute|moment|night|warning|kiss|hug|prize|medal|award)\b"
)
_BEFORE_VERB = re.compile(
    r"(?:never|no longer|only|does|do|doesn't|don't|cannot|can't|can|must|has|have|is|are|wants?|would|hopes?|wish(?:es)?|longs?|dreams?)\b"
)


def deed_tags(idea: Idea, hero: Figure, event: Event | None) -> dict[str, bool]:
    """Which of the deeds the idea turns on; of an idea that is told word for word, as far as its first verb shows."""
    found = dict.fromkeys(TAGS, False)
    if event is None or event.subject or idea.hero is None:
        return found
    said = event.said.lower() if event.lemma else after_hero(idea, hero)
    if OTHERS_DEED.search(said):
        return found
    if not event.lemma and idea.text[len(hero.first) :].startswith(
        ","
    ):  # ``a translator, hired to help, changes a word``
        said = ",".join(said.split(",")[1:]).strip()
    forms = _forms(is_plural=hero.is_plural)
    if not event.lemma and not re.search(r"\b\w+(?:ed|en|wn|nd|ft) (?:by|in|at|from|with|for|on)\b", said):
        forms = _past_forms() | forms
    said = _in_present(said) if not event.lemma else said
    said = re.sub(r"^(?!only\b)\w+ly ", "", said)
    at = 0 if event.lemma or _BEFORE_VERB.match(said) else _first_verb(said, forms)
    said = said[at:]
    for tag, pattern in _SAID.items():
        found[tag] = bool(re.match(pattern, said))
    if found["brings"]:
        found["returns"] = False
    if event.lemma in _MOTIONS and event.goal.startswith(("look for ", "find ", "search ", "seek ")):
        return dict.fromkeys(TAGS, False) | {"searches": True}
    if found["entrusts"] or found["asks_what"]:
        found["asks"] = False
    if found["apologises"]:
        found["travels"] = False  # that is what the way is for
    if not hero.is_living:
        return {
            tag: is_found and tag in _SOULFUL
            for tag, is_found in (found | _by_verb(hero, event, found, said, forms)).items()
        }
    if found["gets_word"] and re.search(r"\b(?:hears?|heard|listens?)\b", said):
        found |= {"gets_word": False, "gets_call": True}
    if any(found.values()) or event.helper in ("stop", "fail", "cease"):
        return found
    found = _by_verb(hero, event, found, said, forms)
    purpose = _PURPOSES.get(event.goal.partition(" ")[0], "") if not event.helper else ""
    return found | {purpose: True} if purpose and not any(found.values()) else found


def _by_verb(
    hero: Figure, event: Event, found: dict[str, bool], said: str, forms: dict[str, tuple[str, ...]]
) -> dict[str, bool]:
    verb, _, rest = said.partition(" ")
    if verb.startswith("play") and (_PLAYERS.search(hero.noun) or rest.endswith("music")):
        return found | {"sings": True}
    more = {tag: True for tag in forms.get(verb, ()) if re.match(_DEEDS[tag][1], rest)}
    if _CHANCE.match(rest):
        more.pop("gets", None)
    is_whom = event.other is not None and event.other.kind == "person" and event.thing is None
    if is_whom and more.pop("sends", False):
        more["dispatches"] = True
    if is_whom and not found["finds_somebody"] and more.pop("finds", False):
        more["meets"] = True
    return found | more


def _in_present(said: str) -> str:
    """``learned to swim`` as ``learns to swim``."""
    verb, _, rest = said.partition(" ")
    known = [
        *(verb for verbs, _ in _DEEDS.values() for verb in verbs.split()),
        "come",
        "go",
        "fall",
        "break",
        "make",
        "want",
        "get",
    ]
    found = next((base for base in known if past(base) == verb and base not in ("see", "found")), "")
    return f"{present(found, is_plural=False)} {rest}" if found else said


def _past_forms() -> dict[str, tuple[str, ...]]:
    """Tags by the verb's form in the past tense, without those that are also something else."""
    forms: dict[str, tuple[str, ...]] = {}
    for tag, (verbs, _) in _DEEDS.items():
        for verb in verbs.split():
            if verb not in ("found", "raise", "see", "think", "spill"):
                forms[past(verb)] = (*forms.get(past(verb), ()), tag)
    return forms


def _forms(*, is_plural: bool) -> dict[str, tuple[str, ...]]:
    """Tags by the verb's form in the present tense; ``an old couple plants`` and ``an old couple plant`` are both said."""
    forms: dict[str, tuple[str, ...]] = {}
    for tag, (verbs, _) in _DEEDS.items():
        for verb in verbs.split():
            for form in {present(verb, is_plural=False), present(verb, is_plural=is_plural)}:
                forms[form] = (*forms.get(form, ()), tag)
    return forms


def plural_deeds() -> frozenset[str]:
    """The verbs of all deeds, as several do them."""
    return (
        frozenset(verb for verbs, _ in _DEEDS.values() for verb in verbs.split())
        | FATE_OF.keys()
        | {"fall", "want", "get", "go", "run"}
    )


def after_hero(idea: Idea, hero: Figure) -> str:
    """What the idea says after it has named the hero; empty if it does not name him so."""
    text, first = idea.text.lower(), hero.first.lower()
    return text.partition(first)[2].strip(" ,.") if first and f" {first} " in f" {text} " else ""


def _first_verb(text: str, forms: dict[str, tuple[str, ...]]) -> int:
    """Where the deed begins: at the first verb, or at the second where the first belongs to ``who …``; the end if none."""
    starts = [match.start() for match in re.finditer(r"[a-z']+", text) if match[0] in forms or match[0] in ("is", "are", "must", "can") or match[0].startswith("fall")]  # fmt: skip
    if not starts:
        return len(text)
    is_relative = bool(re.search(r"\b(?:who|that|which|whose)\b", text[: starts[0]]))
    return starts[1] if is_relative and len(starts) > 1 else starts[0]
