"""Work, loans, traffic, shopping: what people tell, and the advice, sums, limits and drafts that follow."""

from __future__ import annotations

from datetime import date

import pytest

from santai.casework.models import Parameter
from tests.guidance.stories import advice, draft, dues, laws, sums, told

pytestmark = pytest.mark.django_db


def figure(key: str, value: object, *, confirmed: bool = False) -> None:
    Parameter.objects.create(key=key, value=value, since=date(2026, 1, 1), basis="某省公布", confirmed=confirmed)


WORKER = {"relation": "company", "started": "2025-03-03", "wage": "6000", "owed_months": "3", "owed_exact": ""}


def test_a_worker_who_left_unpaid_without_a_contract_gets_wages_double_pay_and_severance() -> None:
    found = told(
        "wages", **WORKER, still="no", left_on="2026-09-30", why_left="unpaid", contract="no", proofs=["slips"]
    )
    assert sums(found) == {"欠付的工资": "18,000元", "没签书面合同的二倍工资差额": "66,000元", "经济补偿": "12,000元"}
    assert found.sums[0].shown == "月工资6,000元 × 3个月"
    assert dues(found)["arbitration"] == date(2027, 9, 30)
    assert "劳动合同法第三十八条" in laws(found)
    text = draft(found)
    assert "劳动人事争议仲裁申请书" in text
    assert "支付解除劳动合同的经济补偿12,000元" in text
    assert "【待填：申请人姓名】" in text


def test_a_worker_still_there_is_not_bound_by_the_year_and_a_contract_leaves_no_double_pay() -> None:
    found = told("wages", **WORKER, still="yes", contract="yes")
    assert dues(found) == {}
    assert sums(found) == {"欠付的工资": "18,000元"}
    assert "不受一年的限制" in advice(found)
    assert "二倍工资" not in draft(found)


def test_a_dismissed_worker_may_want_twice_the_severance_and_a_day_off_moves_the_last_day() -> None:
    found = told("wages", **WORKER, still="no", left_on="2025-10-01", why_left="dismissed", contract="yes")
    assert sums(found)["违法解除的赔偿金（单位说不出合法理由的）"] == "12,000元"
    # 1 October is a holiday; 2026's runs to the 7th.
    assert found.deadlines[0].on is not None
    assert found.deadlines[0].on > date(2026, 10, 1)
    assert found.deadlines[0].is_over


def test_severance_of_a_high_wage_is_capped_by_the_published_average_which_is_to_be_confirmed() -> None:
    figure("guidance.average_monthly_wage", 1500)
    found = told("wages", **WORKER, still="no", left_on="2026-09-30", why_left="agreed", contract="yes")
    assert sums(found)["经济补偿（工资超过平均数三倍的，按三倍算，最多十二年）"] == "9,000元"
    assert (found.figures[0].told, found.figures[0].is_confirmed) == ("1500元", False)


def test_odd_jobs_go_to_court_and_not_to_labour_arbitration() -> None:
    found = told("wages", relation="odd", employer="李四", left_on="2026-05-06", owed_exact="800.50")
    assert dues(found) == {"court": date(2029, 5, 7)}
    assert "仲裁申请书" not in draft(found)
    assert "判令被告支付劳务报酬800.50元" in draft(found)


def test_an_injury_at_work_has_thirty_days_for_the_employer_and_a_year_for_oneself() -> None:
    found = told(
        "work-injury",
        how="work",
        excluded="no",
        hurt_on="2026-10-12",
        applied="no",
        insured="no",
        died="no",
        grade="9",
        wage="5000",
    )
    assert dues(found) == {"employer": date(2026, 11, 11), "own": date(2027, 10, 12)}
    assert sums(found) == {"一次性伤残补助金": "45,000元"}
    assert "社会保险法第四十一条" in laws(found)
    assert "《工伤保险条例》第十四条" in draft(found)


@pytest.mark.parametrize(("grade", "months"), enumerate((27, 25, 23, 21, 18, 16, 13, 11, 9, 7), 1))
def test_each_grade_of_disability_has_its_months(grade: int, months: int) -> None:
    found = told("work-injury", how="disease", grade=str(grade), wage="1000")
    assert sums(found) == {"一次性伤残补助金": f"{months},000元"}


def test_a_sudden_illness_counts_only_within_forty_eight_hours() -> None:
    within = told("work-injury", how="sudden", hours="yes", excluded="no", died="yes")
    assert "工伤保险条例第十五条" in laws(within)
    assert "视同工伤" in draft(within)
    later = told("work-injury", how="sudden", hours="no", excluded="no", died="no")
    assert "一般不算工伤" in advice(later)
    own_fault = told("work-injury", how="commute", fault="main", excluded="no")
    assert "应当认定工伤" not in advice(own_fault)


def test_a_loan_with_a_day_of_return_runs_three_years_and_its_guarantor_six_months() -> None:
    found = told(
        "loan",
        amount="50000",
        repaid="8000",
        lent_on="2025-01-10",
        has_due="yes",
        due_on="2026-07-10",
        interest="no",
        guarantor="yes",
        guarantee="joint",
        proofs=["note"],
        gambling="no",
    )
    assert sums(found)["还欠的本金"] == "42,000元"
    assert dues(found) == {"court": date(2029, 7, 10), "guarantor": date(2027, 1, 11)}
    assert "民间借贷司法解释第十五条" in laws(found)
    assert "判令保证人承担保证责任" in draft(found)


def test_interest_above_four_times_the_published_rate_is_not_counted() -> None:
    loan = {"amount": "10000", "repaid": "0", "lent_on": "2025-11-23", "interest": "yes", "rate": "36", "has_due": "no"}
    assert "到今天的利息" not in sums(told("loan", **loan))
    figure("guidance.loan_prime_rate", "3")
    assert sums(told("loan", **loan))["到今天的利息"] == "1,200元"
    assert "随时可以要" in advice(told("loan", **loan))


def test_an_injured_walker_adds_up_what_was_spent_and_has_three_working_days_for_a_review() -> None:
    found = told(
        "traffic",
        accident_on="2026-11-12",
        role="walk",
        harm="hurt",
        cert="yes",
        cert_on="2026-11-20",
        liability="zero",
        insured="both",
        medical="12000",
        lost_days="30",
        daily="200",
        care_days="10",
        care_daily="150",
    )
    assert sums(found) == {"医疗费": "12,000元", "误工费": "6,000元", "护理费": "1,500元", "上面几项合计": "19,500元"}
    # Friday: Monday, Tuesday, Wednesday.
    assert dues(found)["review"] == date(2026, 11, 25)
    assert dues(found)["court"] == date(2029, 11, 12)
    assert "合计19,500元" in draft(found)


def test_a_death_on_the_road_is_computed_only_from_published_figures() -> None:
    story = {"accident_on": "2026-11-12", "harm": "died", "cert": "no", "insured": "fled"}
    assert sums(told("traffic", **story)) == {}
    figure("guidance.average_monthly_wage", 7000)
    figure("guidance.urban_income", 40000, confirmed=True)
    found = told("traffic", **story)
    assert sums(found)["丧葬费"] == "42,000元"
    assert sums(found)["死亡赔偿金（六十岁以下的）"] == "800,000元"
    assert "救助基金" in advice(found)
    assert "误工费" not in draft(found)


def test_goods_bought_online_go_back_within_seven_days_unless_they_were_made_to_order() -> None:
    bought = {
        "where": "online",
        "problem": "regret",
        "bought_on": "2026-11-16",
        "got_on": "2026-11-19",
        "price": "399",
        "intact": "yes",
    }
    found = told("consumer", **bought, special=["none"])
    assert dues(found) == {"regret": date(2026, 11, 26)}
    assert "不用说理由" in advice(found)
    assert "七日无理由退货的规定退还货款399元" in draft(found)
    assert "不用说理由" not in advice(told("consumer", **bought, special=["custom"]))


def test_fraud_is_worth_three_times_the_price_and_bad_food_ten_times_with_their_least_sums() -> None:
    cheated = told("consumer", where="shop", problem="cheat", bought_on="2026-10-01", price="100")
    assert sums(cheated)["欺诈的三倍赔偿"] == "500元"
    eaten = told("consumer", where="shop", problem="unsafe", bought_on="2026-10-01", price="188")
    assert sums(eaten)["食品不合格的十倍赔偿"] == "1,880元"
    assert "食品安全法第一百四十八条" in laws(eaten)
    card = told("consumer", where="card", problem="gone", price="3000", left="2200")
    assert sums(card) == {"退回预付款余额": "2,200元"}
