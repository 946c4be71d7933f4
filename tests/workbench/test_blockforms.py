from django import forms
from django.http import QueryDict

from cms.models import GuidePage
from tests.factories.media_pipeline import PictureFactory
from tests.factories.merchants import MerchantFactory
from workbench.blockforms import BlockForm, Shelf
from workbench.blockforms.leaves import ChooserLeaf, Leaf
from workbench.blockforms.nodes import ListNode, SeriesNode

BODY = GuidePage._meta.get_field("body").stream_block

EVERYTHING = [
    {"type": "heading", "value": "How much rice?", "id": "h"},
    {"type": "rich_text", "value": "<p>Count <b>cups</b>.</p>", "id": "t"},
    {
        "type": "specification_table",
        "value": {
            "caption": "Sizes",
            "rows": [
                {"type": "item", "id": "r1", "value": {"name": "Small", "value": "0.5 l"}},
                {"type": "item", "id": "r2", "value": {"name": "Large", "value": "1.8 l"}},
            ],
        },
        "id": "s",
    },
    {
        "type": "comparison_table",
        "value": {
            "caption": "Pots",
            "columns": [
                {"type": "item", "id": "k1", "value": "Steel"},
                {"type": "item", "id": "k2", "value": "Clay"},
            ],
            "rows": [
                {
                    "type": "item",
                    "id": "z1",
                    "value": {
                        "name": "Weight",
                        "values": [
                            {"type": "item", "id": "w1", "value": "1 kg"},
                            {"type": "item", "id": "w2", "value": "2 kg"},
                        ],
                    },
                }
            ],
        },
        "id": "c",
    },
    {
        "type": "steps",
        "value": {
            "title": "Cook",
            "steps": [
                {
                    "type": "item",
                    "id": "p1",
                    "value": {"title": "Wash", "text": "Twice", "picture": None, "alt_text": ""},
                }
            ],
        },
        "id": "p",
    },
    {
        "type": "questions",
        "value": {
            "questions": [
                {"type": "item", "id": "q1", "value": {"question": "Loud?", "answer": "No."}}
            ]
        },
        "id": "q",
    },
    {"type": "safety_note", "value": {"level": "danger", "text": "Steam."}, "id": "n"},
]


def form_for(merchant):
    return BlockForm(BODY, name="body", shelf=Shelf(merchant))


def post_of(form):
    """What a browser would send for a form as it is shown."""
    data = QueryDict(mutable=True)
    for node in form.root.walk():
        if isinstance(node, SeriesNode):
            for item in node.items:
                data.appendlist(node.name, item.id)
                if not isinstance(node, ListNode):
                    data[f"{item.name}-type"] = item.type
        elif isinstance(node, Leaf):
            data[node.name] = node.field.value() or ""
    return data


def test_every_block_type_can_be_added_as_a_form(db):
    form = form_for(MerchantFactory())

    for name in BODY.child_blocks:
        assert form.apply(f"add:body:{name}:") is not None

    assert [item.type for item in form.root.items] == list(BODY.child_blocks)
    leaves = [node for node in form.root.walk() if isinstance(node, Leaf)]
    assert all(str(node.field) for node in leaves)
    assert not any("draftail" in str(node.field).lower() for node in leaves)


def test_a_value_survives_the_way_through_the_browser_unchanged(db):
    merchant = MerchantFactory()
    shown = form_for(merchant)
    shown.fill(BODY.to_python(EVERYTHING))

    posted = form_for(merchant)
    posted.read(post_of(shown))

    assert posted.value.get_prep_value() == EVERYTHING


def test_moving_adding_and_removing_keeps_ids(db):
    form = form_for(MerchantFactory())
    form.fill(BODY.to_python(EVERYTHING))

    assert form.apply("down:body:h") == "body-h"
    assert form.apply("remove:body:c") == "body-s"
    added = form.apply("add:body:heading:t")
    form.apply("up:body-s-value-rows:r2")

    ids = [item.id for item in form.root.items]
    assert ids[0] == "t"
    assert added == f"body-{ids[1]}"
    assert ids[2:] == ["h", "s", "p", "q", "n"]
    rows = form.value.get_prep_value()[3]["value"]["rows"]
    assert [row["id"] for row in rows] == ["r2", "r1"]


def test_an_operation_that_makes_no_sense_changes_nothing(db):
    form = form_for(MerchantFactory())
    form.fill(BODY.to_python(EVERYTHING))
    before = form.value.get_prep_value()

    for operation in (
        "",
        "save",
        "up:elsewhere:h",
        "up:body:nobody",
        "add:body:nothing:",
        "fly:body:h",
    ):
        assert form.apply(operation) is None

    assert form.value.get_prep_value() == before


def test_what_is_missing_is_said_where_it_is_missing(db):
    form = form_for(MerchantFactory())
    form.read(
        QueryDict(
            "body=a&body-a-type=heading&body-a-value="
            "&body=b&body-b-type=specification_table&body-b-value-caption=Sizes"
            "&body=c&body-c-type=picture&body-c-value-alt_text="
        )
    )

    assert form.check() is False
    assert set(form.messages) == {
        "body-a-value",
        "body-b-value-rows",
        "body-c-value-picture",
        "body-c-value-alt_text",
    }


def test_hostile_rich_text_loses_everything_but_its_words(db):
    form = form_for(MerchantFactory())
    data = QueryDict("body=a&body-a-type=rich_text", mutable=True)
    data["body-a-value"] = (
        "<div>Read <a href='javascript:alert(1)' onclick='x()'>this</a>"
        "<script>alert(1)</script><img src=x onerror=alert(1)>"
        "<a linktype='page' id='3' href='https://example.org/'>that</a>\x00</div>"
        "<embed embedtype='image' id='1'>"
    )
    form.read(data)

    assert form.value.get_prep_value()[0]["value"] == (
        '<p>Read <a rel="nofollow ugc noopener">this</a>'
        '<a href="https://example.org/" rel="nofollow ugc noopener">that</a></p>'
    )


def test_plain_text_becomes_paragraphs(db):
    form = form_for(MerchantFactory())
    form.read(QueryDict("body=a&body-a-type=rich_text&body-a-value=One+%3C+two%0A%0AThree"))

    assert form.value.get_prep_value()[0]["value"] == "<p>One &lt; two</p>\n\n<p>Three</p>"


def test_hostile_names_are_left_out(db):
    form = form_for(MerchantFactory())
    form.read(
        QueryDict(
            "body=a&body-a-type=heading&body-a-value=One"
            "&body=a"  # twice
            "&body=%3Cb%3E&body-%3Cb%3E-type=heading"
            "&body=b&body-b-type=__class__"
            "&body=c"
            "&body=__0__&body-__0__-type=heading"
        )
    )

    assert [(item.id, item.type) for item in form.root.items] == [("a", "heading")]


def test_an_unknown_choice_falls_back_to_the_default(db):
    form = form_for(MerchantFactory())
    form.read(
        QueryDict("body=a&body-a-type=safety_note&body-a-value-level=evil&body-a-value-text=Hot")
    )

    assert form.value.get_prep_value()[0]["value"] == {"level": "caution", "text": "Hot"}
    assert "body-a-value-level" in form.messages


def test_only_own_pictures_can_be_chosen(db):
    merchant = MerchantFactory()
    own, foreign = PictureFactory(merchant=merchant), PictureFactory()
    form = form_for(merchant)
    form.read(
        QueryDict(
            f"body=a&body-a-type=picture&body-a-value-picture={own.pk}"
            f"&body=b&body-b-type=picture&body-b-value-picture={foreign.pk}"
            "&body=c&body-c-type=picture&body-c-value-picture=1%20OR%201"
        )
    )

    chosen = [item["value"]["picture"] for item in form.value.get_prep_value()]
    assert chosen == [own.pk, None, None]
    assert [node.name for node in form.refused] == [
        "body-b-value-picture",
        "body-c-value-picture",
    ]


def test_what_the_guide_holds_already_can_stay(db):
    editors_own = PictureFactory(merchant=None)
    merchant = MerchantFactory()
    shelf = Shelf(merchant, kept=[(type(editors_own), str(editors_own.pk))])
    form = BlockForm(BODY, name="body", shelf=shelf)
    form.read(QueryDict(f"body=a&body-a-type=picture&body-a-value-picture={editors_own.pk}"))

    assert form.refused == []
    assert form.value[0].value["picture"] == editors_own


def test_a_chooser_offers_the_newest_and_what_is_chosen(db):
    merchant = MerchantFactory()
    old = PictureFactory(merchant=merchant, title="The oldest")
    PictureFactory.create_batch(3, merchant=merchant)
    PictureFactory(title="Someone else's")
    form = form_for(merchant)
    form.fill(BODY.to_python([{"type": "picture", "value": {"picture": old.pk}, "id": "a"}]))

    [chooser] = [node for node in form.root.walk() if isinstance(node, ChooserLeaf)]
    html = str(chooser.field)
    assert html.count("<option") == 5
    assert f'<option value="{old.pk}" selected>The oldest</option>' in html
    assert "Someone else" not in html


def test_each_type_has_a_blank_of_its_own_kind(db):
    form = form_for(MerchantFactory())

    blanks = {item.type: item.node for item in form.root.blank_items}

    assert isinstance(blanks["heading"].field.field.widget, forms.TextInput)
    assert isinstance(blanks["rich_text"].field.field.widget, forms.Textarea)
