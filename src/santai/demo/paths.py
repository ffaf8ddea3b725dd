"""The ways a request goes in the demo: scripts of steps, how often each is played, and how long ago it came to rest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from santai.documents.models import DocumentKind


class Part(Enum):
    APPLICANT = "the person, or somebody of staff who speaks for them"
    HANDLER = "somebody of the organisation that holds the case"
    DESK = "the agent or clerk of the channel it came through"
    DISPATCHER = "the dispatcher of the city"
    SUPERVISOR = "the supervisor of the county"
    OFFICER = "the legal-aid officer"
    DIRECTOR = "the head of the legal-aid body"
    LAWYER = "the lawyer the case is assigned to"
    SYSTEM = "the platform itself"


@dataclass(frozen=True)
class Move:
    """One step after a wait of `hours` (from, to). `data` names how the form is filled in (see `fillings`);
    `papers` are handed in with it."""

    step: str
    part: Part
    hours: tuple[float, float]
    data: str = ""
    papers: tuple[DocumentKind, ...] = ()


@dataclass(frozen=True)
class Path:
    """`rest` is how many days ago (from, to) the last step was taken; `child` is a script for the case that a referral
    opens, `after` continues the work order when that is closed; `matters` limits what it may be about."""

    name: str
    weight: float
    moves: tuple[Move, ...]
    rest: tuple[float, float]
    child: tuple[Move, ...] = ()
    after: tuple[Move, ...] = ()
    matters: tuple[str, ...] = ()


LONG_AGO = (3.0, 520.0)
TODAY, THIS_WEEK, LATE = (0.02, 0.7), (0.1, 3.0), (9.0, 24.0)

DISPATCH = Move("dispatch", Part.SYSTEM, (0.02, 1), "dispatch")
DISPATCH_BY_HAND = Move("dispatch", Part.DISPATCHER, (0.5, 8), "dispatch")
CLAIM = Move("claim", Part.HANDLER, (0.3, 20))
CALL = Move("contact", Part.HANDLER, (0.5, 12), "contact")
ASK = Move("ask_for_more", Part.HANDLER, (1, 10), "ask_for_more")
SUPPLEMENT = Move("supplement", Part.APPLICANT, (6, 60), "supplement")
RETURN = Move("return_order", Part.HANDLER, (2, 14), "return_order")
AGAIN = Move("redispatch", Part.DISPATCHER, (0.5, 8), "dispatch_to_better")
CONTEST = Move("contest", Part.HANDLER, (2, 14), "return_order")
RULE = Move("rule_owner", Part.SUPERVISOR, (2, 20), "ruling")
FINISH = Move("finish", Part.HANDLER, (4, 60), "answer")
FINISH_LATE = Move("finish", Part.HANDLER, (90, 300), "answer")
ANSWER_NOW = Move("answer_now", Part.DESK, (0.05, 0.4), "advice")
RATE = Move("rate", Part.APPLICANT, (1, 90), "rate")
# Fifteen days, and the nine of a spring festival that may follow.
LAPSE = Move("lapse", Part.SYSTEM, (600, 660))
POOR = Move("rate_poor", Part.APPLICANT, (1, 60), "rate_poor")
REDO = Move("order_redo", Part.DISPATCHER, (4, 40), "order_redo")
SETTLE = Move("settle", Part.DISPATCHER, (4, 40), "settle")
ARCHIVE = Move("archive", Part.SYSTEM, (24, 300))
URGE = Move("urge", Part.APPLICANT, (20, 60))
SUPERVISE = Move("supervise", Part.SUPERVISOR, (10, 40), "supervise")
ADD = Move("add", Part.APPLICANT, (3, 20), "add")
PROGRESS = Move("progress", Part.HANDLER, (2, 20), "progress")
REFER = Move("refer", Part.HANDLER, (2, 20), "refer")
TAKEN = (DISPATCH, CLAIM)
DONE = (*TAKEN, FINISH)

TO_CLAIM = Path("waits to be claimed", 4, (DISPATCH,), TODAY)
AT_WORK = Path("being handled", 5, (*TAKEN, CALL), THIS_WEEK)

WORK_ORDER_PATHS = (
    # --- open
    Path("in the pool", 2, (), TODAY),
    Path("in the pool too long", 0.7, (), (3, 9)),
    TO_CLAIM,
    Path("dispatched by hand", 2, (DISPATCH_BY_HAND,), (0.05, 1.4)),
    Path("claimed too late", 0.8, (DISPATCH,), (4, 12)),
    Path("just claimed", 3, TAKEN, TODAY),
    AT_WORK,
    Path("overdue", 1.5, (*TAKEN, CALL), LATE),
    Path("overdue and supervised", 1, (*TAKEN, URGE, SUPERVISE), LATE),
    Path("waits for the applicant", 3, (*TAKEN, ASK), (0.2, 6)),
    Path("supplemented", 2, (*TAKEN, ASK, SUPPLEMENT), THIS_WEEK),
    Path("extension asked", 1, (*TAKEN, CALL, Move("ask_extension", Part.HANDLER, (8, 30), "extension")), TODAY),
    Path(
        "extended",
        1.2,
        (
            *TAKEN,
            Move("ask_extension", Part.HANDLER, (10, 40), "extension"),
            Move("extend", Part.DISPATCHER, (1, 12), "granted"),
        ),
        THIS_WEEK,
    ),
    Path("returned", 1.5, (DISPATCH, RETURN), TODAY),
    Path("returned once, handled", 1.2, (DISPATCH, RETURN, AGAIN, CLAIM), THIS_WEEK),
    Path("with the arbiter", 1.2, (DISPATCH, RETURN, AGAIN, CONTEST), TODAY),
    Path("ruled on", 0.8, (DISPATCH, RETURN, AGAIN, CONTEST, RULE, CLAIM), THIS_WEEK),
    Path("finished, not rated", 5, DONE, (0.1, 12)),
    Path("answered at once, not rated", 3, (ANSWER_NOW,), (0.1, 12)),
    Path("dissatisfied", 1.5, (*DONE, POOR), (0.1, 2)),
    Path("dissatisfied, nobody revisits", 0.4, (*DONE, POOR), (7, 14)),
    Path("being redone", 1.5, (*DONE, POOR, REDO), THIS_WEEK),
    Path("redone too late", 0.4, (*DONE, POOR, REDO), LATE),
    Path("rated", 4, (*DONE, RATE), (0.1, 20)),
    # --- closed; most calls to a hotline are answered while they last
    Path("archived", 22, (*DONE, RATE, ARCHIVE), LONG_AGO),
    Path("called, then archived", 4, (*TAKEN, CALL, FINISH, RATE, ARCHIVE), LONG_AGO),
    Path("answered at once", 55, (ANSWER_NOW, RATE, ARCHIVE), LONG_AGO),
    Path("supplemented and archived", 4, (*TAKEN, ASK, SUPPLEMENT, FINISH, RATE, ARCHIVE), LONG_AGO),
    Path("told of progress", 3, (*TAKEN, ADD, PROGRESS, FINISH, RATE, ARCHIVE), LONG_AGO),
    Path(
        "late, then archived",
        2.5,
        (*TAKEN, URGE, SUPERVISE, Move("finish", Part.HANDLER, (90, 300), "answer"), RATE, ARCHIVE),
        LONG_AGO,
    ),
    Path("never rated", 5, (*DONE, LAPSE, ARCHIVE), LONG_AGO),
    Path("redone and archived", 3, (*DONE, POOR, REDO, CALL, FINISH, RATE, ARCHIVE), LONG_AGO),
    Path("explained and archived", 1.5, (*DONE, POOR, SETTLE, ARCHIVE), LONG_AGO),
    Path("returned and archived", 2, (DISPATCH, RETURN, AGAIN, CLAIM, FINISH, RATE, ARCHIVE), LONG_AGO),
    Path(
        "ruled on and archived", 0.8, (DISPATCH, RETURN, AGAIN, CONTEST, RULE, CLAIM, FINISH, RATE, ARCHIVE), LONG_AGO
    ),
    Path(
        "transferred and archived",
        1.5,
        (*TAKEN, Move("transfer", Part.DISPATCHER, (2, 20), "dispatch_elsewhere"), CLAIM, FINISH, RATE, ARCHIVE),
        LONG_AGO,
    ),
    Path(
        "urgent",
        1,
        (Move("emergency", Part.DESK, (0.02, 0.1), "emergency"), DISPATCH, CLAIM, FINISH, RATE, ARCHIVE),
        LONG_AGO,
    ),
    Path("declined", 2.5, (Move("decline", Part.DESK, (0.1, 4), "decline"),), LONG_AGO),
    Path("withdrawn", 1.5, (*TAKEN, Move("withdraw", Part.APPLICANT, (5, 60), "withdraw")), LONG_AGO),
    Path(
        "terminated",
        1.2,
        (
            *TAKEN,
            CALL,
            Move("ask_termination", Part.HANDLER, (20, 60), "terminate"),
            Move("terminate", Part.DISPATCHER, (2, 20), "terminate"),
        ),
        LONG_AGO,
    ),
)
