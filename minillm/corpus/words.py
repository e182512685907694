"""The words of the world, as tables: a row is a line, with `|` between its cells.

`world.py`, `exchanges.py` and `story_plots.py` read them.
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
BYSTANDERS = """
snail | 蜗牛
old gull | 老海鸥
little mole | 小鼹鼠
postman | 邮递员
cook | 厨师
ferryman | 船夫
"""

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

# What users have and like, beside what the island has.
# English | 中文 | measure word, if it is not 只
USERS_ANIMALS = """
hamster | 仓鼠
goldfish | 金鱼 | 条
guinea pig | 豚鼠
canary | 金丝雀
snake | 蛇 | 条
spider | 蜘蛛
tortoise | 陆龟
"""
# thing | measure word | 东西
USERS_THINGS = """
pen | 支 | 笔
doll | 个 | 娃娃
toy car | 辆 | 玩具车
phone | 部 | 手机
balloon | 个 | 气球
ring | 枚 | 戒指
bag | 个 | 书包
teddy bear | 只 | 小熊
watch | 块 | 手表
"""
# English | 中文
USERS_LIKES = """
dinosaurs | 恐龙
trains | 火车
cars | 汽车
robots | 机器人
dragons | 龙
rockets | 火箭
pirates | 海盗
unicorns | 独角兽
planes | 飞机
horses | 马
puzzles | 拼图
space | 太空
music | 音乐
maths | 数学
science | 科学
computers | 电脑
cartoons | 动画片
comics | 漫画
flowers | 花
castles | 城堡
monsters | 怪兽
snow | 雪
the rain | 下雨天
the moon | 月亮
elephants | 大象
insects | 昆虫
history | 历史
football | 足球
stickers | 贴纸
ghosts | 幽灵
"""
USERS_FOODS = """
pizza | 比萨
chocolate | 巧克力
ice cream | 冰淇淋
sushi | 寿司
hamburgers | 汉堡
spaghetti | 意大利面
chicken | 鸡肉
bananas | 香蕉
fried rice | 炒饭
hot pot | 火锅
"""
USERS_HOBBIES = """
football | 踢足球
basketball | 打篮球
playing computer games | 打游戏
running | 跑步
cooking | 做饭
hiking | 爬山
listening to music | 听音乐
cycling | 骑车
tennis | 打网球
watching films | 看电影
playing the piano | 弹钢琴
travelling | 旅行
yoga | 做瑜伽
programming | 写代码
drawing | 画漫画
"""

# What people do and where they put things, in the scenes at home that users tell of.
DOINGS = """
sleeping | 睡觉
eating lunch | 吃午饭
doing homework | 写作业
washing the dishes | 洗碗
watching television | 看电视
cleaning the window | 擦窗户
feeding the cat | 喂猫
cooking soup | 煮汤
playing with blocks | 搭积木
building a sandcastle | 堆沙堡
drawing a picture | 画图画
brushing teeth | 刷牙
playing football | 踢足球
riding a bike | 骑车
writing a letter | 写信
waiting for the bus | 等公交车
listening to music | 听音乐
making tea | 泡茶
sweeping the floor | 扫地
talking on the phone | 打电话
"""
SPOTS = """
under the bed | 床底下
on the table | 桌子上
in the cupboard | 柜子里
in the drawer | 抽屉里
on the shelf | 架子上
behind the door | 门后面
under the chair | 椅子下面
in the box | 盒子里
in the bathtub | 浴缸里
on the windowsill | 窗台上
in the fridge | 冰箱里
in the garage | 车库里
on the sofa | 沙发上
under the table | 桌子下面
on the floor | 地板上
next to the lamp | 灯旁边
"""
# English | 中文 | pronoun
FAMILY = """
Mum | 妈妈 | she
Dad | 爸爸 | he
Grandma | 奶奶 | she
Grandpa | 爷爷 | he
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
dog | 狗
house | 房子
love | 爱
computer | 电脑
city | 城市
night | 夜晚
sky | 天空
hand | 手
eye | 眼睛
heart | 心
car | 汽车
boat | 小船
banana | 香蕉
cake | 蛋糕
school | 学校
football | 足球
music | 音乐
dream | 梦
story | 故事
name | 名字
word | 词
question | 问题
answer | 回答
world | 世界
boy | 男孩
girl | 女孩
grandmother | 奶奶
grandfather | 爷爷
good | 好
big | 大
small | 小
hello | 你好
thank you | 谢谢
goodbye | 再见
sorry | 对不起
yes | 是
no | 不
"""

# --- the friends ----------------------------------------------------------------------------------

# name | 名字 | pronoun. The first eight are the main characters of the first world, and in pairs best
# friends. Its cast are the first sixty; other worlds draw theirs.
NAMES = """
Kiki | 琪琪 | she
Hugo | 雨果 | he
Mimi | 米米 | she
Leo | 乐乐 | he
Luna | 月儿 | she
Abu | 阿布 | he
Nini | 妮妮 | she
Max | 麦麦 | he
Tuan | 团团 | he
Coco | 可可 | she
Momo | 毛毛 | he
Lulu | 露露 | she
Bobo | 波波 | he
Dodo | 豆豆 | he
Petra | 佩佩 | she
Otto | 奥托 | he
Ruby | 茹茹 | she
Toby | 小比 | he
Anna | 安安 | she
Nora | 诺拉 | she
Ivy | 艾艾 | she
Oscar | 卡卡 | he
Fifi | 菲菲 | she
Gus | 古斯 | he
Wanda | 旺达 | she
Zack | 扎克 | he
Bella | 贝儿 | she
Chip | 奇奇 | he
Daisy | 黛西 | she
Emil | 埃米 | he
Flora | 朵朵 | she
Marlo | 马洛 | he
Hattie | 哈蒂 | she
Jojo | 乔乔 | he
Kaya | 凯雅 | she
Lino | 林林 | he
Iris | 伊伊 | she
Nemo | 尼莫 | he
Olga | 欧佳 | she
Paco | 派派 | he
Susu | 苏苏 | she
Remy | 瑞瑞 | he
Tilda | 甜甜 | she
Quinn | 奎恩 | he
Uma | 乌玛 | she
Wolfie | 沃夫 | he
Vivi | 薇薇 | she
Yoyo | 悠悠 | he
Zoe | 佐佐 | she
Bruno | 布鲁 | he
Gina | 娜娜 | she
Didi | 迪迪 | he
Ella | 拉拉 | she
Felix | 飞飞 | he
Juno | 朱诺 | she
Kobi | 酷酷 | he
Lola | 萝萝 | she
Nils | 年年 | he
Rosa | 玫玫 | she
Sami | 山山 | he
Alma | 阿尔 | she
Bibi | 比比 | she
Cleo | 克丽 | she
Dora | 朵拉 | she
Elsa | 尔莎 | she
Frida | 弗丽 | she
Greta | 格蕾 | she
Hilda | 希尔 | she
Jade | 碧碧 | she
Lottie | 洛蒂 | she
Maya | 玛雅 | she
Nelly | 奈莉 | she
Opal | 欧珀 | she
Polly | 波丽 | she
Rhea | 蕾雅 | she
Stella | 星儿 | she
Thea | 西娅 | she
Ula | 优拉 | she
Vera | 薇拉 | she
Willa | 薇洛 | she
Arlo | 阿罗 | he
Basil | 巴兹 | he
Caspar | 卡斯 | he
Dario | 达里 | he
Enzo | 恩佐 | he
Finn | 芬恩 | he
Gabo | 加波 | he
Henry | 亨利 | he
Igor | 伊戈 | he
Jasper | 杰斯 | he
Karl | 卡尔 | he
Linus | 莱诺 | he
Milo | 米洛 | he
Noel | 诺尔 | he
Orson | 奥森 | he
Pablo | 帕布 | he
Rufus | 鲁夫 | he
Silas | 塞拉 | he
Theo | 西奥 | he
Viggo | 维格 | he
"""

# What a main character wants, what gets in the way, and how that ends: each goes on after the name.
# wanted … | … | in the end … | 想… | … | …
TRAITS = """
to sail round the whole island | could never wait | waited for the right moment | 坐船绕小岛一整圈 | 一刻也等不了 | 耐心地等了一会儿
to win a race just once | boasted a little too much | said nothing and simply smiled | 赢一次赛跑 | 爱吹牛 | 什么也没吹，只是笑了笑
to count every star in the sky | was afraid of the dark | looked straight into the dark | 数清天上的星星 | 怕黑 | 大着胆子看了看黑夜
to own the finest collection on the island | did not like to share | gave the bigger half away | 收集岛上最好的宝贝 | 不爱分享 | 把大的一半分给了大家
to be friends with everybody | was too shy to say hello | said hello first | 和大家都做朋友 | 害羞得不敢开口 | 第一个开口问好
to build a flying machine | forgot everything | remembered in time | 造一架会飞的机器 | 总是忘东忘西 | 总算记住了
to find out how everything works | never listened to the end | listened to the very last word | 弄明白所有的事 | 从来不听人把话说完 | 一直听到最后一个字
to help everybody at once | promised far too much | promised only one thing, and did it | 帮每一个人的忙 | 什么都一口答应 | 只答应了一件事，而且做到了
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

CONSONANTS = "b c d f g h j k l m n p r s t v w y z sh ch th tr st br gl fr cr dr pl sp qu".split()
VOWELS = "a e i o u oo ai ea ou".split()
# What made-up words must not contain: they become names of people.
RUDE = {
    "en": "fuck shit dick cock cunt suck cum tit piss fag nig slut sex rape nazi wank bitch kill penis vagina semen hitler porn coon kike paki chink homo pedo retard boob anal anus".split(),
    "zh": "日你 日他 日我 日们 草你 草他 草我 干你 干他 干我 上你 上他 上我 黑人 尿 死".split(),
}
CODAS = ("", "", "", "n", "r", "s", "m", "l", "t", "ck")
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
    "{friend}在家", "{friend}来了", "{friend}睡着了", "{friend}在笑", "你想{friend}", "{friend}回来了",
    "你去过{place}", "{place}开门了", "这是去{place}的路", "{place}有人", "我们去{place}", "你在{place.at}", "你喜欢{place}",
    "你吃过{food}", "还有{food}", "你会做{food}", "这是{animal}", "你见过{animal}", "{animal}会飞", "你有{colour}的帽子",
    "下雨了", "下雪了", "天亮了", "好了", "对", "你听见了", "你明白", "可以进来", "有人在家", "水开了", "你准备好了",
    "是{animal}", "是{thing.a}", "是人工智能", "是[机器人|电脑|小企鹅|老师|学生|医生|邻居|好朋友|真话|秘密|童话|新来的|最小的|最大的|谁的]",
)
