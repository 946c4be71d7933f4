from search.query import SearchQuery

MEANT = {
    # What is typed, and the only thing that it means.
    "rice cooker": "Rice cookers for families",
    "RICE COOKERS FAMILY": "Rice cookers for families",
    "creme brulee": "Crème brûlée torch",
    "crème torch": "Crème brûlée torch",
    "naive": "Naive sunscreen",
    "naïve": "Naive sunscreen",
    "wifi router": "Wi-Fi router",
    "wi-fi router": "Wi-Fi router",
    "wlan-stick": "WlanStick",
    "c4872-a": "Ink cartridge C4872A",
    "C4872A": "Ink cartridge C4872A",
    "q6000a": "Toner Q6000-A",
    "Q6000-A": "Toner Q6000-A",
    "head set": "Wireless headset",
    "500gb disk": "Disk 500 GB",
    '15.6" laptop': "Laptop 15.6 inch",
    "runner shoes": "The runner's shoe",
    "电饭煲": "电饭煲 家用",
    "炊飯器": "東京炊飯器",
    "밥솥": "전기밥솥 10인용",
    "strasse": "Straße map",
    "watt": "\uff37\uff21\uff34\uff34 meter",
    "for the kitchen": "Made for the kitchen",
}
HOSTILE = [
    '"',
    "'",
    '" OR "1"="1',
    "title_terms:x",
    "NEAR(a b)",
    "a* OR b",
    "a AND",
    "NOT",
    "-",
    "^",
    "{title} : x",
    "\\",
    "\\' & !",
    "'a':* & b <-> c",
    "%",
    "_",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "\u0000",
    "💥",
    "\ud7ff",
    "a " * 99,
    "x" * 200,
    "1.2.3.4,5",
    "½ ² ﬁ Å",
    "...",
    "(((((",
    "/.*(a+)+$/",
    "_exists_:title",
]


def test_finds_what_is_meant(products, index, titles):
    for title in set(MEANT.values()):
        products.put(title=title)
    index()

    assert {sought: titles(sought) for sought in MEANT} == {
        sought: [title] for sought, title in MEANT.items()
    }


def test_finds_in_every_text(products, index, engine):
    for field in ("title", "summary", "body", "keywords", "brand", "merchant"):
        products.put(**{"title": f"Kettle in {field}", "reference": field, field: "Zojirushi"})
    products.put(title="Kettle")
    index()

    found = engine.search(SearchQuery(text="zojirushi"))

    assert {hit.reference for hit in found.hits} == {
        *("title", "summary", "body", "keywords", "brand", "merchant")
    }


def test_finds_all_kinds_together(products, guides, index, engine):
    products.put(title="Rice cooker Mini")
    guides.put(title="How to choose a rice cooker")
    index()

    found = engine.search(SearchQuery(text="rice cooker"))

    assert {(hit.kind, hit.title) for hit in found.hits} == {
        ("product", "Rice cooker Mini"),
        ("guide", "How to choose a rice cooker"),
    }


def test_every_word_is_wanted(products, index, titles):
    products.put(title="Red kettle")
    products.put(title="Blue kettle")
    index()

    assert titles("red kettle") == ["Red kettle"]


def test_nothing_with_every_word_shows_the_nearest_and_says_so(products, index, engine):
    products.put(title="Red kettle")
    products.put(title="Desk lamp")
    index()

    found = engine.search(SearchQuery(text="purple kettle"))

    assert [hit.title for hit in found.hits] == ["Red kettle"]
    assert found.nearest
    assert not engine.search(SearchQuery(text="red kettle")).nearest


def test_prefers_the_title_to_the_text(products, index, titles):
    products.put(title="Toaster", body="It stands well beside a kettle.")
    products.put(title="Kettle", body="It stands well beside a toaster.")
    index()

    assert titles("kettle") == ["Kettle", "Toaster"]
    assert titles("toaster") == ["Toaster", "Kettle"]


def test_prefers_the_thing_to_what_goes_with_it(products, index, titles):
    products.put(title="Laptop bag Urban")
    products.put(title="Adapter for laptop, light")
    products.put(title="Aspire 5 laptop")
    index()

    assert titles("laptop")[0] == "Aspire 5 laptop"
    assert titles("laptop bag") == ["Laptop bag Urban"]


def test_prefers_words_in_their_order(products, index, titles):
    products.put(title="Stand for a phone and desk")
    products.put(title="Desk phone stand")
    products.put(title="Phone desk stand")
    index()

    assert titles("phone stand")[0] == "Desk phone stand"


def test_prefers_what_shoppers_chose_among_equals(products, index, titles):
    products.put(title="Kettle A", score=0.0)
    products.put(title="Kettle B", score=0.9, selected=True)
    products.put(title="Kettle C", score=0.4, selected=True)
    index()

    assert titles("kettle") == ["Kettle B", "Kettle C", "Kettle A"]


def test_selected_listing_is_ranked_by_score(products, guides, index, titles):
    products.put(title="Third", selected=True, score=0.3)
    products.put(title="First", selected=True, score=0.9)
    products.put(title="Second", selected=True, score=0.5)
    products.put(title="Not chosen", score=0.99)
    guides.put(title="A guide")
    index()

    assert titles(selected=True, kinds=("product",)) == ["First", "Second", "Third"]


def test_a_hit_says_all_that_a_card_shows(products, index, engine):
    document = products.put(
        title="Kettle",
        summary="Boils water.",
        category_path=("kitchen", "kettles"),
        brand="Acme",
        merchant="Tea & Co",
        merchant_slug="tea-co",
        price=19.5,
        currency="EUR",
        picture_url="/media/files/kettle.webp",
        has_video=True,
        selected=True,
        score=0.75,
    )
    index()

    [hit] = engine.search(SearchQuery(text="kettle")).hits

    shown = {name: getattr(hit, name) for name in hit.__slots__}
    del shown["title_html"], shown["snippet_html"], shown["relevance"]
    assert shown == {name: getattr(document, name) for name in shown}


def test_whatever_is_typed_is_answered(products, index, engine):
    products.put(title="Kettle", body="Plain and harmless.")
    index()

    for sought in HOSTILE:
        assert engine.search(SearchQuery(text=sought)).total <= 1, sought
        assert engine.suggest(sought, kinds=(), limit=5) == [], sought


def test_nothing_typed_is_everything_newest_first(products, index, engine):
    old, new = products.put(title="Old"), products.put(title="New")
    index()

    found = engine.search(SearchQuery())

    assert [hit.object_id for hit in found.hits] == [new.object_id, old.object_id]
    assert not found.nearest


def test_marks_words_and_escapes_everything_else(products, index, engine):
    products.put(
        title='Kettles <script>alert("x")</script> & co',
        body="<img src=x onerror=alert(1)> The kettle & the <mark>pot</mark>.",
    )
    index()

    [hit] = engine.search(SearchQuery(text="kettle")).hits

    assert hit.title_html == (
        "<mark>Kettles</mark> &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; co"
    )
    assert hit.snippet_html == (
        "&lt;img src=x onerror=alert(1)&gt; The <mark>kettle</mark> &amp; the "
        "&lt;mark&gt;pot&lt;/mark&gt;."
    )


def test_an_empty_index_finds_nothing(index, engine):
    index()

    found = engine.search(SearchQuery(text="kettle"))

    assert (found.hits, found.total, found.facets) == ((), 0, ())
    assert engine.suggest("kettle", kinds=(), limit=5) == []


def test_suggests_titles_that_go_on_from_what_is_typed(products, guides, index, engine):
    products.put(title="Rice cooker Mini", picture_url="/p.webp")
    products.put(title="Rice bowl")
    guides.put(title="Choosing a rice cooker")
    index()

    def texts(text, **options):
        found = engine.suggest(text, **{"kinds": (), "limit": 5, **options})
        return {suggestion.text for suggestion in found}

    assert texts("ri") == {"Rice cooker Mini", "Rice bowl", "Choosing a rice cooker"}
    assert texts("rice co") == {"Rice cooker Mini", "Choosing a rice cooker"}
    assert texts("rice co", kinds=("guide",)) == {"Choosing a rice cooker"}
    assert len(texts("ri", limit=1)) == 2  # one of each kind
    assert texts("ice") == set()
    [mini] = engine.suggest("rice cooker m", kinds=(), limit=5)
    assert (mini.kind, mini.picture_url) == ("product", "/p.webp")
    assert mini.url.startswith("/product/")
