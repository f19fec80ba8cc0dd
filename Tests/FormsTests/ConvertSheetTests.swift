import Foundation
import Testing
import XLSX

@testable import Forms

@Suite struct ConvertSheetTests {
  @Test("CSV becomes a workbook and the workbook CSV again, codes and phone numbers unharmed")
  func thereAndBack() throws {
    let folder = try Folder()
    let text = "单位,场次,电话\r\n沁阳,12,03913999920\r\n\"a,b\",0.5,TRUE\r\n"
    let csv = try folder.write(Data(text.utf8), "a.csv")
    let conversion = SheetConversion()
    #expect(try conversion.usualTarget(of: csv) == .xlsx)
    try conversion.writeWorkbook(ofCSV: csv, to: folder.path("a.xlsx"))
    let sheet = try Workbook(contentsOf: folder.url("a.xlsx")).sheet(at: 0)
    #expect(sheet["B2"] == 12)
    #expect(sheet["C2"] == "03913999920")
    #expect(sheet["C3"] == true)
    #expect(try conversion.usualTarget(of: folder.path("a.xlsx")) == .csv)
    try conversion.writeCSV(of: folder.path("a.xlsx"), to: folder.path("b.csv"))
    #expect(try String(contentsOf: folder.url("b.csv"), encoding: .utf8) == text)
  }

  @Test("CSV in GB18030, as Excel writes it in China, is read too; semicolons and tabs as well")
  func characterSets() throws {
    let folder = try Folder()
    // 单位;场次 in GB18030.
    let bytes: [UInt8] = [0xB5, 0xA5, 0xCE, 0xBB, 0x3B, 0xB3, 0xA1, 0xB4, 0xCE, 0x0A, 0x61, 0x3B, 0x31, 0x0A]
    let csv = try folder.write(Data(bytes), "gbk.csv")
    try SheetConversion().writeWorkbook(ofCSV: csv, to: folder.path("a.xlsx"))
    let sheet = try Workbook(contentsOf: folder.url("a.xlsx")).sheet(at: 0)
    #expect(sheet["A1"] == "单位")
    #expect(sheet["B1"] == "场次")
    #expect(sheet["B2"] == 1)
  }

  @Test("A sheet that is not there is named, with those that are")
  func noSheet() throws {
    let folder = try Folder()
    let csv = try folder.write(Data("a\n".utf8), "a.csv")
    var conversion = SheetConversion()
    try conversion.writeWorkbook(ofCSV: csv, to: folder.path("a.xlsx"))
    conversion.sheet = "附件2"
    let error = #expect(throws: FormsError.self) {
      try conversion.writeCSV(of: folder.path("a.xlsx"), to: folder.path("b.csv"))
    }
    #expect(error?.message.chinese == "没有工作表“附件2”，有：Sheet1")
    #expect(!FileManager.default.fileExists(atPath: folder.path("b.csv")))
  }

  /// A folder that goes with the test.
  private final class Folder {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: root) }

    func url(_ name: String) -> URL { root.appendingPathComponent(name) }
    func path(_ name: String) -> String { url(name).path }
    func write(_ data: Data, _ name: String) throws -> String {
      try data.write(to: url(name))
      return path(name)
    }
  }
}
