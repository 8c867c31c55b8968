#!/usr/bin/env python3
"""Fits weights.tsv, the weights of the evidence for names that no roster lists.

usage: fit.py PUNDIT ANNOTATED.jsonl...     (needs numpy and scipy)

Each line of ANNOTATED is {"id", "text", "spans": [[start, end, label], ...]} in code points. Fitted on wikigold (Balasuriya et al. 2009,
CC BY 4.0), CrossNER politics (Liu et al. 2021, from Wikipedia, CC BY-SA), GUM news and interviews (Zeldes 2017, from Wikinews, CC BY):
no other text may be used for what ships. The names that were weighed come from `pundit tag --evidence`; a name whose span is
annotated as a person or organisation is one, every other is neither (in GUM, whose mentions include title and apposition, the smallest
mention that begins or ends with the name tells, and a name without any is left out). Logistic regression whose weights are drawn not to zero
but to PRIOR, what grammar says, since the sets are small and short of newspaper style.
"""
import collections, json, os, subprocess, sys, tempfile

# What speaks for a person, and for an organisation.
PRIOR = {
    "honorific": (4, -1.5), "title": (2, -.7), "short-titled": (2.5, -1), "role": (1.2, -.3), "role-comma": (1.5, -.5), "apposition": (1.5, -.3), "age": (2.5, -1.5),
    "who": (1.5, -.5), "said-behind": (.8, .3), "said-before": (.5, .2), "acts-behind": (1, -.3), "given-first": (1.5, -1), "given-alone": (.7, -.5),
    "initial": (1, -.5), "particle": (.7, -.3), "generation": (1, -1), "family-last": (.7, -.5), "family-ending": (.8, -.6), "family-first": (.8, -.5),
    "shortened": (1, 0), "first-alone": (.3, 0), "common-none": (.5, 0), "head-last": (-1.5, 1.5), "head-first": (-1.5, 1.8), "head-inside": (-.7, .5),
    "company": (-1, 2.5), "acronymed": (-1.5, 1.5), "acronym": (-1.5, 1), "member-before": (-.3, .7), "member-behind": (-.3, 1), "according-to": (0, .5),
    "link": (-.5, .3), "known-place": (-1.5, -1), "place-last": (-.7, -.7), "place-first": (-.5, -.7), "thing-last": (-1, -1), "thing-inside": (-.5, -.3),
    "comma-place": (-.7, -.4), "at": (-.5, -.3), "the": (-1, .4), "a": (-.5, -.5), "common-all": (-1, 0), "name-none": (-.5, .2), "digit": (-.7, -.3),
    "words-1": (-.3, -.3), "state-inside": (-.5, .2), "mixed-case": (-.3, .5), "opens": (-.3, -.3), "creed-all": (-2, -1.5), "bracketed": (-.5, .5),
}

KIND = {"person": 0, "politician": 0, "per": 0, "org": 1, "organisation": 1, "organization": 1, "politicalparty": 1}


def examples(pundit, path):
    gold = [json.loads(line) for line in open(path, encoding="utf-8")]
    for g in gold:
        if "spans" not in g:
            g["spans"] = [[m["start"], m["end"], m["etype"]] for m in g["mentions"] if m.get("link")]
    with tempfile.TemporaryDirectory() as folder:
        records = os.path.join(folder, "records.jsonl")
        with open(records, "w", encoding="utf-8") as out:
            for g in gold:
                out.write(json.dumps({"id": g["id"], "text": g["text"]}, ensure_ascii=False) + "\n")
        done = subprocess.run([pundit, "tag", "--evidence", records, "-f", "jsonl"], capture_output=True, text=True, check=True)
    kinds = {(g["id"], s, e): KIND.get(label.lower(), 2) for g in gold for s, e, label in g["spans"]}
    nested = {g["id"]: sorted(((m["end"] - m["start"], m["start"], m["end"], m["etype"]) for m in g["mentions"])) for g in gold if "mentions" in g}
    votes = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        w = json.loads(line)
        kind = kinds.get((w["piece"], w["start"], w["end"]), 2)
        if w["piece"] in nested:
            around = [m for m in nested[w["piece"]] if m[1] <= w["start"] and m[2] >= w["end"] and (m[1] == w["start"] or m[2] == w["end"])]
            if not around or around[0][0] > 60 + w["end"] - w["start"]:
                continue
            kind = KIND.get(around[0][3].lower(), 2)
        votes[w["piece"], w["text"].lower(), tuple(w["evidence"])].append(kind)
    for (_, _, evidence), kind in votes.items():
        yield evidence, collections.Counter(kind).most_common(1)[0][0], len(kind)


def fitted(rows, labels, counts, names):
    import numpy
    from scipy.optimize import minimize
    at = {name: i for i, name in enumerate(names)}
    x = numpy.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        x[i, [at[name] for name in row]] = 1
    y = numpy.eye(3)[labels]
    prior = numpy.array([[*PRIOR.get(name, (0, 0)), 0] for name in names], dtype=float)
    weight = numpy.sqrt(numpy.array(counts))[:, None]

    def loss(flat):
        w = flat.reshape(prior.shape)
        z = x @ w
        z -= z.max(axis=1, keepdims=True)
        p = numpy.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        away = w - prior
        value = -(weight * y * numpy.log(p + 1e-12)).sum() + PULL * (away ** 2).sum()
        return value, (x.T @ (weight * (p - y)) + 2 * PULL * away).ravel()

    done = minimize(loss, prior.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return done.x.reshape(prior.shape)


# How strongly weights are drawn to PRIOR.
PULL = 8.0


def main():
    rows, labels, counts = [], [], []
    for path in sys.argv[2:]:
        for evidence, kind, count in examples(sys.argv[1], path):
            rows.append(evidence)
            labels.append(kind)
            counts.append(count)
    names = sorted({name for row in rows for name in row} | set(PRIOR))
    weights = fitted(rows, labels, counts, names)
    print("# Weights of the evidence for unlisted names: person, organisation, neither. Written by fit.py, which says how; do not edit.")
    print("# Fitted on wikigold (Balasuriya et al. 2009, CC BY 4.0), CrossNER politics (Liu et al. 2021, from Wikipedia, CC BY-SA) and")
    print("# GUM news and interviews (Zeldes 2017, from Wikinews, CC BY).")
    for name, row in zip(names, weights):
        print(name, *(f"{weight:.2f}" for weight in row), sep="\t")


if __name__ == "__main__":
    main()
