"""Related plans: the same words, words said in the same company, the same concepts, less what is usual."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.workspace import Workspace
from graph.findings.related.meaning import Learning, learn
from graph.findings.related.related_plans import related_plans
from graph.findings.related.relatedness import Description, Parameters, Relatedness, relate
from graph.findings.related.text import binding_words, forms, language_of, parts, read, stems

PLAIN = Parameters(concept_share=0, neighbours=0)
WORDS = replace(PLAIN, passages_for_half=math.inf)
CONCEPTS = replace(WORDS, concept_share=1)


def related(parameters: Parameters, **texts: str) -> Relatedness:
    return relate([Description(key=key, text=text) for key, text in texts.items()], parameters)


def named(*concepts: set[str]) -> Relatedness:
    return relate(
        [Description(key=f"p{n}", concepts=frozenset(said)) for n, said in enumerate(concepts)], CONCEPTS
    )


def first(inventory: Relatedness, key: str) -> str:
    return inventory.neighbours(key, 1)[0].key


def stem(word: str, language: str) -> str:
    return next(stems(word, language))[0]


# words


@pytest.mark.parametrize(
    ("one", "other"),
    [("Städte", "Stadt"), ("Maßnahmen", "Maßnahme"), ("Quartiers", "Quartier"), ("Kindern", "Kinder")],
)
def test_german_endings_and_umlauts_make_no_difference(one: str, other: str) -> None:
    assert stem(one, "de") == stem(other, "de")


@pytest.mark.parametrize(
    ("one", "other"), [("communities", "community"), ("grants", "grant"), ("services", "service")]
)
def test_the_english_plural_makes_no_difference(one: str, other: str) -> None:
    assert stem(one, "en") == stem(other, "en")


@pytest.mark.parametrize("word", ["status", "access"])
def test_an_s_that_belongs_to_an_english_word_stays(word: str) -> None:
    assert stem(word, "en") == word


def test_decomposed_letters_are_the_same_letters() -> None:
    assert stem("Fla\u0308che", "de") == stem("Fläche", "de")


def test_words_that_only_bind_a_sentence_are_left_out() -> None:
    assert [word for _, word in stems("Der Plan für die Stadt", "de")] == ["plan", "stadt"]
    assert [word for _, word in stems("The plan of a city", "en")] == ["plan", "city"]


def test_the_lists_of_binding_words_hold_words_only() -> None:
    for language in ("de", "en"):
        assert all(word.isalpha() for word in binding_words(language))


def test_texts_without_binding_words_count_as_german() -> None:
    assert language_of(["Masterplan 2030", ""]) == "de"


def test_a_compound_is_also_the_known_words_it_is_made_of() -> None:
    texts = ["Radverkehr", "Konzept Radverkehr", "Konzept", "Radverkehrskonzept"]
    assert read(texts, "de")[-1] == ["radverkehrskonzept", "radverkehr", "konzept"]


def test_an_unknown_compound_stays_whole() -> None:
    assert parts("sozialplanung", {"sozial"}) == ()


def test_a_stem_is_written_as_most_texts_write_it() -> None:
    assert forms(["Schulen Schule", "Schulen"], "de") == {"schul": "schulen"}


# meaning


def test_words_said_in_the_same_company_are_alike() -> None:
    texts = [["bus", "station"], ["tram", "station"], ["oak", "forest"], ["elm", "forest"]]
    meanings = learn(texts, Learning(rarest=1))
    alike = meanings.vectors @ meanings.vectors.T
    number = meanings.number
    assert alike[number["bus"], number["tram"]] > 0.99
    assert abs(alike[number["bus"], number["oak"]]) < 0.01


def test_a_long_text_is_learnt_from_in_passages() -> None:
    assert learn([["a", "b"] * 5], Learning(passage=4)).passages == 3


def test_the_words_of_most_passages_are_kept() -> None:
    texts = [["often", "rare"], ["often", "twice"], ["twice"], ["often"]]
    assert list(learn(texts, Learning(vocabulary=1)).number) == ["often"]
    assert list(learn(texts, Learning(rarest=2)).number) == ["often", "twice"]


def test_nothing_is_learnt_from_nothing() -> None:
    assert learn([], Learning()).vectors.shape == (0, 100)


def test_plans_without_a_common_word_are_related_where_others_say_their_words_together() -> None:
    inventory = related(
        replace(PLAIN, passages_for_half=0),
        a="omnibus", b="tram", c="tram station", d="omnibus station", e="oak forest", f="elm forest", g="oak", h="elm",
    )  # fmt: skip
    assert inventory.similarity(0)[1] > 0.5 > inventory.similarity(0)[6]


# similarity, by hand


def test_the_similarity_of_words_is_the_cosine_of_their_idf() -> None:
    inventory = related(WORDS, a="bus rail", b="bus ferry", c="park")
    bus, rail = math.log(4 / 3), math.log(4 / 2)
    assert inventory.similarity(0)[1] == pytest.approx(bus**2 / (bus**2 + rail**2))
    assert inventory.similarity(0)[2] == 0


def test_a_word_that_every_plan_says_relates_nobody() -> None:
    assert related(WORDS, a="stadt bus", b="stadt park").neighbours("a", 5) == ()


def test_the_similarity_of_concepts_is_simgic() -> None:
    inventory = named({"x", "y"}, {"x", "z"}, {"z"})
    weight = {"x": math.log(4 / 3), "y": math.log(4 / 2), "z": math.log(4 / 3)}
    assert inventory.similarity(0)[1] == pytest.approx(weight["x"] / sum(weight.values()))
    assert inventory.similarity(0)[2] == 0


def test_concepts_count_with_their_share_beside_the_text() -> None:
    plans = [
        Description(key="a", text="bus", concepts=frozenset("x")),
        Description(key="b", text="bus", concepts=frozenset("x")),
        Description(key="c", text="park", concepts=frozenset("x")),
        Description(key="d"),
    ]
    inventory = relate(plans, replace(WORDS, concept_share=0.25))
    assert inventory.similarity(0)[:3] == pytest.approx([1, 1, 0.25])


def test_meaning_counts_the_more_the_more_there_is_to_learn_from() -> None:
    assert related(PLAIN, a="bus", b="park").trust_in_meaning == pytest.approx(2 / 202)


# the usual


def test_what_is_usual_for_both_plans_is_taken_off_by_halves() -> None:
    inventory = related(
        replace(WORDS, neighbours=2), a="bus rail", b="bus ferry", c="bus park", d="rail park"
    )
    ab, ac, ad = inventory.similarity(0)[1:]
    bc = inventory.similarity(1)[2]
    usual_a, usual_b = (ab + ac + ad - min(ab, ac, ad)) / 2, (ab + bc) / 2
    assert inventory.scores(0)[1] == pytest.approx(ab - (usual_a + usual_b) / 2, abs=1e-6)


def test_the_usual_is_told_apart_by_owner() -> None:
    plans = [
        Description(key="a", text="bus rail", owner="A"),
        Description(key="b", text="bus ferry", owner="A"),
        Description(key="c", text="rail park", owner="B"),
        Description(key="d", text="wood", owner="B"),
    ]
    inventory = relate(plans, replace(WORDS, neighbours=1))
    assert inventory.usual[0] == pytest.approx([inventory.similarity(0)[1], inventory.similarity(0)[2]])


def test_what_one_office_always_writes_is_no_news() -> None:
    pattern = "Der Fachdienst erstellt den Bericht gemäß Vorgabe und legt ihn dem Ausschuss vor"
    plans = [
        *(Description(key=f"report{n}", text=pattern, owner="A") for n in range(12)),
        Description(key="heat1", text="Hitzeschutz Pflegeheime Trinkbrunnen", owner="A"),
        Description(key="heat2", text="Hitzeschutz Pflegeheime Schatten", owner="B"),
        *(Description(key=word, text=word, owner="B") for word in ("Museum", "Spielplatz", "Wald")),
    ]
    raw, best = (
        relate(plans, Parameters(neighbours=neighbours)).ranking(plan.key for plan in plans)[0]
        for neighbours in (0, 50)
    )
    assert (raw.a, raw.b) == ("report0", "report1")
    assert (best.a, best.b) == ("heat1", "heat2")


def test_an_unknown_owner_equals_no_other() -> None:
    plans = [Description(key=key, text="bus") for key in "ab"] + [Description(key="c", text="park")]
    inventory = relate(plans, WORDS)
    assert len(set(inventory._owner.tolist())) == 3


# properties

words = st.sampled_from(["bus", "tram", "park", "wald", "schule", "stadt", "radverkehr", "konzept"])
descriptions = st.lists(
    st.builds(
        lambda text, owner, concepts: Description(
            key="", text=" ".join(text), owner=owner, concepts=frozenset(concepts)
        ),
        st.lists(words, max_size=6),
        st.sampled_from(["", "A", "B"]),
        st.sets(st.sampled_from("xyz")),
    ),
    max_size=8,
).map(lambda plans: [replace(plan, key=f"p{number}") for number, plan in enumerate(plans)])


@settings(max_examples=60, deadline=None)
@given(descriptions, st.randoms(use_true_random=False))
def test_the_order_of_the_plans_changes_nothing(plans: list[Description], dice: object) -> None:
    shuffled = list(plans)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    keys = [plan.key for plan in plans]
    assert relate(shuffled).ranking(reversed(keys)) == relate(plans).ranking(keys)


@settings(max_examples=60, deadline=None)
@given(descriptions)
def test_relatedness_is_mutual(plans: list[Description]) -> None:
    inventory = relate(plans)
    table = np.array([inventory.scores(plan) for plan in range(len(plans))])
    assert np.array_equal(table, table.T)


@settings(max_examples=60, deadline=None)
@given(descriptions)
def test_a_plan_that_says_nothing_is_related_to_nobody(plans: list[Description]) -> None:
    inventory = relate([*plans, Description(key="silent")])
    assert inventory.neighbours("silent", 9) == ()
    for plan in plans:
        assert "silent" not in {found.key for found in inventory.neighbours(plan.key, 9)}


@settings(max_examples=60, deadline=None)
@given(descriptions)
def test_a_copy_of_a_plan_is_as_similar_as_can_be(plans: list[Description]) -> None:
    text = "Hallenbad Schwimmkurs"
    copies = [Description(key=key, text=text) for key in ("q1", "q2")]
    inventory = relate([*plans, *copies, Description(key="r", text="Freibad")], WORDS)
    assert first(inventory, "q1") == "q2"
    assert inventory.neighbours("q1", 1)[0].similarity == pytest.approx(1)


@settings(max_examples=30, deadline=None)
@given(descriptions)
def test_every_pair_is_ranked_once_and_the_best_comes_first(plans: list[Description]) -> None:
    ranking = relate(plans).ranking([plan.key for plan in plans])
    assert len({(pair.a, pair.b) for pair in ranking}) == len(plans) * (len(plans) - 1) // 2 == len(ranking)
    assert all(pair.a < pair.b for pair in ranking)
    scores = [pair.score for pair in ranking]
    assert scores == sorted(scores, reverse=True)


def test_two_plans_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        relate([Description(key="a"), Description(key="a")])


def test_an_empty_inventory_ranks_nothing() -> None:
    assert relate([]).ranking([]) == []


# what people see


def test_a_related_plan_says_which_words_it_shares() -> None:
    inventory = related(
        WORDS,
        a="Masterplan Radverkehr mit Radwegen",
        b="Radverkehr: neue Radwege und Brücken",
        c="Schulentwicklungsplan",
        d="Radwege am Fluss",
    )
    (best, *_) = inventory.neighbours("a", 1)
    assert (best.key, best.words) == ("b", ("radverkehr", "radwege"))


def test_a_compound_and_its_part_are_related() -> None:
    inventory = related(
        WORDS, a="Klimaschutzkonzept", b="Klimaschutz", c="Konzept Sport", d="Klimaschutz Konzept", e="Bäder"
    )
    assert {found.key for found in inventory.neighbours("a", 3)} == {"b", "c", "d"}
    assert first(inventory, "a") == "d"


# the plans of a city


@pytest.fixture(scope="module")
def city(aachen: Workspace) -> Relatedness:
    network = aachen.network()
    return related_plans(network, network.of_type("Plan"))


@pytest.mark.parametrize(
    ("plan", "other"),
    [
        ("Integrationskonzept der Stadt Aachen (2018)", "Integrationskonzept der StädteRegion Aachen"),
        ("Gleichstellungsplan 2024–2028", "Gleichstellungsplan der StädteRegion 2024–2028"),
        ("Brandschutzbedarfsplan (2018)", "Brandschutzbedarfsplan 2025"),
    ],
)
def test_aachens_plans_find_their_counterparts(
    aachen: Workspace, city: Relatedness, plan: str, other: str
) -> None:
    network = aachen.network()
    key = next(key for key in city.number if network.label(key) == plan)
    assert network.label(first(city, key)) == other


def test_a_citys_plan_speaks_with_its_goals_lead_and_concepts(aachen: Workspace, city: Relatedness) -> None:
    network = aachen.network()
    plan = city.plans[city.number[network.iri("p-sep1") or ""]]
    assert plan.text.startswith(
        "Sozialentwicklungsplan Aachen (erster, 2009)\nErster integrierter Sozialplan"
    )
    assert "Soziale Wirklichkeit kleinräumig als Entscheidungsgrundlage abbilden" in plan.text
    assert plan.owner == network.iri("dep-fb50")
    assert network.iri("t-armut") in plan.concepts
