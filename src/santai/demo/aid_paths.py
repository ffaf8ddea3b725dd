"""The ways a legal-aid case goes in the demo, from a referral by the handler of a work order."""

from __future__ import annotations

from santai.demo.paths import ARCHIVE, LONG_AGO, RATE, REFER, TAKEN, Move, Part, Path
from santai.documents.models import DocumentKind as Doc

MATTERS = ("劳动纠纷", "婚姻家庭", "交通事故", "人身损害", "医疗纠纷")
REFERRED = (*TAKEN, REFER)

APPLY = Move("apply", Part.APPLICANT, (2, 40), "apply", (Doc.IDENTITY, Doc.MATTER_PROOF, Doc.COMMITMENT, Doc.EXEMPTION))
APPLY_SHORT = Move("apply", Part.APPLICANT, (2, 40), "apply", (Doc.IDENTITY, Doc.COMMITMENT, Doc.EXEMPTION))
ACCEPT = Move("accept", Part.OFFICER, (1, 20))
ASK = Move("ask_for_more", Part.OFFICER, (2, 20), "aid_ask")
SUPPLEMENT = Move("supplement", Part.APPLICANT, (10, 70), "aid_note", (Doc.MATTER_PROOF,))
CHECK = Move("check", Part.OFFICER, (2, 20), "check")
OTHER_OFFICE = Move("ask_other_office", Part.OFFICER, (2, 20), "other_office")
REPLY = Move("other_office_replied", Part.OFFICER, (40, 100), "office_reply")
GRANT = Move("grant", Part.DIRECTOR, (2, 24), "grant")
DECLINE = Move("decline", Part.DIRECTOR, (2, 24), "aid_decline")
SERVE = Move("serve_decision", Part.OFFICER, (2, 24), "served")
OBJECT = Move("object", Part.APPLICANT, (24, 200), "objection")
UPHOLD = Move("uphold", Part.SUPERVISOR, (20, 70), "uphold")
ORDER = Move("order_grant", Part.SUPERVISOR, (20, 70), "order_grant")
# Fifteen days, and the nine of a spring festival that may follow.
WINDOW_OVER = Move("settle", Part.SYSTEM, (620, 700))
ASSIGN = Move("assign", Part.OFFICER, (2, 24), "assign")
DELAY = Move("await_recipient", Part.LAWYER, (20, 60), "delay")
SIGN = Move("sign_agreement", Part.LAWYER, (10, 60), "sign", (Doc.AGREEMENT, Doc.AUTHORISATION))
MEET = Move("meet", Part.LAWYER, (10, 90), "meet", (Doc.MEETING_RECORD,))
PROGRESS = Move("report_progress", Part.LAWYER, (100, 300), "aid_progress")
PRIOR = Move("provide_prior", Part.DIRECTOR, (0.5, 4), "prior")
CONFIRM = Move("confirm_prior", Part.DIRECTOR, (40, 90), "grant")
REPLACE_ASKED = Move("ask_replacement", Part.APPLICANT, (50, 200), "ask_replacement")
REPLACE = Move("replace", Part.OFFICER, (20, 60), "replace")
STOP = Move("terminate", Part.DIRECTOR, (50, 300), "aid_terminate")
SERVE_STOP = Move("serve_termination", Part.OFFICER, (2, 24), "served")
OBJECT_STOP = Move("object_termination", Part.APPLICANT, (24, 200), "objection")
UPHOLD_STOP = Move("uphold_termination", Part.SUPERVISOR, (20, 70), "uphold")
FINISH = Move("finish", Part.LAWYER, (300, 1400), "aid_finish", (Doc.COURT_PAPER,))
HAND_IN = Move("hand_in_file", Part.LAWYER, (100, 500), "aid_note", (Doc.CASE_FILE, Doc.CLOSING_REPORT))
RETURN_FILE = Move("return_file", Part.OFFICER, (20, 120), "return_file")
ACCEPT_FILE = Move("accept_file", Part.DIRECTOR, (20, 300), "accept_file")
SUBSIDY = (
    Move("propose_subsidy", Part.OFFICER, (12, 100)),
    Move("approve_subsidy", Part.DIRECTOR, (4, 100)),
    Move("pay_subsidy", Part.OFFICER, (24, 200), "subsidy"),
)

REVIEWED = (APPLY, ACCEPT, CHECK)
GRANTED = (*REVIEWED, GRANT)
ASSIGNED = (*GRANTED, ASSIGN)
AT_WORK = (*ASSIGNED, SIGN, MEET)
FILED = (*AT_WORK, PROGRESS, FINISH, HAND_IN)
PAID = (*FILED, ACCEPT_FILE, *SUBSIDY)
ENDING = (RATE, ARCHIVE)


def aid(
    name: str, weight: float, child: tuple[Move, ...], rest: tuple[float, float], after: tuple[Move, ...] = ()
) -> Path:
    return Path(name, weight, REFERRED, rest, child, after, MATTERS)


AID_PATHS = (
    # --- open
    aid("aid: not yet applied", 0.6, (), (0.2, 12)),
    aid("aid: submitted", 0.7, (APPLY,), (0.05, 1.5)),
    aid("aid: waits for papers", 0.7, (APPLY_SHORT, ASK), (0.2, 5)),
    aid("aid: supplemented", 0.4, (APPLY_SHORT, ASK, SUPPLEMENT), (0.1, 3)),
    aid("aid: under review", 0.6, REVIEWED, (0.1, 3)),
    aid("aid: review overdue", 0.3, REVIEWED, (9, 15)),
    aid("aid: checked elsewhere", 0.3, (*REVIEWED, OTHER_OFFICE), (0.5, 7)),
    aid("aid: granted", 0.5, GRANTED, (0.05, 1.5)),
    aid("aid: assigned too late", 0.2, GRANTED, (6, 10)),
    aid("aid: declined", 0.4, (*REVIEWED, DECLINE, SERVE), (0.2, 9)),
    aid("aid: objection", 0.3, (*REVIEWED, DECLINE, SERVE, OBJECT), (0.1, 3)),
    aid("aid: assigned", 0.6, ASSIGNED, (0.1, 3)),
    aid("aid: recipient away", 0.3, (*ASSIGNED, DELAY), (1, 6)),
    aid("aid: at work", 1.5, AT_WORK, (2, 70)),
    aid("aid: progress told", 0.8, (*AT_WORK, PROGRESS), (2, 60)),
    aid("aid: replacement asked", 0.3, (*AT_WORK, REPLACE_ASKED), (0.1, 3)),
    aid("aid: replaced", 0.3, (*AT_WORK, REPLACE_ASKED, REPLACE), (0.1, 3)),
    aid("aid: provided first", 0.4, (APPLY, PRIOR), (0.2, 4)),
    aid("aid: provided first, then granted", 0.3, (APPLY, PRIOR, CONFIRM), (2, 40)),
    aid("aid: terminated", 0.3, (*AT_WORK, STOP, SERVE_STOP), (0.5, 9)),
    aid("aid: termination disputed", 0.2, (*AT_WORK, STOP, SERVE_STOP, OBJECT_STOP), (0.1, 3)),
    aid("aid: termination upheld", 0.2, (*AT_WORK, STOP, SERVE_STOP, OBJECT_STOP, UPHOLD_STOP), (1, 20)),
    aid("aid: file to come", 0.6, (*AT_WORK, PROGRESS, FINISH), (0.5, 20)),
    aid("aid: file overdue", 0.2, (*AT_WORK, PROGRESS, FINISH), (34, 50)),
    aid("aid: file under review", 0.4, FILED, (0.5, 20)),
    aid("aid: file returned", 0.3, (*FILED, RETURN_FILE), (0.5, 6)),
    aid("aid: closed, not paid", 0.4, (*FILED, ACCEPT_FILE), (0.5, 20)),
    aid("aid: subsidy to be approved", 0.3, (*FILED, ACCEPT_FILE, *SUBSIDY[:1]), (0.5, 12)),
    aid("aid: subsidy to be paid", 0.2, (*FILED, ACCEPT_FILE, *SUBSIDY[:2]), (0.5, 12)),
    # --- closed
    aid("aid: paid", 2.2, PAID, LONG_AGO, ENDING),
    aid("aid: checked elsewhere, paid", 0.3, (*REVIEWED, OTHER_OFFICE, REPLY, *PAID[3:]), LONG_AGO, ENDING),
    aid(
        "aid: ordered after an objection", 0.2, (*REVIEWED, DECLINE, SERVE, OBJECT, ORDER, *PAID[4:]), LONG_AGO, ENDING
    ),
    aid("aid: file returned once, paid", 0.3, (*FILED, RETURN_FILE, HAND_IN, ACCEPT_FILE, *SUBSIDY), LONG_AGO, ENDING),
    aid("aid: declined for good", 0.4, (*REVIEWED, DECLINE, SERVE, WINDOW_OVER), LONG_AGO, ENDING),
    aid("aid: decline upheld", 0.2, (*REVIEWED, DECLINE, SERVE, OBJECT, UPHOLD), LONG_AGO, ENDING),
    aid("aid: sent elsewhere", 0.2, (APPLY, Move("transfer", Part.OFFICER, (2, 24), "aid_transfer")), LONG_AGO, ENDING),
    aid("aid: papers never came", 0.3, (APPLY_SHORT, ASK, Move("lapse", Part.SYSTEM, (500, 560))), LONG_AGO, ENDING),
    aid("aid: withdrawn", 0.2, (APPLY, Move("withdraw", Part.APPLICANT, (5, 60), "aid_note")), LONG_AGO, ENDING),
)
