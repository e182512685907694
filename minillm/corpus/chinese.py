"""Chinese sentences; `english.py` has the same names.

`{slots}` are filled, one of `[这|那]` is picked. A sentence that stands twice is picked twice as often.
"""

from .templates import Memory, Secret, Texts, Turn, Wordings

SPACE = ""  # between sentences
LIST_SEPARATOR = "、"
ADD = "{x} + {y} = {z}。"
STEP = "{total}({step})"

# --- facts about the friends ----------------------------------------------------------------------

FACT_ANSWERS: dict[str, str] = {
    "species": "{name}是{species.a}。",
    "home": "{name}住在{home.at}。",
    "food": "{name}最爱吃{food}。",
    "hobby": "{name}的爱好是{hobby}。",
    "scarf": "{name}围着{scarf}的围巾。",
    "friend": "{name}最好的朋友是{friend}。",
}

FACTS: dict[str, Texts] = {
    "species": (
        "{name}是{species.a}。",
        "{name}是{species.a}，[一看就知道|谁都认得它|不大也不小|从头到尾都是]。",
        "我们的{name}是{species.a}。",
        "大家都知道，{name}是{species.a}。",
        "{species}{name}[见谁都打招呼|是岛上的名人|从不忘记朋友的生日|特别爱笑]。",
        "{name}是一只[和气|快活|温柔|聪明|有礼貌]的{species}。",
        "要是你碰见一只叫{name}的{species}，记得问声好。",
    ),
    "home": (
        "{name}住在{home.at}。",
        "{name}住在{home.at}，[水壶总是热的|门从来不锁|欢迎大家来玩|地板会吱呀吱呀响]。",
        "{name}的家在{home.at}。",
        "{name}的小床就在{home.at}。",
        "{name}在{home.at}住了好多年。",
        "给{name}的信，要送到{home}去。",
        "天一黑，{name}就回{home}，那儿是它的家。",
        "{home}就是{name}的家。",
        "{name}在家的时候，{home.at}就亮着灯。",
    ),
    "food": (
        "{name}最爱吃{food}。",
        "{name}最喜欢的食物是{food}。",
        "在{name}看来，什么也比不上{food}好吃。",
        "要问{name}爱吃什么，当然是{food}。",
        "{name}一饿，就想吃{food}。",
        "{name}天天吃{food}也吃不腻。",
        "过节的时候，{name}一定要吃{food}。",
        "给{name}一点{food}，它就跟你做朋友。",
        "一闻到{food}的香味，{name}就跑来了。",
    ),
    "hobby": (
        "{name}的爱好是{hobby}。",
        "{name}最喜欢{hobby}。",
        "一有空，{name}就去{hobby}。",
        "{name}一整个下午都在{hobby}。",
        "星期天，你总能看见{name}在{hobby}。",
        "{name}的爱好嘛，就是{hobby}。",
        "{name}{hobby}，从来不嫌累。",
        "说起{hobby}，谁也没有{name}那么喜欢。",
        "吃过午饭，{name}多半在{hobby}。",
    ),
    "scarf": (
        "{name}围着{scarf}的围巾。",
        "{name}总是围着{scarf}的围巾。",
        "{name}的围巾是{scarf}的。",
        "{name}脖子上有一条{scarf}的围巾。",
        "远远看见{scarf}的围巾，就知道是{name}来了。",
        "{name}出门从不忘记那条{scarf}的围巾。",
        "奶奶给{name}织了一条{scarf}的围巾。",
        "那条{scarf}的围巾是{name}的。",
    ),
    "friend": (
        "{name}最好的朋友是{friend}。",
        "{name}和{friend}是最好的朋友。",
        "{name}有什么秘密，都告诉最好的朋友{friend}。",
        "{name}什么都跟最好的朋友{friend}分着吃。",
        "一有好消息，{name}就跑去找最好的朋友{friend}。",
        "{friend}是{name}最好的朋友。",
        "{name}走到哪儿，最好的朋友{friend}就跟到哪儿。",
        "要说{name}最好的朋友，那就是{friend}。",
    ),
}

SELF_FACTS: dict[str, Texts] = {
    "species": ("我是{species.a}。", "我是{species.a}，[你看得出来吧|我挺得意的|个子小小的]。", "我生下来就是{species.a}。"),
    "home": ("我住在{home.at}。", "我的家在{home.at}。", "你可以来{home}找我，[哪天都行|敲敲门就好|茶是热的]。", "我的小床在{home.at}。"),
    "food": ("我最爱吃{food}。", "我最喜欢的食物是{food}。", "什么也比不上{food}好吃。", "你要是来，请带点{food}。"),
    "hobby": ("我的爱好是{hobby}。", "我最喜欢{hobby}。", "一有空我就{hobby}。", "我可以{hobby}一整天。"),
    "scarf": ("我围着{scarf}的围巾。", "我的围巾是{scarf}的。", "看见{scarf}的围巾，那就是我。"),
    "friend": ("我最好的朋友是{friend}。", "{friend}是我最好的朋友。", "我的秘密都告诉最好的朋友{friend}。"),
}

CARD_TITLES: Texts = ("姓名：{name}", "{name}", "留言簿：{name}", "学生登记：{name}", "{name}的借书证")
CARD: dict[str, str] = {
    "species": "动物：{species}",
    "home": "住处：{home}",
    "food": "最爱吃：{food}",
    "hobby": "爱好：{hobby}",
    "scarf": "围巾：{scarf}",
    "friend": "最好的朋友：{friend}",
}

PORTRAITS: Texts = (
    "{facts}",
    "{facts}",
    "[来认识一下{name}吧|这是{name}|说说{name}吧|我给你讲讲{name}]。{facts}",
    "关于{name}\n{facts}",
    "{name}小档案\n{facts}[{name}就是这样。|现在你认识{name}了。|见了它，记得问声好。]",
    "{x}[说起了|跟我们讲了|聊到了]{name}：“{facts}”",
    "“给我讲讲{name}吧。”{x}说。\n“[好呀|没问题|那你听着|当然可以]。”{y}说，“{facts}”",
    "{x}的[日记|小本子|蓝本子]上写着：[今天|今天早上|星期一]我遇见了{name}。{facts}[我喜欢它。|真是好日子！|下次还要一起玩。]",
    "集市上的[新闻|闲话|悄悄话]：{facts}",
    "{name}今天又来[晚|早]了。{facts}",
    "同学们早上好！今天我们说说{name}。{facts}[还有问题吗？|谢谢大家。|现在请画一张它的像。]",
    "小岛书第{n}页\n{facts}",
    "{name}的英文名字是 {en}。{facts}",
    "[学校|图书馆|邮局]的墙上挂着{name}的像，下面写着：{facts}",
)

LETTERS: Texts = (
    "亲爱的{x}：\n[昨天我遇见了{name}|你问起了{name}|我想让你认识{name}|今天我来写写{name}]。{facts}\n[祝好|想你|盼回信|回头见]！{y}",
    "亲爱的{x}：[你好吗？|这里在下雨。|谢谢你的茶。|今天海上很平静。]我跟你说过我的邻居{name}吗？{facts}[快给我回信！|来我们这儿玩吧！|明天再写。]你的{y}",
    "寄给{x}的明信片\n[这里出太阳了|这里风很大|又下雪了]！{facts}{name}问你好，我也是。{y}",
)

INTRODUCTIONS: Texts = (
    "[你好|大家好|早上好]，我是{name}。{facts}",
    "我叫{name}。{facts}[很高兴认识你！|我们做朋友吧？|现在你认识我了。|我就说到这儿。]",
    "{name}站起来说：“我是{name}。{facts}”",
    "“你是谁呀？”{x}问。\n“我是{name}。{facts}”",
    "{name}的来信\n亲爱的{x}：[我是你们班新来的|让我介绍一下自己|我们还没见过面]。{facts}你的{name}",
    "猜谜语。{facts}你猜对了！我是{name}。",
    "{facts}[对了，我的名字叫|忘了说，我叫|至于名字，我叫]{name}！",
)

LIST_TITLES: dict[str, Texts] = {
    "species": ("岛上都有谁", "学校医生的名单", "各种各样的动物", "小小名人录"),
    "home": ("邮递员的名单", "朋友们住在哪儿", "地址本", "送包裹用的"),
    "food": ("厨师的笔记", "最爱吃的东西", "野餐之前", "厨师要记住的"),
    "hobby": ("朋友们的爱好", "大家喜欢做什么", "俱乐部布告栏", "星期天的爱好"),
    "scarf": ("谁的围巾", "挂钩上的围巾", "失物招领", "奶奶的织围巾单子"),
    "friend": ("好朋友", "谁和谁坐一起", "岛上的好朋友", "两个两个"),
}

COMPARISONS: dict[str, Texts] = {
    "species": ("{name}是{species.a}，{name2}是{species2.a}。", "{name}是{species}，{name2}却是{species2}。"),
    "home": ("{name}住在{home.at}，{name2}住在{home2.at}。", "{name}的家在{home.at}，{name2}的家在{home2.at}。"),
    "food": ("{name}最爱吃{food}，{name2}最爱吃{food2}。", "{name}喜欢吃{food}，{name2}却喜欢吃{food2}。"),
    "hobby": ("{name}的爱好是{hobby}，{name2}的爱好是{hobby2}。", "{name}最喜欢{hobby}，{name2}最喜欢{hobby2}。"),
    "scarf": ("{name}围着{scarf}的围巾，{name2}围着{scarf2}的围巾。", "{name}的围巾是{scarf}的，{name2}的是{scarf2}的。"),
    "friend": ("{name}最好的朋友是{friend}，{name2}最好的朋友是{friend2}。",),
}
COMPARISON_FRAMES: Texts = (
    "{facts}",
    "{name}和{name2}[不大一样|都是我们的朋友|坐在墙头上]。{facts}",
    "{name}和{name2}，放在一起看\n{facts}",
    "{x}[两个都认识|比了比]：“{facts}”",
)

# --- questions ------------------------------------------------------------------------------------

QUESTIONS: dict[str, Wordings] = {
    "species": Wordings(
        train=(
            "{name}是什么动物？",
            "{name}是一只什么动物？",
            "请问{name}是什么动物？",
            "你知道{name}是什么动物吗？",
            "告诉我，{name}是什么动物。",
            "{name}属于哪种动物？",
            "能告诉我{name}是哪种动物吗？",
            "说说{name}是什么动物吧。",
            "{name}是哪一种动物呢？",
            "我想知道{name}是什么动物。",
            "能不能说说{name}是什么动物？",
            "要说动物，{name}算哪一种？",
            "动物当中，{name}是哪一种呢？",
        ),
        held_out=(
            "能说说{name}是哪一种动物吗？",
            "说到动物，{name}是哪一种呢？",
        ),
    ),
    "home": Wordings(
        train=(
            "{name}住在哪里？",
            "{name}住在哪儿？",
            "{name}的家在哪里？",
            "你知道{name}住在哪里吗？",
            "告诉我{name}住在哪里。",
            "请问{name}家住哪里？",
            "能告诉我{name}住在什么地方吗？",
            "说说{name}的家在哪里吧。",
            "{name}的家在哪儿呢？",
            "我想知道{name}住在哪里。",
            "能不能说说{name}住在哪儿？",
            "你能说出{name}的家在哪里吗？",
        ),
        held_out=(
            "能说说{name}的家在什么地方吗？",
            "{name}住在什么地方呢？",
        ),
    ),
    "food": Wordings(
        train=(
            "{name}最爱吃什么？",
            "{name}最喜欢吃什么？",
            "{name}最喜欢的食物是什么？",
            "你知道{name}最爱吃什么吗？",
            "告诉我{name}最爱吃什么。",
            "请问{name}爱吃什么？",
            "能告诉我{name}最爱吃什么吗？",
            "说说{name}最爱吃的东西吧。",
            "{name}最爱吃哪一样呢？",
            "我想知道{name}最喜欢吃什么。",
            "能不能说说{name}最爱吃什么？",
            "要说吃的，{name}最爱什么？",
            "好吃的东西当中，{name}最爱哪一种？",
        ),
        held_out=(
            "能说说{name}最爱吃哪种东西吗？",
            "吃的东西里，{name}最爱哪一样？",
        ),
    ),
    "hobby": Wordings(
        train=(
            "{name}的爱好是什么？",
            "{name}有什么爱好？",
            "{name}平时喜欢做什么？",
            "你知道{name}的爱好吗？",
            "告诉我{name}的爱好。",
            "{name}一有空就做什么？",
            "能告诉我{name}的爱好是什么吗？",
            "说说{name}的爱好吧。",
            "有空的时候，{name}做什么呢？",
            "我想知道{name}喜欢干什么。",
            "能不能说说{name}的爱好？",
            "你能说出{name}的爱好是什么吗？",
        ),
        held_out=(
            "能说说{name}的爱好是哪一样吗？",
            "空闲的时候，{name}喜欢干什么？",
        ),
    ),
    "scarf": Wordings(
        train=(
            "{name}的围巾是什么颜色的？",
            "{name}围着什么颜色的围巾？",
            "{name}的围巾是什么颜色？",
            "你知道{name}的围巾是什么颜色吗？",
            "告诉我{name}的围巾是什么颜色。",
            "{name}戴的是哪种颜色的围巾？",
            "能告诉我{name}的围巾是什么颜色吗？",
            "说说{name}围巾的颜色吧。",
            "{name}的围巾是哪种颜色呢？",
            "我想知道{name}的围巾是什么颜色。",
            "能不能说说{name}的围巾是什么颜色？",
            "你能说出{name}的围巾是哪种颜色吗？",
        ),
        held_out=(
            "能说说{name}围巾的颜色吗？",
            "{name}那条围巾是哪一种颜色呢？",
        ),
    ),
    "friend": Wordings(
        train=(
            "{name}最好的朋友是谁？",
            "谁是{name}最好的朋友？",
            "{name}跟谁最要好？",
            "你知道{name}最好的朋友是谁吗？",
            "告诉我{name}最好的朋友是谁。",
            "{name}最好的朋友叫什么名字？",
            "能告诉我{name}最好的朋友是谁吗？",
            "说说{name}最好的朋友是谁吧。",
            "{name}和谁最要好呢？",
            "我想知道谁是{name}最好的朋友。",
            "能不能说说谁是{name}最好的朋友？",
            "你能说出{name}最好的朋友是谁吗？",
            "{name}最要好的朋友是哪一个？",
        ),
        held_out=(
            "能说说{name}最好的朋友是哪一位吗？",
            "{name}和哪个朋友最要好呢？",
        ),
    ),
    "where": Wordings(
        train=(
            "{who}在哪里？",
            "{who}在哪儿？",
            "{who}现在在哪里？",
            "告诉我{who}在哪里。",
            "那么{who}在哪儿呢？",
            "最后{who}在哪里？",
        ),
        held_out=(
            "还记得{who}在什么地方吗？",
            "上哪儿能找到{who}？",
        ),
    ),
    "found": Wordings(
        train=(
            "{who}找到了什么？",
            "{who}找到的是什么？",
            "告诉我{who}找到了什么。",
            "那么{who}找到了什么呢？",
            "故事里{who}找到了什么？",
            "{who}找到了什么东西？",
        ),
        held_out=(
            "还记得{who}找到的东西吗？",
            "{who}找到了哪样东西？",
        ),
    ),
    "has": Wordings(
        train=(
            "{who}手里有什么？",
            "{who}现在有什么？",
            "告诉我{who}手里有什么。",
            "那么{who}手里有什么呢？",
            "{who}有什么东西？",
            "最后{who}手里有什么？",
        ),
        held_out=(
            "还记得{who}拿着的东西吗？",
            "{who}手里是哪样东西？",
        ),
    ),
    "who_at": Wordings(
        train=(
            "谁在{place.at}？",
            "现在谁在{place.at}？",
            "告诉我谁在{place.at}。",
            "那么谁在{place.at}呢？",
            "是谁在{place.at}？",
            "在{place.at}的是谁？",
        ),
        held_out=(
            "还记得谁在{place.at}吗？",
            "现在{place.at}有谁？",
        ),
    ),
    "who_has": Wordings(
        train=(
            "{thing.the}在谁手里？",
            "{thing.the}在谁那里？",
            "现在{thing.the}在谁手里？",
            "告诉我{thing.the}在谁手里。",
            "那么{thing.the}在谁手里呢？",
            "最后{thing.the}在谁手里？",
            "谁有{thing.a}？",
            "谁有{thing}？",
        ),
        held_out=(
            "还记得{thing.the}归谁了吗？",
            "{thing.the}现在归谁了？",
        ),
    ),
    "who_found": Wordings(
        train=(
            "谁找到了{thing.the}？",
            "是谁找到了{thing.the}？",
            "告诉我谁找到了{thing.the}。",
            "那么是谁找到了{thing.the}？",
            "故事里谁找到了{thing.the}？",
            "{thing.the}是谁找到的？",
        ),
        held_out=(
            "还记得谁找到了{thing.the}吗？",
            "{thing.the}被谁找到了？",
        ),
    ),
    "gave_what": Wordings(
        train=(
            "{who}给了{other}什么？",
            "{who}把什么给了{other}？",
            "告诉我{who}给了{other}什么。",
            "那么{who}给了{other}什么呢？",
            "{who}送给{other}什么？",
            "故事里{who}给了{other}什么？",
        ),
        held_out=(
            "还记得{who}给{other}的东西吗？",
            "{who}给了{other}哪样东西？",
        ),
    ),
    "gave_who": Wordings(
        train=(
            "谁给了{other}{thing.the}？",
            "{thing.the}是谁给{other}的？",
            "谁把{thing.the}给了{other}？",
            "告诉我谁给了{other}{thing.the}。",
            "那么是谁给了{other}{thing.the}？",
            "是谁把{thing.the}给了{other}？",
        ),
        held_out=(
            "还记得谁给了{other}{thing.the}吗？",
            "{other}的{thing}是哪一位给的？",
        ),
    ),
    "does": Wordings(
        train=(
            "{who}在做什么？",
            "{who}现在在做什么？",
            "告诉我{who}在做什么。",
            "那么{who}在做什么呢？",
            "{who}在干什么？",
            "{who}干什么呢？",
        ),
        held_out=(
            "还记得{who}在做什么吗？",
            "{who}正忙着什么？",
        ),
    ),
    "who_does": Wordings(
        train=(
            "谁在{doing}？",
            "现在谁在{doing}？",
            "告诉我谁在{doing}。",
            "那么谁在{doing}呢？",
            "是谁在{doing}？",
            "在{doing}的是谁？",
        ),
        held_out=(
            "还记得谁在{doing}吗？",
            "{doing}的是哪一位？",
        ),
    ),
    "in_spot": Wordings(
        train=(
            "{thing}在哪里？",
            "{thing.the}在哪里？",
            "{thing}现在在哪儿？",
            "告诉我{thing}在哪里。",
            "那么{thing}在哪里呢？",
            "{who}把{thing}放在哪里了？",
        ),
        held_out=(
            "还记得{thing}放哪儿了吗？",
            "{thing}放在什么地方了？",
        ),
    ),
    "who_put": Wordings(
        train=(
            "谁把{thing}放在{spot}？",
            "是谁把{thing}放在{spot}的？",
            "告诉我谁把{thing}放在那里。",
            "那么谁放的{thing}呢？",
            "{thing}是谁放的？",
            "谁放了{thing}？",
        ),
        held_out=(
            "还记得谁放的{thing}吗？",
            "{thing}是哪一位放的？",
        ),
    ),
    "feels": Wordings(
        train=(
            "{who}觉得怎么样？",
            "{who}现在觉得怎么样？",
            "告诉我{who}觉得怎么样。",
            "{who}怎么样了？",
            "那么{who}觉得怎么样呢？",
            "最后{who}觉得怎么样？",
        ),
        held_out=(
            "还记得{who}的心情吗？",
            "{who}心里是什么感觉？",
        ),
    ),
    "sum": Wordings(
        train=(
            "{x} + {y} 等于多少？",
            "{x} + {y} = ？",
            "{x} 加 {y} 等于几？",
            "请算一算：{x} + {y}。",
            "告诉我 {x} + {y} 等于多少。",
            "{x} + {y} 是多少？",
            "{x}+{y}等于多少？",
            "{x}加{y}等于多少？",
            "{x}加{y}得几？",
            "{x}加{y}",
            "{x}加{y}等于几？",
            "{x}+{y}",
        ),
        held_out=(
            "把 {x} 和 {y} 加起来，得几？",
            "{x} + {y} 的答案呢？",
        ),
    ),
    "opposite": Wordings(
        train=(
            "“{left}”的反义词是什么？",
            "请说出“{left}”的反义词。",
            "什么词和“{left}”相反？",
            "你知道“{left}”的反义词吗？",
            "告诉我“{left}”的反义词。",
            "“{left}”反过来怎么说？",
            "{left}的反义词是什么？",
            "{left}的反义词？",
            "{left}的反义词",
            "和{left}相反的是什么？",
        ),
        held_out=(
            "跟“{left}”意思相反的词是哪个？",
            "“{left}”的反义词是哪个词？",
        ),
    ),
    "to_other": Wordings(
        train=(
            "“{word}”用英语怎么说？",
            "“{word}”的英语是什么？",
            "“{word}”的英文怎么说？",
            "告诉我“{word}”的英语。",
            "你知道“{word}”用英语怎么说吗？",
            "请把“{word}”翻译成英语。",
            "{word}用英语怎么说？",
            "{word}的英文是什么？",
            "{word}英语怎么说？",
            "{word}怎么用英语说？",
            "翻译成英语：{word}",
        ),
        held_out=(
            "“{word}”换成英语是哪个词？",
            "英国朋友怎么说“{word}”？",
        ),
    ),
    "to_this": Wordings(
        train=(
            "{word} 是什么意思？",
            "{word} 用中文怎么说？",
            "{word} 的中文是什么？",
            "告诉我 {word} 是什么意思。",
            "你知道 {word} 的意思吗？",
            "请把 {word} 翻译成中文。",
            "{word}是什么意思？",
            "{word}中文怎么说？",
            "{word}什么意思",
            "翻译成中文：{word}",
        ),
        held_out=(
            "{word} 换成中文是哪个词？",
            "{word} 在中文里叫什么？",
        ),
    ),
    "echo": Wordings(
        train=(
            "跟我说：{words}",
            "请跟我念：{words}",
            "请重复：{words}",
            "照着说一遍：{words}",
            "学我说：{words}",
            "你也说一遍：{words}",
            "请重复一遍：{words}",
            "说：{words}",
            "跟我读：{words}",
            "跟我说{words}",
            "跟我念 {words}",
            "跟我说 {words}",
            "跟我读{words}",
            "请你重复{words}",
            "重复{words}",
            "重复一下：{words}",
            "说一遍：{words}",
        ),
        held_out=(
            "现在轮到你说：{words}",
            "把这几个词念一遍：{words}",
        ),
    ),
}

READING_ANSWERS: dict[str, str] = {
    "where": "{who}在{place.at}。",
    "found": "{who}找到了{thing.a}。",
    "has": "{who}手里有{thing.a}。",
    "who_at": "在{place.at}的是{who}。",
    "who_has": "{thing.the}在{who}手里。",
    "who_found": "{thing.the}是{who}找到的。",
    "gave_what": "{who}给了{other}{thing.a}。",
    "gave_who": "{thing.the}是{who}给{other}的。",
    "feels": "{who}很{feeling}。",
    "does": "{who}在{doing}。",
    "who_does": "{who}在{doing}。",
    "in_spot": "{thing}在{spot}。",
    "who_put": "{who}把{thing}放在{spot}。",
}
LESSON_ANSWERS: dict[str, str] = {
    "sum": "从{high}往后数：{steps}。一共是{z}。",
    "opposite": "“{left}”的反义词是“{right}”。",
    "to_other": "“{word}”的英语是 {other}。",
    "to_this": "{word} 的意思是“{other}”。",
}

# the verb of a sentence with a question, and of one with a request
ASK_VERB, REQUEST_VERB = "问", "说"
INTERVIEW = "问：{q}\n答：{a}"
LAYOUTS: Texts = (
    INTERVIEW,
    "问题：{q}\n回答：{a}",
    "“{q}”{x}{q.asked}。\n“{a}”{y}说。",
    "“{q}”{x}{q.asked}。“{a}”{y}[说|回答]。",
    "{x}：{q}\n{y}：{a}",
    "{q}\n{a}",
    "{q}{a}",
    "- {q}\n- {a}",
    "{x}{q.asked}：“{q}”\n{y}答：“{a}”",
    "“{q}”\n“{a}”",
    "{x}想知道：{q}{y}知道：{a}",
)

# --- stories --------------------------------------------------------------------------------------

OPENINGS: Texts = (
    "[一天早上|有一天|一天下午|大清早|星期天|放假那天|上个星期|有一回]，",
    "[吃过早饭|午饭前|放学以后|四点钟的时候|雨一停|天刚亮]，",
    "[外面刮着大风|太阳暖洋洋的|雾蒙蒙的|地上结了霜|天灰蒙蒙的|天气好极了]。",
    "[小岛|村子|港口]里[静悄悄的|热闹起来了|到处都是说笑声]。",
    "天上的云像[绵羊|枕头|饺子|小船]。",
    "夜里[下了一场雨|下了一场雪|刮了一夜风]。",
    "[涨潮|退潮]了，海鸥[叫个不停|一声不响|心情很好]。",
    "风从[东|南|西|北]边吹来。",
    "[谁也没有什么打算。|今天不是谁的生日。|这是平平常常的一天。|空气里有雪的味道。|太阳出来了。]",
    "",
    "",
    "",
)
EVENTS: dict[str, Texts] = {
    "go": (
        "{who}去了{place}。",
        "{who}去了{place}。",
        "{who}[走|跑|赶|溜达]到了{place}。",
        "{who}动身去{place}，[一会儿就到了|绕了一大圈才到|一路上哼着歌]。",
        "{who}沿着[小|长长的|石子|沙子]路走到了{place}。",
        "{who}想散散步，就去了{place}。",
        "{who}没什么事做，就去了{place}。",
        "{who}穿上靴子，走到了{place}。",
        "{who}一蹦一跳地去了{place}。",
    ),
    "go_on": (
        "后来，{who}又去了{place}。",
        "[过了一会儿|歇了歇|喝了杯茶|等了一阵]，{who}又走到了{place}。",
        "可是{who}没有停下，又去了{place}。",
        "不久，{who}离开那儿，去了{place}。",
        "接着，{who}又[跑|赶|走|溜达]到了{place}。",
        "“该走了。”{who}说完，就去了{place}。",
        "没过多久，{who}又到{place}去了。",
    ),
    "find": (
        "在那儿，{who}找到了{thing.a}。",
        "在那儿，{who}找到了{thing.a}。[运气真好！|谁也不知道是谁的。|是谁落在那儿的呢？]",
        "[在长椅下面|在箱子后面|在角落里|在两块石头中间|在一只旧靴子旁边]，{who}找到了{thing.a}。",
        "咦，那是什么？{who}找到了{thing.a}！",
        "{who}东看看，西看看，找到了{thing.a}。",
        "{who}差点绊了一跤，原来地上有{thing.a}。{who}把它捡起来：“看我找到了什么！”",
        "{who}运气好，找到了{thing.a}。",
        "没费多大工夫，{who}就找到了{thing.a}。",
    ),
    "take": (
        "{who}带着{thing.a}。",
        "{who}拿着{thing.a}。",
        "{who}的包里有{thing.a}。",
        "{who}带来了{thing.a}。",
        "{who}早就准备好了{thing.a}。",
    ),
    "do": (
        "{who}在{doing}。",
        "{who}正在{doing}。",
        "{who}在家{doing}。",
        "{who}在外面{doing}。",
        "{who}还在{doing}。",
    ),
    "put": (
        "{who}把{thing}放在{spot}。",
        "{who}把{thing}放到{spot}。",
        "{who}把{thing}忘在{spot}。",
        "{who}把{thing}藏在{spot}。",
        "{who}在{spot}放了{thing.a}。",
    ),
    "has": (
        "{who}有{thing.a}。",
        "{who}手里有{thing.a}。",
        "{who}的包里有{thing.a}。",
        "{who}拿着{thing.a}。",
    ),
    "is": (
        "{who}在{place.at}。",
        "{who}现在在{place.at}。",
        "{who}坐在{place.at}。",
        "{who}正在{place.at}等着。",
    ),
    "be": (
        "{who}在{place.at}。",
        "{who}已经在{place.at}了。",
        "{who}正坐在{place.at}，[吹着口哨|数着云彩|快睡着了|捧着一杯茶]。",
        "{who}在{place.at}等着。",
        "{who}吃过早饭就在{place.at}了。",
    ),
    "give": (
        "{who}把{thing.the}给了{other}。",
        "{who}把{thing.the}给了{other}。",
        "{who}把{thing.the}送给了{other}。",
        "“这是给你的。”{who}说着，把{thing.the}给了{other}。",
        "{who}笑了笑，把{thing.the}给了{other}。“[谢谢你|给我的呀？谢谢|太好看了|真没想到]！”{other}说。",
        "“你比我更需要它。”{who}说完，把{thing.the}给了{other}。",
        "“闭上眼睛！”{who}说着，把{thing.the}给了{other}。",
    ),
    "lose": (
        "{who}在那儿丢了{thing.a}。",
        "{who}的{thing}在那儿丢了。",
        "{who}的口袋里有{thing.a}，可是口袋破了个洞，{thing}丢在了{place.at}。",
        "{who}丢了{thing.a}，自己还不知道。",
    ),
    "join": (
        "{who}也来到了{place}。",
        "过了一会儿，{who}也到{place}来了。",
        "{who}正好也来{place}。",
        "看，谁来了？{who}也到{place}来了。",
    ),
    "meet": (
        "后来，{who}在{place.at}遇见了{other}。",
        "最后，{who}总算找到了{other}，它在{place.at}。",
        "“原来你在这儿！”{who}说。{other}正坐在{place.at}。",
    ),
    "seek": (
        "{who}到{place.at}找{other}，{other}不在那儿。",
        "{who}在{place.at}找了找，没有{other}。",
        "“{other}在吗？”{who}在{place.at}喊，没有人答应。",
        "{who}想见{other}，先去了{place}，可是{other}不在。",
    ),
    "hide": (
        "{who}藏在{place.at}。",
        "{who}躲在{place.at}。",
        "{who}偷偷笑着，藏在{place.at}。",
        "{who}想了想，藏在{place.at}。",
    ),
    "count": (
        "大家玩捉迷藏。{who}留在{place.at}，数到十。",
        "“来玩捉迷藏吧！”{who}说。它在{place.at}闭上眼睛，开始数数。",
        "捉迷藏开始了。{who}站在{place.at}，慢慢地数数。",
    ),
    "feel": (
        "{who}很{feeling}。",
        "{who}现在很{feeling}。",
        "“我很{feeling}。”{who}说。",
        "{who}很{feeling}，[谁都看得出来|这也难怪]。",
    ),
}
RECAPS: dict[str, Texts] = {
    "where": ("{who}在{place.at}。", "{who}在{place.at}。", "现在{who}在{place.at}。", "“我在{place.at}！”{who}喊道。", "{who}现在在{place.at}。"),
    "found": ("{who}找到了{thing.a}。", "原来是{who}找到了{thing.the}。"),
    "has": ("{who}手里有{thing.a}。", "{thing.the}在{who}手里。", "现在{who}手里有{thing.a}。", "“我有{thing.a}！”{who}说。"),
    "gave_what": ("{who}给了{other}{thing.a}。", "“{who}给了我{thing.a}。”{other}说。"),
}
ASIDES: Texts = (
    "一只海鸥笑了。",
    "风在绳子上唱歌。",
    "不知哪里响起了铃声。",
    "空气里有面包的香味。",
    "一条小船开过去了。",
    "谁也不着急。",
    "云慢慢地飘走了。",
    "远处传来鼓声，咚，咚。",
    "不知谁家的水壶在唱歌。",
    "一片雪花落下来，化了。",
    "太阳探出头来看了看。",
    "一朵小云停下来看热闹。",
    "两只海鸥在抢一块面包皮。",
    "天上掉下一滴雨，只有一滴。",
    "时间慢慢地过去。",
)
ENDINGS: Texts = (
    "[真是好日子。|天黑了。|月亮出来了。|大家都睡得很香。|故事讲完了。|今天就讲到这儿。|该吃晚饭了。|明天又是新的一天。|大海轻轻地说：嘘。]",
    "",
    "",
)
READING_REQUESTS: Texts = (
    "{story}\n{q}",
    "{story}\n\n{q}",
    "{story}{q}",
    "{story}{q}",
    "请读故事。{story}\n{q}",
    "有这样一个故事：{story}\n{q}",
    "听好了。{story}\n{q}",
    "故事：{story}\n问题：{q}",
)
SUMMARY_REQUESTS: Texts = (
    "大家都在哪儿，手里有什么？",
    "请简单说说结果。",
    "最后大家怎么样了？",
    "用几句话总结一下吧。",
    "现在是什么情况？简单说说。",
)

# --- lessons --------------------------------------------------------------------------------------

SUMS_OF_EQUALS: Texts = (
    "{x} + {y} = {z}",
    "{x} + {y} = {z}。",
)
SUMS: Texts = (
    *SUMS_OF_EQUALS,
    "{y} + {x} = {z}。",
    "{x.word}加{y.word}等于{z.word}。",
    "{x} 和 {y} 合起来是 {z}。{x} + {y} = {z}。",
    "{x.word}加{y.word}得{z.word}：{x} + {y} = {z}。",
    "{x} 再添上 {y}，就是 {z}。",
    "{x} + {y} = {z}，{y} + {x} = {z}。",
)
COUNTABLE: Texts = ("条鱼", "枚贝壳", "颗石子", "个苹果", "颗纽扣", "个雪球", "颗橡果", "个杯子", "个鸡蛋", "根羽毛", "张煎饼", "张邮票")
WORD_SUMS: Texts = (
    "{who}有 {x} {things}，又得到 {y} {things}。{x} + {y} = {z}。现在{who}有 {z} {things}。",
    "{who}带来 {x} {things}，{other}带来 {y} {things}。{x} + {y} = {z}，一共有 {z} {things}。",
    "篮子里有 {x} {things}，{who}又放进去 {y} {things}。{x} + {y} = {z}。现在篮子里有 {z} {things}。",
    "左边 {x} {things}，右边 {y} {things}：{x} + {y} = {z}。",
)
ASKED_WORD_SUMS: Texts = (
    "我有 {x} {things}，又得到 {y} {things}，现在有几{things}？",
    "我有{x.count}{things}，妈妈又给我{y.count}{things}，一共有几{things}？",
    "桌上有 {x} {things}，地上有 {y} {things}，一共多少？",
    "{x} {things}和 {y} {things}，加起来是多少？",
    "{who}有{x}{things}，妈妈又给了{who} {y}{things}，{who}现在有几{things}？",
    "{who}有 {x} {things}，{other}有 {y} {things}，一共有几{things}？",
    "{who}有 {x} {things}，又买了 {y} {things}，现在有多少？",
    "爸爸给我{x}{things}，妈妈给我{y}{things}，一共几{things}？",
    "{x.word}加{y.word}等于多少？",
    "{x.word}加{y.word}是几？",
    "{x.word}加{y.word}",
    "{x.word}加{y.word}得几？",
)
ONE_MORE: Texts = ("比 {x} 多一的数是 {z}。", "{x} 后面是 {z}。", "{z} 紧跟在 {x} 后面。", "{x} 在 {z} 前面。", "{z} 比 {x} 多一。")
BIGGER: Texts = ("{x} 比 {y} 大。", "{y} 比 {x} 小。", "{x} 大于 {y}。")
COUNTING: Texts = (
    "跟我数：{numbers}。",
    "{who}数数：{numbers}。",
    "{numbers}。",
)
COUNTING_FROM_ONE: Texts = (
    *COUNTING,
    "{who}数东西：{numbers}。一共{last.count}{things}！",
)
SUM_FRAMES: Texts = (
    "{sums}",
    "{who}的算术\n{sums}",
    "黑板上写着：\n{sums}",
    "{who}和{other}一起做算术。\n{sums}",
    "今天的算术\n{sums}",
    "{who}在雪地上写：\n{sums}",
    "{who}的作业\n{sums}",
)

OPPOSITE_BOTH_WAYS: Texts = (
    "“{left}”的反义词是“{right}”。",
    "“{right}”的反义词是“{left}”。",
)
OPPOSITE_LINES: Texts = (
    "“{left}”和“{right}”意思相反。",
    "“{right}”和“{left}”是一对反义词。",
    "“{left}”反过来就是“{right}”。",
    "“{right}”的反义词嘛，是“{left}”。",
    "你说“{left}”，我说“{right}”。",
    "一个是“{left}”，一个是“{right}”，正好相反。",
    "{who}说“{left}”，{other}说“{right}”，它们在玩反义词。",
)
OPPOSITE_FRAMES: Texts = (
    "{lines}",
    "反义词\n{lines}",
    "{who}学反义词。{lines}",
    "老师在黑板上写：{lines}",
    "词语书上说：{lines}",
    "{who}和{other}玩反义词游戏。{lines}",
    "反义词难不倒{who}。{lines}",
)

TRANSLATION_BOTH_WAYS: Texts = (
    "“{word}”的英语是 {other}。",
    "{other} 的意思是“{word}”。",
)
TRANSLATION_LINES: Texts = (
    "“{word}”用英语说是 {other}。",
    "{word} = {other}",
    "{other} 就是“{word}”。",
    "{who}说“{word}”，{who2} 说 {other}，是一回事。",
    "英语里，“{word}”叫 {other}。",
    "卡片这一面写着“{word}”，那一面写着 {other}。",
)
TRANSLATION_FRAMES: Texts = ("{lines}", "今天的单词\n{lines}", "{who}学英语。{lines}", "词语书上说：{lines}", "{who}和 {who2} 换着学单词。{lines}")

SECRETS: dict[str, Secret] = {
    "this": Secret(
        statements=("{word} 的意思是“{plain}”。", "{word} 的意思是“{plain}”。", "{who}说 {word}，就是说“{plain}”。"),
        questions=("{word} 是什么意思？", "你知道 {word} 是什么意思吗？", "告诉我 {word} 是什么意思。"),
        answer="{word} 的意思是“{plain}”。",
    ),
    "other": Secret(
        statements=("“{plain}”的密语是 {word}。", "“{plain}”的密语是 {word}。", "{who}把“{plain}”叫作 {word}。"),
        questions=("“{plain}”的密语是什么？", "告诉我“{plain}”的密语。", "“{plain}”用密语怎么说？"),
        answer="“{plain}”的密语是 {word}。",
    ),
    "opposite": Secret(
        statements=("“{word}”的反义词是“{other_word}”。", "“{word}”的反义词是“{other_word}”。", "“{word}”反过来就是“{other_word}”。"),
        questions=(
            "“{word}”的反义词是什么？",
            "告诉我“{word}”的反义词。",
            "你知道“{word}”的反义词吗？",
            "请说出“{word}”的反义词。",
            "什么词和“{word}”相反？",
        ),
        answer="“{word}”的反义词是“{other_word}”。",
    ),
}
SECRET_FRAMES: Texts = (
    "{lines}",
    "{who}有一种密语。{lines}",
    "{who}和{other}编了几个新词。{lines}",
    "{who}的密语本里写着：{lines}",
    "只有{who}这样说话。{lines}",
)

ECHOES: Texts = (
    "{who}说：{words}。{other}跟着说：{words}。",
    "{who}[喊道|小声说|唱道|大声说]：{words}。回声答道：{words}。",
    "跟我说：{words}。\n{words}。",
    "{who}的单子：{words}。再念一遍：{words}。",
    "“{words}。”{who}说。\n“{words}。”{other}说。",
    "鹦鹉听见“{words}”，也说“{words}”。",
    "{who}写下：{words}。{other}念道：{words}。",
    "第一遍：{words}。第二遍：{words}。第三遍：{words}。",
    "{who}背下来了：{words}。到了晚上，{who}还记得：{words}。",
    "请跟我念：{words}\n{words}",
    "{who}告诉{other}，{other}告诉大家：{words}。大家听到的是：{words}。",
    "请重复：{words}\n{words}",
)
SONGS: Texts = (
    "{line}\n{line2}\n{line}\n{line3}",
    "{line}！\n{line2}。\n{line}！\n{line3}。\n{line}！",
    "{line}，\n{line}，\n{line2}，\n{line3}。",
    "{line}，\n{line2}，\n{line}，\n{line2}。",
    "{who}的歌\n{line}\n{line2}\n{line3}\n{line}",
)
SONG_LINES: Texts = (
    "划呀划，划到{place}再回家",
    "{who}有{thing.a}，嘿哟",
    "风儿吹过{place}",
    "跳呀跳，小小的{animal}",
    "带着{thing.a}上山坡",
    "晚安，{place}，晚安，大海",
    "叮咚叮咚，{thing}唱歌",
    "{who}，{who}，出来玩",
    "{who}一个，我一个",
    "雪落{place}，雪落我",
)

RULE_STORIES: Texts = (
    "{p}吗?\n{p}!",
    "{p}吗? {p}!",
    "{who}问 QdogBaby：“{p}吗?” QdogBaby 答：“{p}!”",
    "小企鹅 QdogBaby 有一条规则：你说“{p}吗?”，它就说“{p}!”",
    "QdogBaby 把“吗?”换成“!”：“{p}吗?”变成“{p}!”",
    "问：{p}吗?\n答：{p}!",
    "“{p}吗?”{who}问。“{p}!”QdogBaby 说。",
)

AND_THIS: Texts = ("那“{word}”呢？", "“{word}”呢？", "{word}呢？", "那{word}呢？", "那“{word}”的呢？", "还有{word}呢？", "{word}的呢？")
# said after one's own name, and the answer to both
AND_YOU: Texts = ("你是谁？", "你叫什么名字？", "你呢？", "你叫什么？", "请问你是谁？", "那你叫什么？", "你叫啥？")
NICE_TO_MEET: Texts = ("你好，{name}！我叫QdogBaby。", "{name}，很高兴认识你！我叫QdogBaby。", "你好，{name}！我是小企鹅QdogBaby。")
CHAT_FILLER: tuple[Turn, ...] = (
    Turn("谢谢你。", "不客气！"),
    Turn("你好吗？", "我很好，谢谢！"),
    Turn("今天好冷。", "那就围上暖和的围巾吧！"),
    Turn("我喜欢大海。", "我也喜欢大海！"),
    Turn("真不错。", "你喜欢就好！"),
    Turn("今天早上我喝了茶。", "冷天喝茶最好啦！"),
)

# --- dialogues ------------------------------------------------------------------------------------

TRAIN_NAMES: Texts = tuple(
    "小明 小红 小刚 小丽 王芳 李雷 张伟 小燕 小军 小玲 陈晨 刘洋 小强 小霞 小杰 赵敏 小华 小梅 周涛 小宁 小东 小雪 吴迪 "
    "小龙 小兰 孙悦 小勇 小青 小雨 林涛 小峰 小云 何静 小亮 小琴 郑爽 小海 小凤 冯亮 小平".split()
)
HELD_OUT_NAMES: Texts = tuple(
    "若曦 子涵 嘉树 思远 欣怡 浩然 梓萱 俊熙 晓彤 博文 语嫣 建国 淑芬 志强 慧敏 景行 念慈 一鸣 书瑶 雅琪 文轩 静姝 国栋 美玲 书豪".split()
)
LIKE = "喜欢"
MEMORY: dict[str, Memory] = {
    "city": Memory(
        statements=("我住在{city}。", "我是{city}人。", "我家在{city}。", "我来自{city}。", "我们家住{city}。"),
        replies=("我记住了。", "{city}一定很好玩！", "替我向{city}问好！"),
        questions=Wordings(
            train=("我住在哪里？", "我是哪里人？", "告诉我，我住在哪里。", "你还记得我住在哪里吗？", "我家在哪儿？", "我住哪儿？"),
            held_out=("你知道我住在哪里吗？", "说说看，我家在哪里呀？"),
        ),
        answer="你住在{city}。",
    ),
    "age": Memory(
        statements=("我今年 {age} 岁。", "我{age}岁了。", "我 {age} 岁。", "今年我满 {age} 岁。", "我今年{age.word}岁。", "我{age.word}岁了。", "我今年{age.word}岁了。", "我{age.word}岁。"),
        replies=("我记住了。", "{age}岁，真好！", "这个年纪真不错！"),
        questions=Wordings(
            train=("我几岁了？", "我今年几岁？", "告诉我，我几岁。", "你还记得我几岁吗？", "我多大了？", "我的年龄是多少？"),
            held_out=("你知道我几岁吗？", "说说看，我多大啦？"),
        ),
        answer="你 {age} 岁。",
    ),
    "name": Memory(
        statements=("我叫{name}。", "我的名字是{name}。", "你好，我叫{name}。", "我是{name}。", "大家都叫我{name}。", "叫我{name}吧。", "我的名字叫{name}。"),
        replies=("{name}，很高兴认识你！", "你好，{name}！", "欢迎你，{name}！", "真是个好名字！"),
        questions=Wordings(
            train=(
                "我叫什么名字？",
                "你还记得我的名字吗？",
                "告诉我，我叫什么。",
                "我叫什么？",
                "我是谁？",
                "我的名字是什么？",
            ),
            held_out=(
                "你能说出我的名字吗？",
                "说说看，我叫什么名字呀？",
            ),
        ),
        answer="你叫{name}。",
    ),
    "like": Memory(
        statements=("我喜欢{like}。", "我很喜欢{like}。", "我特别喜欢{like}。", "我最喜欢的就是{like}。", "我爱{like}。", "我超喜欢{like}。"),
        replies=("我记住了。", "真好！", "{like}！我记住了。"),
        questions=Wordings(
            train=("我喜欢什么？", "我最喜欢什么？", "告诉我，我喜欢什么。", "你还记得我喜欢什么吗？", "那我喜欢什么呢？", "我爱什么？"),
            held_out=("你能说出我喜欢什么吗？", "说说看，我喜欢什么呀？"),
        ),
        answer="你喜欢{like}。",
    ),
    "hobby": Memory(
        statements=("我喜欢{hobby}。", "我爱{hobby}。", "我的爱好是{hobby}。", "我有空就{hobby}。", "我最喜欢{hobby}。"),
        replies=("听起来真好玩！", "我记住了。", "{hobby}真有意思！"),
        questions=Wordings(
            train=("我的爱好是什么？", "我喜欢做什么？", "告诉我，我的爱好是什么。", "你还记得我的爱好吗？", "我有什么爱好？", "我爱做什么？"),
            held_out=("你能说出我的爱好吗？", "说说看，我喜欢做什么呀？"),
        ),
        answer="你的爱好是{hobby}。",
    ),
    "friend": Memory(
        statements=("我最好的朋友是{friend}。", "我最好的朋友叫{friend}。", "我有个朋友叫{friend}。", "我的好朋友叫{friend}。", "{friend}是我最好的朋友。"),
        replies=("替我向{friend}问好！", "真好！", "有好朋友真好！"),
        questions=Wordings(
            train=("我最好的朋友是谁？", "我的朋友叫什么？", "告诉我，我的朋友叫什么。", "你还记得我的朋友叫什么吗？", "我的好朋友叫什么名字？", "我的朋友是谁？"),
            held_out=("你能说出我朋友的名字吗？", "说说看，我的朋友叫什么呀？"),
        ),
        answer="你的朋友叫{friend}。",
    ),
    "sister": Memory(
        statements=("我有一个妹妹，她叫{sister}。", "我妹妹叫{sister}。", "我的妹妹叫{sister}。", "我有个妹妹叫{sister}。", "{sister}是我妹妹。"),
        replies=("真好！", "替我向{sister}问好！", "我记住了。"),
        questions=Wordings(
            train=("我妹妹叫什么？", "我妹妹叫什么名字？", "我的妹妹是谁？", "你还记得我妹妹的名字吗？", "告诉我，我妹妹叫什么。", "我的妹妹叫什么名字？"),
            held_out=("你能说出我妹妹的名字吗？", "说说看，我妹妹叫什么呀？"),
        ),
        answer="你妹妹叫{sister}。",
    ),
    "brother": Memory(
        statements=("我有一个哥哥，他叫{brother}。", "我哥哥叫{brother}。", "我的哥哥叫{brother}。", "我有个哥哥叫{brother}。", "{brother}是我哥哥。"),
        replies=("真好！", "替我向{brother}问好！", "我记住了。"),
        questions=Wordings(
            train=("我哥哥叫什么？", "我哥哥叫什么名字？", "我的哥哥是谁？", "你还记得我哥哥的名字吗？", "告诉我，我哥哥叫什么。", "我的哥哥叫什么名字？"),
            held_out=("你能说出我哥哥的名字吗？", "说说看，我哥哥叫什么呀？"),
        ),
        answer="你哥哥叫{brother}。",
    ),
    "animal": Memory(
        statements=("我有{animal.a}。", "我养了{animal.a}。", "我家有{animal.a}。", "我们家养{animal}。", "我养{animal}。"),
        replies=("真好！", "我记住了。", "替我向它问好！"),
        questions=Wordings(
            train=("我养了什么动物？", "我家有什么宠物？", "我有什么宠物？", "你还记得我养了什么吗？", "告诉我，我养了什么。", "我养的是什么？"),
            held_out=("你能说出我养了什么吗？", "说说看，我养的是什么动物呀？"),
        ),
        answer="你养了{animal}。",
    ),
    "colour": Memory(
        statements=("我最喜欢的颜色是{colour}。", "所有颜色里我最喜欢{colour}。", "我最爱{colour}。", "我喜欢{colour}。", "我爱{colour}。"),
        replies=("{colour}真好看！", "我记住了。", "很会挑嘛！"),
        questions=Wordings(
            train=(
                "我最喜欢什么颜色？",
                "我最喜欢的颜色是什么？",
                "告诉我，我最喜欢什么颜色。",
                "你还记得我最喜欢什么颜色吗？",
                "我喜欢哪种颜色？",
                "我最爱什么颜色？",
            ),
            held_out=(
                "你能说出我最喜欢的颜色吗？",
                "说说看，我喜欢的是什么颜色呀？",
            ),
        ),
        answer="你最喜欢的颜色是{colour}。",
    ),
    "food": Memory(
        statements=("我最爱吃{food}。", "我最喜欢的食物是{food}。", "我觉得{food}最好吃。", "我爱吃{food}。", "我喜欢吃{food}。"),
        replies=("听起来很好吃！", "我记住了。", "说得我也饿了！"),
        questions=Wordings(
            train=(
                "我最爱吃什么？",
                "我最喜欢吃什么？",
                "告诉我，我最爱吃什么。",
                "你还记得我最爱吃什么吗？",
                "我最喜欢的食物是什么？",
                "我爱吃什么？",
            ),
            held_out=(
                "你能说出我最爱吃的东西吗？",
                "说说看，我爱吃的是什么呀？",
            ),
        ),
        answer="你最爱吃{food}。",
    ),
    "pet": Memory(
        statements=("我养了{animal.a}，叫{pet}。", "我的{animal}叫{pet}。", "我家有{animal.a}，名字叫{pet}。"),
        replies=("{pet}这个名字真好听！", "替我向{pet}问好！", "真好！"),
        questions=Wordings(
            train=(
                "我的宠物叫什么？",
                "我的宠物叫什么名字？",
                "告诉我，我的宠物叫什么。",
                "你还记得我的宠物叫什么吗？",
                "我的宠物是叫什么来着？",
                "我的宠物名字是什么？",
                "我的{animal}叫什么？",
                "我的{animal}叫什么名字？",
            ),
            held_out=(
                "你能说出我宠物的名字吗？",
                "说说看，我的宠物叫什么呀？",
            ),
        ),
        answer="你的宠物叫{pet}。",
    ),
    "thing": Memory(
        statements=("我的包里有{thing.a}。", "我包里放了{thing.a}。", "我带了{thing.a}，放在包里。"),
        replies=("说不定用得上！", "我记住了。", "要好好保管哦！"),
        questions=Wordings(
            train=(
                "我的包里有什么？",
                "我包里有什么东西？",
                "告诉我，我的包里有什么。",
                "你还记得我包里有什么吗？",
                "我包里放了什么？",
                "我的包里装着什么？",
            ),
            held_out=(
                "你能说出我包里的东西吗？",
                "说说看，我包里是什么呀？",
            ),
        ),
        answer="你的包里有{thing.a}。",
    ),
    "place": Memory(
        statements=("我要去{place}。", "今天我要去{place}。", "我正要去{place}。"),
        replies=("祝你玩得开心！", "替我向那里的朋友问好！", "我也喜欢那儿！"),
        questions=Wordings(
            train=(
                "我要去哪里？",
                "我今天要去哪里？",
                "告诉我，我要去哪里。",
                "你还记得我要去哪里吗？",
                "我要去什么地方？",
                "我要去哪儿？",
            ),
            held_out=(
                "你能说出我要去的地方吗？",
                "说说看，我要去哪儿呀？",
            ),
        ),
        answer="你要去{place}。",
    ),
}
# --- prose, and more for stories ------------------------------------------------------------------

PROSE: Texts = (
    "冬天，屋顶上的雪厚厚的。{x}把去{p}的路扫干净，到了晚上，雪又下起来了。谁也不在意。[家家锅里都有热汤|家家窗口都亮着灯|家家烟囱都冒着烟]，雪橇就停在门口。",
    "春天来了，湖上的冰[唱起歌来|咔咔地裂开|慢慢地化了]。去{p}的路边开出了第一朵花。{x}把窗户全打开，说：“[春天，请进！|太阳，早上好！|总算等到你啦！]”",
    "夏天的白天真长，{x}上床的时候，天还亮着呢。大家坐在门口吃[樱桃|西瓜|草莓]。海水[蓝蓝的|绿绿的|亮闪闪的]，又暖和又干净，连{y}都把一只脚伸进去试了试。",
    "秋天的风爱拿东西，叶子、帽子，有时候连雨伞也拿走。有一回，风拿走了{x}的{s}，呼的一声，一直吹到{p.at}，正好落在{y}脚边。",
    "泡茶的办法：先把水烧开，再放茶叶，等到[一支歌唱完|数到 {n}|小猫打个哈欠]，茶就好了。要慢慢喝，最好跟朋友一起喝。",
    "折纸船的办法：拿一张纸，对折一次，再对折一次，把两个角拉开。一边写上{x}，一边写上{y}。放到水里，挥挥手，说一路顺风。",
    "堆雪企鹅的办法：滚一个大雪球当肚子，滚一个小雪球当脑袋。两颗石子做眼睛，[一根胡萝卜|一颗松果]做嘴巴。别忘了围巾，不然它会着凉的。",
    "煎饼的做法：面粉、牛奶，再打 {n} 个鸡蛋，加一点点盐，搅匀，两面煎得黄黄的。[抹上蜂蜜吃|抹上果酱吃|趁热吃]最香。记得给{x}留一张。",
    "冷天喝的汤：土豆削皮，洋葱切碎，小火慢慢煮。往左搅 {n} 下，再往右搅 {n} 下。{x}说，好味道是搅出来的。{y}说，是盐放得好。",
    "面包是这样来的：磨坊把麦子磨成粉，面包师揉面团，剩下的事交给炉子。{x}帮忙做最后一步，就是吃。",
    "围巾是这样来的：绵羊给了毛，纺车纺成线，奶奶一行一行地织。{x}帮着拿线团，{y}也帮忙，只是偶尔把线团掉在地上。",
    "[星期一|星期二|星期四|星期六]，[下雨|下雪|刮风]。今天我没出门，在家里数纽扣，蓝色的有 {n} 颗。晚上{y}来了，我们一起打牌。我输了，可是我笑得最多。{x}的日记。",
    "今天我想一边吃饼干一边吹口哨，不行，真的不行。{y}也试了试，也不行。现在{p.at}到处是饼干渣。{x}的日记。",
    "今天什么事也没有，真好。{x}的日记。",
    "{p}门口的牌子上写着：请随手关门。下面还有一行小字：请先开门。再下面，不知是谁画了一[只笑嘻嘻的蜗牛|条笑嘻嘻的小鱼]，多半是{x}画的。",
    "邮局的告示：在{q.at}捡到{s.a}。要是你的，请说出它是什么颜色，找{x}领回去。要不是你的，也没关系，祝你今天开心！",
    "告示：渡船 {n} 点开。要是晚了，就晚点儿开。要是早了，你就跑快点儿。船长{x}。",
    "今天的天气：[早上出太阳，下午有云|中午以前有雾，后来出太阳|下雨，下雨，还有一点小雨|山上有雪，海边有风]。明天的天气：明天再看吧。天气预报由{x}为您播送。",
    "岛上有句老话：[小鱼多了，也能装满大锅。|等风的时候，先把帆补好。|一条暖围巾，顶半个好朋友。|潮水会回来，好邻居也会回来。|再高的塔，也从一块石头盖起。]{x}吃早饭的时候说，{y}吃晚饭的时候说。",
    "还有一句老话：[网还没拉上来，先别数鱼。|雪落下来不出声。|天越黑，灯越亮。|一把勺子搅汤，两把勺子吵架。|慢船也会到岸。]谁也不知道是谁先说的。{x}觉得是{y}说的。",
    "{x}问{y}：“什么东西上山又下山，自己一步也不走？”{y}想了一顿饭的工夫。原来是山路。",
    "“什么东西有口不吃饭？”{x}问。{y}猜不出来。“河口呀！”{x}说完，自己笑得把海鸥都吓飞了。",
    "“你扛着梯子干什么？”{x}问。\n“老师说，要登高望远嘛。”{y}说。\n两个都笑了，后来它们用梯子摘了一篮子梨。",
    "“我的汤里有只苍蝇。”{x}说。\n“小声点。”{y}说，“不然大家都想要一只。”",
    "“我忘了一件事。”{x}说，“可是我忘了是哪件事。”\n“那一定不要紧。”{y}说。\n其实忘的是[钥匙|生日蛋糕|小船]。",
    "QdogBaby 是一只小企鹅，住在码头尽头的蓝房子里。每天早上，QdogBaby 都要[喂海鸥|扫雪|看大海]，还要跟大家说早上好，连{p}也不落下。",
    "小企鹅 QdogBaby 爱说话。它很小很小的时候，只会一招：把“吗?”换成“!”。现在它会读书，会数数，也会听别人说话了。{x}为它高兴，{y}也为它高兴。",
    "QdogBaby 和{x}[坐在码头上|一起看月亮|在海滩上散步]。“天上有多少星星？”小企鹅问。“比鱼多。”{x}说。“那有多少鱼呢？”“比星星少。”它们俩都觉得很有道理。",
    "这个岛很小。吃过早饭从{p}出发，慢慢走，午饭前就回来了。路上少说也会遇见 {n} 个朋友，个个都要请你喝茶。所以，还是早点出门吧。",
    "港口里有 {n} 条船。最旧的那条不是谁的，也是大家的。星期天，{x}把它漆成[红色|蓝色|绿色]，星期一，{y}总说还是原来好看。",
    "夜里，小岛静悄悄的。{p}的灯最后一个灭。这时候，只有大海还醒着，也许还有{x}，它正想着[早饭|星星|明天|一首诗]呢。",
    "小火车每天绕岛一圈，谁招手就为谁停下。今天{x}招了招手，{y}也招了招手，后来一[面旗子|根树枝]也招了招手，所以小火车晚点了。",
    "{x}想学[滑雪|骑车|踩高跷]。“不难。”{y}说，“摔 {n} 跤就会了。”{x}摔了 {n} 跤，又多摔了一跤，果然就会了。",
    "{x}在花盆里种下一粒种子。先是什么也没有，后来还是什么也没有。再后来，{y}说：“快看！”土里冒出一片小绿叶，还没有耳朵大呢。",
    "{x}和{y}用旧报纸做了一只风筝。风筝飞得好高，可以念新闻给云听。傍晚它落下来，[有点湿|累坏了|尾巴上多了一根羽毛]。",
    "在{p.at}能听见什么？{x}说，是风。{y}说，是钟。小企鹅说，是我的肚子。于是大家先去吃饭了。",
    "{x}的架子上放着{s.a}，旁边是{t.a}。谁也不知道它们是干什么用的。“它们俩做个伴。”{x}说。",
    "下雨有水坑，水坑像镜子，云在镜子里照自己。{x}一脚跳进去，哗啦！云不生气，{y}有一点生气。",
    "暴风雨要来了，大家都来帮忙。{x}拴好小船，{y}关上窗板，小企鹅把花盆一个一个搬进屋。然后大家坐在一起，听外面的风声。",
)
STORY_INTRODUCTIONS: Texts = (
    "今天讲{species}{name}的故事。",
    "你认识{species}{name}吗？这件事就是它遇上的。",
    "{name}是{species.a}，围着{scarf}的围巾。这是它的故事。",
    "{species}{name}最爱讲这个故事。",
)
RECAP_FRAMES: Texts = ("{facts}", "{facts}", "{facts}", "[故事到这儿就差不多了|再说一遍]：{facts}", "[让我们想一想|我们来看看]。{facts}", "事情就是这样。{facts}")
DETAILS: dict[str, Texts] = {
    "bakery": ("面包刚出炉。", "屋里暖暖的，有肉桂的香味。"),
    "pier": ("小船一上一下地晃着。", "木板咯吱咯吱响。"),
    "market": ("有人在大声叫卖洋葱。", "摊子红红绿绿的，真好看。"),
    "library": ("静得听得见翻书的声音。", "墙上的钟滴答滴答地走。"),
    "school": ("上课铃刚响过。", "不知谁在黑板上画了一条大鲸鱼。"),
    "garden": ("白菜排得整整齐齐。", "一只蜗牛正在过路。"),
    "beach": ("海浪来了又去。", "沙子上全是小脚印。"),
    "river": ("河水又清又凉。", "一片叶子像小船一样漂过去。"),
    "hill": ("从那儿看得见整个小岛。", "风把围巾吹得呼呼响。"),
    "forest": ("到处是青苔的味道。", "啄木鸟正忙着呢。"),
    "bridge": ("河水在桥下唱歌。", "三只鸭子从桥下游过。"),
    "meadow": ("草上挂着露珠。", "两只蝴蝶在跳舞。"),
    "kitchen": ("锅里咕嘟咕嘟地响。", "有葱花的香味。"),
    "post office": ("包裹堆得像一座塔。", "邮递员正在贴邮票。"),
    "pond": ("睡莲还没醒。", "什么东西扑通一声跳进水里。"),
    "workshop": ("地上到处是刨花。", "墙上挂着大大小小的锤子。"),
    "station": ("小火车又晚点了。", "白色的蒸汽升到空中。"),
    "lake": ("湖面平得像镜子。", "水上飘着薄薄的雾。"),
    "well": ("水桶在风里晃来晃去。", "井底的水一闪一闪的。"),
    "playground": ("秋千还在晃。", "地上有一幅粉笔画。"),
    "barn": ("干草香香的。", "一只蟋蟀在草堆里唱歌。"),
    "orchard": ("树上结满了苹果。", "一架梯子靠在树上。"),
    "museum": ("天花板上挂着一副鲸鱼骨头。", "地板亮得像冰。"),
    "tea room": ("杯子叮当响。", "水壶唱起歌来。"),
}
SCENES: Texts = (
    "[天刚亮|一大早|还没吃早饭]，{species}{name}就从{home}出来了。{name}住在{home.at}。它围着{scarf}的围巾，带了些{food}，因为{name}最爱吃{food}。它要去找{friend}。{name}最好的朋友是{friend}。",
    "“我看见一只围着{scarf}围巾的{species}。”{x}说。\n“那是{name}。”{y}说，“{name}住在{home.at}。”\n“它跑得那么快，去干什么呀？”\n“去找{friend}。{name}最好的朋友是{friend}。{name}的爱好是{hobby}，总是忙个不停。”",
    "今天是{name}的生日。{friend}第一个来，这还用说，{name}最好的朋友是{friend}。桌上摆着{food}，{name}最爱吃{food}。奶奶送来一条{scarf}的围巾。大家唱歌唱到很晚，{home.at}热闹极了。{name}住在{home.at}。",
    "想去看{name}，就到{home}去。{name}住在{home.at}。带点{food}吧，{name}最爱吃{food}。{name}的爱好是{hobby}，说不定要等它一会儿。看见{scarf}的围巾，就是它来了。要是{friend}也在，一点也不奇怪，{name}最好的朋友是{friend}。",
    "{name}的一天\n我在{home.at}醒来，我就住在那儿。我围上{scarf}的围巾。中午吃了{food}，那是我最爱吃的。后来{friend}来了，它是我最好的朋友，我们聊起了我的爱好，就是{hobby}。[晚安！|明天再写。|写完了。]",
    "[外面刮着大风|雪下了一整天|雾好大好大|雨哗哗地下]。{name}坐在{home.at}，想着最爱吃的{food}。咚咚咚，有人敲门。“我就知道是你，{friend}！”{name}说，“你是我最好的朋友。”\n“我在窗外看见{scarf}的围巾，就知道你在家。”{friend}说。",
    "{name}的三件事：{name}是{species.a}，{name}住在{home.at}，{name}的爱好是{hobby}。还有一件：{name}最好的朋友是{friend}。",
    "亲爱的{x}：\n谢谢你的{food}！你怎么知道我最爱吃这个？我最好的朋友{friend}也尝了一口。你的画挂在{home.at}，就在我床头，我住在{home.at}嘛。要是看见一条{scarf}的围巾，那就是我，记得挥挥手！你的{name}",
    "路上有一条{scarf}的围巾。“是{name}的。”{x}说，“{name}围着{scarf}的围巾。”大家把围巾送到{home}，{name}住在{home.at}。“谢谢！”{species}{name}说，“留下来吃晚饭吧，有我最爱吃的{food}，我最好的朋友{friend}也在。”",
    "各有各的喜欢。{name}喜欢{food}：{name}最爱吃{food}。{name}喜欢{hobby}：{name}的爱好是{hobby}。{name}还喜欢{friend}：{name}最好的朋友是{friend}。",
    "画家请{name}坐着别动。“{species}配上{scarf}的围巾，真好看。”他说。可是{name}哪里坐得住。{name}的爱好是{hobby}，最好的朋友{friend}又在外面等着。现在那张画挂在{home.at}，只画了一半。{name}住在{home.at}。",
    "夜里灯都灭了，{home.at}传来{name}的呼噜声。{name}住在{home.at}。椅子上搭着它{scarf}的围巾，桌上留着明天吃的{food}，{name}最爱吃{food}。枕头下面有一封信，是它最好的朋友{friend}写来的。",
)
