import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("Forms in layouts at random")
struct LocateRandomTests {
  /// The forms of the notice, and a form that it does not have: three levels of rows, two of columns, totals on both
  /// axes in words that are synonyms of one another.
  static let benches = Result {
    let notice = try LocateBench.notice.get()
    var other = notice.campaign
    other.forms = notice.campaign.forms.prefix(1).map { districts(deadline: $0.deadline) }
    return [(notice, 0), (notice, 1), (LocateBench(other), 0)]
  }

  static func districts(deadline: CalendarDate) -> FormDefinition {
    func kinds() -> [Heading] {
      [Heading(name: "学校", aliases: ["院校"]), Heading(name: "企业"), Heading(name: "社区", aliases: ["街道社区"])].map
      {
        var heading = $0
        heading.children = [
          Heading(name: "期数", printed: "期数（期）", measure: Measure(unit: "期")),
          Heading(name: "学员", measure: Measure(unit: "人")),
        ]
        return heading
      }
    }
    let halves = [Heading(name: "计划"), Heading(name: "完成", aliases: ["实际完成"])]
    return FormDefinition(
      id: "courses", label: "附表7", title: "职工夜校开办情况季度统计表",
      deadline: deadline, dueFrom: [],
      rows: [
        Heading(name: "东片", children: kinds()), Heading(name: "西片", children: kinds()),
        Heading(name: "合计", synonyms: ["总计"], totalOf: ["东片", "西片"], children: kinds()),
      ],
      columns: [
        Heading(name: "上半年", children: halves), Heading(name: "下半年", children: halves),
        Heading(name: "全年", synonyms: ["合计"], totalOf: ["上半年", "下半年"], children: halves),
      ],
      headLines: [
        .init(role: .unit, label: "填报单位", place: .above),
        .init(role: .filledOn, label: "填报时间", place: .above),
        .init(role: .filledBy, label: "填报人", place: .below),
        .init(role: .phone, label: "联系电话", place: .below),
      ])
  }

  static func layout(_ form: FormDefinition, _ numbers: inout SeededNumbers) -> LocateLayout {
    var layout = LocateLayout(&numbers)
    if form.rows.isEmpty, layout.axes == .mixed { layout.axes = .asDefined }
    // Half of a form of six leaves under one parent may be anyone's when only the last child has its parent's name.
    if form.rows.contains(where: { $0.children.contains { !$0.children.isEmpty } }) {
      if layout.rows == .lastOnly { layout.rows = .firstOnly }
      layout.hasAddedTotals = false
    }
    return layout
  }

  @Test("every figure and every line is read as it was put in, whatever the layout", arguments: 0..<3)
  func everyLayout(_ number: Int) throws {
    let (bench, index) = try Self.benches.get()[number]
    let form = bench.campaign.forms[index]
    var failures = 0
    for seed in 0..<150 {
      var numbers = SeededNumbers(seed * 3 + number)
      let layout = Self.layout(form, &numbers)
      var painter = LocatePainter(form, layout, numbers)
      let sheet = painter.paint()
      let found = bench.read(sheet.grid)
      if found.map(\.form) == [form.id], found[0].figures == sheet.figures,
        found[0].head.mapValues(\.raw) == sheet.head
      {
        continue
      }
      failures += 1
      if failures > 2 { continue }
      let wrong = sheet.figures.filter { found.first?.figures[$0.key] != $0.value }.keys.sorted()
      Issue.record(
        "seed \(seed) \(layout)\nfound \(found.map(\.form)) wrong \(wrong) head \(found.first?.head.mapValues(\.raw) ?? [:])\n\(sheet.grid.picture)"
      )
    }
    #expect(failures == 0)
  }

  /// A sheet with two forms at random.
  static func pair(_ bench: LocateBench, _ numbers: inout SeededNumbers) -> (grid: Grid, forms: [FilledSheet])
  {
    var grid = Grid(name: "Sheet1")
    var sheets: [FilledSheet] = []
    var origin: CellReference = "A1"
    let isBeside = numbers.chance(40)
    for _ in 0..<2 {
      let form = numbers.pick(bench.campaign.forms)
      var layout = layout(form, &numbers)
      layout.origin = origin
      var painter = LocatePainter(
        form, layout, SeededNumbers(Int.random(in: 0..<1_000_000, using: &numbers)), on: grid)
      let sheet = painter.paint()
      grid = sheet.grid
      sheets.append(sheet)
      origin =
        isBeside
        ? CellReference(
          row: .random(in: 1...5, using: &numbers),
          column: sheet.end.column + .random(in: 2...3, using: &numbers))
        : CellReference(
          row: sheet.end.row + .random(in: 1...3, using: &numbers),
          column: .random(in: 1...3, using: &numbers))
    }
    return (grid, sheets)
  }

  @Test("two forms share a sheet, one below the other or side by side")
  func twoOnASheet() throws {
    let bench = try LocateBench.notice.get()
    var failures = 0
    for seed in 0..<120 {
      var numbers = SeededNumbers(seed)
      let (grid, expected) = Self.pair(bench, &numbers)
      let found = bench.read(grid)
      let ok =
        found.count == 2
        && expected.allSatisfy { sheet in
          found.contains { $0.figures == sheet.figures && $0.head.mapValues(\.raw) == sheet.head }
        }
      if ok { continue }
      failures += 1
      if failures > 3 { continue }
      Issue.record(
        "seed \(seed) found \(found.map { ($0.form, $0.shape.table?.description ?? "", expected.map(\.figures).contains($0.figures), $0.head.mapValues(\.raw)) })\n\(grid.picture)"
      )
    }
    #expect(failures == 0)
  }
}
