from santai.knowledge.models.asking import AskedQuestion, Helpfulness, Subscription, Synonym
from santai.knowledge.models.entry import Entry, EntryCitation, EntryVersion
from santai.knowledge.models.law import Article, Citation, Law, LawVersion, Level

__all__ = [
    "Article",
    "AskedQuestion",
    "Citation",
    "Entry",
    "EntryCitation",
    "EntryVersion",
    "Helpfulness",
    "Law",
    "LawVersion",
    "Level",
    "Subscription",
    "Synonym",
]
