"""Titan and Nova over HTTP, with every fault that their service is known for."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from searchcore import Picture, Query, SearchError
from searchcore.bedrock import prepared
from searchcore.embedders.nova import NovaEmbedder, NovaOptions
from searchcore.embedders.titan import TitanEmbedder, TitanOptions
from searchcore.errors import PictureRefused, TextRefused, VectorRefused
from searchcore.ingest import FolderSource, IngestOptions
from tests.aws.account import QUICK, STEADY
from tests.aws.stub import NOVA, TITAN, Fault
from tests.support import BLUE, GREEN, RED, engine_of, photo, thing, write_catalogue

THROTTLED = Fault("ThrottlingException", 429, "Too many requests, please wait before trying again.")
FAST = TitanOptions(dimension=256, requests_per_minute=60_000)


def titan(**options):
    return TitanEmbedder(TitanOptions(**{"dimension": 256, "requests_per_minute": 60_000} | options), QUICK, STEADY)


def nova(**options):
    return NovaEmbedder(NovaOptions(**{"dimension": 256, "requests_per_minute": 60_000} | options), QUICK, STEADY)


def wide(colour=RED, size=(160, 120)) -> Picture:
    return Picture.from_image(Image.new("RGB", size, colour))


def test_a_burst_of_throttling_is_waited_out(stub):
    """A1."""
    stub.fail(THROTTLED, THROTTLED)
    assert titan().embed_images([wide()], role="query").shape == (1, 256)
    assert len(stub.calls(TITAN)) == 3


def test_endless_throttling_ends_soon_says_so_and_offers_the_local_pipeline(stub):
    """A2."""
    stub.always = THROTTLED
    with pytest.raises(SearchError) as failed:
        titan().embed_images([wide()], role="query")
    assert len(stub.calls(TITAN)) == QUICK.attempts
    assert "quota" in failed.value.message
    assert "“local”" in failed.value.remedy


def test_no_attempt_is_begun_that_could_end_after_the_deadline(stub):
    stub.always = THROTTLED
    embedder = TitanEmbedder(FAST, replace(QUICK, attempts=99, deadline=5.0))
    with pytest.raises(SearchError):
        embedder.embed_images([wide()], role="query")
    assert len(stub.calls(TITAN)) == 1


def test_loading_tries_more_often_than_a_query(stub):
    stub.fail(*[THROTTLED] * (STEADY.attempts - 1))
    assert titan().embed_images([wide()], role="index").shape == (1, 256)


@pytest.mark.parametrize(
    ("fault", "attempts"),
    [
        (Fault("InternalServerException", 500), 3),
        (Fault("ServiceUnavailableException", 503), 3),
        (Fault("ModelNotReadyException", 429), 3),
        (Fault("ModelTimeoutException", 408), 2),
        (Fault("ModelErrorException", 424), 2),
        (Fault(drop=True), 3),
        (Fault(short=True), 3),
        (Fault(cut=True), 3),
        (Fault(raw=b"<html>"), 3),
        (Fault(raw=b"[]"), 3),
        (Fault("ValidationException", 400), 1),
        (Fault("AccessDeniedException", 403), 1),
        (Fault("ResourceNotFoundException", 404), 1),
        (Fault("ServiceQuotaExceededException", 400), 1),
        (Fault("NobodyKnowsException", 418), 1),
    ],
    ids=lambda value: getattr(value, "code", "") or None,
)
def test_a_lasting_fault_is_tried_as_often_as_it_is_worth_and_ends_in_plain_words(stub, fault, attempts):
    """A3, A8."""
    stub.always = fault
    with pytest.raises(SearchError) as failed:
        titan().embed_images([wide()], role="query")
    assert len(stub.calls(TITAN)) == attempts
    assert failed.value.message
    assert failed.value.remedy
    stub.always = None
    assert titan().embed_images([wide()], role="query").shape == (1, 256)


def test_a_reply_that_takes_too_long_is_given_up_and_asked_for_again(stub):
    """A8."""
    embedder = TitanEmbedder(FAST, replace(QUICK, read=0.5))
    stub.fail(Fault(delay=3.0))
    assert embedder.embed_images([wide()], role="query").shape == (1, 256)
    assert len(stub.calls(TITAN)) == 2


def test_denied_access_names_the_action_and_the_model_to_enable(stub):
    """A3."""
    stub.fail(Fault("AccessDeniedException", 403, "You don't have access to the model with the specified model ID."))
    with pytest.raises(SearchError) as failed:
        titan().embed_images([wide()], role="query")
    assert "bedrock:InvokeModel" in failed.value.message
    assert f"Model access, {TITAN}" in failed.value.remedy


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (b'{"embedding": null, "message": "Internal failure of the model"}', "Internal failure of the model"),
        (b'{"embedding": [1.0, 2.0], "message": "odd"}', "odd"),
        (b"{}", "no embedding"),
        (b'{"embedding": "AAAA"}', "no embedding"),
        (b'{"embedding": [1.0, 2.0, 3.0]}', "3 numbers came where 256"),
        (b'{"embedding": [' + b"NaN," * 255 + b"1]}", "NaN"),
        (b'{"embedding": [' + b"null," * 255 + b"1]}", "NaN"),
        (b'{"embedding": [' + b"0," * 255 + b"0]}", "all zeros"),
        (b'{"embedding": [' + b'"x",' * 255 + b'"x"]}', "no list of numbers"),
    ],
    ids=["message", "message beside", "missing", "text", "short", "nan", "null", "zero", "words"],
)
def test_an_odd_reply_of_titan_is_an_error_that_says_so(stub, reply, said):
    """A5, I6."""
    stub.always = Fault(raw=reply)
    with pytest.raises(VectorRefused) as refused:
        titan().embed_images([wide()], role="query")
    assert said in refused.value.message


@pytest.mark.parametrize(
    "reply",
    [
        b"{}",
        b'{"embeddings": []}',
        b'{"embeddings": [5]}',
        b'{"embeddings": [{"embedding": [1]}]}',
        b'{"embeddings": 1}',
    ],
)
def test_an_odd_reply_of_nova_is_an_error_that_says_so(stub, reply):
    stub.always = Fault(raw=reply)
    with pytest.raises(VectorRefused):
        nova().embed_images([wide()], role="query")


@pytest.mark.parametrize("dimension", [256, 384, 1024])
def test_titan_comes_in_three_lengths(stub, dimension):
    embedder = titan(dimension=dimension)
    assert embedder.embed_images([wide()]).shape == (1, dimension)
    assert embedder.spec.model_key == f"{TITAN}@{dimension}@prep1"


@pytest.mark.parametrize("dimension", [256, 384, 1024, 3072])
def test_nova_comes_in_four_lengths(stub, dimension):
    embedder = nova(dimension=dimension)
    assert embedder.embed_images([wide()]).shape == (1, dimension)
    assert embedder.spec.model_key == f"{NOVA}@{dimension}@prep1"


def test_nova_is_told_what_is_stored_and_what_is_searched_with(stub):
    embedder = nova()
    embedder.embed_images([wide()], role="index")
    embedder.embed_images([wide()], role="query")
    embedder.embed_texts(["red"])
    asked = [each.body["singleEmbeddingParams"] for each in stub.calls(NOVA)]
    assert [each["embeddingPurpose"] for each in asked] == ["GENERIC_INDEX", "IMAGE_RETRIEVAL", "IMAGE_RETRIEVAL"]
    assert asked[2]["text"]["truncationMode"] == "NONE"


def test_catalogue_and_query_are_prepared_alike(stub):
    embedder, picture = titan(), wide(size=(1900, 700))
    embedder.embed_images([picture], role="index")
    embedder.embed_query(picture)
    first, second = stub.calls(TITAN)
    assert first.body["inputImage"] == second.body["inputImage"]


@pytest.mark.parametrize("size", [(2048, 2048), (2048, 110), (20, 16), (16, 300), (640, 480), (2048, 8), (127, 129)])
def test_what_is_sent_is_within_the_limits_of_the_model(size):
    """U8, U9."""
    sent = Image.open(io.BytesIO(prepared(Picture("x", Image.new("RGB", size, "red")))))
    assert (sent.format, sent.mode) == ("JPEG", "RGB")
    assert max(sent.size) <= 1024
    assert min(sent.size) >= 128
    assert max(sent.size) <= 4 * min(sent.size)


def test_what_is_sent_is_base64_without_a_prefix(stub):
    titan().embed_images([wide()])
    assert base64.b64decode(stub.calls(TITAN)[0].body["inputImage"])[:2] == b"\xff\xd8"


def test_a_picture_that_the_model_refuses_is_refused_with_its_reason(stub):
    stub.fail(Fault("ValidationException", 400, "400 Bad Request: Image exceeds max pixels allowed."))
    with pytest.raises(PictureRefused, match="exceeds max pixels"):
        titan().embed_images([wide()], role="query")


@pytest.mark.parametrize(("embedder", "words"), [(titan, 257), (nova, 9000)])
def test_a_text_that_is_too_long_is_refused_not_cut(stub, embedder, words):
    """S8."""
    with pytest.raises(TextRefused, match="Too many input tokens"):
        embedder().embed_texts(["red " * words])


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_words_are_refused_without_a_call(stub, text):
    """S8."""
    with pytest.raises(TextRefused):
        titan().embed_texts([text])
    assert stub.calls() == []


def test_a_text_that_nova_cut_all_the_same_is_refused(stub):
    numbers = ",".join(["1.0"] * 256)
    reply = f'{{"embeddings": [{{"embeddingType": "TEXT", "embedding": [{numbers}], "truncatedCharLength": 9}}]}}'
    stub.fail(Fault(raw=reply.encode()))
    with pytest.raises(TextRefused, match="too long"):
        nova().embed_texts(["red"])


def test_emoji_and_other_languages_are_words_too(stub):
    """S8."""
    rows = titan().embed_texts(["👜", "sac à main", "ハンドバッグ"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_loading_keeps_to_a_share_of_the_account_s_quota_and_asks_for_it_once(stub):
    embedder = TitanEmbedder(TitanOptions(dimension=256), QUICK, STEADY)
    embedder.embed_images([wide(RED), wide(GREEN)])
    embedder.embed_images([wide(BLUE)])
    assert [each.body["QuotaCode"] for each in stub.calls("GetServiceQuota")] == ["L-DF0E34D4"]


def test_a_rate_from_the_settings_asks_for_no_quota(stub):
    titan().embed_images([wide()])
    assert stub.calls("GetServiceQuota") == []


def test_credentials_that_expire_during_a_load_are_read_anew(stub, tmp_path, monkeypatch):
    """A4: whoever signs in again writes fresh keys to the same file."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    keys = tmp_path / "credentials"

    def sign_in(key):
        keys.write_text(f"[default]\naws_access_key_id = {key}\naws_secret_access_key = s\naws_session_token = t\n")

    sign_in("AKIAOLD")
    embedder = titan()
    assert embedder.embed_images([wide(RED)]).shape == (1, 256)
    sign_in("AKIANEW")
    stub.expired.add("AKIAOLD")
    assert embedder.embed_images([wide(GREEN), wide(BLUE)]).shape == (2, 256)
    assert {each.key for each in stub.calls(TITAN)} == {"AKIAOLD", "AKIANEW"}
    stub.expired.add("AKIANEW")
    with pytest.raises(SearchError) as failed:
        embedder.embed_images([wide(RED)])
    assert "aws sso login" in failed.value.remedy


def test_a_query_by_look_finds_the_right_product_and_says_what_it_cost(stub, tmp_path):
    things = [thing("red", RED), thing("green", GREEN), thing("blue", BLUE)]
    engine = engine_of(tmp_path, *things, embedder=titan())
    result = engine.search(Query(picture=photo(GREEN)))
    assert result.hits[0].product.id == "green"
    assert result.hits[0].similarity >= 0.999
    assert (result.cost, result.tokens) == (pytest.approx(0.00006), 0)


def test_a_query_by_meaning_finds_the_right_product_and_says_what_it_cost(stub, tmp_path):
    engine = engine_of(tmp_path, thing("a", RED), thing("b", GREEN), thing("c", BLUE), embedder=titan())
    result = engine.search(Query(text="something blue"))
    assert result.hits[0].product.id == "c"
    assert (result.tokens, result.cost) == (2, pytest.approx(2 * 0.0008 / 1000))


def test_one_bad_picture_is_named_and_the_others_are_loaded(stub, tmp_path):
    source = FolderSource(write_catalogue(tmp_path / "new", *(thing(f"{n}", (200, 20 * n, 0)) for n in range(4))))
    engine = engine_of(tmp_path, embedder=titan())
    bad = Fault("ValidationException", 400, "400 Bad Request: Image exceeds max pixels allowed.")
    stub.fail(bad, *[Fault()] * 3, bad)
    report = engine.ingest(source)
    assert (report.added, len(report.failed)) == (3, 1)
    assert "exceeds max pixels" in report.failed[0].reason


def test_throttling_for_ever_ends_a_load_that_goes_on_where_it_stopped(stub, tmp_path):
    """A2, I3."""
    source = FolderSource(write_catalogue(tmp_path / "new", *(thing(f"{n:02}", (200, 5 * n, 0)) for n in range(20))))
    engine = engine_of(tmp_path, embedder=titan())
    stub.fail(*[Fault()] * 16, *[THROTTLED] * 4 * STEADY.attempts)
    with pytest.raises(SearchError, match="quota"):
        # One batch after the other: the faults are dealt out in the order of the calls.
        engine.ingest(source, options=IngestOptions(workers=1))
    stub.faults.clear()
    assert engine.index.count() == 16
    report = engine.ingest(source)
    assert (report.added, report.unchanged, report.failed) == (4, 16, ())


def test_the_environment_gives_numbers_as_text():
    assert TitanOptions(dimension="384").dimension == 384
