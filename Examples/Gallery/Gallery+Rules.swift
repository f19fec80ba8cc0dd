import XLSX

/// What depends on what cells hold, or decides it.
extension Gallery {
  static let rules: [Feature] = [
    Feature("validations") { book in
      let sheet = try sheet("数据验证 Validations", in: book)
      let kinds: [(String, CellValue, DataValidation)] = [
        (
          "整数 0 以上", 5,
          DataValidation(
            ["B4"], kind: .whole, operator: .greaterThanOrEqual, formula1: "0",
            prompt: .init(title: "填写", text: "请填整数\n不小于 0"), error: .init(title: "有误", text: "只能填 0 或正整数"))
        ),
        (
          "小数 0 到 1", 0.5,
          DataValidation(["B5"], kind: .decimal, formula1: "0", formula2: "1", errorStyle: .warning)
        ),
        ("列表（区域）", "洛阳", DataValidation(["B6"], kind: .list, formula1: "$D$4:$D$9")),
        (
          "日期 2024 年", 45_614,
          DataValidation(["B7"], kind: .date, formula1: "45292", formula2: "45657", errorStyle: .information)
        ),
        ("时间 上午", 0.375, DataValidation(["B8"], kind: .time, operator: .lessThan, formula1: "0.5")),
        (
          "文字 不超过 11 字", "13903910000",
          DataValidation(
            ["B9"], kind: .textLength, operator: .lessThanOrEqual, formula1: "11", allowsBlank: false)
        ),
        ("自定义 等于 B4", 5, DataValidation(["B10"], kind: .custom, formula1: "B10=B4")),
        ("仅提示", "任意", DataValidation(["B11"], kind: .any, prompt: .init(text: "什么都可以填"))),
      ]
      put([["规则", "可填"]] + kinds.map { [.text($0.0), $0.1] }, at: "A3", on: sheet)
      put([["可选"]] + cities.map { [.text($0)] }, at: "D3", on: sheet)
      for kind in kinds { try sheet.addValidation(kind.2) }
      put([["列表（词）", "是"]], at: "A12", on: sheet)
      sheet.setStyle(body, for: "A12:B12")
      try sheet.addValidation(ofWords: ["是", "否", "\"其他\""], for: "B12:B12")
      sheet.changeStyle(for: "B7") { $0.numberFormat = .isoDate }
      sheet.changeStyle(for: "B8") { $0.numberFormat = "h:mm" }
      sheet.setColumnWidth(22, for: "A:B")
    },
    Feature("conditional-formats") { book in
      let sheet = try sheet("条件格式 Conditional formats", in: book)
      put(figures(), at: "A3", on: sheet)
      let red = ConditionalFormat.Appearance(fill: .rgb(0xFFC7CE), fontColor: .rgb(0x9C0006), bold: true)
      let green = ConditionalFormat.Appearance(fill: .rgb(0xC6EFCE), fontColor: .rgb(0x006100))
      try sheet.addConditionalFormat(
        ConditionalFormat(["B4:B9"], .cell(.lessThan, "25", nil, red), stopsIfTrue: true))
      try sheet.addConditionalFormat(.cell(.between, "25", "40", green), for: "B4:B9")
      try sheet.addConditionalFormat(
        .expression("MOD(ROW(),2)=0", .init(fill: .rgb(0xEDEDED), italic: true, borders: .thin)), for: "C4:C9"
      )
      try sheet.addConditionalFormat(
        .colorScale([
          .init(at: .minimum, color: .rgb(0xF8696B)), .init(at: .percentile(50), color: .rgb(0xFFEB84)),
          .init(at: .maximum, color: .rgb(0x63BE7B)),
        ]), for: "D4:D9")
      try sheet.addConditionalFormat(
        .colorScale([.init(at: .number(10), color: .white), .init(at: .number(60), color: .rgb(0x5B9BD5))]),
        for: "E4:E9")
    },
    Feature("data-bars") { book in
      let sheet = try sheet("数据条 Data bars", in: book)
      var rows: [[CellValue]] = [["渐变", "实心加边框", "正负", "中间为轴", "只有条"]]
      for row in 0..<8 {
        let number = Double(row * 17 % 23)
        rows.append([
          .number(number), .number(number + 3), .number(number - 11), .number(8 - number), .number(number),
        ])
      }
      put(rows, at: "A3", on: sheet)
      try sheet.addConditionalFormat(.dataBar(.rgb(0x638EC6)), for: "A4:A11")
      try sheet.addConditionalFormat(
        .dataBar(DataBar(.rgb(0x63C384), solid: true, border: .rgb(0x2E7D32))), for: "B4:B11")
      try sheet.addConditionalFormat(.dataBar(DataBar(.rgb(0x5B9BD5), solid: true)), for: "C4:C11")
      try sheet.addConditionalFormat(
        .dataBar(
          DataBar(.rgb(0xFFB628), from: .minimum, to: .maximum, negative: .rgb(0x7F7F7F), axis: .middle)),
        for: "D4:D11")
      try sheet.addConditionalFormat(
        .dataBar(
          DataBar(
            .rgb(0xD6007B), from: .number(0), to: .percent(90), negative: nil, axis: .none, showsValue: false)
        ),
        for: "E4:E11")
      sheet.setColumnWidth(18, for: "A:E")
    },
    Feature("icon-sets") { book in
      let sheet = try sheet("图标集 Icon sets", in: book)
      let sets = ["3TrafficLights1", "3Arrows", "4Rating", "5Quarters", "3Stars", "3Triangles", "5Boxes"]
      var rows: [[CellValue]] = [sets.map { .text($0) }]
      for row in 0..<6 { rows.append(sets.indices.map { .number(Double((row * 19 + $0 * 5) % 53)) }) }
      put(rows, at: "A3", on: sheet)
      for (place, name) in sets.enumerated() {
        let count = name.first?.wholeNumberValue ?? 3
        let thresholds = (0..<count).map { ConditionalFormat.Threshold.percent(Double($0 * 100 / count)) }
        let first = CellReference(row: 4, column: 1 + place)
        try sheet.addConditionalFormat(
          .iconSet(name, thresholds: thresholds, reversed: place == 1),
          for: CellRange(first, first.offset(rows: 5)))
      }
      sheet.setColumnWidth(17, for: "A:G")
    },
    Feature("tables") { book in
      let sheet = try sheet("表格 Tables", in: book)
      for (down, row) in figures(13).enumerated() {
        for (right, value) in row.enumerated() {
          sheet[CellReference(row: 3 + down, column: 1 + right)] = value
        }
      }
      try sheet.addTable("季度", range: "A3:E9")
      for (down, row) in ([["项目", "金额\n（元）"], ["甲", 120], ["乙", 80]] as [[CellValue]]).enumerated() {
        for (right, value) in row.enumerated() {
          sheet[CellReference(row: 12 + down, column: 1 + right)] = value
        }
      }
      sheet["A15"] = "合计"
      sheet["B15"] = .formula("SUBTOTAL(109,B13:B14)", cached: 200)
      var table = Table("合计表", range: "A12:B15", columns: ["项目", "金额\n（元）"], styleName: "TableStyleLight9")
      table.showsTotals = true
      table.showsFilter = false
      try sheet.addTable(table)
      sheet.changeStyle(for: "B12") { $0.alignment.wrapsText = true }
      sheet.setRowHeight(32, for: 12)
      sheet.setColumnWidth(13, for: "A:E")
    },
  ]
}
