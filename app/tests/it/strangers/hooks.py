"""What schemathesis is told of this platform: things that are there, who calls what, and what came of each call."""

import itertools, json, os, re

import schemathesis

GIVEN = json.load(open(os.environ["NEXGATE_SEEDED"]))
ID = re.compile(r"^([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}$")
KEYS = itertools.count()
ANSWERS = open(os.environ["NEXGATE_ANSWERS"], "a", buffering=1)


def real(value, things):
    """The same with ids of things that are there in the place of made-up ones."""
    if isinstance(value, str):
        found = ID.match(value)
        return things.get(found[1], value) if found else value
    if isinstance(value, list):
        return [real(inner, things) for inner in value]
    if isinstance(value, dict):
        return {name: real(inner, things) for name, inner in value.items()}
    return value


@schemathesis.hook
def before_load_schema(context, raw_schema):
    # Each currency there is would be tried at each place that takes one; two that differ say as much.
    raw_schema["components"]["schemas"]["Currency"]["enum"] = ["TZS", "UGX"]


@schemathesis.hook
def before_call(context, case, kwargs):
    own = GIVEN["operations"].get(name(case), {})
    things = {**GIVEN["things"], **own.get("things", {})}
    case.headers["Authorization"] = "Bearer " + GIVEN["tokens"][own.get("by", "seller")]
    shown = case.meta is not None and case.meta.phase.name.value == "examples"
    if case.path_parameters:
        case.path_parameters = real(dict(case.path_parameters), things)
        if shown:
            words = {n: v for n, v in case.path_parameters.items() if n in GIVEN["names"] and not ID.match(v)}
            case.path_parameters.update((n, GIVEN["names"][n]) for n in words)
    if case.query:
        case.query = real(dict(case.query), things)
    if isinstance(case.body, (dict, list)):
        case.body = own["body"] if shown and "body" in own else real(case.body, things)
    if shown and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = f"stranger-{next(KEYS)}"


@schemathesis.hook
def after_call(context, case, response):
    phase = case.meta.phase.name.value if case.meta is not None else "none"
    print(name(case), response.status_code, phase, sep="\t", file=ANSWERS)


def name(case):
    return f"{case.operation.method.upper()} {case.operation.path}"
