"""A question without who asks it: numbers, names and addresses taken out before anything is kept."""

from __future__ import annotations

import re

from santai.knowledge.folding import fold

_DIGITS = "零〇一二三四五六七八九幺两"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂焦向柳邢岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄"
)
_SAID = "我叫|名叫|叫做|他叫|她叫|老板叫|对方叫|老公叫|老婆叫|姓名(?:是|为)?|名字(?:是|叫)|本人是?|我是"
_AFTER_NAME = r"[,.。，、;；!?\s:()]|$|是|住|今年|现年|在|家|男|女|的|身份|电话|手机|想|要|被|因"
_ROAD = "(?:大街|大道|路|街|巷|胡同|弄)"
_UNIT = "(?:号楼|号院|号|栋|幢|单元|楼|层|室|户|组)"
_NUMBER = "[0-9a-z一二三四五六七八九十百-]+"
_PLATE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_HAN = "[\u4e00-\u9fff]"
_RULES = tuple(
    (re.compile(pattern), mark)
    for pattern, mark in (
        (r"[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", "〔邮箱〕"),
        (r"(?<![0-9a-z])\d{17}[\dx](?![0-9a-z])|(?<!\d)\d{15}(?!\d)", "〔证件号〕"),
        (r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)", "〔电话〕"),
        (r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)", "〔电话〕"),
        (rf"[{_DIGITS}]{{7,}}", "〔号码〕"),
        (r"(?:微信号?|wx|vx|qq号?)\s*[:是为]?\s*[a-z0-9_-]{5,20}", "〔账号〕"),
        (rf"{_PLATE}[a-z][·.]?[a-z0-9]{{5,6}}", "〔车牌〕"),
        (r"(?<![\d.])(?:\d[- ]?){6,}\d(?![\d.]*\s*(?:元|块|万|亿))", "〔号码〕"),
        (rf"{_HAN}{{2,6}}?{_ROAD}\s*{_NUMBER}\s*号?(?:\s*{_NUMBER}{_UNIT})*", "〔地址〕"),
        (rf"(?:{_NUMBER}(?:号楼|栋|幢|单元|室)\s*)+(?:\d+室?)?", "〔地址〕"),
        (rf"(?<=[省市区县镇乡])(?:(?![省市区县镇乡]){_HAN}){{2,10}}?(?:小区|花园|家园|公寓|新村|屯)", "〔地址〕"),
        (rf"(?<=[县镇乡]){_HAN}{{2,6}}?村(?![民委里])", "〔地址〕"),
        (rf"(?<!{_HAN})[{_SURNAMES}]{_HAN}{{1,2}}(?:先生|女士|小姐|师傅)", "〔姓名〕"),
    )
)
_NAMED = re.compile(rf"(?P<said>{_SAID})\s*[:,]?\s*(?P<name>[{_SURNAMES}]{_HAN}{{1,3}}?)(?={_AFTER_NAME})")
# After 我是 stands a role more often than a name: 我是高中生, 我是本地人.
_ROLE = re.compile("[一不个农工打公学老残低军外租房司员民者人妇生家岁级院店长师]")


def redacted(question: str) -> str:
    """The question folded to one width, on one line, with 〔电话〕 and the like where something stood."""
    text = " ".join(fold(question).split())
    for pattern, mark in _RULES:
        text = pattern.sub(mark, text)
    return _NAMED.sub(_nameless, text)


def _nameless(found: re.Match[str]) -> str:
    is_certain = found["said"] not in ("我是", "本人", "本人是")
    return found["said"] + "〔姓名〕" if is_certain or not _ROLE.search(found["name"]) else found[0]
