#!/usr/bin/env python3
"""Compares pundit with other programs: whole processes on the same files, side by side in one run.

    compare.py [--rounds N] [--queries N] [--work DIR] [--only PART,...] FOLDER...
    compare.py --write N FOLDER SOURCE...   write N pieces as they are, as files
    compare.py --make N FOLDER SOURCE...    write N pieces made of the paragraphs of real ones
    compare.py --make N FOLDER --together 1000 SOURCE...    the same, so many to a file of JSON lines

Needs Python 3.9 or newer on Linux, and cargo, which builds pundit and the bare tantivy program (`benches/bare.rs`) unless --pundit and --bare
name them. SQLite is Python's own; Xapian (omindex, quest), Recoll (recollindex, recollq), groonga, ripgrep (rg) and find are used where they
are installed, and Lucene (`benches/Lucene.java`) where --lucene names the file of its core, with a Java of 17 or newer. A SOURCE is a file of JSON lines (also .xz or .gz) with title, date, author, source, url, lang and text, or a folder of Markdown.

For each FOLDER tables are printed, in Markdown. The parts are

    index      a new index: CPU, time, memory, disk
    unchanged  index again with nothing changed, against find
    upkeep     index again with one piece more (it is written to FOLDER/compare.py.md, and removed)
    search     one query, as a whole process
    batch      many queries in one process: one word, AND, OR and phrases; and what single ones take
    near       two words near each other, against both anywhere

Programs take turns, round by round, and medians are shown: only ratios carry from one machine to another, and on a busy machine only those of
CPU time. It is that of the process and its children, and memory their greatest resident set, mapped files included (wait4). Programs that
take ten times as long as the others, SQLite and groonga index in the first round only; groonga gets the texts in one file, for it reads no folders. Queries are the same each time for the same folder: words
from three bands of document frequency, those of AND, phrases and nearness from one piece, so that they find it.
"""

import argparse
import collections
import gzip
import json
import lzma
import os
import pathlib
import random
import re
import shlex
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

SEED = 7
SELF = str(pathlib.Path(__file__).resolve())
PROJECT = pathlib.Path(SELF).parent.parent
PARTS = ["index", "unchanged", "upkeep", "search", "batch", "near"]
# Words of grammar, which nobody asks for alone.
GRAMMAR = set(
    "about after all also and any are because been before but can could did does for from had has have her here him his how into its just like "
    "more most not now off one only other our out over said say says she should since some such than that the their them then there these they "
    "this those through two under until was were what when where which while who why will with would you your".split()
)


# --- Pieces

def records(sources):
    """The pieces of sources, as (fields, text)."""
    for source in map(pathlib.Path, sources):
        if source.is_dir():
            for path in sorted(source.rglob("*.md")):
                head, text = parted(path.read_text(encoding="utf-8", errors="replace"))
                fields = (line.split(": ", 1) for line in head.splitlines() if ": " in line)
                yield {name: value.strip('"') for name, value in fields}, text
        else:
            opener = {".xz": lzma.open, ".gz": gzip.open}.get(source.suffix, open)
            with opener(source, "rt", encoding="utf-8") as lines:
                for record in map(json.loads, lines):
                    yield record, record["text"]


def parted(text):
    """Front matter and what stands below it."""
    if text.startswith("---\n") and "\n---\n" in text:
        head, text = text[4:].split("\n---\n", 1)
        return head, text
    return "", text


def write(folder, number, fields, text, together=1):
    names = ["title", "date", "author", "source", "url", "lang"]
    if together > 1:
        # A million files would be a test of the disk.
        record = {**{name: fields[name] for name in names if name in fields}, "text": text}
        with open(pathlib.Path(folder, f"{number // together:05}.jsonl"), "a", encoding="utf-8") as lines:
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
        return
    head = "".join(f"{name}: {json.dumps(fields[name], ensure_ascii=False)}\n" for name in names if isinstance(fields.get(name), str))
    path = pathlib.Path(folder, f"{number // 500:04}", f"{number:07}.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{head}---\n\n{text}\n", encoding="utf-8")


def write_real(count, folder, sources, together):
    for number, (fields, text) in zip(range(count), records(sources)):
        write(folder, number, fields, text, together)


def make(count, folder, sources, together):
    """Each made piece has the head of a real one and as many paragraphs, which are from anywhere in its language."""
    real, paragraphs = [], collections.defaultdict(list)
    for fields, text in records(sources):
        found = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
        language = fields.get("lang", "")
        paragraphs[language].extend(found)
        real.append((fields, language, len(found)))
    rng = random.Random(SEED)
    for number in range(count):
        fields, language, length = rng.choice(real)
        write(folder, number, fields, "\n\n".join(rng.choice(paragraphs[language]) for _ in range(length)), together)


def files(folder):
    return sorted(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)


def read(path):
    return pathlib.Path(path).read_text(encoding="utf-8", errors="replace")


# --- Queries

def list_queries(folder, work, count):
    """Writes mixed.tsv, mixed.jsonl, near.tsv and chinese.tsv."""
    rng = random.Random(SEED)
    every = files(folder)
    sample = [parted(read(path))[1].lower() for path in rng.sample(every, min(len(every), 10_000))]
    words = [[word for word in re.findall(r"[a-z]+", text) if len(word) > 2 and word not in GRAMMAR] for text in sample]
    within = collections.Counter(word for found in words for word in set(found))
    # Rare: in up to one piece of a thousand; frequent: in more than one of thirty.
    bands = [[], [], []]
    for word, pieces in sorted(within.items()):
        if pieces > 1:
            bands[(pieces > len(sample) / 1000) + (pieces > len(sample) / 30)].append(word)
    bands = [band for band in bands if band]
    if not bands:
        sys.exit(f"{folder} has too few words in Latin letters to make queries of")
    rich = [at for at, found in enumerate(words) if len(set(found)) > 20]
    middle = set(bands[-1]) | set(bands[len(bands) // 2])

    def one(at):
        return [rng.choice(bands[at % len(bands)])]

    def any_of(at):
        return [rng.choice(rng.choice(bands)) for _ in range(2 + at % 3)]

    def all_of(at):
        return rng.sample(sorted(set(words[rng.choice(rich)])), 2 + at % 3)

    def phrase(at):
        while True:
            runs = re.findall(r"[a-z]{2,}(?: [a-z]{2,})+", sample[rng.choice(rich)])
            runs = [run.split() for run in runs if run.count(" ") > at % 3]
            if runs:
                run = rng.choice(runs)
                start = rng.randrange(len(run) - 1 - at % 3)
                found = run[start : start + 2 + at % 3]
                if sum(word in GRAMMAR or len(word) < 3 for word in found) <= len(found) // 2:
                    return found

    def near(_):
        while True:
            found = words[rng.choice(rich)]
            start = rng.randrange(len(found) - 2)
            pair = [found[start], found[start + 2]]
            # The words of grammar between them were left out, so that some pairs are farther apart than they seem.
            if pair[0] != pair[1] and middle.issuperset(pair):
                return pair

    kinds = [("one", one, 15), ("or", any_of, 30), ("and", all_of, 25), ("phrase", phrase, 30)]
    mixed = [(kind, query(at)) for kind, query, part in kinds for at in range(count * part // 100)]
    rng.shuffle(mixed)
    pairs = [near(at) for at in range(min(count, 300))]
    tsv = lambda queries: "".join(f"{kind}\t{' '.join(found)}\n" for kind, found in queries)
    work = pathlib.Path(work)
    (work / "mixed.tsv").write_text(tsv(mixed))
    (work / "near.tsv").write_text(tsv((kind, pair) for pair in pairs for kind in ("near", "and")))
    (work / "mixed.jsonl").write_text("".join(json.dumps({"query": typed(*query)}) + "\n" for query in mixed))
    pairs = collections.Counter(pair for text in sample for pair in set(re.findall(r"(?=([\u4e00-\u9fff]{2}))", text)))
    most = max(pairs.values(), default=0)
    usual = sorted(pair for pair, pieces in pairs.items() if pieces > most / 20)
    chinese = [("and", rng.sample(usual, 2)) for _ in range(10)] if len(usual) > 20 else []
    (work / "chinese.tsv").write_text(tsv(chinese), encoding="utf-8")


def typed(kind, words):
    """A query as pundit, SQLite (but for AND), Xapian and Recoll take it."""
    return {"or": " OR ".join(words), "phrase": f'"{" ".join(words)}"'}.get(kind, " ".join(words))


def queries(path):
    return [(kind, words.split()) for kind, words in (line.split("\t") for line in read(path).splitlines())]


# --- SQLite, as a program of its own

def sqlite(action, database, argument):
    connection = sqlite3.connect(database)
    if action == "index":
        connection.execute("CREATE VIRTUAL TABLE pieces USING fts5(path UNINDEXED, text, tokenize = 'porter unicode61')")
        connection.executemany("INSERT INTO pieces VALUES (?, ?)", ((path, read(path)) for path in files(argument)))
        connection.commit()
        return
    asked = queries(argument) if action == "batch" else [("one", argument.split())]
    for kind, words in asked:
        words = [f'"{word}"' for word in words] if kind != "phrase" else [f'"{" ".join(words)}"']
        match = (" OR " if kind == "or" else " AND ").join(words)
        connection.execute("SELECT path FROM pieces WHERE pieces MATCH ? ORDER BY rank LIMIT 10", (match,)).fetchall()


# --- groonga, which is told all it does in a file of commands

def list_for_groonga(folder, work):
    """Writes groonga-index.txt and groonga-batch.txt."""
    with open(pathlib.Path(work, "groonga-index.txt"), "w", encoding="utf-8") as out:
        out.write("table_create Pieces TABLE_HASH_KEY ShortText\ncolumn_create Pieces text COLUMN_SCALAR LongText\nload --table Pieces\n[\n")
        out.write(",\n".join(json.dumps({"_key": path, "text": read(path)}, ensure_ascii=False) for path in files(folder)))
        # An index that is made of what is there already takes a fraction of the time.
        out.write("\n]\ntable_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto\n")
        out.write("column_create Terms text COLUMN_INDEX|WITH_POSITION Pieces text\n")
    batch = ("select " + " ".join(map(shlex.quote, selection(*query))) for query in queries(pathlib.Path(work, "mixed.tsv")))
    pathlib.Path(work, "groonga-batch.txt").write_text("\n".join(batch) + "\n")


def selection(kind, words):
    """What groonga's select is told, so that it gives the paths of the ten best."""
    return ["Pieces", "--match_columns", "text", "--query", typed(kind, words), "--output_columns", "_key", "--limit", "10", "--sort_keys", "-_score"]


# --- Measuring

Usage = collections.namedtuple("Usage", "cpu wall memory")


def measured(command, output=os.devnull, fine=(0,)):
    """Runs a command to its end. This process must stay small: a child's greatest size begins with its parent's."""
    executable = shutil.which(command[0])
    with tempfile.TemporaryFile() as talk, open(output, "wb") as out:
        actions = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, talk.fileno(), 2)]
        began = time.perf_counter()
        child = os.posix_spawn(executable, command, os.environ, file_actions=actions)
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - began
        if os.waitstatus_to_exitcode(status) not in fine:
            talk.seek(0)
            sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}:\n{talk.read().decode(errors='replace')[-2000:]}")
    return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def median(usages):
    return Usage(*(statistics.median(values) for values in zip(*usages)))


def size(path):
    # groonga's files have holes.
    return sum(min(stat.st_size, stat.st_blocks * 512) for stat in map(os.stat, files(path))) / 1e6


def in_turns(rounds, jobs, fine=(0,)):
    """Runs each of the jobs (a name and commands) in every round. Gives what a command of each took."""
    took = collections.defaultdict(list)
    for _ in range(rounds):
        for name, commands in jobs.items():
            took[name].extend(measured(command, fine=fine) for command in commands)
    return {name: median(usages) for name, usages in took.items()}


def table(title, columns, rows):
    print(f"\n**{title}**\n\n| {' | '.join(columns)} |\n|---{'|---:' * (len(columns) - 1)}|")
    for row in rows:
        print(f"| {' | '.join(cell if isinstance(cell, str) else figure(cell) for cell in row)} |")
    sys.stdout.flush()


def figure(number):
    if number is None:
        return "–"
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def ratio(a, b):
    return a / b if a is not None and b else None


# --- The parts

# The bare program with words as they are written in a second field: no more than pundit's two fields are to the engine.
TWO = "bare, two fields"


class Comparison:
    def __init__(self, folder, work, pundit, bare, lucene, rounds):
        self.folder, self.work, self.pundit, self.bare, self.lucene, self.rounds = folder, work, pundit, bare, lucene, rounds
        self.indexes = {name: os.path.join(work, name) for name in ("bare", TWO, "pundit", "SQLite", "Lucene", "groonga", "Xapian", "Recoll")}
        self.pundit_index = os.path.join(self.indexes["pundit"], ".pundit")
        self.groonga = os.path.join(self.indexes["groonga"], "pieces")
        # Recoll keeps in the folder of its settings what it knows of earlier runs.
        settings = pathlib.Path(self.indexes["Recoll"], "recoll.conf")
        self.recoll = str(settings.parent)
        self.recoll_settings = lambda: settings.write_text(f"topdirs = {folder}\nskippedPaths =\nloglevel = 1\nidxniceprio = 0\n")

    def at(self, name):
        return os.path.join(self.work, name)

    def indexing(self):
        """The commands that index, or bring an index up to date."""
        xapian = ["omindex", "--db", self.indexes["Xapian"], "--url", "/", "--mime-type=md:text/plain", self.folder]
        commands = {
            "bare": [self.bare, "index", self.folder, self.indexes["bare"]],
            TWO: [self.bare, "index", self.folder, self.indexes[TWO], "--words"],
            "pundit": [self.pundit, "index", "-q", "--index", self.pundit_index, self.folder],
            "SQLite": [sys.executable, SELF, "--sqlite", "index", os.path.join(self.indexes["SQLite"], "pieces.db"), self.folder],
            "groonga": ["groonga", "--file", self.at("groonga-index.txt"), "-n", self.groonga],
            "Xapian": xapian,
            "Recoll": ["recollindex", "-c", self.recoll],
        }
        if self.lucene:
            commands["Lucene"] = [*self.lucene, "index", self.folder, self.indexes["Lucene"]]
        return {name: command for name, command in commands.items() if shutil.which(command[0])}

    def index(self):
        took = collections.defaultdict(list)
        for number in range(self.rounds):
            for name, command in self.indexing().items():
                if number == 0 or name in ("bare", TWO, "pundit", "Lucene"):
                    shutil.rmtree(self.indexes[name], ignore_errors=True)
                    os.makedirs(self.indexes[name])
                    if name == "Recoll":
                        self.recoll_settings()
                    took[name].append(measured(command))
        base, disk = median(took["bare"]), size(self.indexes["bare"])
        rows = []
        for name, usages in took.items():
            used, on_disk = median(usages), size(self.indexes[name])
            rows.append([name, used.cpu, ratio(used.cpu, base.cpu), used.wall, used.memory, on_disk, ratio(on_disk, disk)])
        table("A new index", ["", "CPU s", "to bare", "wall s", "memory MB", "disk MB", "to bare"], rows)

    def unchanged(self):
        jobs = {"find -printf": [["find", self.folder, "-type", "f", "-printf", "%s %T@ %p\\n"]] * 3} if shutil.which("find") else {}
        again = {name: [command] * 3 for name, command in self.indexing().items() if name in ("pundit", "Xapian", "Recoll")}
        took = in_turns(self.rounds, {**jobs, **again})
        base = took.get("find -printf", Usage(None, None, None))
        rows = [[name, used.cpu * 1000, ratio(used.cpu, base.cpu), used.wall * 1000, ratio(used.wall, base.wall)] for name, used in took.items()]
        table("Nothing changed", ["", "CPU ms", "to find", "wall ms", "to find"], rows)

    def upkeep(self):
        piece = pathlib.Path(self.folder, "compare.py.md")
        command, took = self.indexing()["pundit"], collections.defaultdict(list)
        try:
            for number in range(self.rounds):
                piece.write_text(f"---\ntitle: One more\n---\n\nThis is piece number {number} of those that come and go.\n")
                took["one piece more"].append(measured(command))
                piece.unlink()
                took["one piece less"].append(measured(command))
        finally:
            piece.unlink(missing_ok=True)
        rows = [[name, used.cpu * 1000, used.wall * 1000, used.memory] for name, used in ((name, median(all)) for name, all in took.items())]
        table("pundit: one piece changed", ["", "CPU ms", "wall ms", "memory MB"], rows)

    def search(self):
        asked = [query for query in queries(self.at("mixed.tsv")) if query[0] in ("one", "and")][:10]
        search = [self.pundit, "search", "--index", self.pundit_index]
        jobs = {
            "bare": [[self.bare, "search", self.indexes["bare"], kind, *words] for kind, words in asked],
            "pundit --rank quick": [[*search, "--rank", "quick", " ".join(words)] for _, words in asked],
            "pundit": [[*search, " ".join(words)] for _, words in asked],
            "pundit, Chinese": [[*search, " ".join(words)] for _, words in queries(self.at("chinese.tsv"))],
        }
        database = os.path.join(self.indexes["SQLite"], "pieces.db")
        if os.path.exists(database):
            jobs["SQLite, Python included"] = [[sys.executable, SELF, "--sqlite", "search", database, " ".join(words)] for _, words in asked]
        if self.lucene and os.path.isdir(self.indexes["Lucene"]):
            jobs["Lucene, Java included"] = [[*self.lucene, "search", self.indexes["Lucene"], kind, *words] for kind, words in asked]
        if shutil.which("groonga") and os.path.exists(self.groonga):
            jobs["groonga"] = [["groonga", self.groonga, "select", *selection(*query)] for query in asked]
        if shutil.which("quest") and os.path.isdir(self.indexes["Xapian"]):
            jobs["Xapian"] = [["quest", "-d", self.indexes["Xapian"], "-o", "and", " ".join(words)] for _, words in asked]
        if shutil.which("recollq") and os.path.isdir(self.indexes["Recoll"]):
            jobs["Recoll"] = [["recollq", "-c", self.recoll, "-n", "10", " ".join(words)] for _, words in asked]
        if shutil.which("rg"):
            jobs["ripgrep, one word"] = [["rg", "-i", "-l", words[0], self.folder] for _, words in asked[:3]]
        jobs = {name: commands for name, commands in jobs.items() if commands}
        # 1 says that nothing was found. The first time is not counted.
        in_turns(1, jobs, fine=(0, 1))
        took = in_turns(self.rounds, jobs, fine=(0, 1))
        rows = [[name, used.cpu * 1000, ratio(used.cpu, took["bare"].cpu), used.wall * 1000, ratio(used.wall, took["bare"].wall), used.memory]
                for name, used in took.items()]
        table("One query, a whole process", ["", "CPU ms", "to bare", "wall ms", "to bare", "memory MB"], rows)

    def batch(self):
        count = len(queries(self.at("mixed.tsv")))
        jobs = {}
        for threads in ("1", "2"):
            jobs[f"bare, {threads} threads"] = [[self.bare, "batch", self.indexes["bare"], self.at("mixed.tsv"), "--threads", threads]]
            for rank in ("quick", "full"):
                jobs[f"pundit --rank {rank}, {threads} threads"] = [
                    [self.pundit, "batch", "-q", "--index", self.pundit_index, self.at("mixed.jsonl"), "--rank", rank, "--threads", threads]
                ]
        database = os.path.join(self.indexes["SQLite"], "pieces.db")
        if os.path.exists(database):
            jobs["SQLite, Python included"] = [[sys.executable, SELF, "--sqlite", "batch", database, self.at("mixed.tsv")]]
        if shutil.which("groonga") and os.path.exists(self.groonga):
            jobs["groonga"] = [["groonga", "--file", self.at("groonga-batch.txt"), self.groonga]]
        took = in_turns(self.rounds, jobs)
        base = lambda name: took[f"bare, {'2' if ', 2' in name else '1'} threads"]
        rows = [[name.replace("1 threads", "1 thread"), used.cpu, ratio(base(name).cpu, used.cpu), count / used.wall,
                 ratio(base(name).wall, used.wall), used.memory] for name, used in took.items()]
        if self.lucene and os.path.isdir(self.indexes["Lucene"]):
            # Its CPU time is for the most part that of compiling what it runs; it tells what the queries take by the clock after that.
            told = []
            for _ in range(self.rounds):
                memory = measured([*self.lucene, "batch", self.indexes["Lucene"], self.at("mixed.tsv")], self.at("times.json")).memory
                told.append(Usage(None, json.loads(read(self.at("times.json")))["wall_s"], memory))
            wall, memory = (statistics.median(values) for values in list(zip(*told))[1:])
            rows.append(["Lucene, 1 thread, compiled", None, None, count / wall, ratio(took["bare, 1 threads"].wall, wall), memory])
        columns = ["", "CPU s", "rate to bare, by CPU", "queries/s", "rate to bare, by clock", "memory MB"]
        table(f"{count} queries in one process", columns, rows)
        self.spread("mixed.tsv")

    def clocked(self, rank, name):
        """What single queries take, the quickest of three times, as the program itself tells."""
        command = [self.bare, "batch", self.indexes["bare"], self.at(name)]
        if rank:
            command = [self.bare, "pundit", os.path.join(self.pundit_index, "index"), self.at(name), "--rank", rank]
        measured([*command, "--times", "3"], self.at("times.json"))
        return json.loads(read(self.at("times.json")))

    def spread(self, name):
        programs = {"bare": None, "quick": "quick", "full": "full"}
        times = {program: [] for program in programs}
        for _ in range(self.rounds):
            for program, rank in programs.items():
                times[program].append(self.clocked(rank, name)["kinds"])
        rows = []
        for kind in sorted(times["bare"][0]):
            row = [kind]
            for program in programs:
                usual, slow = (statistics.median(one[kind][part] for one in times[program]) for part in ("p50_us", "p99_us"))
                row += [usual, slow, ratio(slow, usual)]
            rows.append(row)
        columns = ["µs in the process"] + [f"{program} {part}" for program in programs for part in ("median", "99th", "ratio")]
        table("Single queries", columns, rows)

    def near(self):
        rows = []
        for rank in ("quick", "full"):
            times = [self.clocked(rank, "near.tsv")["kinds"] for _ in range(self.rounds)]
            near, both = (statistics.median(one[kind]["total_us"] / one[kind]["queries"] for one in times) for kind in ("near", "and"))
            rows.append([f"pundit --rank {rank}", near, both, ratio(near, both)])
        table("Two words w/5, against both anywhere", ["mean µs in the process", "w/5", "AND", "ratio"], rows)


# --- The command line

def built(arguments, name):
    """Builds a program, and tells where it is."""
    command = ["cargo", *arguments, "--message-format", "json"]
    lines = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()
    made = [json.loads(line) for line in lines if line.startswith("{")]
    return [one["executable"] for one in made if one.get("executable") and one["target"]["name"] == name][-1]


def compiled(jar, work):
    """The command that runs Lucene; none without it."""
    if not jar:
        return []
    subprocess.run(["javac", "-cp", jar, "-d", work, str(PROJECT / "benches" / "Lucene.java")], check=True)
    return ["java", "-cp", f"{jar}:{work}", "Lucene"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    parser.add_argument("--write", nargs=2, metavar=("N", "FOLDER"))
    parser.add_argument("--make", nargs=2, metavar=("N", "FOLDER"))
    parser.add_argument("--together", type=int, default=1, metavar="N", help="with --write and --make: pieces to a file [default: 1]")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--work", help="where indexes are put [default: a temporary folder]")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between them [default: all]; index comes first")
    parser.add_argument("--pundit", help="pundit's program [default: it is built]")
    parser.add_argument("--bare", help="the bare program [default: it is built]")
    parser.add_argument("--lucene", metavar="JAR", help="the core of Lucene 9, or a file that holds it")
    parser.add_argument("--sqlite", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--list", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--list-for-groonga", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.sqlite:
        return sqlite(*args.sqlite)
    if args.list:
        return list_queries(args.list[0], args.list[1], int(args.list[2]))
    if args.list_for_groonga:
        return list_for_groonga(*args.list_for_groonga)
    if args.write or args.make:
        count, folder = args.write or args.make
        os.makedirs(folder, exist_ok=True)
        return (write_real if args.write else make)(int(count), folder, args.folders, args.together)
    parts = args.only.split(",")
    if not args.folders or not set(parts) <= set(PARTS):
        parser.error(f"name folders, and of the parts {', '.join(PARTS)}")
    bare = os.path.abspath(args.bare or built(["bench", "--bench", "bare", "--no-run"], "bare"))
    pundit = os.path.abspath(args.pundit or built(["build", "--release", "--bin", "pundit"], "pundit"))
    load = lambda: f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    missing = [name for name in ("omindex", "quest", "recollindex", "recollq", "groonga", "rg", "find") if not shutil.which(name)]
    if missing:
        print(f"Not installed, and left out: {', '.join(missing)}.")
    with tempfile.TemporaryDirectory() as temporary:
        # Settings and caches of whoever runs this are left alone.
        os.environ.update(XDG_CONFIG_HOME=temporary, XDG_CACHE_HOME=temporary)
        for folder in map(os.path.abspath, args.folders):
            work = os.path.join(os.path.abspath(args.work or temporary), re.sub(r"\W+", "-", folder).strip("-"))
            os.makedirs(work, exist_ok=True)
            measured([sys.executable, SELF, "--list", folder, work, str(args.queries)])
            if shutil.which("groonga"):
                measured([sys.executable, SELF, "--list-for-groonga", folder, work])
            print(f"\n### {len(files(folder)):,} files, {size(folder):,.0f} MB ({args.rounds} rounds; {load()} at the start)")
            lucene = compiled(args.lucene and os.path.abspath(args.lucene), temporary)
            comparison = Comparison(folder, work, pundit, bare, lucene, args.rounds)
            for part in parts:
                getattr(comparison, part)()
            print(f"\nAt the end: {load()}.")


if __name__ == "__main__":
    main()
