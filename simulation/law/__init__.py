"""The law as dated, sourced data: criteria, categories, family share, letting law. It takes counts and knows no person."""

from simulation.law.book import LawEnds, known_lists, law_year
from simulation.law.categories import CATEGORIES, CONVERSION, NONE, PARALLEL, PREVENTION, VULNERABLE, category_name
from simulation.law.counts import CRITERIA, Counts, percentages
from simulation.law.family import family_share, limit_pct, m2_per_dwelling, share_table
from simulation.law.judgement import Judgement, judge_counts
from simulation.law.judging import judge_csv
from simulation.law.labour_states import counted_states
from simulation.law.letting import LettingRules, letting_rules, refused_states
from simulation.law.rules import LimitUnknown, Rules, rules_for
from simulation.law.switches import choice, switches

__all__ = [
    "CATEGORIES",
    "CONVERSION",
    "CRITERIA",
    "NONE",
    "PARALLEL",
    "PREVENTION",
    "VULNERABLE",
    "Counts",
    "Judgement",
    "LawEnds",
    "LettingRules",
    "LimitUnknown",
    "Rules",
    "category_name",
    "choice",
    "counted_states",
    "family_share",
    "judge_counts",
    "judge_csv",
    "known_lists",
    "law_year",
    "letting_rules",
    "limit_pct",
    "m2_per_dwelling",
    "percentages",
    "refused_states",
    "rules_for",
    "share_table",
    "switches",
]
