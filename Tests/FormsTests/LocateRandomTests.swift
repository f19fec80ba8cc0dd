import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("Forms in layouts at random")
struct LocateRandomTests {
  let bench: LocateBench

  init() throws { bench = try LocateBench.notice.get() }

  @Test("every figure and every line is read as it was put in, whatever the layout", arguments: 0..<2)
  func everyLayout(_ index: Int) {
    let form = bench.campaign.forms[index]
    var failures = 0
    for seed in 0..<400 {
      var numbers = SeededNumbers(seed * 2 + index)
      var layout = LocateLayout(&numbers)
      if form.rows.isEmpty, layout.axes == .mixed { layout.axes = .asDefined }
      var painter = LocatePainter(form, layout, numbers)
      let sheet = painter.paint()
      let found = bench.read(sheet.grid)
      let ok =
        found.map(\.form) == [form.id] && found[0].figures == sheet.figures
        && found[0].head.mapValues(\.raw) == sheet.head
      if !ok {
        failures += 1
        if failures <= 3 {
          let wrong = sheet.figures.filter { found.first?.figures[$0.key] != $0.value }.keys.sorted()
          Issue.record(
            "seed \(seed) \(layout)\nfound \(found.map(\.form)) wrong \(wrong) head \(found.first?.head.mapValues(\.raw) ?? [:])\n\(sheet.grid.picture)"
          )
        }
      }
    }
    #expect(failures == 0)
  }
}
