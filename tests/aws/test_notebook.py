"""The defects that users of a well-known notebook for this job run into, and the test that keeps each of them out.

The notebook lists a bucket, embeds its pictures with Titan, stores them in OpenSearch Serverless, finds objects with
Rekognition, and searches by one of them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEFECTS = {
    1: ("It does not run from top to bottom: an import is missing.",
        "pages/test_aws_in_the_browser.py::test_photo_boxes_search_words_and_pictures_work_on_aws_and_switch_to_local"),
    2: ("It lists a bucket once: a thousand keys, marks of folders and all.",
        "aws/test_s3.py::test_all_of_2501_keys_are_listed", "aws/test_s3.py::test_the_marks_of_folders_are_no_pictures",
        "aws/test_buckets.py::test_a_bucket_of_pictures_alone_is_ingested"),
    3: ("A failure at picture 900 loses all 900; throttling is not waited out.",
        "aws/test_bedrock.py::test_throttling_for_ever_ends_a_load_that_goes_on_where_it_stopped",
        "aws/test_bedrock.py::test_loading_keeps_to_a_share_of_the_account_s_quota_and_asks_for_it_once"),
    4: ("A picture that cannot be embedded is stored without a vector.",
        "aws/test_bedrock.py::test_one_bad_picture_is_named_and_the_others_are_loaded",
        "ingest/test_pipeline.py::test_vectors_that_are_not_numbers_are_never_stored"),
    5: ("A PNG with transparency raises; CMYK and EXIF come out wrong.",
        "test_images.py::test_every_mode_is_read_from_a_file",
        "test_images.py::test_every_orientation_is_turned_upright"),
    6: ("The index is never made; written to, it makes itself with floats in place of vectors.",
        "indexes/test_opensearch.py::test_the_engine_is_always_written_down",
        "indexes/test_opensearch_existing.py::test_a_field_that_is_missing_or_holds_no_vectors_is_named"),
    7: ("One request for each document, no result looked at, and a second run doubles everything.",
        "indexes/test_opensearch.py::test_a_second_run_of_the_same_products_makes_no_duplicates",
        "indexes/test_opensearch.py::test_what_a_bulk_refuses_is_named_and_the_rest_is_kept"),
    8: ("Equal scores are taken for duplicates, and fewer than K are left.",
        "contracts/test_index.py::test_equal_scores_are_all_kept_and_ordered_by_id",
        "test_engine.py::test_variants_collapse_and_still_k_products_are_given"),
    9: ("Every hit brings its vector along.",
        "indexes/test_opensearch.py::test_vectors_never_travel_back_in_a_search"),
    10: ("Three results for anything, nonsense included, and no filter.",
         "test_engine.py::test_an_unrelated_photo_is_no_confident_match_and_a_good_one_is_confident",
         "indexes/test_opensearch.py::test_the_filter_is_inside_the_search_for_neighbours"),
    11: ("Labels are filtered by a part of a word: “hoe” passes, “Shoes” does not.",
         "aws/test_rekognition.py::test_labels_are_chosen_by_whole_names_with_parents_and_aliases",
         "aws/test_rekognition.py::test_one_object_under_several_names_keeps_the_most_special_one"),
    12: ("Boxes leave the picture, and photos lie on their side.",
         "aws/test_rekognition.py::test_boxes_are_cut_to_the_picture_and_those_outside_it_dropped",
         "test_images.py::test_a_crop_that_reaches_beyond_the_picture_is_cut_off"),
    13: ("A photo above 5 MB, below 80 pixels or of another format fails.",
         "aws/test_rekognition.py::test_what_is_sent_is_within_the_limits_of_the_service",
         "aws/test_rekognition.py::test_the_hardest_picture_is_made_small_enough"),
    14: ("What is searched with is prepared in another way than what is stored.",
         "aws/test_bedrock.py::test_catalogue_and_query_are_prepared_alike",
         "aws/test_bedrock.py::test_what_is_sent_is_within_the_limits_of_the_model"),
    15: ("A picture whose key has a slash cannot be shown.",
         "contracts/test_imagestore.py::test_an_odd_key_is_data_or_refused_and_touches_nothing_else",
         "aws/test_s3.py::test_an_address_is_signed_anew_by_version_4_and_short_lived"),
    16: ("After an hour the credentials are stale.",
         "indexes/test_opensearch_serverless.py::test_requests_are_signed_with_credentials_that_renew_themselves",
         "aws/test_bedrock.py::test_credentials_that_expire_during_a_load_are_read_anew"),
    17: ("The region is written into the code.",
         "aws/test_setup.py::test_the_region_may_be_given_by_settings_or_by_either_variable",
         "aws/test_setup.py::test_without_a_region_status_says_what_to_type"),
    18: ("Commands that cannot be pasted, rights on everything, a wait that nobody mentions, units that go on billing.",
         "aws/test_notebook.py::test_commands_in_the_documents_can_be_pasted",
         "aws/test_provision.py::test_no_policy_allows_everything",
         "indexes/test_opensearch_serverless.py::test_info_says_when_what_was_loaded_becomes_visible",
         "aws/test_provision.py::test_teardown_shows_asks_and_removes_all_versions_and_nothing_else"),
    19: ("No search by words, none by words and picture, and nothing measured.",
         "aws/test_bedrock.py::test_a_query_by_meaning_finds_the_right_product_and_says_what_it_cost",
         "test_engine_meaning.py::test_look_and_words_are_mixed_half_and_half",
         "indexes/test_opensearch.py::test_recall_under_filters_equals_exact_search"),
}  # fmt: skip


@pytest.mark.parametrize("number", DEFECTS)
def test_each_defect_has_its_test(number):
    """A table that names tests which are gone would keep nothing out."""
    _, *tests = DEFECTS[number]
    assert tests
    for each in tests:
        file, name = each.split("::")
        assert f"\ndef {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), each


def test_all_nineteen_are_here():
    assert sorted(DEFECTS) == list(range(1, 20))


def test_commands_in_the_documents_can_be_pasted():
    """A dash or a quotation mark that a word processor made is no dash to a shell."""
    odd = [
        f"{document.name}: {line.strip()}"
        for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
        for line in document.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(?:\$ )?(?:python -m|aws |make |pip |streamlit |export )", line)
        and re.search("[–—‘’“”]", line.split("#")[0])
    ]
    assert odd == []
