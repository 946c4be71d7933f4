"""What an index has, told by fingerprints: what comparing it with the truth relies on."""

from tests.elasticsearch import settle


def test_they_come_by_ids_a_part_at_a_time(products, index, engine):
    put = {document.object_id: document for document in (products.put() for _ in range(5))}
    ids = sorted(put)
    index()

    first = engine.fingerprints(products.type, after=0, limit=2)
    rest = engine.fingerprints(products.type, after=ids[1], limit=10)

    assert list(first) == ids[:2]
    assert list(rest) == ids[2:]
    assert first | rest == {object_id: put[object_id].fingerprint for object_id in ids}
    assert engine.fingerprints(products.type, after=ids[-1], limit=2) == {}


def test_they_are_of_one_kind(products, guides, index, engine):
    product, guide = products.put(object_id=1), guides.put(object_id=1)
    index()

    assert engine.fingerprints(guides.type, after=0, limit=9) == {1: guide.fingerprint}
    assert engine.fingerprints_of(products.type, [1, 2]) == {1: product.fingerprint}


def test_those_asked_for_are_as_they_were_just_written(products, index, engine):
    kettle, pot = products.put(title="Kettle"), products.put(title="Pot")
    index()
    ids = [kettle.object_id, pot.object_id]
    changed = products.put(title="Teapot", object_id=kettle.object_id)
    products.take_off(pot)

    engine.refresh(products.type, ids)  # and nothing waits until searches show it

    assert engine.fingerprints_of(products.type, ids) == {kettle.object_id: changed.fingerprint}
    assert engine.fingerprints_of(products.type, []) == {}


def test_a_rebuild_leaves_the_same_ones(products, index, engine):
    products.put(attributes={"colour": "red", "cups": "5"}, category_path=("kitchen", "kettles"))
    index()
    before = engine.fingerprints(products.type, after=0, limit=9)

    engine.rebuild(products.type, lambda count: None)
    settle(engine)

    assert engine.fingerprints(products.type, after=0, limit=9) == before != {}
