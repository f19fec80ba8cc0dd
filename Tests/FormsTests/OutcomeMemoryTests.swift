import Foundation
import Testing

@testable import Forms

/// What is kept from one check to the next is let go when something changes that it depends on.
@Suite struct OutcomeMemoryTests {
  /// Last year's workbook is corrected on the disk while the page is open: the same name, other figures.
  @Test func otherFiguresOfLastYearUnderTheSameNameAreAnotherCheck() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("甲.xlsx")
    try Data("甲".utf8).write(to: path)
    let old = Date(timeIntervalSinceNow: -60)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path.path)
    // The time of other changes cannot be set; it must have settled.
    Thread.sleep(forTimeInterval: 0.1)
    let file = InboxFile(path: path.path, shown: "甲.xlsx", below: "")
    let memory = OutcomeMemory()
    var reads = 0
    func check(_ figure: Decimal) throws {
      var previous = PreviousFigures(file: "上年.xlsx")
      previous[form: "outreach", unit: "JZ01"] = ["送文艺/场次/线上": figure]
      let key = OutcomeMemory.Key(
        campaign: "jiaozuo-2024", asOf: .epoch, roots: [], previous: previous, limits: .default)
      _ = try memory.outcomes(of: [file], for: key) { files in
        reads += files.count
        return files.map { _ in [] }
      } judge: {
        $0
      }
    }
    try check(1)
    try check(1)
    #expect(reads == 1)
    try check(2)
    #expect(reads == 2)
  }
}
