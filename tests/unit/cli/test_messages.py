"""Every sentence is found, however deep it stands in other texts, and what is none is not."""

from pathlib import Path

from motcua.cli.messages import collect_sentences, find_sentences

SCRIPT = """
/* t("in a remark") */
// t("in another")
const one = t("Plain");
const two = html`<p>${open ? html`<b>${t("Within \\"two\\" templates", { count })}</b>` : t(
  "On a line of its own",
)}</p>`;
const other = at("no sentence") + view.t("nor this") + $t("nor that") + t(name);
"""
PROGRAM = """
say(f"{len(x)} {say('Within a text')}")
shown = [_("YOUR NUMBER"), " ".join(say["number"])]
raise Refused("a.code", "First half, "
              "second half.", make_mistake(1, "place", "Mistaken: %(why)s"))
refuse(say(name), translate("Last"))
"""


def test_a_script_says_what_stands_in_double_quotes_after_t() -> None:
    assert list(find_sentences(SCRIPT)) == [(4, "Plain"), (5, 'Within "two" templates'), (5, "On a line of its own")]


def test_programs_scripts_and_templates_are_read(tmp_path: Path) -> None:
    for name, content in {
        "say.py": PROGRAM,
        "static/js/page.js": 't("By a page");',
        "templates/a.html": "<p>{{ _('By a template') }}</p>",
    }.items():
        path = tmp_path / "motcua" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    found = [(message.id, message.locations[0][0]) for message in collect_sentences(tmp_path) if message.id]
    assert found == [
        ("Within a text", "motcua/say.py"),
        ("YOUR NUMBER", "motcua/say.py"),
        ("First half, second half.", "motcua/say.py"),
        ("Mistaken: %(why)s", "motcua/say.py"),
        ("Last", "motcua/say.py"),
        ("By a page", "motcua/static/js/page.js"),
        ("By a template", "motcua/templates/a.html"),
    ]
