"""One spelling for words that British and American English write differently, so that either
finds the other. What is made need not be right English, only the same for both."""

import re

_PAIRS = dict(
    pair.split(":")
    for pair in [
        "aluminium:aluminum",
        "aeroplane:airplane",
        "analyse:analyze",
        "artefact:artifact",
        "carburettor:carburetor",
        "catalyse:catalyze",
        "chequered:checkered",
        "cosy:cozy",
        "defence:defense",
        "disc:disk",
        "discs:disks",
        "doughnut:donut",
        "enrol:enroll",
        "enquiry:inquiry",
        "fulfil:fulfill",
        "grey:gray",
        "greyscale:grayscale",
        "instalment:installment",
        "jewellery:jewelry",
        "kerb:curb",
        "licence:license",
        "maths:math",
        "mould:mold",
        "moult:molt",
        "moustache:mustache",
        "offence:offense",
        "organiser:organizer",
        "paediatric:pediatric",
        "plough:plow",
        "practise:practice",
        "pretence:pretense",
        "programme:program",
        "programmes:programs",
        "pyjama:pajama",
        "pyjamas:pajamas",
        "sceptic:skeptic",
        "skilful:skillful",
        "smoulder:smolder",
        "sulphur:sulfur",
        "tyre:tire",
        "tyres:tires",
        "whisky:whiskey",
        "woollen:woolen",
        "yoghurt:yogurt",
        "yoghurts:yogurts",
        "mum:mom",
        "mums:moms",
    ]
)
_OUR = tuple(
    "arbour ardour armour behaviour candour clamour colour demeanour discolour endeavour favour "  # noqa: SIM905 - a list of words reads best as words
    "fervour flavour glamour harbour honour humour labour multicolour neighbour odour parlour "
    "rigour rumour saviour savour splendour tricolour tumour valour vapour vigour".split()
)
_RE = re.compile(r"^(.*(?:cent|met|lit|fib|theat|calib|sab|lust|spect|goit|manoeuv|somb))re(s?)$")
_DOUBLED = re.compile(r"^(.*[aeiou])ll(ed|ing|er|ers)$")
_DOUBLING = frozenset(
    "travel label cancel model signal fuel dial level channel tunnel marvel panel duel jewel "  # noqa: SIM905
    "counsel equal total pedal metal enamel swivel shovel pencil stencil".split()
)


def american(word: str) -> str:
    """The American spelling of a folded word; the word itself where there is no other."""
    if word in _PAIRS:
        return _PAIRS[word]
    if len(word) < 5:
        return word
    if word.startswith(_OUR):
        return word.replace("our", "or", 1)
    if match := _RE.match(word):
        return f"{match[1]}er{match[2]}"
    if "is" in word or "ys" in word:
        word = _with_z(word)
    if word.endswith(("ogue", "ogues")) and not word.startswith(("rogue", "vogue")):
        return word.replace("ogue", "og")
    if (match := _DOUBLED.match(word)) and f"{match[1]}l" in _DOUBLING:
        return f"{match[1]}l{match[2]}"
    return word


_ISE = re.compile(r"^(.{3,}?)(is|ys)(e|es|ed|er|ers|ing|able|ation|ations)$")
# Words in which -ise is no ending: exercise, noise, precise, premise …
_NO_ENDING = re.compile(
    r"(?:^(?:adv|adverta|compr|desp|dev|disgu|exc|exerc|franch|improv|merchand|no|otherw|pa|po|pra|"
    r"prec|prem|prom|ra|rev|r|superv|surm|surpr|telev|tra|w|conc|cru|bru|ar|appra|cho|lik|clockw|"
    r"tort|treat|par|prox|anch|chem|enterpr)is|ba[ls]is|crisis|(?:^|[^l])ys)"
)


def _with_z(word: str) -> str:
    match = _ISE.match(word)
    if match is None or _NO_ENDING.match(word):
        return word
    return f"{match[1]}{match[2][0]}z{match[3]}"
