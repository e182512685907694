"""Texts that teach one thing: sums, opposites, words in two languages, copying, and QdogBaby's rule."""

from __future__ import annotations

from .stories import BANKS, seen
from .world import (
    CAST, COLOURS, FOODS, NUMBERS, OPPOSITES, PLACES, SPECIES, THINGS, TRANSLATIONS, Draw, Form, fill, held_out_sum,
    reserved,
)  # fmt: skip

SYLLABLES = {
    "en": [c + v for c in "b d f g h j k l m n p r s t v w y z sh ch th tr st br gl fr".split() for v in "a e i o u oo".split()],
    "zh": list("阿巴布达迪多嘎咕哈呼吉咖库拉噜麻咪木娜尼诺帕噗奇苏塔提托乌瓦嘻呀伊扎嘟咚叮当啦哩") + list(
        "安柏彬冰博彩昌晨成诚春聪翠丹德冬芳飞风峰福刚光广桂国海涵汉豪浩和恒红宏华欢辉慧佳嘉建健江杰洁金锦晶景静俊凯康可兰磊"
        "黎丽莲良林玲龙璐美蒙梦敏明默楠宁鹏平萍琪启强巧琴清晴秋仁荣蓉瑞若森珊诗思松泰涛天婷彤伟文雯武希曦夏贤翔晓欣新星兴秀"
        "旭轩雪雅妍燕阳瑶怡艺毅英颖永勇佑宇雨玉媛远月悦云泽哲珍振正芝志忠舟卓子紫宗祖"
        "天地日山水火土石田花草鸟鱼虫马牛羊门窗桌书笔纸灯船车路桥城河海湖岛东西南北中高低深浅长短上下左右前后干湿冷热软硬真假"
        "黑白红绿蓝黄古今老少男女你我他们这那什么有无出入开关走跑跳坐站听说读写唱笑哭想爱知道记忘问答分合加减圆方尖厚薄香甜"
    ),
}  # fmt: skip


def who(draw: Draw, language: str) -> dict[str, str]:
    """Two friends by name, and one by the name in the other language."""
    x, y = draw.some(CAST, 2)
    other = "zh" if language == "en" else "en"
    return {"who": x[language], "other": y[language], "who2": y[other]}


# --- copying -----------------------------------------------------------------------------------------------------


TAUGHT = {
    word for pairs in (*OPPOSITES.values(), TRANSLATIONS) for pair in pairs for word in pair[:2]
}


def made_up_word(draw: Draw, language: str) -> str:
    """Syllables in a row: nearly always no word, and never a name that a held-out question gives its user, or a word with an opposite or a translation."""
    while True:
        word = "".join(draw.some(SYLLABLES[language], draw.between(2, 3)))
        word += draw.one(("", "n", "l", "ra", "s", "x", "ck", "lla")) if language == "en" else ""
        if word not in TAUGHT and not any(
            name.lower() in word for name in BANKS[language].NEW_NAMES
        ):
            return word


def echo_words(draw: Draw, language: str, held_out: bool = False) -> str:
    """Two to six words in a row: of the world, numbers, names, or made up."""
    while True:
        pools = draw.some((THINGS, PLACES, SPECIES, FOODS, COLOURS, NUMBERS[1:21], CAST), 2)
        words = []
        mixed = draw.chance(0.5)
        made_up = draw.chance(0.25)
        for _ in range(draw.between(2, 6)):
            if made_up:
                words.append(made_up_word(draw, language))
            else:
                form = draw.one(draw.one(pools) if mixed else pools[0])[language]
                words.append(str(getattr(form, "bare", form)))
        text = BANKS[language].LIST.join(words)
        if reserved(text) == held_out and len(set(words)) == len(words):
            return text


def echo(draw: Draw, language: str) -> str:
    bank = BANKS[language]
    if draw.chance(0.25):
        slots = {**who(draw, language), "place": draw.one(PLACES)[language], "thing": draw.one(THINGS)[language],
                 "animal": draw.one(SPECIES)[language]}  # fmt: skip
        lines = [fill(draw, line, slots) for line in draw.some(bank.SONG_LINES, 3)]
        return fill(
            draw, draw.one(bank.SONG), {**slots, **dict(zip(("line", "line2", "line3"), lines))}
        )
    texts = []
    for _ in range(draw.between(2, 3)):
        words = Form(echo_words(draw, language))
        texts.append(fill(draw, draw.one(bank.ECHOES), {**who(draw, language), "words": words}))
    return "\n".join(texts)


# --- sums --------------------------------------------------------------------------------------------------------


def operands(draw: Draw, held_out: bool = False) -> tuple[int, int]:
    while True:
        most = draw.one((10, 20))  # small ones as often as all together
        x, y = draw.between(1, most), draw.between(1, most)
        if held_out_sum(x, y) == held_out:
            return x, y


def number(n: int, language: str) -> Form:
    return Form(str(n), word=NUMBERS[n][language])


def numbers(language: str, **values: int) -> dict[str, Form]:
    return {key: number(n, language) for key, n in values.items()}


def sums(draw: Draw, language: str) -> str:
    """Sums in digits and words, counting, number order and little word problems."""
    bank, names = BANKS[language], who(draw, language)
    things = draw.one(bank.COUNTABLE)
    kind = draw.weighted(
        ((5, "plain"), (3, "table"), (3, "problem"), (2, "count"), (1, "order"), (2, "ask"))
    )
    if kind == "plain":
        lines = []
        for _ in range(draw.between(2, 6)):
            x, y = operands(draw)
            lines.append(
                fill(
                    draw,
                    draw.one(bank.SUMS[:2] if x == y else bank.SUMS),
                    numbers(language, x=x, y=y, z=x + y),
                )
            )
        return fill(draw, draw.one(bank.SUM_FRAMES), {**names, "sums": "\n".join(lines)})
    if kind == "table":
        x, start = draw.between(1, 20), draw.between(1, 12)
        pairs = [(x, y) for y in range(start, start + 9) if not held_out_sum(x, y)]
        if draw.chance(0.3):
            z = draw.between(6, 30)
            pairs = [
                (i, z - i) for i in range(max(1, z - 20), min(z, 21)) if not held_out_sum(i, z - i)
            ]
        lines = [fill(draw, bank.ADD, numbers(language, x=x, y=y, z=x + y)) for x, y in pairs[:10]]
        return fill(draw, draw.one(bank.SUM_FRAMES), {**names, "sums": "\n".join(lines)})
    if kind == "problem":
        lines = []
        for _ in range(draw.between(1, 2)):
            x, y = operands(draw)
            x, y = max(x, 2), max(y, 2)
            if not held_out_sum(x, y):
                lines.append(
                    fill(
                        draw,
                        draw.one(bank.WORD_SUMS),
                        {**names, "things": things, **numbers(language, x=x, y=y, z=x + y)},
                    )
                )
        return "\n".join(lines) or sums(draw, language)
    if kind == "count":
        start, length = draw.one((1, 1, draw.between(1, 30))), draw.between(3, 10)
        row = [number(n, language) for n in range(start, start + length)]
        words = [n.word for n in row] if draw.chance(0.4) else row
        template = draw.one(bank.COUNTING if start == 1 else bank.COUNTING[:3])
        return fill(
            draw,
            template,
            {**names, "numbers": Form(bank.LIST.join(words)), "last": row[-1], "things": things},
        )
    if kind == "order":
        lines = []
        for _ in range(draw.between(2, 5)):
            x, y = draw.between(2, 39), draw.between(1, 38)
            lines.append(
                fill(draw, draw.one(bank.ONE_MORE), numbers(language, x=x, z=x + 1))
                if draw.chance(0.6) or x <= y
                else fill(draw, draw.one(bank.BIGGER), numbers(language, x=x, y=y))
            )
        return bank.SPACE.join(lines)
    return "\n".join(
        dressed(draw, language, *ask_sum(draw, language)) for _ in range(draw.between(1, 3))
    )


def ask_sum(draw: Draw, language: str, held_out: bool = False, wordings=seen) -> tuple[str, str]:
    """A sum, answered by counting on aloud: a way that works for operands never met, where remembering does not."""
    bank = BANKS[language]
    x, y = operands(draw, held_out)
    low, high = sorted((x, y))
    steps = bank.LIST.join(bank.STEP.format(high + i, i) for i in range(1, low + 1))
    slots = {**numbers(language, x=x, y=y, z=x + y), "high": str(high), "steps": steps}
    return fill(draw, draw.one(wordings(bank.QUESTIONS["sum"])), slots), fill(
        draw, bank.LESSON_ANSWERS["sum"], slots
    )


# --- opposites and translations ------------------------------------------------------------------------------------


def ask_opposite(
    draw: Draw, language: str, held_out: bool = False, wordings=seen
) -> tuple[str, str]:
    bank = BANKS[language]
    left, right, _ = draw.one([pair for pair in OPPOSITES[language] if pair[2] == held_out])
    if draw.chance(0.5):
        left, right = right, left
    slots = {"left": left, "right": right}
    return fill(draw, draw.one(wordings(bank.QUESTIONS["opposite"])), slots), fill(
        draw, bank.LESSON_ANSWERS["opposite"], slots
    )


def ask_translation(
    draw: Draw, language: str, held_out: bool = False, wordings=seen
) -> tuple[str, str]:
    bank = BANKS[language]
    en, zh, _ = draw.one([pair for pair in TRANSLATIONS if pair[2] == held_out])
    this, other = (en, zh) if language == "en" else (zh, en)
    kind, word, other = draw.one((("to_other", this, other), ("to_this", other, this)))
    slots = {"word": word, "other": other}
    return fill(draw, draw.one(wordings(bank.QUESTIONS[kind])), slots), fill(
        draw, bank.LESSON_ANSWERS[kind], slots
    )


def with_comma(sentence: str) -> str:
    """A sentence as it stands inside English quotation marks, before "said"."""
    return sentence[:-1] + "," if sentence.endswith(".") else sentence


def dressed(draw: Draw, language: str, question: str, answer: str) -> str:
    """Question and answer in plain text, in one of many dresses."""
    bank = BANKS[language]
    x, y = draw.some([friend for friend in CAST if friend[language] not in question + answer], 2)
    is_question = question[-1] in "?？"
    asked = bank.ASKED_VERBS[0 if is_question else 1]
    slots = {
        "q": Form(question, asked=asked, quoted=with_comma(question)), "a": Form(answer, comma=with_comma(answer)),
        "x": x[language], "y": y[language],
    }  # fmt: skip
    return fill(draw, draw.one(bank.ASKED), slots)


def opposites(draw: Draw, language: str) -> str:
    bank, names = BANKS[language], who(draw, language)
    if draw.chance(0.15):
        return "\n".join(
            dressed(draw, language, *ask_opposite(draw, language))
            for _ in range(draw.between(1, 3))
        )
    lines = []
    both = bank.OPPOSITE_LINES[:2]
    for _ in range(draw.between(2, 5)):
        left, right, _ = draw.deal(OPPOSITES[language], "opposites " + language)
        if draw.chance(0.5):
            left, right = right, left
        for line in draw.one((both, both, both, draw.some(bank.OPPOSITE_LINES[2:], 2))):
            lines.append(fill(draw, line, {**names, "left": left, "right": right}))
    return fill(draw, draw.one(bank.OPPOSITE_FRAMES), {**names, "lines": bank.SPACE.join(lines)})


def translations(draw: Draw, language: str) -> str:
    bank, names = BANKS[language], who(draw, language)
    if draw.chance(0.15):
        return "\n".join(
            dressed(draw, language, *ask_translation(draw, language))
            for _ in range(draw.between(1, 3))
        )
    lines = []
    both = bank.TRANSLATION_LINES[:2]
    for _ in range(draw.between(2, 6)):
        en, zh, _ = draw.deal(TRANSLATIONS, "translations " + language)
        word, other = (en, zh) if language == "en" else (zh, en)
        for line in draw.one((both, both, both, draw.some(bank.TRANSLATION_LINES[2:], 1))):
            slots = {**names, "word": Form(word), "other": Form(other)}
            lines.append(fill(draw, line, slots))
    return fill(draw, draw.one(bank.TRANSLATION_FRAMES), {**names, "lines": "\n".join(lines)})


def secret_words(draw: Draw, language: str) -> list[tuple[str, str]]:
    """A secret language, first told, then asked about: pairs of (what is said, answer).

    Its words hardly ever came before, so they have to be taken from the text, letter by letter, into the same sentences in
    which real words are explained. Otherwise a model knows by heart the few words that it is asked about, and can't use others.
    """
    bank, names, told, asks = BANKS[language], who(draw, language), [], []
    kind = draw.one(tuple(bank.SECRETS))
    tells, questions, answer = bank.SECRETS[kind]
    script = "zh" if language == "zh" and kind == "opposite" else "en"
    for meaning in draw.some(THINGS + PLACES + SPECIES + FOODS, draw.between(1, 3)):
        plain = getattr(meaning[language], "bare", meaning[language])
        slots = {
            **names,
            "word": made_up_word(draw, script),
            "plain": plain,
            "other_word": made_up_word(draw, script),
        }
        told.append(fill(draw, draw.one(tells), slots))
        asks.append((fill(draw, draw.one(questions), slots), fill(draw, answer, slots)))
    opening = fill(draw, draw.one(bank.SECRET_FRAMES), {**names, "lines": bank.SPACE.join(told)})
    (question, answer), *rest = draw.shuffled(asks)
    return [(opening + "\n" + question, answer), *rest]


def secrets(draw: Draw, language: str) -> str:
    return "\n".join(f"{question}\n{answer}" for question, answer in secret_words(draw, language))


# --- QdogBaby's rule -------------------------------------------------------------------------------------------------

RULE_DOERS = (
    "",
    "",
    "",
    "你",
    "你",
    "你",
    "我",
    "它",
    "我们",
    "你们",
    "他们",
    "大家",
    "小企鹅",
    "小猫",
    "爷爷",
    "老师",
    "妹妹",
)
RULE_WAYS = (
    "会{v}", "会{v}", "能{v}", "想{v}", "喜欢{v}", "爱{v}", "要{v}", "可以{v}", "{v}", "也会{v}", "真的会{v}", "正在{v}", "还在{v}",
    "常常{v}", "每天{v}", "也想{v}", "学过{v}",
)  # fmt: skip
RULE_DEEDS = (
    "说话", "飞", "游泳", "唱歌", "跳舞", "吃鱼", "喝茶", "睡觉", "画画", "看书", "写字", "下棋", "爬山", "骑车", "种花", "做饭",
    "洗碗", "滑冰", "堆雪人", "看星星", "捡贝壳", "放风筝", "打鼓", "讲故事", "写信", "开船", "数数", "说英语", "说中文", "做蛋糕",
    "包饺子", "钓鱼", "跑步", "拍照", "折纸", "跳绳", "打雪仗", "猜谜语", "吹口哨", "晒太阳", "煮汤", "扫雪", "翻跟头", "织围巾",
)  # fmt: skip
RULE_STATES = (
    ("天气 今天 外面 屋里 山上 海边 北边", "冷 热 暖和 凉快 安静"),
    ("蛋糕 饺子 面条 西瓜 这碗汤 那块饼 草莓 红薯 午饭", "好吃 香 甜 烫 够"),
    ("这本书 这首歌 这个故事 那出戏 这幅画 你的诗", "好 有趣 长 短 有名"),
    ("学校 邮局 码头 图书馆 小岛 你家 车站 那座山", "远 近 大 漂亮 好玩"),
    ("你 它 你们 小猫 大家 爷爷 妹妹 小企鹅", "饿 累 困 开心 高兴 着急 害怕 好"),
    ("这道题 下棋 游泳 中文 英语 写诗 滑冰 数数", "难 容易 好玩 有意思 重要"),
    ("这条路 那座桥 这把椅子 你的床 这条小船 这顶帽子 那条围巾", "结实 好看 旧 新 舒服 贵"),
)  # fmt: skip
RULE_DEGREES = ("", "", "", "很", "真的", "还", "也", "不", "一直", "真的很", "今天也")
RULE_FRAMES = (
    "你有{thing}", "这是{thing.a}", "那是{thing.a}", "你看见{thing.the}了", "你要{thing.a}", "{thing.the}是你的", "你带了{thing}",
    "你认识{friend}", "{friend}在家", "{friend}来了", "{friend}睡着了", "{friend}在笑", "你想{friend}", "{friend}回来了",
    "你去过{place}", "{place}开门了", "这是去{place}的路", "{place}有人", "我们去{place}", "你在{place.at}", "你喜欢{place}",
    "你吃过{food}", "还有{food}", "你会做{food}", "这是{animal}", "你见过{animal}", "{animal}会飞", "你有{colour}的帽子",
    "下雨了", "下雪了", "天亮了", "好了", "对", "你听见了", "你明白", "可以进来", "有人在家", "水开了", "你准备好了",
)  # fmt: skip


def rule_phrase(draw: Draw, held_out: bool = False) -> str:
    """A Chinese phrase that can stand before 吗."""
    while True:
        kind = draw.weighted(((4, "deed"), (2, "state"), (3, "frame"), (1, "made up")))
        if kind == "deed":
            phrase = draw.one(RULE_DOERS) + draw.one(RULE_WAYS).replace("{v}", draw.one(RULE_DEEDS))
        elif kind == "state":
            topics, states = draw.one(RULE_STATES)
            phrase = draw.one(topics.split()) + draw.one(RULE_DEGREES) + draw.one(states.split())
        elif kind == "frame":
            banks = {
                "thing": THINGS,
                "friend": CAST,
                "place": PLACES,
                "food": FOODS,
                "animal": SPECIES,
                "colour": COLOURS,
            }
            phrase = fill(
                draw, draw.one(RULE_FRAMES), {key: draw.one(bank).zh for key, bank in banks.items()}
            )
        else:
            phrase = made_up_word(draw, "zh")
        if reserved(phrase) == held_out:
            return phrase


def rule(draw: Draw, language: str) -> str:
    bank = BANKS[language]
    lines = []
    for _ in range(draw.between(2, 4)):
        lines.append(
            fill(
                draw,
                draw.one(bank.RULE_STORIES),
                {"p": rule_phrase(draw), "who": draw.one(CAST)[language]},
            )
        )
    return "\n".join(lines)
