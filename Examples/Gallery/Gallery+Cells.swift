import XLSX

/// What cells hold and how they look.
extension Gallery {
  static let cells: [Feature] = [
    Feature("spilling") { book in
      let sheet = try sheet("溢出 Spilling", in: book)
      put(figures(), at: "A3", on: sheet)
      // The formula stands in one cell, its stored values in all that it fills.
      sheet["G3"] = "全年"
      let totals = (4...9).map { row in
        (2...5).reduce(0) { $0 + (sheet[CellReference(row: row, column: $1)].number ?? 0) }
      }
      sheet["G4"] = .formula(
        .dynamic("B4:B9+C4:C9+D4:D9+E4:E9", filling: "G4:G9"), cached: .number(totals[0]))
      for (place, total) in totals.enumerated().dropFirst() {
        sheet[CellReference(row: place + 4, column: 7)] = .number(total)
      }
    },
    Feature("values") { book in
      let sheet = try sheet("值 Values", in: book)
      let rows: [(String, CellValue)] = [
        ("整数 whole number", 12), ("小数 decimal", .number(0.1 + 0.2)), ("很大 large", .number(1.5e300)),
        ("负数 negative", -0.5), ("文字 text", "“中国梦” & <tag> \"quotes\""), ("空格 spaces kept", "  two before"),
        ("换行 line break", "第一行\n第二行"), ("控制字符 control character", "a\u{1}b _x0041_"), ("逻辑值 bool", true),
        ("错误 error", .error(.notAvailable)), ("日期 date", 45_614),
        ("公式 formula", .formula("B4+B7", cached: 11.5)),
        ("文字公式 text formula", .formula("B8&\"!\"", cached: "“中国梦” & <tag> \"quotes\"!")),
        ("逻辑公式 bool formula", .formula("B4>3", cached: true)),
        ("错误公式 error formula", .formula("1/0", cached: .error(.divisionByZero))),
        ("数组公式 array formula", .formula(Formula("SUM(B4:B5*2)", arrayRange: "B19"), cached: .number(24.6))),
      ]
      put([["名称", "值"]] + rows.map { [.text($0.0), $0.1] }, at: "A3", on: sheet)
      sheet.changeStyle(for: "B14") { $0.numberFormat = .isoDate }
      sheet.changeStyle(for: "B10") { $0.alignment.wrapsText = true }
      sheet.setRowHeight(30, for: 10)
      sheet.setColumnWidth(30, for: "A:B")
    },
    Feature("rich-text") { book in
      let sheet = try sheet("富文本 Rich text", in: book)
      sheet["A3"] = .richText(
        RichText([
          .init("红色粗体", font: Font(name: "黑体", size: 16, bold: true, color: .rgb(0xC00000))),
          .init(" 与普通文字，x", font: Font(name: "宋体", size: 12)),
          .init("2", font: Font(name: "Arial", size: 12, verticalPosition: .superscript)),
          .init(" + H"), .init("2", font: Font(verticalPosition: .subscript)), .init("O  "),
          .init("下划线", font: Font(italic: true, underline: .double, color: .rgb(0x2F5597))),
          .init(" 删除", font: Font(strikethrough: true)),
        ]))
      sheet.setColumnWidth(60, for: "A")
      sheet.setRowHeight(30, for: 3)
    },
    Feature("number-formats") { book in
      let sheet = try sheet("数字格式 Number formats", in: book)
      let formats: [(NumberFormat, Double)] = [
        ("General", 1234.5), ("0", 1234.5), ("0.00", 1234.5), ("#,##0.00", 1_234_567.891), ("0.0%", 0.953),
        ("0.00E+00", 12_345), ("# ?/?", 2.75), ("¥#,##0.00;[Red]-¥#,##0.00", -88.5), ("yyyy-mm-dd", 45_614),
        ("yyyy\"年\"m\"月\"d\"日\"", 45_614), ("h:mm:ss", 0.5625), ("[h]:mm", 1.75), ("000-0000", 3_913_888),
        ("[DBNum1][$-804]General", 2024), ("0.0,\"千\"", 98_765), ("\"合格\";\"不合格\";\"—\"", 0),
      ]
      put(
        [["格式", "显示"]] + formats.map { [.text($0.0.code), .number($0.1)] }, at: "A3", on: sheet)
      for (place, format) in formats.enumerated() {
        sheet.changeStyle(for: CellRange(CellReference(row: 4 + place, column: 2))) {
          $0.numberFormat = format.0
        }
      }
      sheet.setColumnWidth(34, for: "A")
      sheet.setColumnWidth(22, for: "B")
    },
  ]

  static let looks: [Feature] = [
    Feature("fonts") { book in
      let sheet = try sheet("字体 Fonts", in: book)
      let fonts: [(String, Font)] = [
        ("宋体 11", Font()), ("黑体 16", Font(name: "黑体", size: 16)),
        ("仿宋 14", Font(name: "仿宋_GB2312", size: 14)),
        ("粗体 bold", Font(bold: true)), ("斜体 italic", Font(italic: true)),
        ("删除线 struck", Font(strikethrough: true)), ("单下划线", Font(underline: .single)),
        ("会计双下划线", Font(underline: .doubleAccounting)), ("上标", Font(verticalPosition: .superscript)),
        ("红 red", Font(color: .rgb(0xC00000))), ("主题色 theme", Font(color: .theme(4, tint: -0.25))),
      ]
      for (place, font) in fonts.enumerated() {
        let cell = CellReference(row: 3 + place, column: 1)
        sheet[cell] = .text(font.0)
        sheet.setStyle(Style(font: font.1, alignment: Alignment(vertical: .center)), at: cell)
        sheet.setRowHeight(22, for: cell.row)
      }
      sheet.setColumnWidth(30, for: "A")
    },
    Feature("alignment") { book in
      let sheet = try sheet("对齐 Alignment", in: book)
      let places: [(String, Alignment)] = [
        ("左上", Alignment(horizontal: .left, vertical: .top)), ("居中", .centered),
        ("右下", Alignment(horizontal: .right, vertical: .bottom)),
        ("缩进二", Alignment(horizontal: .left, vertical: .center, indent: 2)),
        ("自动换行的一段比较长的文字", Alignment(vertical: .center, wrapsText: true)),
        ("缩小字体以适应单元格宽度", Alignment(vertical: .center, shrinksToFit: true)),
        ("分散对齐", Alignment(horizontal: .distributed, vertical: .center)),
        ("斜 45°", Alignment(horizontal: .center, vertical: .center, rotation: 45)),
        ("斜 −45°", Alignment(horizontal: .center, vertical: .center, rotation: -45)),
        ("竖排", Alignment(horizontal: .center, vertical: .center, rotation: 255)),
      ]
      for (place, alignment) in places.enumerated() {
        let cell = CellReference(row: 3 + place / 5, column: 1 + place % 5)
        sheet[cell] = .text(alignment.0)
        // Programs draw the borders of turned text turned as well.
        let isTurned = alignment.1.rotation != 0 && alignment.1.rotation != 255
        sheet.setStyle(Style(borders: isTurned ? .none : .thin, alignment: alignment.1), at: cell)
      }
      sheet.setColumnWidth(16, for: "A:E")
      sheet.setRowHeight(70, for: 3...4)
    },
    Feature("borders-fills") { book in
      let sheet = try sheet("边框和填充 Borders and fills", in: book)
      for (place, line) in Borders.LineStyle.allCases.enumerated() {
        let cell = CellReference(row: 3 + place / 5 * 2, column: 2 + place % 5 * 2)
        sheet[cell] = .text(line.rawValue)
        sheet.setStyle(
          Style(font: Font(size: 9), borders: .all(line, color: .rgb(0x2F5597)), alignment: .centered),
          at: cell)
      }
      var diagonal = Borders.all(.thin)
      diagonal.diagonal = Borders.Line(.thin, color: .rgb(0xC00000))
      diagonal.diagonalDown = true
      diagonal.diagonalUp = true
      sheet.setStyle(Style(borders: diagonal), at: "H7")
      let fills: [Fill] = [
        .solid(.rgb(0xFFE699)), .solid(.theme(9, tint: 0.4)),
        .pattern("gray125", foreground: nil, background: nil),
        .pattern("lightGrid", foreground: .rgb(0xC00000), background: .rgb(0xFFF2CC)),
        .pattern("darkUp", foreground: .rgb(0x70AD47), background: .white),
      ]
      for (place, fill) in fills.enumerated() {
        sheet.setStyle(Style(fill: fill, borders: .thin), at: CellReference(row: 10, column: 2 + place * 2))
      }
      sheet.setColumnWidth(3, for: "A")
      for column in stride(from: 3, through: 11, by: 2) { sheet.setColumnWidth(3, for: column) }
      for column in stride(from: 2, through: 10, by: 2) { sheet.setColumnWidth(17, for: column) }
      for row in [3, 5, 7, 10] { sheet.setRowHeight(28, for: row) }
    },
  ]
}
