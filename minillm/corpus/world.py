"""The little world: who lives on the island, where they go, what they carry, and the words for it in two languages."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Sequence, TypeVar

T = TypeVar("T")
LANGUAGES = ("en", "zh")


class Draw:
    """Random choices that are the same on every platform and Python version.

    Only `random.Random.random` is used: it is the one method whose sequence Python promises to keep.
    """

    def __init__(self, *seed: object) -> None:
        self.random = random.Random("/".join(map(str, seed))).random
        self.decks: dict[tuple, list] = {}

    def below(self, n: int) -> int:
        return int(self.random() * n)

    def between(self, low: int, high: int) -> int:
        return low + self.below(high - low + 1)

    def chance(self, p: float) -> bool:
        return self.random() < p

    def one(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], k: int) -> list[T]:
        """k different items, in random order."""
        return self.shuffled(items)[:k] if k * 4 > len(items) else self._few(items, k)

    def _few(self, items: Sequence[T], k: int) -> list[T]:
        picked: list[int] = []
        while len(picked) < k:
            i = self.below(len(items))
            if i not in picked:
                picked.append(i)
        return [items[i] for i in picked]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = self.below(i + 1)
            out[i], out[j] = out[j], out[i]
        return out

    def deal(self, items: Sequence[T], deck: str) -> T:
        """The next item of a shuffled deck, so that all items come up equally often."""
        left = self.decks.setdefault((deck, len(items)), [])
        if not left:
            left += self.shuffled(items)
        return left.pop()

    def weighted(self, table: Sequence[tuple[float, T]]) -> T:
        """One item of a table of (weight, item)."""
        at = self.random() * sum(weight for weight, _ in table)
        for weight, item in table:
            at -= weight
            if at < 0:
                return item
        return table[-1][1]


def reserved(text: str) -> bool:
    """Whether this text is set aside for the held-out questions: about one in twelve, the same for every seed."""
    return zlib.crc32(text.encode()) % 12 == 0


class Form(str):
    """A word with the shapes a sentence needs: `{thing}` lantern, `{thing.a}` a lantern, `{place.at}` on the pier."""

    def __new__(cls, text: str, **shapes: str) -> Form:
        form = super().__new__(cls, text)
        form.__dict__.update(shapes)
        return form


@lru_cache(maxsize=None)
def _parse(template: str) -> tuple:
    """Cut a template into text, slots `("{", name, shape, capital)` and alternatives `("[", parsed, parsed, ...)`."""
    parts: list = []
    text, i = "", 0
    while i < len(template):
        if template[i] == "{":
            end = template.index("}", i)
            name, _, shape = template[i + 1 : end].partition(".")
            parts += [text, ("{", name[0].lower() + name[1:], shape, name[0].isupper())]
            text, i = "", end + 1
        elif template[i] == "[":
            depth, start, options = 0, i + 1, []
            while True:
                depth += {"[": 1, "]": -1}.get(template[i], 0)
                if template[i] in "|]" and depth == (1 if template[i] == "|" else 0):
                    options.append(_parse(template[start:i]))
                    start = i + 1
                i += 1
                if depth == 0:
                    break
            parts += [text, ("[", *options)]
            text = ""
        else:
            text += template[i]
            i += 1
    return tuple(part for part in (*parts, text) if part)


def fill(draw: Draw, template: str, slots: dict[str, str]) -> str:
    """Fill `{slots}` and pick one of each `[this|that]`; `{Slot}` with a capital starts a sentence."""
    return _fill(draw, _parse(template), slots)


def _fill(draw: Draw, parts: tuple, slots: dict[str, str]) -> str:
    out = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif part[0] == "[":
            out.append(_fill(draw, part[1 + draw.below(len(part) - 1)], slots))
        else:
            _, name, shape, capital = part
            value = getattr(slots[name], shape) if shape else slots[name]
            out.append(value[:1].upper() + value[1:] if capital else value)
    return "".join(out)


@dataclass(frozen=True, eq=False)
class Concept:
    """One thing of the world, with its word in each language."""

    en: Form
    zh: Form

    def __getitem__(self, language: str) -> Form:
        return self.en if language == "en" else self.zh


def a(noun: str) -> str:
    """The noun with its indefinite article."""
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def _things(table: str) -> tuple[Concept, ...]:
    """Rows `lantern | 盏 | 灯笼`."""
    return tuple(
        Concept(
            Form(en, a=a(en), the="the " + en),
            Form(zh, a="一" + measure + zh, the="那" + measure + zh, this="这" + measure + zh),
        )
        for en, measure, zh in rows(table)
    )


def _places(table: str) -> tuple[Concept, ...]:
    """Rows `on | pier | 码头 | 上`."""
    return tuple(
        Concept(Form("the " + en, at=f"{prep} the {en}", bare=en), Form(zh, at=zh + side, bare=zh))
        for prep, en, zh, side in rows(table)
    )


def _words(table: str) -> tuple[Concept, ...]:
    """Rows `dumplings | 饺子`."""
    return tuple(Concept(Form(en, a=a(en)), Form(zh, a=zh)) for en, zh in rows(table))


THINGS = _things("""
lantern | 盏 | 灯笼
key | 把 | 钥匙
shell | 枚 | 贝壳
map | 张 | 地图
kite | 只 | 风筝
umbrella | 把 | 雨伞
book | 本 | 书
bell | 个 | 铃铛
button | 颗 | 纽扣
feather | 根 | 羽毛
letter | 封 | 信
hat | 顶 | 帽子
drum | 面 | 小鼓
basket | 个 | 篮子
spoon | 把 | 勺子
mirror | 面 | 镜子
compass | 个 | 指南针
whistle | 个 | 哨子
candle | 根 | 蜡烛
rope | 根 | 绳子
glove | 只 | 手套
blanket | 条 | 毯子
teapot | 把 | 茶壶
bottle | 个 | 瓶子
coin | 枚 | 硬币
ribbon | 条 | 丝带
pencil | 支 | 铅笔
paper boat | 只 | 纸船
marble | 颗 | 弹珠
clock | 个 | 闹钟
bucket | 个 | 水桶
flute | 支 | 笛子
ball | 个 | 皮球
telescope | 架 | 望远镜
violin | 把 | 小提琴
comb | 把 | 梳子
cup | 个 | 杯子
sock | 只 | 袜子
apron | 条 | 围裙
puzzle | 副 | 拼图
acorn | 颗 | 橡果
postcard | 张 | 明信片
magnet | 块 | 磁铁
pillow | 个 | 枕头
""")

PLACES = _places("""
in | bakery | 面包店 | 里
on | pier | 码头 | 上
at | market | 集市 | 上
in | library | 图书馆 | 里
at | school | 学校 | 里
in | garden | 花园 | 里
on | beach | 海滩 | 上
by | river | 小河 | 边
on | hill | 山坡 | 上
in | forest | 森林 | 里
on | bridge | 小桥 | 上
in | meadow | 草地 | 上
in | kitchen | 厨房 | 里
at | post office | 邮局 | 里
by | pond | 池塘 | 边
in | workshop | 工坊 | 里
at | station | 车站 | 里
by | lake | 湖 | 边
by | well | 水井 | 旁
in | playground | 操场 | 上
in | barn | 谷仓 | 里
in | orchard | 果园 | 里
in | museum | 博物馆 | 里
in | tea room | 茶馆 | 里
""")

HOMES = _places("""
in | lighthouse | 灯塔 | 里
in | windmill | 风车 | 里
in | tree house | 树屋 | 里
in | red house | 红房子 | 里
on | old ship | 旧船 | 上
in | cave | 山洞 | 里
in | castle | 城堡 | 里
in | clock tower | 钟楼 | 里
in | greenhouse | 温室 | 里
in | log cabin | 小木屋 | 里
in | tent | 帐篷 | 里
in | round house | 圆房子 | 里
in | ice house | 冰屋 | 里
in | mushroom house | 蘑菇屋 | 里
in | hollow tree | 树洞 | 里
in | caravan | 大篷车 | 里
in | watermill | 水磨坊 | 里
in | bamboo hut | 竹屋 | 里
in | stone house | 石头房子 | 里
in | attic | 阁楼 | 里
""")

SPECIES = tuple(
    Concept(Form(en, a=a(en)), Form(zh, a="一只" + zh))
    for en, zh in rows("""
cat | 猫
rabbit | 兔子
bear | 熊
fox | 狐狸
seal | 海豹
owl | 猫头鹰
turtle | 乌龟
hedgehog | 刺猬
squirrel | 松鼠
mouse | 老鼠
otter | 水獭
frog | 青蛙
duck | 鸭子
goat | 山羊
panda | 熊猫
koala | 考拉
crab | 螃蟹
deer | 鹿
parrot | 鹦鹉
raccoon | 浣熊
""")
)

FOODS = _words("""
dumplings | 饺子
honey cake | 蜂蜜蛋糕
pumpkin soup | 南瓜汤
chestnuts | 栗子
blueberry pie | 蓝莓派
noodles | 面条
rice balls | 饭团
cheese | 奶酪
pancakes | 煎饼
strawberries | 草莓
watermelon | 西瓜
carrots | 胡萝卜
mushrooms | 蘑菇
seaweed | 海苔
sweet corn | 玉米
peanuts | 花生
walnuts | 核桃
sweet potatoes | 红薯
tofu | 豆腐
cherries | 樱桃
egg tarts | 蛋挞
oat biscuits | 燕麦饼干
""")

HOBBIES = _words("""
painting | 画画
singing | 唱歌
fishing | 钓鱼
swimming | 游泳
baking bread | 烤面包
knitting | 织毛衣
skating | 滑冰
growing flowers | 种花
watching the stars | 看星星
playing the drums | 打鼓
reading | 看书
dancing | 跳舞
flying kites | 放风筝
whistling | 吹口哨
collecting shells | 捡贝壳
playing chess | 下棋
telling stories | 讲故事
climbing trees | 爬树
taking photos | 拍照
writing poems | 写诗
folding paper | 折纸
skipping rope | 跳绳
""")

COLOURS = _words("""
red | 红色
yellow | 黄色
blue | 蓝色
green | 绿色
purple | 紫色
orange | 橙色
pink | 粉色
white | 白色
black | 黑色
grey | 灰色
brown | 棕色
golden | 金色
silver | 银色
sky-blue | 天蓝色
cream | 米白色
dark green | 墨绿色
""")

FEELINGS = _words("""
happy | 开心
tired | 累
proud | 骄傲
sleepy | 困
hungry | 饿
cheerful | 快活
curious | 好奇
worried | 担心
calm | 平静
excited | 激动
""")

ATTRIBUTES = ("species", "home", "food", "hobby", "scarf", "friend")


@dataclass(frozen=True, eq=False)
class Character(Concept):
    """A friend on the island: a name in each language and six facts, each a Concept."""

    facts: dict[str, Concept]
    held_out: bool

    def slots(self, language: str) -> dict[str, str]:
        """The slots of a sentence about this character: name and every fact."""
        return {
            "name": self[language],
            **{key: value[language] for key, value in self.facts.items()},
        }


def _name(en: str, zh: str, he: str) -> dict[str, Form]:
    shapes = dict(
        zip(("he", "him", "his"), ("she", "her", "her") if he == "she" else ("he", "him", "his"))
    )
    return {"en": Form(en, **shapes), "zh": Form(zh)}


def _cast(table: str) -> tuple[Character, ...]:
    """Rows: English name, Chinese name, pronoun, species, home, food, hobby, scarf, best friend, seen or held out."""
    lines = rows(table)
    names = {line[0]: Concept(**_name(*line[:3])) for line in lines}
    banks = (SPECIES, HOMES, FOODS, HOBBIES, COLOURS)
    values = [
        {getattr(concept.en, "bare", concept.en): concept for concept in bank} for bank in banks
    ] + [names]
    return tuple(
        Character(
            **_name(*line[:3]),
            facts={key: bank[word] for key, bank, word in zip(ATTRIBUTES, values, line[3:9])},
            held_out=line[9] == "held out",
        )
        for line in lines
    )


CAST = _cast("""
Mimi | 米米 | she | owl | old ship | egg tarts | collecting shells | pink | Anna | seen
Tuan | 团团 | he | raccoon | lighthouse | cherries | growing flowers | green | Felix | seen
Coco | 可可 | she | fox | windmill | walnuts | fishing | silver | Ella | seen
Momo | 毛毛 | he | cat | tree house | chestnuts | folding paper | golden | Quinn | seen
Lulu | 露露 | she | parrot | tree house | watermelon | taking photos | yellow | Kobi | held out
Bobo | 波波 | he | frog | lighthouse | pumpkin soup | swimming | grey | Jojo | seen
Nini | 妮妮 | she | owl | ice house | egg tarts | climbing trees | blue | Leo | seen
Dodo | 豆豆 | he | hedgehog | stone house | mushrooms | skating | golden | Emil | seen
Kiki | 琪琪 | she | seal | log cabin | peanuts | skipping rope | purple | Hugo | seen
Abu | 阿布 | he | panda | greenhouse | dumplings | knitting | golden | Otto | seen
Petra | 佩佩 | she | panda | cave | watermelon | dancing | purple | Iris | seen
Otto | 奥托 | he | koala | cave | carrots | skating | red | Abu | seen
Luna | 月儿 | she | turtle | watermill | noodles | taking photos | black | Ruby | seen
Hugo | 雨果 | he | bear | clock tower | chestnuts | painting | yellow | Kiki | seen
Ruby | 茹茹 | she | deer | watermill | rice balls | taking photos | green | Luna | seen
Toby | 小比 | he | crab | mushroom house | pumpkin soup | telling stories | grey | Zack | held out
Anna | 安安 | she | rabbit | hollow tree | honey cake | writing poems | dark green | Mimi | seen
Leo | 乐乐 | he | frog | ice house | seaweed | swimming | sky-blue | Nini | seen
Nora | 诺拉 | she | goat | ice house | sweet potatoes | fishing | silver | Fifi | held out
Max | 麦麦 | he | cat | stone house | dumplings | fishing | yellow | Remy | seen
Ivy | 艾艾 | she | bear | lighthouse | strawberries | reading | red | Tilda | held out
Oscar | 卡卡 | he | turtle | castle | blueberry pie | swimming | brown | Paco | seen
Fifi | 菲菲 | she | hedgehog | attic | sweet corn | baking bread | orange | Nora | held out
Gus | 古斯 | he | turtle | tent | noodles | playing chess | brown | Nemo | seen
Wanda | 旺达 | she | duck | castle | rice balls | dancing | red | Bella | held out
Zack | 扎克 | he | squirrel | hollow tree | oat biscuits | playing chess | green | Toby | held out
Bella | 贝儿 | she | crab | watermill | rice balls | playing the drums | black | Wanda | held out
Chip | 奇奇 | he | mouse | log cabin | mushrooms | flying kites | golden | Olga | seen
Daisy | 黛西 | she | owl | windmill | cheese | writing poems | grey | Bruno | held out
Emil | 埃米 | he | goat | clock tower | pancakes | skipping rope | pink | Dodo | seen
Flora | 朵朵 | she | hedgehog | windmill | honey cake | knitting | sky-blue | Uma | seen
Marlo | 马洛 | he | deer | red house | noodles | knitting | purple | Vivi | held out
Hattie | 哈蒂 | she | frog | greenhouse | pumpkin soup | writing poems | blue | Yoyo | held out
Jojo | 乔乔 | he | duck | log cabin | blueberry pie | singing | red | Bobo | seen
Kaya | 凯雅 | she | otter | old ship | tofu | growing flowers | silver | Didi | seen
Lino | 林林 | he | parrot | bamboo hut | strawberries | baking bread | cream | Sami | seen
Iris | 伊伊 | she | seal | red house | carrots | climbing trees | brown | Petra | seen
Nemo | 尼莫 | he | mouse | cave | carrots | dancing | cream | Gus | seen
Olga | 欧佳 | she | otter | bamboo hut | sweet corn | folding paper | brown | Chip | seen
Paco | 派派 | he | rabbit | clock tower | chestnuts | painting | black | Oscar | seen
Susu | 苏苏 | she | cat | caravan | cherries | baking bread | white | Rosa | seen
Remy | 瑞瑞 | he | duck | mushroom house | sweet potatoes | reading | cream | Max | seen
Tilda | 甜甜 | she | rabbit | mushroom house | peanuts | collecting shells | dark green | Ivy | held out
Quinn | 奎恩 | he | bear | castle | walnuts | folding paper | yellow | Momo | seen
Uma | 乌玛 | she | crab | old ship | seaweed | telling stories | orange | Flora | seen
Wolfie | 沃夫 | he | squirrel | attic | oat biscuits | flying kites | pink | Nils | seen
Vivi | 薇薇 | she | otter | caravan | mushrooms | climbing trees | black | Marlo | held out
Yoyo | 悠悠 | he | koala | tent | strawberries | skating | sky-blue | Hattie | held out
Zoe | 佐佐 | she | seal | red house | cherries | skipping rope | white | Juno | seen
Bruno | 布鲁 | he | fox | tree house | pancakes | whistling | pink | Daisy | held out
Gina | 娜娜 | she | deer | stone house | tofu | watching the stars | orange | Lola | seen
Didi | 迪迪 | he | squirrel | caravan | peanuts | whistling | green | Kaya | seen
Ella | 拉拉 | she | fox | bamboo hut | cheese | telling stories | purple | Coco | seen
Felix | 飞飞 | he | raccoon | greenhouse | blueberry pie | singing | dark green | Tuan | seen
Juno | 朱诺 | she | panda | round house | pancakes | playing chess | dark green | Zoe | seen
Kobi | 酷酷 | he | mouse | hollow tree | tofu | watching the stars | white | Lulu | held out
Lola | 萝萝 | she | goat | attic | cheese | painting | cream | Gina | seen
Nils | 年年 | he | koala | round house | seaweed | playing the drums | blue | Wolfie | seen
Rosa | 玫玫 | she | parrot | round house | watermelon | whistling | blue | Susu | seen
Sami | 山山 | he | raccoon | tent | walnuts | singing | white | Lino | seen
""")
SEEN = tuple(friend for friend in CAST if not friend.held_out)
HELD_OUT = tuple(friend for friend in CAST if friend.held_out)

NUMBERS_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
NUMBERS_EN += [
    tens + end
    for tens in ("twenty", "thirty")
    for end in [""] + ["-" + n for n in NUMBERS_EN[1:10]]
][1:]
NUMBERS_EN += ["forty"]
_DIGITS_ZH = "零一二三四五六七八九"
NUMBERS_ZH = list(_DIGITS_ZH) + [
    ("" if n < 20 else _DIGITS_ZH[n // 10]) + "十" + (_DIGITS_ZH[n % 10] if n % 10 else "")
    for n in range(10, 41)
]
NUMBERS = tuple(Concept(Form(en), Form(zh)) for en, zh in zip(NUMBERS_EN, NUMBERS_ZH))


def held_out_sum(x: int, y: int) -> bool:
    """Whether x + y is one of the pairs (in either order) that no training text adds up."""
    low, high = sorted((x, y))
    return low > 1 and zlib.crc32(f"{low}+{high}".encode()) % 7 == 5


def _pairs(table: str) -> tuple[tuple[tuple[str, str, bool], ...]]:
    """Rows `hot | cold`, or `* hot | cold` for a pair that is stated but never asked about in training."""
    return tuple((left.lstrip("* "), right, left.startswith("*")) for left, right in rows(table))


OPPOSITES = {
    "en": _pairs("""
hot | cold
big | small
* tall | short
fast | slow
happy | sad
* day | night
up | down
open | closed
full | empty
* wet | dry
hard | soft
* loud | quiet
new | old
early | late
* bright | dark
heavy | light
strong | weak
thick | thin
* clean | dirty
near | far
high | low
* deep | shallow
wide | narrow
sweet | sour
* rich | poor
smooth | rough
sharp | blunt
* first | last
front | back
left | right
inside | outside
* above | below
summer | winter
morning | evening
* north | south
east | west
begin | end
* push | pull
give | take
buy | sell
* laugh | cry
win | lose
show | hide
remember | forget
* brave | cowardly
kind | unkind
awake | asleep
* always | never
everything | nothing
many | few
more | less
* true | false
easy | difficult
ancient | modern
noisy | silent
* polite | rude
busy | idle
safe | dangerous
tidy | messy
straight | crooked
question | answer
arrive | leave
young | elderly
cheap | expensive
alive | dead
same | different
catch | throw
rise | fall
build | destroy
freeze | melt
whisper | shout
float | sink
lend | borrow
appear | vanish
love | hate
start | stop
together | apart
before | after
here | there
top | bottom
good | bad
right-handed | left-handed
patient | impatient
lucky | unlucky
possible | impossible
visible | invisible
honest | dishonest
known | unknown
tied | untied
tight | loose
shiny | dull
lazy | hard-working
calm | stormy
lost | found
fresh | stale
raw | cooked
indoors | outdoors
uphill | downhill
stand | sit
raise | lower
speed up | slow down
wake up | fall asleep
switch on | switch off
enter | exit
teacher | pupil
guest | host
beginning | ending
dawn | dusk
sunrise | sunset
praise | scold
accept | refuse
spend | save
teach | learn
send | receive
"""),
    "zh": _pairs("""
热 | 冷
大 | 小
* 高 | 矮
快 | 慢
高兴 | 难过
* 白天 | 黑夜
上 | 下
开 | 关
满 | 空
* 湿 | 干
硬 | 软
* 吵闹 | 安静
新 | 旧
早 | 晚
* 明亮 | 昏暗
轻 | 重
强 | 弱
厚 | 薄
* 干净 | 肮脏
近 | 远
胖 | 瘦
* 深 | 浅
宽 | 窄
甜 | 苦
* 富有 | 贫穷
光滑 | 粗糙
长 | 短
* 开头 | 结尾
前 | 后
左 | 右
里 | 外
* 天上 | 地下
夏天 | 冬天
早晨 | 傍晚
* 南 | 北
东 | 西
来 | 去
* 推 | 拉
借 | 还
买 | 卖
* 哭 | 笑
输 | 赢
问 | 答
记住 | 忘记
* 勇敢 | 胆小
善良 | 凶恶
醒着 | 睡着
* 仔细 | 马虎
拥挤 | 宽敞
多 | 少
公开 | 秘密
* 真 | 假
容易 | 困难
年轻 | 年老
热闹 | 冷清
* 谦虚 | 骄傲
忙碌 | 清闲
安全 | 危险
整齐 | 凌乱
直 | 弯
节约 | 浪费
出发 | 到达
上升 | 下降
进 | 出
升 | 降
远处 | 近处
高大 | 矮小
好 | 坏
对 | 错
有 | 无
美 | 丑
松 | 紧
粗 | 细
古 | 今
正 | 反
成功 | 失败
开始 | 结束
相同 | 不同
朋友 | 敌人
喜欢 | 讨厌
表扬 | 批评
赞成 | 反对
前进 | 后退
增加 | 减少
上坡 | 下坡
日出 | 日落
沉睡 | 苏醒
结冰 | 解冻
分开 | 合拢
晴天 | 阴天
温暖 | 寒冷
炎热 | 凉爽
细心 | 粗心
聪明 | 愚笨
勤劳 | 懒惰
诚实 | 虚伪
大方 | 小气
耐心 | 急躁
清楚 | 模糊
清澈 | 浑浊
新鲜 | 陈旧
便宜 | 昂贵
平坦 | 崎岖
紧张 | 放松
希望 | 失望
原因 | 结果
主人 | 客人
接受 | 拒绝
收入 | 支出
找到 | 丢失
闭眼 | 睁眼
低头 | 抬头
坐下 | 站起
点灯 | 熄灯
穿上 | 脱下
上学 | 放学
"""),
}

MORE_WORDS = _words("""
sea | 大海
sun | 太阳
moon | 月亮
star | 星星
rain | 雨
snow | 雪
wind | 风
cloud | 云
rainbow | 彩虹
island | 小岛
tree | 树
flower | 花
stone | 石头
fire | 火
water | 水
fish | 鱼
bird | 鸟
butterfly | 蝴蝶
bee | 蜜蜂
horse | 马
penguin | 企鹅
whale | 鲸鱼
apple | 苹果
bread | 面包
milk | 牛奶
egg | 鸡蛋
tea | 茶
door | 门
window | 窗户
table | 桌子
bed | 床
lamp | 台灯
shoe | 鞋子
friend | 朋友
mother | 妈妈
father | 爸爸
teacher | 老师
child | 孩子
ear | 耳朵
tail | 尾巴
wing | 翅膀
run | 跑
jump | 跳
fly | 飞
swim | 游泳
sleep | 睡觉
eat | 吃
drink | 喝
sing | 唱歌
laugh | 笑
summer | 夏天
autumn | 秋天
winter | 冬天
morning | 早上
happy | 开心
beautiful | 美丽
clever | 聪明
brave | 勇敢
quiet | 安静
warm | 温暖
""")


def _translations() -> tuple[tuple[str, str, bool], ...]:
    """(English, Chinese, held out): no word twice on either side; about one pair in ten is stated but never asked."""
    pairs: dict[str, str] = {}
    for bank in (THINGS[:30], PLACES, SPECIES, FOODS[:12], COLOURS[:8], MORE_WORDS):
        for concept in bank:
            en, zh = (str(getattr(form, "bare", form)) for form in (concept.en, concept.zh))
            if en not in pairs and zh not in pairs.values():
                pairs[en] = zh
    return tuple((en, zh, zlib.crc32(en.encode()) % 11 == 8) for en, zh in pairs.items())


TRANSLATIONS = _translations()
