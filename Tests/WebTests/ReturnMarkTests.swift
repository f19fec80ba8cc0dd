import Forms
import Foundation
import Testing
import XLSX

@testable import Web

@Suite("Findings marked for return")
struct ReturnMarkTests {
  private static let file = "收件/沁阳.xlsx"

  private static func item(_ rule: String, _ cell: String) throws -> SheetContent.Item {
    let campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/"))
    let finding = Finding(
      rule: rule, severity: .error, file: file, sheet: "Sheet1", cell: CellReference(cell),
      message: LocalizedText(zh: "合计不等于各项之和", en: "The total is not the sum of its parts"))
    return SheetContent.Item(number: 0, finding: finding, submission: nil, campaign: campaign)
  }

  private static func marks(_ entries: [LedgerEntry]) throws -> ReturnMarks {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let ledger = try Ledger(inFolder: folder.path)
    for entry in entries { try ledger.add([entry], by: "李晓红") }
    return try ReturnMarks(ledger)
  }

  private static let mark = LedgerEntry(.markedForReturn, file: file, cell: "Sheet1!E6", new: "R01")
  private static let withdrawn = LedgerEntry(.markWithdrawn, file: file, cell: "Sheet1!E6", new: "R01")

  @Test("A mark is that of one finding: neither of another rule's nor of another cell's")
  func one() throws {
    let marks = try Self.marks([LedgerEntry(.merged), Self.mark])
    #expect(try marks.mark(of: Self.item("R01", "E6"), in: Self.file)?.person == "李晓红")
    #expect(try marks.mark(of: Self.item("R02", "E6"), in: Self.file) == nil)
    #expect(try marks.mark(of: Self.item("R01", "E7"), in: Self.file) == nil)
    #expect(try marks.mark(of: Self.item("R01", "E6"), in: "收件/孟州.xlsx") == nil)
  }

  @Test("Taken back it is gone, and can be made again; the ledger keeps all three")
  func withdrawn() throws {
    #expect(try Self.marks([Self.mark, Self.withdrawn]).places.isEmpty)
    let again = try Self.marks([Self.mark, Self.withdrawn, Self.mark])
    #expect(try again.mark(of: Self.item("R01", "E6"), in: Self.file)?.number == 3)
    #expect(again.number == 3)
  }

  @Test("A file that goes back after it was marked counts as sent; one that went back before does not")
  func sent() throws {
    let back = LedgerEntry(.returned, file: Self.file)
    func isSent(_ entries: [LedgerEntry]) throws -> Bool {
      let marks = try Self.marks(entries)
      return try marks.mark(of: Self.item("R01", "E6"), in: Self.file).flatMap(marks.sent) != nil
    }
    #expect(try isSent([Self.mark, back]))
    #expect(try !isSent([back, Self.mark]))
    #expect(try !isSent([Self.mark, LedgerEntry(.returned, file: "收件/孟州.xlsx")]))
  }

  @Test("A mark that an earlier version made without a rule is that of its cell")
  func ruleless() throws {
    let marks = try Self.marks([LedgerEntry(.markedForReturn, file: Self.file, cell: "Sheet1!E6")])
    #expect(try marks.mark(of: Self.item("R02", "E6"), in: Self.file) != nil)
    #expect(try marks.mark(of: Self.item("R02", "E7"), in: Self.file) == nil)
  }

  @Test("When something was done is said as people say it")
  func moment() {
    var entry = Self.mark
    entry.time = "2024-11-20T09:30:05+08:00"
    #expect(entry.moment(in: .chinese) == "11月20日 09:30")
    #expect(entry.moment(in: .english) == "2024-11-20 09:30")
  }
}
