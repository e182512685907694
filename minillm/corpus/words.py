"""The words of the world, as tables: a row is a line, with `|` between its cells.

`world.py` and `exchanges.py` read them.
"""

# --- what can be talked about ---------------------------------------------------------------------
# The lessons translate the words of the TRANSLATED tables, all places, all animals and MORE_WORDS.

# thing | measure word | 东西
TRANSLATED_THINGS = """
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
"""

OTHER_THINGS = """
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
"""

# preposition | place | 地方 | 方位
PLACES = """
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
"""

HOMES = """
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
"""

# English | 中文
SPECIES = """
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
"""

TRANSLATED_FOODS = """
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
"""

OTHER_FOODS = """
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
"""

HOBBIES = """
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
"""

TRANSLATED_COLOURS = """
red | 红色
yellow | 黄色
blue | 蓝色
green | 绿色
purple | 紫色
orange | 橙色
pink | 粉色
white | 白色
"""

OTHER_COLOURS = """
black | 黑色
grey | 灰色
brown | 棕色
golden | 金色
silver | 银色
sky-blue | 天蓝色
cream | 米白色
dark green | 墨绿色
"""

FEELINGS = """
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
"""

# in no story: only translated
MORE_WORDS = """
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
"""

# --- the friends ----------------------------------------------------------------------------------

# name | 名字 | pronoun | species | home | food | hobby | scarf | best friend | split
CAST = """
Mimi | 米米 | she | owl | old ship | egg tarts | collecting shells | pink | Anna | train
Tuan | 团团 | he | raccoon | lighthouse | cherries | growing flowers | green | Felix | train
Coco | 可可 | she | fox | windmill | walnuts | fishing | silver | Ella | train
Momo | 毛毛 | he | cat | tree house | chestnuts | folding paper | golden | Quinn | train
Lulu | 露露 | she | parrot | tree house | watermelon | taking photos | yellow | Kobi | held out
Bobo | 波波 | he | frog | lighthouse | pumpkin soup | swimming | grey | Jojo | train
Nini | 妮妮 | she | owl | ice house | egg tarts | climbing trees | blue | Leo | train
Dodo | 豆豆 | he | hedgehog | stone house | mushrooms | skating | golden | Emil | train
Kiki | 琪琪 | she | seal | log cabin | peanuts | skipping rope | purple | Hugo | train
Abu | 阿布 | he | panda | greenhouse | dumplings | knitting | golden | Otto | train
Petra | 佩佩 | she | panda | cave | watermelon | dancing | purple | Iris | train
Otto | 奥托 | he | koala | cave | carrots | skating | red | Abu | train
Luna | 月儿 | she | turtle | watermill | noodles | taking photos | black | Ruby | train
Hugo | 雨果 | he | bear | clock tower | chestnuts | painting | yellow | Kiki | train
Ruby | 茹茹 | she | deer | watermill | rice balls | taking photos | green | Luna | train
Toby | 小比 | he | crab | mushroom house | pumpkin soup | telling stories | grey | Zack | held out
Anna | 安安 | she | rabbit | hollow tree | honey cake | writing poems | dark green | Mimi | train
Leo | 乐乐 | he | frog | ice house | seaweed | swimming | sky-blue | Nini | train
Nora | 诺拉 | she | goat | ice house | sweet potatoes | fishing | silver | Fifi | held out
Max | 麦麦 | he | cat | stone house | dumplings | fishing | yellow | Remy | train
Ivy | 艾艾 | she | bear | lighthouse | strawberries | reading | red | Tilda | held out
Oscar | 卡卡 | he | turtle | castle | blueberry pie | swimming | brown | Paco | train
Fifi | 菲菲 | she | hedgehog | attic | sweet corn | baking bread | orange | Nora | held out
Gus | 古斯 | he | turtle | tent | noodles | playing chess | brown | Nemo | train
Wanda | 旺达 | she | duck | castle | rice balls | dancing | red | Bella | held out
Zack | 扎克 | he | squirrel | hollow tree | oat biscuits | playing chess | green | Toby | held out
Bella | 贝儿 | she | crab | watermill | rice balls | playing the drums | black | Wanda | held out
Chip | 奇奇 | he | mouse | log cabin | mushrooms | flying kites | golden | Olga | train
Daisy | 黛西 | she | owl | windmill | cheese | writing poems | grey | Bruno | held out
Emil | 埃米 | he | goat | clock tower | pancakes | skipping rope | pink | Dodo | train
Flora | 朵朵 | she | hedgehog | windmill | honey cake | knitting | sky-blue | Uma | train
Marlo | 马洛 | he | deer | red house | noodles | knitting | purple | Vivi | held out
Hattie | 哈蒂 | she | frog | greenhouse | pumpkin soup | writing poems | blue | Yoyo | held out
Jojo | 乔乔 | he | duck | log cabin | blueberry pie | singing | red | Bobo | train
Kaya | 凯雅 | she | otter | old ship | tofu | growing flowers | silver | Didi | train
Lino | 林林 | he | parrot | bamboo hut | strawberries | baking bread | cream | Sami | train
Iris | 伊伊 | she | seal | red house | carrots | climbing trees | brown | Petra | train
Nemo | 尼莫 | he | mouse | cave | carrots | dancing | cream | Gus | train
Olga | 欧佳 | she | otter | bamboo hut | sweet corn | folding paper | brown | Chip | train
Paco | 派派 | he | rabbit | clock tower | chestnuts | painting | black | Oscar | train
Susu | 苏苏 | she | cat | caravan | cherries | baking bread | white | Rosa | train
Remy | 瑞瑞 | he | duck | mushroom house | sweet potatoes | reading | cream | Max | train
Tilda | 甜甜 | she | rabbit | mushroom house | peanuts | collecting shells | dark green | Ivy | held out
Quinn | 奎恩 | he | bear | castle | walnuts | folding paper | yellow | Momo | train
Uma | 乌玛 | she | crab | old ship | seaweed | telling stories | orange | Flora | train
Wolfie | 沃夫 | he | squirrel | attic | oat biscuits | flying kites | pink | Nils | train
Vivi | 薇薇 | she | otter | caravan | mushrooms | climbing trees | black | Marlo | held out
Yoyo | 悠悠 | he | koala | tent | strawberries | skating | sky-blue | Hattie | held out
Zoe | 佐佐 | she | seal | red house | cherries | skipping rope | white | Juno | train
Bruno | 布鲁 | he | fox | tree house | pancakes | whistling | pink | Daisy | held out
Gina | 娜娜 | she | deer | stone house | tofu | watching the stars | orange | Lola | train
Didi | 迪迪 | he | squirrel | caravan | peanuts | whistling | green | Kaya | train
Ella | 拉拉 | she | fox | bamboo hut | cheese | telling stories | purple | Coco | train
Felix | 飞飞 | he | raccoon | greenhouse | blueberry pie | singing | dark green | Tuan | train
Juno | 朱诺 | she | panda | round house | pancakes | playing chess | dark green | Zoe | train
Kobi | 酷酷 | he | mouse | hollow tree | tofu | watching the stars | white | Lulu | held out
Lola | 萝萝 | she | goat | attic | cheese | painting | cream | Gina | train
Nils | 年年 | he | koala | round house | seaweed | playing the drums | blue | Wolfie | train
Rosa | 玫玫 | she | parrot | round house | watermelon | whistling | blue | Susu | train
Sami | 山山 | he | raccoon | tent | walnuts | singing | white | Lino | train
"""

# --- numbers --------------------------------------------------------------------------------------

NUMBERS_BELOW_20 = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = {20: "twenty", 30: "thirty", 40: "forty"}
CHINESE_DIGITS = "零一二三四五六七八九"

# --- opposites ------------------------------------------------------------------------------------
# A pair with a * is held out: training texts state it, and none of them asks for it.

OPPOSITES_EN = """
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
"""

OPPOSITES_ZH = """
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
"""

# --- parts of made-up words -----------------------------------------------------------------------

CONSONANTS = "b d f g h j k l m n p r s t v w y z sh ch th tr st br gl fr".split()
VOWELS = "a e i o u oo".split()
CHINESE_SYLLABLES = (
    "阿巴布达迪多嘎咕哈呼吉咖库拉噜麻咪木娜尼诺帕噗奇苏塔提托乌瓦嘻呀伊扎嘟咚叮当啦哩"
    "安柏彬冰博彩昌晨成诚春聪翠丹德冬芳飞风峰福刚光广桂国海涵汉豪浩和恒红宏华欢辉慧佳嘉建健江杰洁金锦晶景静俊凯康可兰磊"
    "黎丽莲良林玲龙璐美蒙梦敏明默楠宁鹏平萍琪启强巧琴清晴秋仁荣蓉瑞若森珊诗思松泰涛天婷彤伟文雯武希曦夏贤翔晓欣新星兴秀"
    "旭轩雪雅妍燕阳瑶怡艺毅英颖永勇佑宇雨玉媛远月悦云泽哲珍振正芝志忠舟卓子紫宗祖"
    "天地日山水火土石田花草鸟鱼虫马牛羊门窗桌书笔纸灯船车路桥城河海湖岛东西南北中高低深浅长短上下左右前后干湿冷热软硬真假"
    "黑白红绿蓝黄古今老少男女你我他们这那什么有无出入开关走跑跳坐站听说读写唱笑哭想爱知道记忘问答分合加减圆方尖厚薄香甜"
)
ENGLISH_ENDINGS = ("", "n", "l", "ra", "s", "x", "ck", "lla")

# --- phrases before 吗 ----------------------------------------------------------------------------

# What stands more than once is picked more often.
RULE_SUBJECTS = ("", "", "", "你", "你", "你", "我", "它", "我们", "你们", "他们", "大家", "小企鹅", "小猫", "爷爷", "老师", "妹妹")
RULE_VERB_FRAMES = (
    "会{verb}", "会{verb}", "能{verb}", "想{verb}", "喜欢{verb}", "爱{verb}", "要{verb}", "可以{verb}", "{verb}", "也会{verb}", "真的会{verb}", "正在{verb}", "还在{verb}",
    "常常{verb}", "每天{verb}", "也想{verb}", "学过{verb}",
)
RULE_VERBS = (
    "说话", "飞", "游泳", "唱歌", "跳舞", "吃鱼", "喝茶", "睡觉", "画画", "看书", "写字", "下棋", "爬山", "骑车", "种花", "做饭",
    "洗碗", "滑冰", "堆雪人", "看星星", "捡贝壳", "放风筝", "打鼓", "讲故事", "写信", "开船", "数数", "说英语", "说中文", "做蛋糕",
    "包饺子", "钓鱼", "跑步", "拍照", "折纸", "跳绳", "打雪仗", "猜谜语", "吹口哨", "晒太阳", "煮汤", "扫雪", "翻跟头", "织围巾",
)
# (topics, what can be said of each of them)
RULE_STATES = (
    ("天气 今天 外面 屋里 山上 海边 北边", "冷 热 暖和 凉快 安静"),
    ("蛋糕 饺子 面条 西瓜 这碗汤 那块饼 草莓 红薯 午饭", "好吃 香 甜 烫 够"),
    ("这本书 这首歌 这个故事 那出戏 这幅画 你的诗", "好 有趣 长 短 有名"),
    ("学校 邮局 码头 图书馆 小岛 你家 车站 那座山", "远 近 大 漂亮 好玩"),
    ("你 它 你们 小猫 大家 爷爷 妹妹 小企鹅", "饿 累 困 开心 高兴 着急 害怕 好"),
    ("这道题 下棋 游泳 中文 英语 写诗 滑冰 数数", "难 容易 好玩 有意思 重要"),
    ("这条路 那座桥 这把椅子 你的床 这条小船 这顶帽子 那条围巾", "结实 好看 旧 新 舒服 贵"),
)
RULE_DEGREES = ("", "", "", "很", "真的", "还", "也", "不", "一直", "真的很", "今天也")
RULE_FRAMES = (
    "你有{thing}", "这是{thing.a}", "那是{thing.a}", "你看见{thing.the}了", "你要{thing.a}", "{thing.the}是你的", "你带了{thing}",
    "你认识{friend}", "{friend}在家", "{friend}来了", "{friend}睡着了", "{friend}在笑", "你想{friend}", "{friend}回来了",
    "你去过{place}", "{place}开门了", "这是去{place}的路", "{place}有人", "我们去{place}", "你在{place.at}", "你喜欢{place}",
    "你吃过{food}", "还有{food}", "你会做{food}", "这是{animal}", "你见过{animal}", "{animal}会飞", "你有{colour}的帽子",
    "下雨了", "下雪了", "天亮了", "好了", "对", "你听见了", "你明白", "可以进来", "有人在家", "水开了", "你准备好了",
)
