import Foundation
import Testing
import XLSX

@testable import Forms

/// A list of an invented office, and what is read from a drawn sheet of it.
struct ListSample {
  let campaign: Campaign
  let engine: RuleEngine

  static let form = """
    id: trees
    label: 表1
    title: "{year}年古树名木保护台账"
    measures: {元: {decimals: 2}}
    kind: list
    columns:
      - {name: 序号, type: index}
      - {name: 树名, type: text, required: true}
      - {name: 编号, type: text, required: true}
      - {name: 级别, choices: [一级, {name: 二级, aliases: [Ⅱ级]}, 三级], required: true}
      - name: 经费
        measure: 元
        children: [养护, 抢救, {name: 小计, total: [养护, 抢救]}]
      - {name: 巡查日期, type: date, within: year}
      - {name: 长势良好, type: yes-no}
      - {name: 成活率, type: percent}
      - {name: 看护人电话, type: phone}
    rows: {least: 1, key: [编号]}
    totals: [养护, 抢救, 小计]
    groups: [级别]
    """

  init(form: String = ListSample.form, fields: String = "[经费/小计]") throws {
    campaign = try CampaignSample.load(
      [
        "fields: [巡查/合计]": "fields: \(fields)",
        "units: {东段管理所: 30, 西段管理所: 20}": "units: {东段管理所: 5000, 西段管理所: 5000}",
        "total: 50": "total: 10000",
      ], adding: ["patrol.yaml": form])
    engine = RuleEngine(campaign: campaign, asOf: CalendarDate(iso: "2025-11-30") ?? .epoch)
  }

  static let head = """
    | 2025年古树名木保护台账 |
    | 报送单位：东段管理所 |
    | 序号 | 树名 | 编号 | 级别 | 经费 | < | < | 巡查日期 | 长势良好 | 成活率 | 看护人电话 |
    | ^ | ^ | ^ | ^ | 养护 | 抢救 | 小计 | ^ | ^ | ^ | ^ |

    """

  /// The submissions of a book with these sheets.
  func read(_ sheets: [String]) -> [Submission] {
    read(grids: sheets.enumerated().map { Grid.drawn($1, name: "第\($0 + 1)页") })
  }

  func read(grids: [Grid]) -> [Submission] {
    var book = GridBook(format: .xlsx, grids: grids)
    book.computeFormulas()
    let reader = FormReader(campaign)
    return FormLocator(campaign).locate(in: book).map { located in
      var submission = reader.read(located, in: book, file: "东段.xlsx")
      engine.judge(&submission)
      return submission
    }
  }

  func one(_ lines: String) throws -> Submission {
    let found = read([Self.head + lines])
    #expect(found.count == 1)
    return try #require(found.first)
  }
}

extension Submission {
  fileprivate var rows: [Int] { (0..<(list?.lines.count ?? 0)).compactMap { list?.lines.row($0) } }

  fileprivate func value(_ line: Int, _ field: Int) -> FieldValue? { list?.lines.values(line)[field] }

  fileprivate var told: [String] {
    findings.map { "\($0.rule) \($0.cell?.description ?? "")" }
  }
}

@Suite("Lists")
struct ListReadingTests {
  @Test("lines go on to the 合计 line, over unused printed lines; values are read by type")
  func lines() throws {
    let form = try ListSample().one(
      """
      | 1 | 银杏 | '001 | Ⅱ级 | 500 | 200 | 700 | 2025.3.12 | √ | 85% | 3999920 |
      | 2 | 国槐 | '002 | 一 级 | 0.1 | 0.2 | 0.3 | 5月6日 | 否 | 90 | |
      | 3 | | | | | | | | | | |
      | 合计 | | | | 500.1 | 200.2 | 700.3 | | | | |
      | 填报人：王芳 |
      """)
    #expect(form.rows == [5, 6])
    #expect(form.unit?.name == "东段管理所" && form.filledBy == nil)
    #expect(form.value(0, 2) == .text("001"))
    #expect(form.value(0, 3) == .text("二级") && form.value(1, 3) == .text("一级"))
    #expect(form.value(1, 6) == .figure(Decimal(string: "0.3")!))
    #expect(form.value(0, 7) == .date(CalendarDate(iso: "2025-03-12")!))
    #expect(form.value(1, 7) == .date(CalendarDate(iso: "2025-05-06")!))
    #expect(form.value(0, 8) == .truth(true) && form.value(1, 8) == .truth(false))
    #expect(form.value(0, 9) == .figure(Decimal(string: "0.85")!))
    #expect(form.value(1, 9) == .figure(Decimal(string: "0.9")!))
    #expect(form.list?.totals.first { $0.field == "合计/经费/小计" }?.figure == Decimal(string: "700.3"))
    // 90 was written as a number of hundredths.
    #expect(form.findings.filter { $0.severity != .info }.map(\.rule) == [])
  }

  @Test("a line that is crossed out does not count, its number or not, and is told as what it is")
  func crossedOut() throws {
    let sample = try ListSample()
    var grid = Grid.drawn(
      ListSample.head + """
        | 1 | 银杏 | '001 | 二级 | 500 | 200 | 700 | | | | |
        | 2 | 国槐 | '002 | 一级 | 30 | 40 | 70 | | | | |
        | 3 | 侧柏 | '003 | 一级 | 1 | 2 | 3 | | | | |
        | 4 | 油松 | '004 | 一级 | 5 | 6 | 11 | | | | |
        | 合计 | | | | 501 | 202 | 703 | | | | |
        """)
    // The third line with its number, the last one without it.
    for (row, columns) in [(6, 2...7), (8, 1...7)] {
      for column in columns {
        let place = CellReference(row: row, column: column)
        guard let cell = grid.cells[place] else { continue }
        grid.cells[place] = GridCell(
          cell.value, appearance: CellAppearance(seen: .blank, leftOut: [LeftOut(.struck, "旧")]))
      }
    }
    let form = try #require(sample.read(grids: [grid]).first)
    #expect(form.rows == [5, 7])
    #expect(form.told.filter { !$0.hasPrefix("H") && !$0.hasPrefix("D") } == ["L08 A6", "L08 A8"])
    #expect(form.findings.first { $0.rule == "L08" }?.message.chinese == "第6行整行已划去，未计入，请核对")
  }

  @Test("同上 and its signs stand for the line above, in every type")
  func dittos() throws {
    let form = try ListSample().one(
      """
      | 1 | 银杏 | '001 | 二级 | 500 | 200 | 700 | 2025.3.12 | √ | 85% | 3999920 |
      | 2 | 同上 | '002 | 〃 | 500 | 200 | 700 | 同上 | ″ | 同 上 | （同上） |
      """)
    for field in [1, 3, 7, 8, 9, 10] { #expect(form.value(1, field) == form.value(0, field)) }
    #expect(form.findings.filter { $0.severity != .info && $0.rule.hasPrefix("L") }.map(\.rule) == [])
  }

  /// Somebody numbers the names and fills in nothing else: no title of a part, but lines that lack the rest.
  @Test(
    "numbered names alone are lines",
    arguments: [
      ("| | 一、银杏 |\n| | 二、国槐 |", [5, 6]), ("| | 一、银杏 |", [5]),
      ("| | （一）银杏 |\n| | （二）国槐 | '002 | 二级 |", [5, 6]),
      ("| | 一、城区 |\n| 1 | 银杏 | '001 | 二级 |\n| | 二、乡镇 |\n| 2 | 国槐 | '002 | 二级 |", [6, 8]),
      ("| 一、城区 | < | < | < |\n| 二、乡镇 | < | < | < |\n| 1 | 国槐 | '002 | 二级 |", [7]),
    ])
  func numberedNames(lines: String, rows: [Int]) throws {
    let form = try ListSample().one(lines + "\n")
    #expect(form.rows == rows)
    // The first row is a bare name wherever it is a line.
    #expect(form.told.contains { $0.hasPrefix("L01") } == rows.contains(5))
  }

  @Test("titles of parts are no lines, and sums of parts are no sum of all")
  func parts() throws {
    let form = try ListSample().one(
      """
      | （一）城区 |
      | 1 | 银杏 | '001 | 二级 | 500 | 200 | 700 | | | | |
      | 小计 | | | | 500 | 200 | 700 | | | | |
      | | 二、乡镇 |
      | 2 | 国槐 | '002 | 二级 | 1 | 2 | 3 | | | | |
      | 小计 | | | | 1 | 2 | 3 | | | | |
      | 3 | 侧柏 | '003 | 二级 | 1 | 2 | 3 | | | | |
      """)
    #expect(form.rows == [6, 9, 11])
    #expect(form.list?.totals.isEmpty == true)
    #expect(form.told.filter { $0.hasPrefix("L") } == [])
  }

  @Test("单位：元 over a list says what is counted, not who reports; money may have its sign")
  func unitOfMeasure() throws {
    let head = ListSample.head.replacing(
      "| 报送单位：东段管理所 |", with: "| 报送单位：东段管理所 | | | | | | | | | 单位：元 |")
    let found = try ListSample().read([
      head + "| 1 | 银杏 | '001 | 二级 | ￥1,500 | ¥200元 | 1700 | | | | |"
    ])
    #expect(found.map(\.unit?.name) == ["东段管理所"])
    #expect(found[0].value(0, 4) == .figure(1500) && found[0].value(0, 5) == .figure(200))
  }

  @Test("a list in another format keeps every line, its texts and its 合计 line")
  func converted() throws {
    let sample = try ListSample()
    let form = try sample.one(
      """
      | 1 | 银杏 | '001 | 二级 | 500 | 200 | 700 | 2025.3.12 | √ | 85% | 3999920 |
      | 2 | 国槐 | '002 | 特级 | 0.1 | 0.2 | 0.3 | 5月6日 | 否 | 90 | |
      | 合计 | | | | 500.1 | 200.2 | 700.3 | | | | |
      """)
    let conversion = FormConversion(file: "东段.xlsx", submissions: [form], campaign: sample.campaign)
    let lines = conversion.csv().split(separator: "\r\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("1,银杏,001,二级,500,200,700,2025-03-12") })
    // What is no choice stands there as it was written.
    #expect(lines.contains { $0.hasPrefix("2,国槐,002,特级,0.1,0.2,0.3,2025-05-06") })
    #expect(lines.contains { $0.hasPrefix("合计,,,,500.1,200.2,700.3") })
  }

  /// An office prints its formulas on every line; nobody has reported anything there.
  @Test("a line on which only formulas stand, with nothing to work on, is none")
  func printedFormulas() throws {
    let form = try ListSample().one(
      """
      | 1 | 银杏 | '001 | 一级 | 500 | 200 | =E5+F5 | | | =F5/E5 | |
      | 2 | | | | | | =E6+F6 | | | =F6/E6 | |
      | 3 | | | | | | =E7+F7 | | | =F7/E7 | |
      """)
    #expect(form.rows == [5])
    #expect(!form.told.contains { $0.hasSuffix("6") || $0.hasSuffix("7") })
    // A reference that leads nowhere hides what stood there.
    let broken = try ListSample().one(
      "| =#REF! | =#REF! | =#REF! | =#REF! | =#REF! | =#REF! | =#REF! | | | | |")
    #expect(broken.rows == [5])
    #expect(broken.findings.contains { $0.cell == "E5" })
  }

  /// 欧阳 is one person's surname, 、 stands between two people.
  @Test(
    "a line with the names of two people is told",
    arguments: [
      ("王强 李丽", 2), ("王强、李丽、赵六一", 3), ("王强\n李丽", 2), ("李 明", 1), ("欧阳 娜娜", 1), ("王强（队长）", 1),
      ("阿依古丽·买买提", 1), ("阿依古丽 买买提", 1), ("王强、等", 1), ("王五一 组长", 1),
      ("李四四 离职", 1),
    ])
  func people(name: String, count: Int) {
    let names = PersonNames(
      surnames: TableWords.builtin[.surnames], familyNames: TableWords.builtin[.familyNames])
    #expect(names.count(in: name) == count)
  }

  @Test("a line with two people is told where its column asks for a name")
  func twoPeople() throws {
    let form = ListSample.form.replacing("name: 树名,", with: "name: 看护人姓名,")
    let head = ListSample.head.replacing("树名", with: "看护人姓名")
    let found = try ListSample(form: form).read([
      head + """
        | 1 | 王强、李丽 | '001 | 一级 | 500 | 200 | 700 | | | | |
        | 2 | 王强 | '002 | 一级、二级 | 500 | 200 | 700 | | | | |
        """
    ])
    #expect(found.first?.told.filter { $0.hasPrefix("L10") } == ["L10 B5"])
  }

  /// In a document 9.1 was typed as it stands; a number in a workbook may have been 9.10.
  @Test("a day without its year is read as it was typed, and only then")
  func typedDays() throws {
    var cell = GridCell(.number(Decimal(string: "9.1") ?? 0))
    let field = try #require(try ListSample().campaign.forms.last?.fields.first { $0.type == .date })
    #expect(TypedCell(cell, field: field, year: 2025).state == .unreadable)
    cell.written = "9.1"
    let day = try #require(CalendarDate(iso: "2025-09-01"))
    #expect(TypedCell(cell, field: field, year: 2025).state == .value(.date(day)))
    let text = try #require(try ListSample().campaign.forms.last?.fields.first { $0.type == .text })
    cell.value = .number(Decimal(string: "1.5") ?? 0)
    cell.written = "1.50"
    #expect(TypedCell(cell, field: text, year: 2025).state == .value(.text("1.50")))
  }

  @Test("each line that is wrong is told with its cell, and with what was probably meant")
  func errors() throws {
    let form = try ListSample().one(
      """
      | 1 | 银杏 | '001 | 特级 | 500 | 200 | 700 | 2024-12-31 | 是 | 0.8 | |
      | 2 |      | '002 | 一级 | 5O0 | 200 | 700 | 2025年6月 | 也许 | 120 | |
      | 3 | 侧柏 | '001 | 一极 | 300 | 50 | 305 | 2025-6-1 | 是 | 1 | 12 |
      """)
    #expect(
      Set(form.told) == [
        "L02 D5", "L02 H5", "L01 B6", "L02 E6", "L02 H6", "L02 I6", "L02 J6", "L03 C7", "L02 D7", "T03 G7",
        "L02 K7",
      ])
    #expect(form.findings.first { $0.cell == "D7" }?.candidates.map(\.text).contains("一级") == true)
    #expect(form.findings.first { $0.rule == "T03" }?.candidates.contains { $0.value == 350 } == true)
    #expect(form.findings.allSatisfy { ($0.row ?? 0) > 4 })
  }

  /// A blank whose 合计 line has no formulas says of no column that it has a sum; a wrong sum is one all the same.
  @Test("totals that may be blank", arguments: [("", ["L05 F6"]), (", blankTotals: true", [])])
  func blankTotals(rule: String, blank: [String]) throws {
    let form = ListSample.form.replacing("key: [编号]}", with: "key: [编号]\(rule)}")
    let told = try ListSample(form: form).one(
      """
      | 1 | 银杏 | '001 | 一级 | 500 | 200 | 700 | | | | |
      | 合计 | | | | 400 | | 700 | | | | |
      """
    ).told
    #expect(told.filter { $0.hasPrefix("L05") } == ["L05 E6"] + blank)
  }

  @Test("a 合计 that is not the sum names the line that it leaves out, and the lines twice in it")
  func totals() throws {
    let form = try ListSample().one(
      """
      | 1 | 银杏 | '001 | 一级 | 500 | 210 | 710 | | | | |
      | 2 | 国槐 | '002 | 一级 | 320 | 45  | 365 | | | | |
      | 合计 | | | | 500 | 300 | 1075 | | | | |
      """)
    let sums = form.findings.filter { $0.rule == "L05" }
    #expect(sums.map(\.cell) == ["E7", "F7"] && sums.map(\.expected) == [820, 255])
    #expect(sums[0].candidates.contains { $0.row == 6 && $0.why == "line-missing" })
    #expect(sums[1].candidates.contains { $0.row == 6 && $0.why == "line-twice" })
  }

  @Test("an empty line between lines is told; what stands below three is read, and said")
  func gaps() throws {
    let form = try ListSample().one(
      """
      | 1 | 银杏 | '001 | 一级 | 500 | 200 | 700 | | | | |
      |   | | | | | | | | | | |
      | 2 | 国槐 | '002 | 一级 | 500 | 200 | 700 | | | | |
      |   | | | | | | | | | | |
      |   | | | | | | | | | | |
      |   | | | | | | | | | | |
      | 3 | 侧柏 | '003 | 一级 | 500 | 200 | 700 | | | | |
      | 注：本表一式两份，加盖公章后报送。 |
      """)
    #expect(form.rows == [5, 7, 11])
    #expect(form.told == ["L08 A6", "L08 A8"])
  }

  @Test("lines and columns that are hidden count, and are told")
  func hidden() throws {
    let sample = try ListSample()
    var grid = Grid.drawn(
      ListSample.head + """
        | 1 | 银杏 | '001 | 一级 | 500 | 200 | 700 | | | | |
        | 2 | 国槐 | '002 | 一级 | 500 | 200 | 700 | | | | |
        | 3 | 侧柏 | '003 | 一级 | 500 | 200 | 700 | | | | |
        | 4 | 油松 | '004 | 一级 | 500 | 200 | 700 | | | | |
        | 合计 | | | | 2000 | 800 | 2800 | | | | |
        """)
    func told(_ grid: Grid) throws -> (rows: [Int], findings: [String]) {
      let book = GridBook(format: .xlsx, grids: [grid])
      let located = try #require(FormLocator(sample.campaign).locate(in: book).first)
      var form = FormReader(sample.campaign).read(located, in: book, file: "东段.xlsx")
      sample.engine.judge(&form)
      return (form.rows, form.findings.map { "\($0.rule) \($0.message.chinese)" })
    }
    grid.hiddenRows = [5, 6, 8, 9]
    var found = try told(grid)
    #expect(found.rows == [5, 6, 7, 8])
    #expect(found.findings == ["F06 清单中有3行被隐藏（或被筛选掉）：第5—6、8行；已照常计入，请取消隐藏并核对"])
    // The total line and the numbers of the lines are nobody's data.
    grid.hiddenRows = [9]
    grid.hiddenColumns = [1, 6]
    found = try told(grid)
    #expect(found.findings == ["F06 “经费 抢救”栏被隐藏，其中的内容已照常读取，请取消隐藏并核对"])
    grid.hiddenColumns = []
    grid.isHidden = true
    found = try told(grid)
    #expect(found.findings.count == 1 && found.findings.first?.hasPrefix("F06 报表所在工作表") == true)
  }

  @Test("a second page and a second sheet with the same headings go on with the list")
  func pages() throws {
    let found = try ListSample().read([
      ListSample.head + """
        | 1 | 银杏 | '001 | 一级 | 500 | 200 | 700 | | | | |
        | 2024年古树名木保护台账（续） |
        | 序号 | 树名 | 编号 | 级别 | 经费 | < | < | 巡查日期 | 长势良好 | 成活率 | 看护人电话 |
        | ^ | ^ | ^ | ^ | 养护 | 抢救 | 小计 | ^ | ^ | ^ | ^ |
        | 2 | 国槐 | '002 | 一级 | 320 | 45  | 365 | | | | |
        """,
      """
      | 编号 | 树名 | 级别 | 备注 | 养护 | 抢救 | 小计 | 巡查日期 | 长势良好 | 成活率 | 看护人电话 |
      | '003 | 侧柏 | 三级 | 新 | 1 | 2 | 3 | | | | |
      """,
    ])
    #expect(found.count == 1)
    #expect(found.first?.rows == [5, 9, 2])
    #expect(found.first?.value(2, 1) == .text("侧柏"))
    #expect(found.first?.list?.lines.sheet(of: 2) == "第2页")
  }

  @Test(
    "each sheet's 合计 line is that of its own lines, or of all so far; a wrong one is told with its own sheet's sum"
  )
  func totalsOfPages() throws {
    func told(_ second: String) throws -> [String] {
      let found = try ListSample().read([
        ListSample.head + """
          | 1 | 国槐 | '001 | 一级 | 300 | 20 | 320 | | | | |
          | 2 | 银杏 | '002 | 一级 | 100 | 10 | 110 | | | | |
          | 合计 | | | | 400 | 30 | 430 | | | | |
          """,
        ListSample.head + """
          | 1 | 侧柏 | '003 | 三级 | 50 | 5 | 55 | | | | |
          | 合计 | | | | \(second) | | | | |
          """,
      ])
      #expect(found.count == 1)
      return found.flatMap(\.findings).filter { $0.rule == "L05" }.map {
        "\($0.sheet ?? "") \($0.cell?.description ?? "") \($0.expected?.description ?? "")"
      }
    }
    #expect(try told("50 | 5 | 55").isEmpty)
    #expect(try told("450 | 35 | 485").isEmpty)
    #expect(try told("60 | 5 | 55") == ["第2页 E6 50"])
  }

  @Test("an empty form is told as such; a line of column numbers is no line")
  func empty() throws {
    let form = try ListSample().one(
      """
      | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 |
      | 1 | | | | | | | | | | |
      | 2 | | | | | | | | | | |
      """)
    #expect(form.rows.isEmpty && form.told == ["D04 A3"])
  }

  @Test("ids are held against their check digit, and masked")
  func ids() {
    // 7·1+9·1+10·0+5·1+… is worked out in GB 11643's own example.
    if case .valid(let text) = CitizenID.read("11010519491231002 x") {
      #expect(text == "11010519491231002X")
    } else {
      Issue.record("a valid id was refused")
    }
    guard case .wrongChecksum = CitizenID.read("110105194912310021") else {
      Issue.record("a wrong check digit was taken")
      return
    }
    #expect(
      PersonalData.masked("C7“110105194912310021”，电话13938112233") == "C7“1101**********0021”，电话139****2233")
    #expect(PersonalData.masked("2025年11月共820元") == "2025年11月共820元")
  }
}
