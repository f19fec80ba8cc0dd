import XLSX

/// What a sheet and a workbook have as a whole.
extension Gallery {
  static let sheets: [Feature] = [
    Feature("sizes-merges") { book in
      let sheet = try sheet("大小与合并 Sizes and merges", in: book)
      try sheet.merge("A1:D1")
      put(figures(), at: "A3", on: sheet)
      sheet["F3"] = "合并三行两列\nmerged"
      try sheet.merge("F3:G5")
      sheet.setStyle(Style(fill: .solid(.rgb(0xDDEBF7)), borders: .thin, alignment: .centered), for: "F3:G5")
      sheet.changeStyle(for: "F3:G5") { $0.alignment.wrapsText = true }
      sheet["A10"] = "很长的单位名称：焦作市总工会职工服务中心"
      sheet.autofitColumns("A:E", minimum: 9)
      sheet.setRowHeight(36, for: 3)
      sheet.hideRows(6...6)
      sheet.hideColumns("D")
      sheet.tabColor = .rgb(0x00B050)
    },
    Feature("outline") { book in
      let sheet = try sheet("分级显示 Outline", in: book)
      var rows: [[CellValue]] = [["月份", "场次"]]
      var sums: [String] = []
      for quarter in 1...4 {
        let first = 4 + (quarter - 1) * 4
        for month in 1...3 {
          rows.append([.text("\(quarter * 3 - 3 + month)月"), .number(Double(quarter * 5 + month))])
        }
        rows.append([
          .text("第\(quarter)季度"),
          .formula(Formula("SUM(B\(first):B\(first + 2))"), cached: .number(Double(quarter * 15 + 6))),
        ])
        sums.append("B\(first + 3)")
      }
      rows.append(["全年", .formula(Formula(sums.joined(separator: "+")), cached: 174)])
      put(rows, at: "A3", on: sheet)
      for quarter in 0..<4 {
        sheet.groupRows(4 + quarter * 4...6 + quarter * 4, collapsed: quarter == 1)
        sheet.changeStyle(
          for: CellRange(
            CellReference(row: 7 + quarter * 4, column: 1), CellReference(row: 7 + quarter * 4, column: 2))
        ) { $0.font.isBold = true }
      }
      sheet.groupRows(4...19)
      sheet.groupColumns("D:E")
    },
    Feature("view") { book in
      let sheet = try sheet("冻结窗格 Frozen panes", in: book)
      put(figures(11), at: "A3", on: sheet)
      sheet.freeze(at: "B4")
      sheet.view.zoom = 110
      sheet.view.activeCell = "C5"
      sheet.autoFilter = "A3:E9"
      let hidden = try book.addSheet(named: "隐藏 Hidden", visibility: .hidden)
      hidden["A1"] = "不显示"
      let secret = try book.addSheet(named: "深度隐藏 Very hidden", visibility: .veryHidden)
      secret["A1"] = "不列出"
    },
    Feature("protection") { book in
      let sheet = try sheet("保护 Protection", in: book)
      put(figures(5), at: "A3", on: sheet)
      sheet.changeStyle(for: "B4:E9") {
        $0.protection = .unlocked
        $0.fill = .solid(.rgb(0xFFF2CC))
      }
      sheet["A11"] = "黄色单元格可填，其余锁定 Only yellow cells can be changed"
      sheet.protect(allowing: [.selectLockedCells, .selectUnlockedCells, .formatColumns])
      book.protection = WorkbookProtection(locksStructure: true)
    },
    Feature("names") { book in
      let sheet = try sheet("名称 Names", in: book)
      put(figures(3), at: "A3", on: sheet)
      try book.addName("一季度", for: "B4:B9", in: sheet)
      try book.addName("税率", formula: "0.06")
      try book.addName("本表合计", formula: "SUM('名称 Names'!$B$4:$E$9)", sheet: sheet.name)
      try book.addName("_内部", formula: "'名称 Names'!$A$1", hidden: true)
      let figures = figures(3).dropFirst().map { $0.dropFirst().compactMap(\.number) }
      sheet["A11"] = "一季度合计"
      sheet["B11"] = .formula("SUM(一季度)", cached: .number(figures.compactMap(\.first).reduce(0, +)))
      sheet["A12"] = "全年合计"
      sheet["B12"] = .formula("本表合计", cached: .number(figures.joined().reduce(0, +)))
      sheet.setColumnWidth(14, for: "A")
    },
    Feature("print-setup") { book in
      let sheet = try sheet("打印 Print set-up", in: book)
      put([["序号", "项目", "数量"]], at: "A3", on: sheet)
      for row in 1...60 {
        put(
          [[.number(Double(row)), .text("第\(row)项"), .number(Double(row * 7 % 31))]],
          at: CellReference(row: 3 + row, column: 1), on: sheet)
        sheet.setStyle(
          body, for: CellRange(CellReference(row: 3 + row, column: 1), CellReference(row: 3 + row, column: 3))
        )
      }
      sheet.setColumnWidth(16, for: "A:C")
      sheet.pageSetup.paperSize = 9
      sheet.pageSetup.orientation = .portrait
      sheet.pageSetup.margins = .centimetres(left: 2.5, right: 2.5, top: 3, bottom: 2.5)
      sheet.pageSetup.scaling = .percent(95)
      sheet.pageSetup.centersHorizontally = true
      sheet.pageSetup.printsGridLines = true
      sheet.pageSetup.printArea = ["A1:C63"]
      sheet.pageSetup.repeatedRows = 3...3
      sheet.pageSetup.repeatedColumns = 1...1
      sheet.pageSetup.rowBreaks = [33]
      sheet.pageSetup.firstPageNumber = 5
    },
    Feature("headers-footers") { book in
      let sheet = try sheet("页眉页脚 Headers and footers", in: book)
      put(figures(9), at: "A3", on: sheet)
      sheet.pageSetup.header = "&L&\"黑体,常规\"&12统计表&R&A"
      sheet.pageSetup.footer = "&C第 &P 页，共 &N 页"
      sheet.pageSetup.firstHeader = "&C&16首页 first page"
      sheet.pageSetup.firstFooter = "&C首页 &P / &N"
      sheet.pageSetup.evenHeader = "&R偶数页 even page"
      sheet.pageSetup.evenFooter = "&L&P"
    },
    Feature("properties") { book in
      let sheet = try sheet("文档属性 Properties", in: book)
      sheet["A3"] = "见 文件 → 信息 see File → Info"
      book.properties.title = "XLSX 展示"
      book.properties.subject = "可写的一切 & more"
      book.properties.creator = "huizong"
      book.properties.keywords = "xlsx, swift"
      book.properties.description = "一个工作簿，展示全部功能"
      book.properties.category = "示例"
      book.properties.lastModifiedBy = "huizong"
      book.properties.created = "2024-11-20T08:00:00Z"
      book.properties.modified = "2024-11-21T09:30:00Z"
      book.properties.company = "总工会"
      book.properties.application = "huizong"
    },
  ]
}
