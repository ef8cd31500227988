"""`motcua simulate`: the product's own simulator on a queue from a textbook, beside what the formulas say."""

import argparse
import json

from motcua.cli.texts import say
from motcua.planning.textbook import Textbook, simulate


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--servers", type=int, required=True, metavar="C")
    parser.add_argument(
        "--utilisation", type=float, required=True, metavar="RHO", help="how busy they are: between 0 and 1"
    )
    parser.add_argument("--mean-service-min", type=float, required=True, metavar="S")
    parser.add_argument(
        "--priority-share", type=float, default=0.0, metavar="P", help="share of arrivals that are called first"
    )
    parser.add_argument("--runs", type=int, default=200, metavar="R")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--json", action="store_true")


def main(options: argparse.Namespace) -> int:
    """Simulate and print the result."""
    queue = Textbook(options.servers, options.utilisation, options.mean_service_min, options.priority_share)
    total, classes = simulate(queue, options.runs, options.seed)
    if options.json:
        by_class = {name: summary.to_json() for name, summary in classes.items()}
        print(json.dumps({"runs": options.runs, **total.to_json(), "by_class": by_class}))
        return 0
    rows = {say("everybody"): (total, queue.compute_mean_wait_min())}
    words = {"priority": say("priority"), "ordinary": say("ordinary")}
    rows |= {words[name]: (summary, queue.compute_mean_waits_min()[name]) for name, summary in classes.items()}
    for name, (summary, exact) in rows.items():
        print(
            say(
                "%(name)s: mean wait %(mean)s min (SD of %(runs)s runs %(sd)s); by the formula %(exact)s min",
                name=name,
                mean=f"{summary.mean_wait_min:.3f}",
                runs=options.runs,
                sd=f"{summary.sd_wait_min:.3f}",
                exact=f"{exact:.3f}",
            )
        )
    return 0
