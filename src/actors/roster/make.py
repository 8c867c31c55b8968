#!/usr/bin/env python3
"""Writes leaders.tsv, parties.tsv and officials.tsv from open lists of facts.

usage: make.py SOURCES     a folder with factbook_countries.json, factbook_leaders.tsv, factbook_parties.tsv, phoenix_actors.jsonl

Sources and licences:
  - The World Factbook, as factbook.json keeps its history (CC0): heads of state and government 2015 to 2026, parties;
  - the actor dictionaries of PETRARCH2 and Phoenix, Open Event Data Alliance (MIT): people of government before 2014.
What is done: noise of titles is cut off, capitals are put right, a person or party that the tables written by hand have already (by any
name, or by state and surname) is left out, and so is a name that two actors would share. people.tsv, orgs.tsv and the tables of states win.
"""
import collections, json, os, re, sys, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))


def fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return text.translate(str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "'", "ß": "ss", "æ": "ae", "œ": "oe"}))


def key(name):
    return " ".join(re.findall(r"[^\W_]+", fold(name).replace("'", "")))


def slug(name):
    return "-".join(re.findall(r"[a-z0-9]+", fold(name).replace("'", "")))


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as lines:
        lines = [line.rstrip("\n") for line in lines if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"))) for line in lines[1:]]


class Roster:
    """What the hand-written tables have, and what is added."""

    def __init__(self):
        self.ids, self.keys, self.surnames, self.orgs = set(), set(), set(), set()
        for table in ("states.tsv", "state-words.tsv", "people.tsv", "orgs.tsv"):
            for row in rows(table):
                self.ids.add(row["id"])
                for column, cell in row.items():
                    if column not in ("id", "of", "tags", "iso3"):
                        self.keys.update(key(name.lstrip("~!")) for name in cell.split(" | "))
                if table == "orgs.tsv":
                    self.orgs.update((state, key(name.lstrip("~!"))) for state in row["of"].split(" | ") for name in row["en"].split(" | "))
                if table == "people.tsv":
                    for state in row["of"].split(" | "):
                        for name in row["surname"].split(" | ") + [row["en"].split(" | ")[0].split(" ")[-1], row["en"].split(" | ")[0].split(" ")[0]]:
                            self.surnames.add((state, key(name)))
        self.keys.discard("")

    def take(self, ident, names):
        """Whether an actor with this id and these names may be added; takes them if so."""
        keys = {key(name) for name in names}
        if ident in self.ids or not ident or keys & self.keys:
            return False
        self.ids.add(ident)
        self.keys |= keys
        return True


def states(sources):
    """The ids of states by the Factbook's two-letter codes, and by the three-letter codes of ISO."""
    by_name = {}
    for row in rows("states.tsv"):
        for name in row["en"].split(" | "):
            by_name[key(name.lstrip("~!"))] = row["id"]
    for row in rows("state-words.tsv"):
        for name in row["names"].split(" | "):
            by_name.setdefault(key(name.lstrip("~!")), row["id"])
    more = {"burma": "myanmar", "cabo verde": "cape-verde", "congo republic of the": "congo-republic", "congo democratic republic of the": "dr-congo",
            "gambia the": "gambia", "bahamas the": "bahamas", "korea north": "north-korea", "korea south": "south-korea", "turkey turkiye": "turkey",
            "west bank": "palestine", "drc": "dr-congo", "congo brazzaville": "congo-republic"}
    by_name.update({name: ident for name, ident in more.items() if ident})
    gec = {}
    with open(os.path.join(sources, "factbook_countries.json"), encoding="utf-8") as file:
        for country in json.load(file):
            for field in ("conventional short form", "conventional long form"):
                ident = by_name.get(key(country.get(field, "") or ""))
                if ident:
                    gec.setdefault(country["gec"], ident)
    gec.update({"bm": "myanmar", "cf": "congo-republic", "cg": "dr-congo", "ks": "south-korea", "kn": "north-korea", "tu": "turkey", "us": "united-states"})
    iso = {row["iso3"]: row["id"] for row in rows("states.tsv")}
    return gec, iso


TITLES = set("""president prime minister ministers vice deputy first second third king queen prince princess sultan emir amir sheikh shaykh crown gen maj lt brig col capt
adm dr sir dame mr mrs ms gen. maj. lt. brig. col. capt. adm. dr. hon. rt. council chairperson chairman leadership member members acting interim governor general chief premier
cochairman cochairperson co-chair presidency chairwoman marshal field sayyid grand duke duchess emperor pope his her majesty highness excellency ratu tan sri datuk seri dato'
haji ret. ret sr. jr. honorable transitional council's sovereign head state government of the presidents emperor taliban leader co-prince coprince archbishop
premiers lieutenant-governor admiral minister minister) formerly temporary president-elect minister-designate for cabinet affairs mann swiss confederation""".split())


def person(raw):
    """A name as written in running text with the surname's capitals put right, and the surname; None where too little is left."""
    raw = re.split(r"\balso spelled\b|\bknown as\b|\(|,|;", raw)[0]
    words = re.sub(r"^French (?:Polynesia |(?=Co-?prince))", "", raw).split()
    while words and (words[0].lower() in TITLES or words[0].endswith(".") and len(words[0]) > 2):
        words.pop(0)
    while words and (words[-1].lower() in TITLES or words[-1].endswith(".") and len(words[-1]) > 2):
        words.pop()
    if not 2 <= len(words) <= 5 or any(re.search(r"[\d/:]", word) for word in words):
        return None
    if any(word.lower() in ("of", "the", "and", "council", "royal", "party") for word in words):
        return None
    surname = [word for word in words if len(re.sub(r"[^A-ZÀ-Þ]", "", word)) > 1 and not re.search(r"[a-zà-þ]{2}", word.replace("al-", "").replace("el-", "").replace("Mc", ""))]
    if not surname or len(surname) == len(words):
        return None
    return " ".join(capitalised(word) for word in words), " ".join(capitalised(word) for word in surname if len(word) > 1)


SMALL = {"al", "el", "de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "la", "le", "bin", "ibn", "bint", "y", "e", "ould", "wa", "ag"}


def capitalised(word):
    if word.lower() in SMALL:
        return word.lower()
    parts = re.split(r"([-'’])", word)
    out = []
    for part in parts:
        if part.isupper() and len(part) > 1:
            part = "Mc" + part[2:].capitalize() if part.startswith("MC") and len(part) > 4 else part.capitalize()
        out.append(part)
    if len(out) > 1 and out[0].lower() in ("al", "el", "ad", "as", "ar", "an", "az", "ash"):
        out[0] = out[0].lower()
    return "".join(out)


def write(name, head, header, table):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as out:
        for line in head:
            out.write(f"# {line}\n")
        out.write("\t".join(header) + "\n")
        for row in table:
            out.write("\t".join(row) + "\n")
    print(f"{name}: {len(table)} rows", file=sys.stderr)


# What news calls people by whom the source has under other spellings or longer names.
SPELT = {
    "nikos-christodoulidis": ["Nikos Christodoulides", "Nicos Christodoulides"],
    "umaro-cissoko-embalo": ["Umaro Sissoco Embalo", "Sissoco Embalo"],
    "mohammed-irfaan-ali": ["Mohamed Irfaan Ali", "Irfaan Ali"],
    "thongloun-sisoulit": ["Thongloun Sisoulith"],
    "arthur-peter-mutharika": ["Peter Mutharika"],
    "mohamed-cheikh-el-ghazouani": ["Mohamed Ould Ghazouani", "Mohamed Ould Cheikh Ghazouani", "Mohamed Ould Cheikh El Ghazouani"],
}
FAMILY_FIRST = ("china", "taiwan", "hong-kong", "macau", "south-korea", "north-korea", "vietnam", "cambodia", "japan", "mongolia", "myanmar")
CALLED_BY_SECOND = set("jose juan luis carlos jorge pedro antonio francisco manuel maria ana joao mohammad muhammad mohamed mohammed ahmad ahmed".split())


def usual_names(name, surname):
    """What news calls somebody whose full name has a nickname in quotes, further given names, or a mother's family name behind the father's: Luis Rodolfo
    Abinader Corona is Luis Abinader, Bidhya Devi Bhandari is Bidhya Bhandari. Who has a very common first name may be called by the second. A
    common family name with one given name tells nobody."""
    nicknames = re.findall(r'"(\w+)"', name)
    words, family = re.sub(r'"\w+" ', "", name).split(), surname.split()
    at = next((at for at in range(1, len(words)) if words[at:at + len(family)] == family), None)
    if at is None:
        return []
    given, behind = words[:at], words[at + len(family):]
    # Of names that are made of several words, which belong together is not told here.
    if any(word.lower() in SMALL or word.lower() in ("abdul", "abd", "abu", "i") or len(word.strip(".")) < 3 for word in given + behind) or len(behind) > 1:
        return []
    called = given[:2] if fold(given[0]) in CALLED_BY_SECOND else given[:1]
    names = [given + family + behind, given + family] + [[one, *family, *rest] for one in called + nicknames for rest in ([], behind)]
    told = [words for words in names if len(words) > 2 or key(surname) not in COMMON_SURNAMES]
    return [one for one in dict.fromkeys(" ".join(words) for words in told) if one != name]


def leaders(sources, roster, gec):
    spells = collections.OrderedDict()
    with open(os.path.join(sources, "factbook_leaders.tsv"), encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            code, role, raw, _, since, first, last = line.rstrip("\n").split("\t")
            made = person(raw)
            state = gec.get(code)
            if not made or not state:
                continue
            name, surname = made
            spell = spells.setdefault((state, key(name)), [name, surname, set(), since, first, last])
            spell[2].add(role)
            spell[4], spell[5] = min(spell[4], first), max(spell[5], last)
    table = []
    shared = collections.Counter(called for name, surname, *_ in spells.values() for called in {key(name), *map(key, usual_names(name, surname))})
    for (state, _), (name, surname, roles, since, first, last) in sorted(spells.items()):
        if any((state, key(word)) in roster.surnames for word in surname.split()) or (state, key(surname)) in roster.surnames:
            continue
        year = re.search(r"\b(19|20)\d\d\b", since)
        names = [name]
        words = name.split()
        if len(words) == 3 and re.fullmatch(r"[A-ZÀ-Þ]\.", words[1]):
            names.append(f"{words[0]} {words[2]}")
        usual = [] if state in FAMILY_FIRST else usual_names(name, surname)
        usual = [called for called in usual if shared[key(called)] == 1 and key(called) not in roster.keys]
        names += [called for called in usual + SPELT.get(slug(name), []) if called not in names]
        if roster.take(slug(name), names):
            office = f"{'/'.join(sorted(roles))} {year.group() if year else first[:4]}-{last[:4]}"
            table.append([slug(name), state, office, surname, " | ".join(names)])
            roster.surnames.add((state, key(surname)))
    write("leaders.tsv", [
        "Heads of state and of government, 2015 to 2026, whom people.tsv has not. Written by make.py: do not edit.",
        "Source: The World Factbook, by the history of factbook.json (CC0). office: the role, and the years in which it is known to be held.",
    ], ["id", "of", "office", "surname", "en"], table)


def parties(sources, roster, gec):
    table = []
    adjectives = {row["id"]: row["demonyms"].split(" | ")[0].lstrip("~!") for row in rows("state-words.tsv")}
    state_names = {row["id"]: row["en"].split(" | ")[0].lstrip("~!") for row in rows("states.tsv")}
    seen = collections.Counter()
    found = []
    with open(os.path.join(sources, "factbook_parties.tsv"), encoding="utf-8") as lines:
        for line in lines:
            code, raw = line.rstrip("\n").split("\t")[:2]
            state = gec.get(code)
            raw = re.sub(r"\((?:formerly|includes|electoral|opposition|coalition|alliance|led|also|member|\d).*?\)", "", raw)
            if not state or "note:" in raw or ";" in raw:
                continue
            names, acronyms = [], []
            for part in re.split(r"\s+or\s+|\(|\)|/|\s[–-]\s|\balso known as\b", raw):
                part = part.strip(" .,*")
                if re.fullmatch(r"[A-Z][A-Za-z0-9&-]{1,7}", part) and sum(c.isupper() for c in part) > 1:
                    acronyms.append(part)
                elif len(part.split()) >= 2 and part[:1].isupper() and len(part) < 70 and not re.search(r"[:\[\]\"]", part):
                    names.append(part)
            if names and names[0] == raw.strip(" .,*").split(" or ")[0].split("(")[0].split(" - ")[0].split(" – ")[0].strip(" .,*"):
                found.append((state, names, acronyms))
                seen.update({key(name) for name in names})
    for state, names, acronyms in sorted(found):
        # One that orgs.tsv has under a shorter name.
        if any((state, key(name)) in roster.orgs for name in names):
            continue
        # "Liberal Party" is the name of a dozen: alone it counts only beside a name that tells whose.
        common = [name for name in names if seen[key(name)] > 1 or key(name) in roster.keys or len(name.split()) < 4 and not distinct(name)]
        own = [name for name in names if name not in common]
        adjective, country = adjectives.get(state, ""), state_names.get(state, "")
        if common:
            told = re.sub(r"^The ", "", names[0])
            if country and country in told:
                own.append(told)
            else:
                own += [f"{adjective} {told}"] if adjective and not told.startswith(adjective) else []
                own += [f"{country}'s {told}", f"{told} of {country}"] if country else []
        own = [name for name in dict.fromkeys(own) if key(name) not in roster.keys]
        ident = slug(names[0]) if names[0] in own else f"{slug(names[0])}-{state}"
        if own and roster.take(ident, own):
            # "The Democrats" would stand before the Democrats of another state wherever they begin a sentence.
            bare = lambda name: re.sub(r"^The ", "", name) if key(re.sub(r"^The ", "", name)) in roster.keys else name
            cell = " | ".join(own + [f"~{bare(name)}" for name in dict.fromkeys(common + acronyms)])
            table.append([ident, "party", state, cell])
    write("parties.tsv", [
        "Parties whom orgs.tsv has not. Written by make.py: do not edit.",
        "Source: The World Factbook, factbook.json (CC0). A name that parties of several states have is a short one (~).",
    ], ["id", "tags", "of", "en"], table)


PARTY_WORDS = set("""party front movement union alliance congress league rally coalition bloc democrats republicans socialists liberals conservatives greens communists
    workers people's peoples democratic national social liberal partido parti partito partei movimiento mouvement frente front union unión uniunea partija stranka parties""".split())


def distinct(name):
    if len(name.split()) < 4 and not any(fold(word) in PARTY_WORDS for word in name.split()):
        return False
    common = set("""party national democratic liberal people's peoples republican social socialist labour labor green greens conservative progressive popular
    christian union unity front movement alliance new democracy democrats independent freedom justice development congress reform civic united communist workers
    christian democratic justice rights for and of the our list bloc action force forward future change hope""".split())
    return any(key(word) not in common for word in name.split())


def officials(sources, roster, iso):
    table = []
    with open(os.path.join(sources, "phoenix_actors.jsonl"), encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    count = collections.Counter(key(entry["name"]) for entry in entries)
    given = collections.Counter()
    for entry in entries:
        words = entry["name"].split()
        if len(words) == 2:
            given.update(words)
    for entry in entries:
        spans = [code.split() for code in entry["codes"]]
        government = [(code, span) for code, *span in spans if code[3:6] == "GOV" and span]
        elite = any(code[3:6] == "ELI" for code, *_ in spans)
        defence = any(code[3:] == "GOVMIL" for code, _ in government)
        state = iso.get(spans[0][0][:3]) if spans else None
        name = entry["name"].replace("_", " ").strip()
        words = name.split()
        # Dated as his son.
        if name == "SHOWA TENNO":
            continue
        if not government or not (elite or defence) or not state or count[key(name)] > 1 or not 2 <= len(words) <= 5:
            continue
        if not re.fullmatch(r"[A-Z' -]+", name) or any(word.lower() in TITLES for word in words) or min(len(words[0]), len(words[-1])) < 2:
            continue
        # Two words that many bear tell nobody.
        if len(words) == 2 and given[words[0]] > 5 and given[words[1]] > 2:
            continue
        shown = " ".join(capitalised(word) for word in words)
        shown = shown[:1].upper() + shown[1:]
        last = words[0] if state in ("china", "taiwan", "south-korea", "north-korea", "vietnam") else words[-1]
        if (state, key(last)) in roster.surnames or key(last) in COMMON_SURNAMES and len(words) == 2:
            continue
        names = [shown] + [" ".join(capitalised(word) for word in alias.split()) for alias in entry["aliases"]
                           if re.fullmatch(r"[A-Z' -]+", alias) and 2 <= len(alias.split()) <= 5 and not any(word.lower() in TITLES for word in alias.split())]
        names = [name for name in dict.fromkeys(names) if key(name) not in roster.keys or name == shown]
        years = sorted(year(date) for _, span in government for part in span for date in re.findall(r"\d{6}", part))
        if roster.take(slug(shown), names):
            open_ended = any(part.startswith(">") for _, span in government for part in span)
            office = f"government {years[0]}-{2014 if open_ended else years[-1]}" if years else "government"
            surname = "" if key(last) in COMMON_SURNAMES else capitalised(last)
            table.append([slug(shown), state, office, surname, " | ".join(names)])
    write("officials.tsv", [
        "People of government before 2014 whom the other tables have not: heads of state and government, ministers of state, defence ministers.",
        "Written by make.py: do not edit. Source: actor dictionaries of PETRARCH2 and Phoenix, Open Event Data Alliance (MIT).",
        "office: the years in which they are known to have governed, 2014 where that went on when the lists were made.",
    ], ["id", "of", "office", "surname", "en"], sorted(table))


COMMON_SURNAMES = set("""li wang zhang chen yang liu general smith jones williams brown johnson davis miller wilson taylor thomas moore martin jackson thompson white lewis
    robinson walker hall young king wright scott green baker adams nelson hill campbell mitchell roberts carter phillips evans turner parker collins edwards stewart
    morris murphy cook rogers morgan cooper peterson reed bailey bell kelly howard ward cox richardson watson brooks gray james hughes price myers long foster sanders
    ross garcia martinez rodriguez lopez gonzalez hernandez perez sanchez ramirez fernandez gomez diaz torres ruiz silva santos khan ali ahmed hussain singh kumar""".split())


def year(date):
    two = int(date[:2])
    return 1900 + two if two > 20 else 2000 + two


def main():
    sources = sys.argv[1]
    roster = Roster()
    gec, iso = states(sources)
    leaders(sources, roster, gec)
    parties(sources, roster, gec)
    officials(sources, roster, iso)


if __name__ == "__main__":
    main()
