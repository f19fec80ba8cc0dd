"""Messages with forms in them, each written the way one mailer writes it."""
import base64, datetime, email.encoders, email.message, email.policy, io, itertools, os, quopri, struct, zipfile, zlib
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
BLANK = ROOT / "Templates/jiaozuo-2024/空白表/附件2.xlsx"
# The figure by which a form is told from all others.
MARK = "送文艺/参加人数/线下"
UNITS = ["沁阳市总工会", "孟州市总工会", "博爱县总工会", "武陟县总工会", "温县总工会", "修武县总工会", "解放区总工会", "山阳区总工会",
         "中站区总工会", "马村区总工会", "高新区工会", "焦煤工会", "交通工会", "建设工会", "教育工会", "财贸工会"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
marks = itertools.count(1001)


@dataclass
class Form:
    unit: str
    has_unit: bool = True       # whether the form says so itself
    shown: str = ""             # how its name must end
    mark: int = field(default_factory=lambda: next(marks))

    def figures(self):
        rows = []
        for index, kind in enumerate(["送文艺", "送电影", "送书画", "送讲座", "送培训"]):
            rows.append((kind, "场次", 2, 13))
            rows.append((kind, "参加人数", 240, self.mark if index == 0 else 1300 + index))
        return rows

    def xlsx(self):
        book = openpyxl.load_workbook(BLANK)
        sheet = book.worksheets[0]
        for cell, text in [("A3", self.unit if self.has_unit else ""), ("A4", "2024年11月12日"), ("A16", "张静"), ("A17", "13839112345")]:
            sheet[cell] = sheet[cell].value + text
        for row, (_, _, online, offline) in enumerate(self.figures(), 6):
            sheet.cell(row, 3).value, sheet.cell(row, 4).value, sheet.cell(row, 5).value = online, offline, online + offline
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def html(self, charset="utf-8"):
        head = f"<p>附件2</p><p>“中国梦·劳动美·工会情”文化活动进基层情况统计表</p><p>填报单位：{self.unit if self.has_unit else ''}</p><p>填报时间：2024年11月12日</p>"
        rows = "<tr><td></td><td></td><td>线上</td><td>线下</td><td>合计</td></tr>"
        for index, (kind, what, online, offline) in enumerate(self.figures()):
            first = f"<td rowspan=2>{kind}</td>" if index % 2 == 0 else ""
            rows += f"<tr>{first}<td>{what}</td><td>{online}</td><td>{offline}</td><td>{online + offline}</td></tr>\n"
        return f"{head}<table border=1>{rows}</table><p>填报人：张静</p><p>联系电话：13839112345</p>"


@dataclass
class Letter:
    mailer: str
    data: bytes
    forms: list
    received: str
    ending: str = ".eml"
    is_mime: bool = True
    findings: tuple = ()        # words of errors about files that must be told
    number: int = field(default_factory=itertools.count(1).__next__)

    @property
    def name(self):
        return f"{self.number:02d}{self.ending}"

    def expects_finding(self, finding):
        return any(word in finding["message"] for word in self.findings)


# How mailers write what is not ASCII.

def words(text, charset, kind="B", size=18):
    """Encoded words (RFC 2047) of so many characters."""
    pieces = [text[i:i + size] for i in range(0, len(text), size)]
    return "\r\n\t".join(word(piece.encode(charset), charset, kind) for piece in pieces)


def word(data, charset, kind="B"):
    if kind == "B":
        return f"=?{charset}?B?{base64.b64encode(data).decode()}?="
    return f"=?{charset}?Q?{''.join(chr(b) if chr(b).isalnum() and b < 128 else '_' if b == 32 else f'={b:02X}' for b in data)}?="


def torn_words(text, charset, size=10):
    """Encoded words that are cut within characters, as Outlook and older mailers cut them."""
    data = text.encode(charset)
    return "\r\n ".join(word(data[i:i + size + 1], charset) for i in range(0, len(data), size + 1))


def percent(data):
    return "".join(chr(b) if chr(b).isalnum() and b < 128 else f"%{b:02X}" for b in data)


def continued(parameter, text, charset, size=12):
    """RFC 2231 with pieces: filename*0*=gb18030''…; filename*1*=…"""
    data = text.encode(charset)
    pieces = [data[i:i + size] for i in range(0, len(data), size)]
    return ";\r\n\t".join(
        f"{parameter}*{i}*={charset + chr(39) * 2 if i == 0 else ''}{percent(piece)}" for i, piece in enumerate(pieces))


def base64_lines(data, ending="\r\n", width=76):
    text = base64.b64encode(data).decode()
    return ending.join(text[i:i + width] for i in range(0, len(text), width))


def date(day, zone="+0800", comment=""):
    moment = datetime.date.fromisoformat(day)
    return moment.strftime("%a, %d %b %Y 16:03:11 ") + zone + comment


def hops(day, earlier="2024-11-01"):
    """Received fields as servers add them: the last one on top."""
    return (f"Received: from mx.example.com (unknown [10.0.0.1])\r\n\tby newmx21.example.com (NewMX) with SMTP id 8A2;\r\n\t{date(day)}\r\n"
            f"Received: from localhost ([127.0.0.1]) by mx.example.com; {date(earlier)}\r\n")


def multipart(headers, parts, boundary, ending="\r\n", kind="mixed", preamble="This is a multi-part message in MIME format."):
    lines = [headers + f"MIME-Version: 1.0\r\nContent-Type: multipart/{kind};\r\n\tboundary=\"{boundary}\"\r\n", preamble]
    body = b""
    for part in parts:
        body += f"--{boundary}\r\n".encode() + part + b"\r\n"
    data = ("\r\n".join(lines) + "\r\n\r\n").encode() + body + f"--{boundary}--\r\n".encode()
    return data.replace(b"\r\n", ending.encode()) if ending != "\r\n" else data


def part(headers, data, encoding="base64"):
    if encoding == "base64":
        body = base64_lines(data).encode()
    elif encoding == "quoted-printable":
        body = quopri.encodestring(data)
    else:
        body = data
    return headers.encode() + f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def text_part(text, charset="utf-8", kind="plain"):
    return part(f"Content-Type: text/{kind}; charset=\"{charset}\"\r\n", text.encode(charset))


# The mailers.

def outlook(form, day):
    """Names in gb2312, torn within characters, `name` beside `filename`; a receipt in the time zone of the sender."""
    name = "“中国梦·劳动美”文化活动进基层情况统计表（附件2）.xlsx"
    form.shown = name
    header = (hops(day) + f"From: {word('王科员'.encode('gb2312'), 'gb2312')} <wang@example.com>\r\nTo: <gh@example.com>\r\n"
              f"Subject: {torn_words('关于报送文化活动进基层情况统计表的邮件', 'gb2312')}\r\nDate: {date('2024-11-01', '+0800')}\r\n"
              "X-Mailer: Microsoft Outlook 16.0\r\nThread-Index: AdlXX==\r\n")
    file = part(f"Content-Type: {XLSX};\r\n\tname=\"{torn_words(name, 'gbk')}\"\r\nContent-Disposition: attachment;\r\n\tfilename=\"{torn_words(name, 'gbk')}\"\r\n",
                form.xlsx())
    alternative = multipart("", [text_part("请查收。", "gb2312"), text_part("<html><body>请查收。<img src=\"cid:image001.png@01D\"></body></html>", "gb2312", "html")],
                            "----=_NextPart_001_0001", kind="alternative", preamble="")
    picture = part("Content-Type: image/png; name=\"image001.png\"\r\nContent-ID: <image001.png@01D>\r\n", b"\x89PNG\r\n\x1a\n" + bytes(200))
    card = part("Content-Type: text/x-vcard; name=\"wang.vcf\"\r\n", b"BEGIN:VCARD\r\nEND:VCARD\r\n")  # business card
    rest = part("Content-Type: text/plain; name=\"ATT00001.txt\"\r\nContent-Disposition: attachment; filename=\"ATT00001.txt\"\r\n", b"_______\r\nlist mailing list")
    return multipart(header, [alternative, picture, file, card, rest], "----=_NextPart_000_0000_01DB")


def foxmail(form, day):
    name = "附件2.xlsx"
    form.shown = name
    header = (f"Date: {date(day)}\r\nFrom: \"{word(form.unit.encode('gb18030'), 'gb18030')}\" <u@example.com>\r\nTo: gh <gh@example.com>\r\n"
              f"Subject: {word('统计表'.encode('gb18030'), 'gb18030')}\r\nX-Priority: 3\r\nX-Has-Attach: yes\r\nX-Mailer: Foxmail 7.2.25.213[cn]\r\n"
              "Message-ID: <202411201603@example.com>\r\n")
    file = part(f"Content-Type: application/octet-stream;\r\n\tname=\"{word(name.encode('gb18030'), 'gb18030')}\"\r\nContent-Disposition: attachment;\r\n"
                f"\tfilename=\"{word(name.encode('gb18030'), 'gb18030')}\"\r\n", form.xlsx())
    return multipart(header, [text_part("您好", "gb18030"), file], "----=_001_NextPart512345_=----")


def qq(form, day):
    name = "2024年 统计表 最终版.xlsx"
    form.shown = name
    header = (hops(day) + f"X-QQ-SSF: 00\r\nX-QQ-XMAILINFO: M\r\nFrom: \"{word('平安是福'.encode('gb18030'), 'gb18030')}\" <12345678@qq.com>\r\n"
              f"To: \"{word('市总宣教部'.encode('gb18030'), 'gb18030')}\" <gh@example.com>\r\nSubject: {word((form.unit + '附件2').encode('gb18030'), 'gb18030')}\r\n"
              f"Date: {date('2024-11-01')}\r\nX-Priority: 3\r\nX-QQ-Mailer: QQMail 2.x\r\n")
    quoted = f"\"{word(name.encode('gb18030'), 'gb18030')}\""
    file = part(f"Content-Type: application/octet-stream;\r\n\tcharset=\"gb18030\";\r\n\tname={quoted}\r\nContent-Disposition: attachment; filename={quoted}\r\n", form.xlsx())
    return multipart(header, [text_part("", "gb18030"), file], "----=_NextPart_673D_0B2C")


def netease(form, day):
    """163: the comment behind the time zone, names in GBK without quotation marks around words in two lines."""
    name = "“五送”活动进基层情况统计表及情况说明附件2汇总.xlsx"
    form.shown = name
    header = (f"Received: from qinyang$163.com ( [1.2.3.4] ) by ajax-webmail-wmsvr (Coremail) ; {date(day, comment=' (CST)')}\r\n"
              f"X-Originating-IP: [1.2.3.4]\r\nDate: {date(day, comment=' (CST)')}\r\nFrom: {word('小李'.encode('gbk'), 'GBK')} <li@163.com>\r\nTo: gh@163.com\r\n"
              f"Subject: {words('报表', 'GBK')}\r\nX-Mailer: Coremail Webmail Server Version XT5.0.14\r\n")
    file = part(f"Content-Type: {XLSX}; \r\n\tname=\"{words(name, 'GBK', size=20)}\"\r\nContent-Disposition: attachment; filename=\"{words(name, 'GBK', size=20)}\"\r\n",
                form.xlsx())
    return multipart(header, [text_part("<div>见附件</div>", "gbk", "html"), file], "----=_Part_12345_678.1732089791234")


def thunderbird(form, day):
    name = "博爱 附件2 (1).xlsx" if "博爱" in form.unit else "附件2 文化活动进基层情况统计表.xlsx"
    form.shown = name
    header = (f"X-Mozilla-Status: 0001\r\nX-Mozilla-Keys:\r\nMessage-ID: <abc@example.com>\r\nDate: {date(day)}\r\nUser-Agent: Mozilla Thunderbird\r\n"
              f"Content-Language: zh-CN\r\nTo: gh@example.com\r\nFrom: =?UTF-8?B?{base64.b64encode('李'.encode()).decode()}?= <li@example.com>\r\n"
              f"Subject: {words('上报材料', 'UTF-8')}\r\n")
    file = part(f"Content-Type: {XLSX};\r\n name=\"{words(name, 'UTF-8', size=10)}\"\r\nContent-Disposition: attachment;\r\n {continued('filename', name, 'UTF-8', 20)}\r\n", form.xlsx())
    return multipart(header, [text_part("见附件。"), file], "------------0a1b2c3d4e5f", ending="\n")


def apple(form, day):
    """HTML around the attachment, which is inline; filename* in one piece."""
    name = "附件2.xlsx"
    form.shown = name
    header = (f"From: {words('赵会计', 'utf-8')} <zhao@icloud.com>\r\nX-Mailer: Apple Mail (2.3774)\r\nSubject: {words(form.unit, 'utf-8', 'Q', 5)}\r\n"
              f"Date: {date(day)}\r\nTo: gh@example.com\r\nX-Uniform-Type-Identifier: com.apple.mail-draft\r\n")
    file = part(f"Content-Disposition: inline;\r\n\tfilename*=utf-8''{percent(name.encode())}\r\nContent-Type: {XLSX};\r\n\tx-unix-mode=0644;\r\n"
                f"\tname=\"{words(name, 'utf-8')}\"\r\n", form.xlsx())
    return multipart(header, [text_part("<html><body>上</body></html>", kind="html"), file, text_part("<html><body>下</body></html>", kind="html")], "Apple-Mail=_8A2B3C")


def apple_library(form, day):
    """.emlx: the length in front, a property list behind."""
    data = apple(form, day)
    return f"{len(data)}      \n".encode() + data + b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict/></plist>\n"


def gmail(form, day):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = "陈 <chen@gmail.com>"
    message["To"] = "gh@example.com"
    message["Date"] = date(day)
    message["Subject"] = "统计表"
    message.set_content("见附件")
    message.add_alternative("<div dir=\"ltr\">见附件</div>", subtype="html")
    name = "焦作市“中国梦·劳动美·工会情”文化活动进基层情况统计表.xlsx"
    form.shown = name
    message.add_attachment(form.xlsx(), maintype="application", subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet", filename=name, cid="<f_abc>")
    return message.as_bytes()


def raw_gbk(form, day):
    """An old mailer: the name in bytes of GBK, in one of whose characters the second byte is a backslash."""
    name = "附件2_王昞.xlsx"
    form.shown = name
    header = f"From: a@example.com\r\nTo: gh@example.com\r\nDate: {date(day)}\r\nSubject: ".encode() + "上报".encode("gbk") + b"\r\nX-Mailer: DreamMail\r\n"
    file = (b"Content-Type: application/octet-stream; name=\"" + name.encode("gbk") + b"\"\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment; filename=\"" + name.encode("gbk") + b"\"; size=1\r\n\r\n" + base64_lines(form.xlsx()).encode())
    data = multipart("@", [file], "----DM", preamble="")
    return header + data[1:]


def raw_utf8(form, day):
    name = "附件2；统计表.xlsx"
    form.shown = name
    header = f"Date: {date(day, '-0500')}\r\nFrom: {form.unit}办公室 <u@example.com>\r\nTo: gh@example.com\r\nSubject: 报表\r\nMIME-Version: 1.0\r\n"
    file = part(f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename={name}\r\n", form.xlsx(), "quoted-printable")
    return multipart(header.replace("MIME-Version: 1.0\r\n", ""), [file], "simple boundary")


def gb18030_continued(form, day):
    name = "沁阳市等地“五送”活动（附件2）镕.xlsx" if "沁阳" in form.unit else "附件2镕.xlsx"
    form.shown = name
    header = f"Date: {date(day)}\r\nFrom: b@example.com\r\nTo: gh@example.com\r\nSubject: {words('报表', 'gb18030', 'Q', 2)}\r\n"
    file = part(f"Content-Type: {XLSX}\r\nContent-Disposition: attachment;\r\n\t{continued('filename', name, 'gb18030', 7)}\r\n", form.xlsx())
    return multipart(header, [file], "=-=-=")


def name_only(form, day):
    """No Content-Disposition: a name in Content-Type, and one that a server has made of question marks beside it."""
    name = "附件2.xlsx"
    form.shown = name
    header = f"Date: {date(day)}\r\nFrom: c@example.com\r\nTo: gh@example.com\r\nSubject: x\r\n"
    file = part(f"Content-Type: application/vnd.ms-excel; name=\"{word(name.encode('gbk'), 'gb2312')}\"\r\nContent-Disposition: attachment; filename=\"??2.xlsx\"\r\n",
                form.xlsx())
    return multipart(header, [file], "b1")


def nameless(form, day):
    header = f"Date: {date(day)}\r\nFrom: d@example.com\r\nTo: gh@example.com\r\nSubject: {words(form.unit + '报表', 'utf-8')}\r\n"
    return multipart(header, [part("Content-Type: application/octet-stream\r\n", form.xlsx())], "b2")


def bare(form, day):
    """The whole message is the file."""
    form.shown = "统计表.xlsx"
    return (f"Date: {date(day)}\r\nFrom: e@example.com\r\nTo: gh@example.com\r\nSubject: {words(form.unit, 'utf-8')}\r\nMIME-Version: 1.0\r\nContent-Type: {XLSX}; "
            f"name=\"{words('统计表.xlsx', 'utf-8')}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n").encode() + base64_lines(form.xlsx()).encode() + b"\r\n"


def uuencoded(form, day):
    """Microsoft Mail's successors."""
    form.shown = "fj2.xlsx"
    data, lines = form.xlsx(), []
    import binascii
    for i in range(0, len(data), 45):
        lines.append(binascii.b2a_uu(data[i:i + 45]).rstrip(b"\n"))
    body = b"begin 644 fj2.xlsx\r\n" + b"\r\n".join(lines) + b"\r\n`\r\nend\r\n"
    header = f"Date: {date(day)}\r\nFrom: f@example.com\r\nTo: gh@example.com\r\nSubject: x\r\n"
    return multipart(header, [b"Content-Type: application/octet-stream; name=\"fj2.xlsx\"\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n" + body], "b3")


def tnef_attribute(level, kind, data):
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def tnef(name, data, short=b"FUJIAN~1.XLS\0"):
    """winmail.dat ([MS-OXTNEF]): the short name in one attribute, the long one among the properties."""
    out = struct.pack("<IH", 0x223E9F78, 0x0100)
    out += tnef_attribute(1, 0x00089006, struct.pack("<I", 0x00010000)) + tnef_attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    out += tnef_attribute(2, 0x00069002, b"\x01\x00" + bytes(12))
    out += tnef_attribute(2, 0x00018010, short)
    out += tnef_attribute(2, 0x0006800F, data)
    long = name.encode("utf-16-le") + b"\0\0"
    properties = struct.pack("<I", 3)
    properties += struct.pack("<HHI", 3, 0x3705, 1)                                      # how it is attached
    properties += struct.pack("<HHII", 0x1E, 0x3703, 1, 5) + b".xls\0" + bytes(3)         # a text of bytes, padded
    properties += struct.pack("<HHII", 0x1F, 0x3707, 1, len(long)) + long + bytes(-len(long) % 4)
    return out + tnef_attribute(2, 0x00069005, properties)


def winmail(form, day):
    name = "附件2 文化活动进基层情况统计表.xlsx"
    form.shown = name
    header = (hops(day) + f"From: {words('孙', 'utf-8')} <sun@example.com>\r\nTo: gh@example.com\r\nSubject: {words('报表', 'utf-8')}\r\nDate: {date('2024-11-02')}\r\n"
              "X-MS-TNEF-Correlator: <1>\r\n")
    return multipart(header, [text_part("见附件"), part("Content-Type: application/ms-tnef;\r\n\tname=\"winmail.dat\"\r\nContent-Disposition: attachment;\r\n\tfilename=\"winmail.dat\"\r\n",
                                                     tnef(name, form.xlsx()))], "b4")


# Outlook's own file ([MS-OXMSG]): a compound file ([MS-CFB]) with a stream for each property.

def compound(tree):
    """A compound file of {name: bytes or another tree}, in sectors of 512 bytes; what is small lies in the mini stream."""
    entries, contents = [], []          # name, type, left, right, child; the bytes

    def add(name, kind, data=b""):
        entries.append([name, kind, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF])
        contents.append(data)
        return len(entries) - 1

    def fill(parent, tree):
        last = None
        # In the order of the format: by length, then by letters.
        for name in sorted(tree, key=lambda n: (len(n), n.upper())):
            value = tree[name]
            index = add(name, 1 if isinstance(value, dict) else 2, b"" if isinstance(value, dict) else value)
            if last is None:
                entries[parent][4] = index
            else:
                entries[last][3] = index
            last = index
            if isinstance(value, dict):
                fill(index, value)

    add("Root Entry", 5)
    fill(0, tree)
    sectors, table, mini, mini_table, starts = [], [], b"", [], [0xFFFFFFFE] * len(entries)

    def store(data):
        start = len(sectors)
        pieces = [data[i:i + 512].ljust(512, b"\0") for i in range(0, len(data), 512)]
        sectors.extend(pieces)
        table.extend(list(range(start + 1, start + len(pieces))) + [0xFFFFFFFE])
        return start

    for index, data in enumerate(contents):
        if entries[index][1] != 2 or not data:
            continue
        if len(data) >= 4096:
            starts[index] = store(data)
        else:
            starts[index], count = len(mini_table), -(-len(data) // 64)
            mini_table += list(range(len(mini_table) + 1, len(mini_table) + count)) + [0xFFFFFFFE]
            mini += data.ljust(count * 64, b"\0")
    contents[0] = mini
    starts[0] = store(mini) if mini else 0xFFFFFFFE
    mini_start = store(struct.pack(f"<{len(mini_table)}I", *mini_table)) if mini_table else 0xFFFFFFFE
    directory = b""
    for index, (name, kind, left, right, child) in enumerate(entries):
        raw = name.encode("utf-16-le") + b"\0\0"
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, left, right, child) + bytes(36)
        directory += struct.pack("<IQ", starts[index], len(contents[index]))
    directory_start = store(directory)
    count = 1
    while (len(sectors) + count) * 4 > count * 512:
        count += 1
    first = len(sectors)
    table += [0xFFFFFFFD] * count
    raw = struct.pack(f"<{len(table)}I", *table).ljust(count * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, count, directory_start, 0, 4096, mini_start, -(-len(mini_table) // 128), 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *(list(range(first, first + count)) + [0xFFFFFFFF] * (109 - count)))
    return header + b"".join(sectors) + raw


def file_time(day, hour=8):
    moment = datetime.datetime.fromisoformat(day) + datetime.timedelta(hours=hour)
    return int((moment - datetime.datetime(1601, 1, 1)).total_seconds()) * 10_000_000


def properties(header, *values):
    return bytes(header) + b"".join(struct.pack("<HHI", kind, number, 6) + data.ljust(8, b"\0") for kind, number, data in values)


def attached(index, name, data, **more):
    wide = lambda text: text.encode("utf-16-le")
    tree = {"__properties_version1.0": properties(8, (3, 0x3705, struct.pack("<I", 1))), "__substg1.0_37010102": data,
            "__substg1.0_3707001F": wide(name), "__substg1.0_3704001F": wide("FUJIAN~1.XLS")}
    return {f"__attach_version1.0_#{index:08X}": tree}


def message_tree(day, subject, sender, parts, header=32, **streams):
    wide = lambda text: text.encode("utf-16-le")
    tree = {"__properties_version1.0": properties(header, (0x40, 0x0E06, struct.pack("<Q", file_time(day))), (0x40, 0x0039, struct.pack("<Q", file_time("2024-11-01")))),
            "__nameid_version1.0": {"__substg1.0_00020102": b"", "__substg1.0_00030102": b""},
            "__substg1.0_001A001F": wide("IPM.Note"), "__substg1.0_0037001F": wide(subject), "__substg1.0_0C1A001F": wide(sender),
            "__substg1.0_1000001F": wide("见附件"), "__recip_version1.0_#00000000": {"__properties_version1.0": bytes(8)}}
    for part in parts:
        tree.update(part)
    tree.update({name.replace("_x_", "__substg1.0_"): data for name, data in streams.items()})
    return tree


def outlook_file(form, day):
    form.shown = "附件2 “五送”统计表.xlsx"
    return compound(message_tree(day, form.unit + "报表", "钱", [attached(0, form.shown, form.xlsx())]))


def outlook_ansi(form, day):
    """Before Unicode: texts in the code page, and the header of the message as it travelled."""
    form.shown = "附件2.xls"
    tree = {"__properties_version1.0": properties(32, (0x40, 0x0E06, struct.pack("<Q", file_time("2024-11-01")))),
            "__substg1.0_0037001E": "报表".encode("gbk"), "__substg1.0_0C1A001E": form.unit.encode("gbk"),
            "__substg1.0_007D001E": (hops(day) + "Subject: x\r\n").encode(),
            "__attach_version1.0_#00000000": {"__properties_version1.0": properties(8), "__substg1.0_37010102": form.xlsx(),
                                              "__substg1.0_3707001E": form.shown.encode("gbk")}}
    return compound(tree)


def outlook_nested(form, day):
    """A message that was dragged into another one; nobody's file."""
    form.shown = "附件2.xlsx"
    inner = message_tree(day, "报表", form.unit, [attached(0, form.shown, form.xlsx())], header=24)
    outer = {"__attach_version1.0_#00000000": {"__properties_version1.0": properties(8, (3, 0x3705, struct.pack("<I", 5))), "__substg1.0_3701000D": inner}}
    return compound(message_tree("2024-12-20", "转发", "办公室", [outer]))


def encapsulated(page):
    """HTML as Outlook wraps it into RTF, stored without compression ([MS-OXRTFEX], [MS-OXRTFCP])."""
    out = "{\\rtf1\\ansi\\ansicpg936\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}}{\\colortbl;}\\uc1\\pard\\plain "
    import re
    for tag, text in re.findall(r"(<[^>]*>)|([^<]+)", page):
        if tag:
            out += "{\\*\\htmltag64 " + tag + "}\\htmlrtf \\b \\htmlrtf0 "
        else:
            for index, character in enumerate(text):
                if ord(character) < 128:
                    out += character
                elif index % 2:
                    out += f"\\u{ord(character) if ord(character) < 32768 else ord(character) - 65536}?"
                else:
                    out += "".join(f"\\'{b:02x}" for b in character.encode("gbk"))
    raw = (out + "}").encode()
    return struct.pack("<III", len(raw) + 12, len(raw), 0x414C454D) + bytes(4) + raw


def outlook_pasted(form, day):
    return compound(message_tree(day, "报表", form.unit, [], _x_10090102=encapsulated(form.html())))


def winmail_pasted(form, day):
    """winmail.dat without a file: the text alone is in it."""
    rtf = encapsulated(form.html())
    values = struct.pack("<I", 1) + struct.pack("<HHII", 0x102, 0x1009, 1, len(rtf)) + rtf + bytes(-len(rtf) % 4)
    data = struct.pack("<IH", 0x223E9F78, 0x0100) + tnef_attribute(1, 0x00069003, values)
    header = hops(day) + f"From: {words(form.unit, 'utf-8')} <sun@example.com>\r\nTo: gh@example.com\r\nSubject: x\r\nDate: {date('2024-11-02')}\r\n"
    return multipart(header, [text_part("表"), part("Content-Type: application/ms-tnef; name=\"winmail.dat\"\r\n", data)], "b11")


def cloud(form, day):
    """The second form was too large for the mailer: it lies on a server, and must be told."""
    form.shown = "附件2.xlsx"
    header = f"Date: {date(day)}\r\nFrom: k@qq.com\r\nTo: gh@example.com\r\nSubject: {words('两张表', 'utf-8')}\r\n"
    page = ("<div>见附件</div><div id=\"QQMailBigAttach\">从QQ邮箱发来的超大附件<a href=\"http://mail.qq.com/cgi-bin/ftnExs_download?k=1&amp;code=2\">"
            "<b>附件4-超大.xlsx</b></a> (56M, 2024年12月20日到期)<a href=\"http://mail.qq.com/cgi-bin/ftnExs_download?k=3\">活动视频.mp4</a></div>")
    quotation = "<blockquote><a href=\"https://pan.baidu.com/s/1abc\">通知.docx</a></blockquote>"
    return multipart(header, [text_part(page + quotation, kind="html"), part(f"Content-Type: {XLSX}; name=\"{words('附件2.xlsx', 'utf-8')}\"\r\n", form.xlsx())], "b12")


def receipt(day):
    header = f"Date: {date(day)}\r\nFrom: l@example.com\r\nTo: gh@example.com\r\nSubject: {words('已读: 关于报送统计表的通知', 'utf-8')}\r\n"
    parts = [text_part("您的邮件已读"), b"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; l@example.com\r\nDisposition: manual-action; displayed\r\n"]
    return multipart(header, parts, "b13", kind="report; report-type=disposition-notification")


def undelivered(day):
    """A notice of ours that came back: the blank form in it is nobody's."""
    header = f"Date: {date(day)}\r\nFrom: postmaster@example.com\r\nTo: gh@example.com\r\nSubject: {words('退信', 'utf-8')}\r\n"
    own = multipart(f"Date: {date(day)}\r\nFrom: gh@example.com\r\nTo: x@example.com\r\nSubject: {words('沁阳市总工会', 'utf-8')}\r\n",
                    [part(f"Content-Type: {XLSX}; name=\"a.xlsx\"\r\n", BLANK.read_bytes())], "b15")
    return multipart(header, [text_part("无法送达"), b"Content-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n", b"Content-Type: message/rfc822\r\n\r\n" + own], "b14",
                     kind="report; report-type=delivery-status")


def forwarded(inner, day, sender="办公室", encoding="8bit", subject="转发"):
    """A message within a message (RFC 2046, 5.2.1)."""
    header = f"Date: {date(day)}\r\nFrom: {words(sender, 'utf-8')} <office@example.com>\r\nTo: gh@example.com\r\nSubject: {words(subject, 'utf-8')}\r\n"
    return multipart(header, [text_part("见附件"), part("Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n", inner, encoding)], f"outer{len(inner)}")


def as_file(inner, day, name="原邮件.eml"):
    """The message as a file that somebody saved before."""
    header = f"Date: {date(day)}\r\nFrom: office@example.com\r\nTo: gh@example.com\r\nSubject: x\r\n"
    return multipart(header, [part(f"Content-Type: application/octet-stream; name=\"{words(name, 'utf-8')}\"\r\nContent-Disposition: attachment\r\n", inner)], "b6")


def pasted(form, day, charset="gb18030", quotation=""):
    """The table in the text, nothing attached."""
    header = (hops(day) + f"From: \"{word(form.unit.encode('gb18030'), 'gb18030')}\" <g@qq.com>\r\nTo: gh@example.com\r\nSubject: x\r\nDate: {date('2024-11-03')}\r\n"
              "X-QQ-Mailer: QQMail 2.x\r\n")
    page = f"<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\"></head><body>{form.html()}{quotation}</body></html>"
    return multipart(header, [text_part("（表格）", charset), text_part(page, charset, "html")], "b7", kind="alternative")


class WindowsZipInfo(zipfile.ZipInfo):
    """A name as Windows packs it: in GBK, and no mark that says so."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def with_zip(form, day, info=zipfile.ZipInfo):
    form.shown = "统计.zip!/附件2.xlsx"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info("附件2.xlsx"), form.xlsx(), zipfile.ZIP_DEFLATED)
    data = out.getvalue()
    header = f"Date: {date(day)}\r\nFrom: h@example.com\r\nTo: gh@example.com\r\nSubject: x\r\n"
    return multipart(header, [part(f"Content-Type: application/x-zip-compressed; name=\"{words('统计.zip', 'gbk')}\"\r\nContent-Disposition: attachment; filename=\"{words('统计.zip', 'gbk')}\"\r\n", data)], "b8")


def letters():
    """Some forty messages; each form in them has a figure of its own."""
    found = []
    days = itertools.cycle(["2024-11-11", "2024-11-15", "2024-11-19", "2024-11-20", "2024-11-21", "2024-12-02", "2024-10-31"])
    units = itertools.cycle(UNITS)

    def add(mailer, make, has_unit=True, ending=".eml", is_mime=True, **more):
        form, day = Form(next(units), has_unit), next(days)
        data = make(form, day, **more)
        found.append(Letter(mailer, data, [form], day, ending, is_mime))

    for mailer, make in [("Outlook", outlook), ("Foxmail", foxmail), ("QQ邮箱", qq), ("163", netease), ("Thunderbird", thunderbird), ("Apple Mail", apple),
                         ("Gmail", gmail)]:
        for _ in range(2):
            add(mailer, make)
    # Forms that do not say whose they are: by the sender, by the subject.
    add("Foxmail", foxmail, has_unit=False)
    add("QQ邮箱", qq, has_unit=False)
    add("Apple Mail", apple, has_unit=False)
    add("raw", raw_gbk)
    add("raw", raw_gbk)
    # 16:03 five hours behind UTC is the next day in China.
    form = Form(next(units))
    found.append(Letter("raw", raw_utf8(form, "2024-11-18"), [form], "2024-11-19"))
    form = Form(next(units), has_unit=False)
    found.append(Letter("raw", raw_utf8(form, "2024-11-18"), [form], "2024-11-19"))
    for _ in range(2):
        add("RFC 2231", gb18030_continued)
    add("server", name_only)
    add("server", nameless, has_unit=False)
    add("server", bare, has_unit=False)
    add("uuencode", uuencoded)
    for _ in range(2):
        add("winmail.dat", winmail)
    add("Apple Mail", apple_library, ending=".emlx", is_mime=False)
    # The office passes on what it had received: the day of the message inside counts.
    add("forwarded", lambda form, day: forwarded(foxmail(form, day), "2024-12-20"))
    add("forwarded", lambda form, day: forwarded(forwarded(qq(form, day), "2024-12-20"), "2024-12-21"), has_unit=False)
    add("forwarded", lambda form, day: forwarded(outlook(form, day), "2024-12-20", encoding="base64"))
    add("forwarded", lambda form, day: as_file(thunderbird(form, day), "2024-12-20"))
    # A unit passes on what came from below: it sent it on the day on which it did.
    add("forwarded", lambda form, day: forwarded(name_only(form, "2024-11-01"), day, sender=form.unit))
    for charset in ["gb18030", "utf-8", "big5"][:2]:
        add("pasted", pasted, has_unit=False, charset=charset)
    # Below the table stands an earlier message with an older one.
    add("pasted", lambda form, day: pasted(form, day, quotation="<includetail><div>------------------ 原始邮件 ------------------</div>"
                                           + Form(form.unit).html() + "</includetail>"), has_unit=False)
    add("zip", with_zip)
    add("zip", lambda form, day: with_zip(form, day, WindowsZipInfo))
    for make in (outlook_file, outlook_ansi, outlook_nested, outlook_pasted):
        add("Outlook", make, has_unit=False, ending=".msg", is_mime=False)
    add("Outlook", outlook_file, ending=".msg", is_mime=False)
    add("winmail.dat", winmail_pasted, has_unit=False)
    add("cloud", cloud)
    found[-1].findings = ("附件4-超大.xlsx",)
    # What holds no form: nothing is said of it, and nothing is taken from it.
    found.append(Letter("receipt", receipt(next(days)), [], ""))
    found.append(Letter("undelivered", undelivered(next(days)), [], ""))
    # Several forms in one message.
    forms, day = [Form(unit) for unit in UNITS[:3]], next(days)
    header = f"Date: {date(day)}\r\nFrom: i@example.com\r\nTo: gh@example.com\r\nSubject: {words('汇总', 'utf-8')}\r\n"
    parts = [part(f"Content-Type: {XLSX}\r\nContent-Disposition: attachment; filename=\"{words('附件2.xlsx', 'utf-8')}\"\r\n", form.xlsx()) for form in forms]
    found.append(Letter("several", multipart(header, parts, "b9"), forms, day))
    return found
