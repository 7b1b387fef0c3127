"""The main job on the AWS pipeline, in a real browser: Rekognition, Titan, OpenSearch and S3 as they answer."""

from __future__ import annotations

import io
import re

import boto3
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from searchcore import load_settings
from searchcore.ingest import FolderSource
from searchcore.live import trials
from searchcore.pipelines import assemble
from tests.aws.account import KEY, SECRET, account, new_bucket, s3_server
from tests.aws.stub import TITAN, Fault
from tests.browser import ROOT, LoupeServer, settled, visit
from tests.opensearch_node import fresh_name, node_url
from tests.support import BLUE, GREEN, RED, thing, towards_green, write_catalogue

THINGS = (
    thing("red", RED, title="Red mug"),
    thing("rust", towards_green(0.15), title="Rust mug"),
    thing("green", GREEN, title="Green mug"),
    thing("blue", BLUE, title="Blue mug"),
)
PARTS = """
default_pipeline = "aws"
catalogue = "shop"
[pipelines.aws]
detector = "rekognition"
embedder = {{ kind = "titan", dimension = 256, requests_per_minute = 60000 }}
index = {{ kind = "opensearch", url = "{url}", name = "{name}" }}
images = {{ kind = "s3", bucket = "{bucket}" }}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("aws")


@pytest.fixture(scope="module")
def cloud(folder):
    """An account whose bucket and index hold the catalogue `shop`."""
    url, name = node_url(), fresh_name()
    with s3_server() as s3, account(folder, s3) as stub, pytest.MonkeyPatch.context() as patch:
        stub.bucket, config = new_bucket(), folder / "loupe.toml"
        config.write_text(PARTS.format(url=url, name=name, bucket=stub.bucket), encoding="utf-8")
        patch.setenv("LOUPE_CONFIG", str(config))
        patch.setenv("LOUPE_DATA_DIR", str(folder / "data"))
        source = FolderSource(write_catalogue(folder / "source", *THINGS))
        for pipeline in ("aws", "local"):
            engine = assemble(pipeline, load_settings())
            assert engine.ingest(source).added == len(THINGS)
        yield stub
        assemble("aws", load_settings()).index._client.raw.indices.delete(index=name)


@pytest.fixture(scope="module")
def server(cloud, folder):
    running = LoupeServer(ROOT / "app.py", folder / "log")
    yield running
    running.close()


@pytest.fixture
def page(browser, cloud, server):
    cloud.reset()
    context = browser.new_context()
    context.set_default_timeout(30_000)
    opened = context.new_page()
    visit(opened, server.url)
    yield opened
    context.close()


def two_things(wall: int) -> bytes:
    """Draw a red and a blue thing on a wall of some grey."""
    picture = np.full((300, 600, 3), wall, np.uint8)
    picture[60:240, 60:240, 0], picture[60:240, 60:240, 1:] = np.where(np.arange(180) % 6 < 3, 255, 191), 0
    picture[60:240, 360:540, 2], picture[60:240, 360:540, :2] = np.where(np.arange(180) % 6 < 3, 255, 191), 0
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()


def upload(page: Page, wall: int) -> None:
    # What was found in a photo is remembered: one that is new must be asked for.
    data = {"name": "photo.png", "mimeType": "image/png", "buffer": two_things(wall)}
    page.locator("input[type=file]").first.set_input_files(data)


def titles(page: Page) -> list[str]:
    settled(page)
    return page.get_by_role("list", name="Results").locator(".title").all_inner_texts()


def test_photo_boxes_search_words_and_pictures_work_on_aws_and_switch_to_local(page, cloud, server):
    upload(page, wall=235)
    objects = page.get_by_role("radiogroup", name="Objects in the photo").get_by_role("radio")
    expect(objects).to_have_count(2)
    page.get_by_text(re.compile(r"not calibrated.*\$0\.00106")).wait_for()  # the detection, too
    objects.nth(0).click()
    settled(page)
    expect(page.get_by_role("status").filter(has_text="Thing 1")).to_be_visible()
    assert titles(page)[:2] == ["Red mug", "Rust mug"]
    objects.nth(1).click()
    settled(page)
    assert titles(page)[0] == "Blue mug"
    pictures = page.get_by_role("list", name="Results").locator("img")
    for place in range(pictures.count()):
        pictures.nth(place).scroll_into_view_if_needed()
        expect(pictures.nth(place)).to_have_js_property("complete", True)
    assert pictures.evaluate_all("all => all.every(one => one.src.includes('/pictures/aws/') && one.naturalWidth > 0)")
    page.get_by_text(re.compile(r"not calibrated.*\$0\.00006")).wait_for()

    page.get_by_role("button", name="Replace").click()
    page.get_by_role("button", name="Start over").click()
    page.get_by_placeholder("Leather handbag").fill("green")
    page.keyboard.press("Enter")
    page.get_by_role("list", name="Results").get_by_role("listitem").first.wait_for()
    assert titles(page)[0] == "Green mug"

    page.get_by_role("button", name="Searching shop · aws").click()
    page.get_by_role("combobox", name="Pipeline").click()
    page.get_by_role("option", name="local").click()
    expect(page.get_by_role("button", name="Searching shop · local")).to_be_visible()
    assert titles(page) == ["Green mug"]

    assert len(cloud.calls("DetectLabels")) == 1
    assert len(cloud.calls(TITAN)) == 4  # the whole photo, two objects, the word
    kept = [each["Key"] for each in boto3.client("s3").list_objects_v2(Bucket=cloud.bucket)["Contents"]]
    assert kept == [f"images/shop/{each.product.image}" for each in sorted(THINGS, key=lambda each: each.product.id)]
    assert not [secret for secret in (KEY, SECRET, "Signature", "arn:aws") if secret in server.log]


def test_each_part_works_when_it_is_called_once(cloud):
    cloud.reset()
    done = list(trials("aws", load_settings()))
    assert [each for each in done if not each.worked] == []
    assert f"3 of {len(THINGS)} products" in [each.said for each in done]


def test_a_service_that_denies_is_said_on_the_page_and_local_is_one_click_away(page, cloud):
    """A3, W8."""
    denied = "User: arn:aws:iam::123456789012:user/me is not authorized to perform: rekognition:DetectLabels"
    cloud.always = Fault("AccessDeniedException", 403, denied)
    upload(page, wall=225)
    expect(page.get_by_role("alert").first).to_contain_text(re.compile("Allow rekognition:.?DetectLabels"))
    assert "123456789012" not in page.content()
    page.get_by_role("button", name="Searching shop · aws").click()
    page.get_by_role("combobox", name="Pipeline").click()
    page.get_by_role("option", name="local").click()
    page.get_by_role("list", name="Results").get_by_role("listitem").first.wait_for()
