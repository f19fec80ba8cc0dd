import Foundation
import Testing
import XLSX

@testable import Forms

/// A layout that was seen before is found again without a search, and only where a search would find the same.
@Suite("Layouts that were seen before")
struct LocateMemoryTests {
  /// What a locator says about the forms of a sheet.
  private static func description(_ forms: [LocatedForm]) -> [String] {
    forms.map { form in
      let places = form.places.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      let head = form.head.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key) \($0.value)" }
      return "\(form.form.id) \(places) \(head) \(form.shape) \(form.titleLead)"
    }
  }

  /// The sheet as another unit would fill it in.
  private static func refilled(_ grid: Grid, _ numbers: inout SeededNumbers) -> Grid {
    var grid = grid
    for place in grid.cells.keys {
      switch grid.cells[place]?.value {
      case .number?:
        // Some of them may be years.
        grid.cells[place]?.value = .number(
          Decimal(Int.random(in: 0...(numbers.chance(30) ? 2_100 : 9_999), using: &numbers)))
      case .text(let text)? where text.contains("工会"): grid.cells[place]?.value = .text(text + "宣教部")
      case .text(let text)? where text.hasSuffix("："): continue
      default: continue
      }
    }
    if numbers.chance(40), let place = grid.cells.keys.randomElement(using: &numbers) {
      grid.cells[place]?.value = numbers.pick([
        .text("12场"), .text("约300"), .text("总计"), .text("场次"), .number(3), .text("x"), .text(" "), .blank,
        .text("填报人：王芳"), .text("填报人："), .error("#REF!"), .bool(true),
        .number(2023), .number(2024), .text("上年"), .text("计划"), .text("一车间"), .text("线上"),
      ])
    }
    return grid
  }

  @Test("have their forms where a search finds them", arguments: 0..<3)
  func sameAsSearching(_ number: Int) throws {
    let (bench, index) = try LocateRandomTests.benches.get()[number]
    let memory = LayoutMemory(bench.locator)
    for seed in 0..<120 {
      var numbers = SeededNumbers(seed * 3 + number)
      let layout = LocateRandomTests.layout(bench.campaign.forms[index], &numbers)
      var painter = LocatePainter(bench.campaign.forms[index], layout, numbers)
      var grid = painter.paint().grid
      for _ in 0..<6 {
        let book = GridBook(format: .xlsx, grids: [grid])
        #expect(
          Self.description(memory.locate(in: book)) == Self.description(bench.locator.locate(in: book)),
          "seed \(seed)\n\(grid.picture)")
        grid = Self.refilled(grid, &numbers)
      }
    }
  }

  @Test("give every unit its own name, its own figures and its own lines")
  func ownValues() throws {
    let bench = try LocateBench.notice.get()
    let memory = LayoutMemory(bench.locator)
    func form(_ unit: String, _ events: Int) -> Grid {
      Grid.drawn(
        """
        | 填报单位（盖章）：\(unit) | < | 填报时间：2024-11-0\(events) | < | < |
        | | | 线上 | 线下 | 合计 |
        | 送文艺 | 场次 | \(events) | 3 | \(events + 3) |
        | ^ | 参加人数 | 20 | 30 | 50 |
        | 送电影 | 场次 | 2 | 3 | 5 |
        | ^ | 参加人数 | 20 | 30 | 50 |
        | 填报人 | 王芳\(events) | | 联系电话 | 399992\(events) |
        """)
    }
    for (unit, events) in [("沁阳市总工会", 1), ("温县总工会", 2), ("博爱县总工会", 3)] {
      let book = GridBook(format: .xlsx, grids: [form(unit, events)])
      let located = try #require(memory.locate(in: book).first)
      let submission = bench.reader.read(located, in: book, file: "表.xlsx")
      #expect(submission.unit?.name == unit)
      #expect(submission.figure("送文艺/场次/线上") == Decimal(events))
      #expect(submission.filledOn?.description == "2024-11-0\(events)")
      #expect(submission.filledBy == "王芳\(events)")
      #expect(submission.phone == "399992\(events)")
    }
  }
}
