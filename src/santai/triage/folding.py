"""Text as the term tables see it: one width, one script, no mark-up. For matching only; what a person wrote is kept."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 20_000

# Traditional characters that occur in our terms: people from Hong Kong, Macao and Taiwan write to us too.
_TRADITIONAL = (
    "離結產權繼遺囑撫養費債務賠償勞動資醫療傷殘險車禍買賣協議違約錢還銀貸擔壓遷徵補開發處罰訴訟國"
    "際專標復議監獄關竊騙詐壞貨廠業員處機構學親聯絡電話請問個們這樣為說時間內過給對並無與實際東門場"
)
_SIMPLIFIED = (
    "离结产权继遗嘱抚养费债务赔偿劳动资医疗伤残险车祸买卖协议违约钱还银贷担压迁征补开发处罚诉讼国"
    "际专标复议监狱关窃骗诈坏货厂业员处机构学亲联络电话请问个们这样为说时间内过给对并无与实际东门场"
)
_SCRIPT = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_MARK_UP = re.compile(r"<[^<>\n]{0,200}>")
_LINE_ENDS = re.compile(r"[\r\n]+")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufe0f\ufeff]+")


def fold(text: str) -> str:
    """At most `LONGEST` characters are looked at."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return _BLANKS.sub("", _LINE_ENDS.sub("。", _MARK_UP.sub("", plain))).translate(_SCRIPT)
