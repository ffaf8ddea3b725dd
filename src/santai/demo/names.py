"""Invented names: our own short lists, combined by a seeded generator. Any likeness to a real one is chance."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
MALE = "建国志强海洋文斌树林德福立新永刚长春玉山忠诚俊峰明远庆丰学军鹏飞宏伟晓东景瑞松涛兆北"
FEMALE = "桂兰秀英雪梅丽华春燕玉珍淑芬晓红慧敏佳宁婷婷雅琴冬梅月娥秋菊艳玲思雨嘉欣凤霞晶莹"
SYLLABLES_MALE = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆宁成龙林冬北山松柏江河川岩峰毅诚信仁义礼智勤俭恒"
SYLLABLES_FEMALE = "芳娜敏静丽艳娟霞秀燕玲红梅雪莹琳倩颖雯婷慧洁萍兰凤云莲竹菊月桂荷蓉蕾薇瑶琪佳欣怡悦宁安然诗画琴棋书"

FIRM_STEMS_A = "砚杉禾岫澄衡朔汀栎霁桦垣沛楷岚泊稷榆屿煦"
FIRM_STEMS_B = "川衡言舟序策正岳晖石谦墨原诺桥枢朗信方堂"
COMMITTEE_TOPICS = ("婚姻家庭", "医疗", "道路交通", "劳动人事", "物业", "消费", "土地承包", "旅游", "知识产权", "金融")
TOWN_STEMS_A = "红青北新东兴永安和双前向太长福景宝万金柳"
TOWN_STEMS_B = "旗山林河胜平屯岭庄川泉湖坡营岗"
APPRAISAL_STEMS = ("衡正", "鉴明", "司衡", "天枢", "正微", "验真", "明镜", "求实", "循证", "慎思", "致远", "格物")


def person(rng: Random) -> tuple[str, bool]:
    """A name, and whether it is a woman's."""
    is_woman = rng.random() < 0.46
    surname = rng.choice(SURNAMES)
    if rng.random() < 0.35:
        pairs = FEMALE if is_woman else MALE
        start = rng.randrange(0, len(pairs) - 1, 2)
        return surname + pairs[start : start + 2], is_woman
    syllables = SYLLABLES_FEMALE if is_woman else SYLLABLES_MALE
    return surname + "".join(rng.sample(syllables, 2 if rng.random() < 0.75 else 1)), is_woman


def people(rng: Random, count: int) -> list[tuple[str, bool]]:
    """Colleagues: no two share a name."""
    found: dict[str, bool] = {}
    while len(found) < count:
        name, is_woman = person(rng)
        found.setdefault(name, is_woman)
    return list(found.items())


def shuffled_pairs(rng: Random, first: str, second: str) -> Iterator[str]:
    """Every combination once, in a seeded order."""
    pairs = [a + b for a in first for b in second if a != b]
    rng.shuffle(pairs)
    yield from pairs
