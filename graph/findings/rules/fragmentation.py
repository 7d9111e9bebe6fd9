"""Rule 4, Fragmentierung: a topic that three or more units plan for, and no body that covers it."""

from __future__ import annotations

from graph.errors import Text
from graph.findings.finding import Finding, Rule, finding_id, link_evidence
from graph.findings.rules.overlap import Candidates
from graph.findings.rules.stakes import Stake, stakes

RULE = Rule(
    "fragmentation",
    1,
    Text(
        "Ein Thema, das mindestens drei Federführungen planen, und kein erfasstes Gremium, Netzwerk oder Steuerungsgruppe, "
        "das es abdeckt.",
        "A topic that at least three leads plan for, and no recorded committee, network or steering group that covers it.",
    ),
)
LEAST_LEADS = 3


def find_fragmentations(candidates: Candidates) -> list[Finding]:
    """Return the topics planned for by many units and covered by no body, most units first."""
    split = [stake for stake in stakes(candidates) if len(stake.by_lead) >= LEAST_LEADS and not stake.bodies]
    split.sort(key=lambda stake: (-len(stake.by_lead), stake.topic))
    return [_finding(candidates, stake) for stake in split]


def _finding(candidates: Candidates, stake: Stake) -> Finding:
    network = candidates.network
    label = network.label(stake.topic)
    plans = sorted({plan for held in stake.by_lead.values() for plan in held})
    units = ", ".join(network.value(unit, "identifier") or network.label(unit) for unit in stake.by_lead)
    return Finding(
        id=finding_id(RULE.id, (stake.topic,)),
        rule=RULE,
        kind="fragmentation",
        band="hinweis",
        score=float(len(stake.by_lead)),
        nodes=(network.id(stake.topic),),
        plans=tuple(map(network.id, plans)),
        departments=tuple(map(network.id, stake.by_lead)),
        sentence=Text(
            f"„{label}“ planen {len(stake.by_lead)} Stellen in {len(plans)} Planwerken ({units}); ein Gremium, das das "
            "Thema abdeckt, ist nicht erfasst.",
            f"{len(stake.by_lead)} units plan for “{label}” in {len(plans)} plans ({units}); no body that covers the topic "
            "is recorded.",
        ),
        evidence=tuple(
            entry
            for plan in plans
            for name in ("topic", "leadUnit")
            for link in network.links_from(plan, name)
            if name == "leadUnit" or link.target == stake.topic
            for entry in link_evidence(network, link)
        ),
        details={
            "title": Text("Thema ohne gemeinsames Gremium", "Topic without a common body").document(),
            "without_lead": list(map(network.id, stake.leaderless)),
        },
    )
