#!/usr/bin/env python3
"""Makes Templates/look-alikes.txt: look-alikes.py CHAIZI PINYIN > look-alikes.txt

CHAIZI is chaizi-jt.txt of github.com/kfcd/chaizi (CC BY 3.0), how characters are put together;
PINYIN is kTGHZ2013.txt of github.com/mozillazg/pinyin-data (MIT), the readings of the 8,105 characters of
the table of general standard Chinese characters."""
import collections, sys, unicodedata

HEADER = """# 形近字、同音字：单位名称中写错的一个字，只有在这里与原字同组，才认作写错。
#
# [shapes] 之后每组（空格分开）是看上去相近的字：一个部件相同（涉陟）、部件只差一笔（沁泌）、本身只差一笔（土士）。
# [sounds] 之后每行是一个读音（不分声调）和读这个音的字。# 之后为注释。一个字可以在几组里。
#
# 来源：字的拆法取自 github.com/kfcd/chaizi 的 chaizi-jt.txt（漢語拆字字典，CC BY 3.0，© 2015 開放詞典）；
# 读音取自 github.com/mozillazg/pinyin-data 的 kTGHZ2013.txt（MIT，© 2016 mozillazg；《通用规范汉字字典》，Unicode Unihan）；
# 独体字各组为手工整理。由 scripts/look-alikes.py 生成，不要手改。"""

# Characters that are told apart by a stroke and are not put together of parts.
STROKES = """土士 未末 己已巳 日曰目白 人入八 大太犬 干千于 王玉主壬 木本术 天夫无元 田由甲申 刀力刃 子孑孓 戊戌戍 心必 贝见 鸟乌
兔免 今令 仓仑 卯卬 主圭 白自百 旦且 云去 毛手 水永 厂广 几九 儿几 丸九 万方 户尸 勾匀 午牛 失矢 史吏 右石 古占
兵乒乓 住往 折拆 拔拨 冶治 沐沭 汩汨 茶荼 崇祟 徒徙 侯候 盂孟 亨享 旨旬 束柬東 北比 丁了 气乞 斤斥 司可 风凤 凡几 免兔
又叉 义叉 爪瓜 弋戈 戋戈 氏民 市巿 尤龙 龙尢 洒酒 析折 板扳 枚牧 析柝 候侯 幻幼 幸辛 亳毫 裒衷 雎睢 祇祗 泠冷 郎朗 栗粟
历厉 圮圯 夂久 庆厌 灸炙 曰日 肓盲育 育肓 弘私 弦玄 竞竟 拣栋 技枝 抗杭 扬杨 材村 村材 扛杠 拢栊 挑桃 摸模 括栝 炼练 孤狐 免勉
武式 温湿 设没役 贸货贺 修倏脩 爱受爰 建律健 教孝 财则 沁泌 陟涉 解触 煤谋 村忖衬 马乌 州卅 焦隹 阳旧
耍要 那哪 再冉 上土 小少 开井 丰羊 羊半 平乎 半平 尔示 示未 禾木 米来 来未 车东 乐东 头买 买卖 丹舟
凸凹 申电 甩用 册删 句旬 匈旬 问间 间闻 闪闭 全金 企全 兑允 充允 先无 共其 其具 具真 昌冒""".split()

# Variants outside that table which input methods and fonts offer.
RARE = """修俢 博愽慱 解觧 陟徏 温溫 孟盃 财䝷 教敎 通逋 商啇 武㱏 沁㲸 县県 区區 爱愛 焦燋 马馬 建徤 山屾 州洲""".split()

def plain(reading):
    text = ''.join(c for c in unicodedata.normalize('NFD', reading.replace('ü', 'v')) if unicodedata.category(c) != 'Mn')
    return text.replace('u\u0308', 'v')

readings = collections.defaultdict(list)
for line in open(sys.argv[2], encoding='utf-8'):
    if line.startswith('U+'):
        code, rest = line.split(':', 1)
        for reading in rest.split('#')[0].strip().split(','):
            sound = plain(unicodedata.normalize('NFC', reading).translate(str.maketrans('üǖǘǚǜ', 'vvvvv')))
            if sound not in readings[chr(int(code[2:], 16))]: readings[chr(int(code[2:], 16))].append(sound)

parts = collections.defaultdict(list)
for line in open(sys.argv[1], encoding='utf-8'):
    fields = line.rstrip('\n').split('\t')
    if fields[0] in readings:
        for field in fields[1:]:
            split = tuple(field.split())
            if len(split) > 1 and split not in parts[fields[0]]: parts[fields[0]].append(split)

# Parts that are hardly more than a stroke: what has only these in common is not alike.
SIMPLE = '一丨丶丿乀乙乚乛亅亠丷冂冖八人十卜厂匚二儿勹厶刀力又口囗丄丅入几大小土'
# What stands beside a body in more than this many characters is a radical and makes none of them alike.
RADICAL = 24
first = collections.Counter(p for splits in parts.values() for p in {p for s in splits for p in s})
radicals = {p for p, n in first.items() if n > RADICAL} | set(SIMPLE)
groups = set()
bodies = collections.defaultdict(set)
families = collections.defaultdict(set)
for char, splits in parts.items():
    for split in splits:
        for i, body in enumerate(split):
            rest = split[:i] + split[i + 1:]
            families[('rest', i, len(split)) + rest].add((char, body))
            if len(split) == 2 and body not in radicals and len(body) == 1 and ord(body) >= 0x4E00: bodies[body].add(char)
            if len(split) > 2 and not set(rest) <= set(SIMPLE): families[('most', i) + rest].add((char, ''))
for body, chars in bodies.items():
    group = set(chars) | ({body} & readings.keys())
    if len(group) > 1: groups.add(''.join(sorted(group)))
for key, members in families.items():
    if key[0] == 'most':
        chars = {c for c, _ in members}
        if 1 < len(chars) <= 8: groups.add(''.join(sorted(chars)))
    else:
        for strokes in STROKES:
            chars = {c for c, b in members if b in strokes}
            if len(chars) > 1: groups.add(''.join(sorted(chars)))
for strokes in STROKES: groups.add(''.join(sorted(set(strokes) & readings.keys())))
for strokes in RARE: groups.add(''.join(sorted(strokes)))
groups = sorted(g for g in groups if not any(set(g) < set(o) for o in groups if o is not g))
def wrapped(words, first=''):
    line = first
    for word in words:
        if len(line) + len(word) >= 60 and line != first:
            print(line)
            line = first
        line += (' ' if line else '') + word
    print(line)

print(HEADER)
print('[shapes]')
wrapped(groups)
print('[sounds]')
sounds = collections.defaultdict(list)
for char, list_ in readings.items():
    for sound in list_: sounds[sound].append(char)
for sound in sorted(sounds):
    if len(sounds[sound]) > 1: print(sound, ''.join(sorted(sounds[sound])))
