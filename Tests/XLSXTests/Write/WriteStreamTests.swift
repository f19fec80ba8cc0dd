import Foundation
import Testing

@testable import XLSX

@Suite("Streaming rows into a file")
struct WriteStreamTests {
  @Test("A cell takes a look of its own before its column's, a row its height")
  func looks() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    let writer = try StreamingWorkbookWriter(to: url)
    let sheet = try writer.addSheet(named: "汇总")
    sheet.setStyle(Style(numberFormat: .isoDate), for: "A1:A1048576")
    let bold = writer.format(Style(font: Font(bold: true)))
    try writer.beginRow(height: 31)
    try writer.append(.number(12), as: bold)
    try writer.append(.empty, as: bold)
    try writer.endRow()
    try writer.appendRow([45_614])
    #expect(throws: XLSXError.self) { try writer.beginRow(height: 500) }
    try writer.finish()
    let read = try Workbook(contentsOf: url).sheet(named: "汇总")
    #expect(read["A1"] == 12 && read.style(at: "A1").font.isBold && !read.isDate(at: "A1"))
    #expect(read.style(at: "B1").font.isBold)
    #expect(read.isDate(at: "A2"))
    #expect(read.rowSettings(1).height == 31 && read.rowSettings(2).height == nil)
  }

  @Test("Appended rows are read back like cells set in memory")
  func rows() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    let writer = try StreamingWorkbookWriter(to: url)
    let sheet = try writer.addSheet(named: "明细")
    sheet.freeze(at: "A2")
    sheet.setColumnWidth(24, for: "A")
    sheet.setStyle(Style(numberFormat: .isoDate), for: "C1:C1048576")
    sheet.setRowHeight(30, for: 1)
    try writer.appendRow(["单位", "场次", "日期"], style: Style(font: Font(bold: true)))
    try writer.appendRow(["沁阳市总工会", 12, 45614])
    try writer.skipRows(2)
    try writer.appendRow([.empty, .formula("SUM(B2:B4)", cached: 12), .empty, " 备注 "])
    try sheet.merge("A7:C7")
    try sheet.addConditionalFormat(.dataBar(.rgb(0x638EC6)), for: "B2:B5")
    try writer.addSheet(named: "第二张")
    try writer.appendRow(["沁阳市总工会", true, .error(.notAvailable)])
    #expect(try folder.names().isEmpty)
    try writer.finish()
    #expect(try folder.names() == ["a.xlsx"])

    PackageCheck.check(try Array(Data(contentsOf: url)))
    let book = try Workbook(contentsOf: url)
    let first = try book.sheet(named: "明细")
    #expect(first["A1"] == "单位")
    #expect(first.style(at: "A1").font.isBold)
    #expect(first["B2"] == 12)
    #expect(first.isDate(at: "C2"))
    #expect(first["A3"] == .empty)
    #expect(first["B5"] == .formula("SUM(B2:B4)", cached: 12))
    #expect(first["D5"] == " 备注 ")
    #expect(first.mergedRanges == ["A7:C7"])
    #expect(try book.sheet(named: "第二张")["B1"] == true)
  }

  @Test("Numbers and texts given as bytes stand in the file as they are spelt")
  func bytes() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    let writer = try StreamingWorkbookWriter(to: url)
    try writer.addSheet(named: "n")
    func bytes(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
      try Array(text.utf8).withUnsafeBytes(body)
    }
    try writer.beginRow()
    try bytes("0.10") { try writer.appendNumber(utf8: $0) }
    try writer.appendEmpty()
    try bytes("<&> 文") { try writer.appendText(utf8: $0) }
    try writer.appendBool(false)
    #expect(throws: XLSXError.self) { try bytes("1,5") { try writer.appendNumber(utf8: $0) } }
    #expect(throws: XLSXError.self) { try [0xFF, 0xFE].withUnsafeBytes { try writer.appendText(utf8: $0) } }
    try writer.endRow()
    try writer.finish()
    let trees = PackageCheck.check(try Array(Data(contentsOf: url)))
    let row = trees["/xl/worksheets/sheet1.xml"]?.first("sheetData")?.first("row")
    #expect(row?.children.map { $0["r"] } == ["A1", "C1", "D1"])
    #expect(row?.children.first?.first("v")?.text == "0.10")
    #expect(try Workbook(contentsOf: url).sheet(named: "n")["C1"] == "<&> 文")
  }

  @Test("Beyond the limit of shared texts, new ones stand in their cells and old ones stay shared")
  func sharing() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    let writer = try StreamingWorkbookWriter(to: url, sharedTextLimit: 20)
    try writer.addSheet(named: "s")
    try writer.appendRow(["一二三四", "五六七八"])
    try writer.appendRow([" 新 ", "一二三四"])
    try writer.finish()
    let trees = PackageCheck.check(try Array(Data(contentsOf: url)))
    let cells = trees["/xl/worksheets/sheet1.xml"]?.all.filter { $0.name == "c" }
    #expect(cells?.map { $0["t"] } == ["s", "s", "inlineStr", "s"])
    #expect(try Workbook(contentsOf: url).sheet(named: "s")["A2"] == " 新 ")
  }

  @Test("A dropped writer leaves the target as it was and nothing behind")
  func dropping() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    try Data("old".utf8).write(to: url)
    do {
      let writer = try StreamingWorkbookWriter(to: url)
      try writer.addSheet(named: "s")
      try writer.appendRow([1, 2, 3])
    }
    #expect(try Data(contentsOf: url) == Data("old".utf8))
    #expect(try folder.names() == ["a.xlsx"])
  }

  @Test("A sink gets the bytes that a file would hold, when the workbook is finished")
  func sink() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    var bytes: [UInt8] = []
    let sink: (UnsafeRawBufferPointer) throws -> Void = { bytes.append(contentsOf: $0) }
    for writer in [try StreamingWorkbookWriter(to: url), try StreamingWorkbookWriter(sink: sink)] {
      try writer.addSheet(named: "s")
      for row in 0..<20_000 { try writer.appendRow([.number(Double(row) * 0.37), .text("第\(row)行")]) }
      #expect(bytes.isEmpty)
      try writer.finish()
    }
    #expect(try Array(Data(contentsOf: url)) == bytes)
  }

  @Test("What a sink throws ends the writing")
  func brokenSink() throws {
    struct Closed: Error {}
    let writer = try StreamingWorkbookWriter { _ in throw Closed() }
    try writer.addSheet(named: "s")
    #expect(throws: Closed.self) { try writer.finish() }
  }

  @Test("Two thousand sheets")
  func manySheets() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    let writer = try StreamingWorkbookWriter(to: url)
    for number in 1...2_000 {
      try writer.addSheet(named: "表\(number)")
      try writer.appendRow([.number(Double(number))])
    }
    try writer.finish()
    let book = try Workbook(contentsOf: url)
    #expect(book.sheets.count == 2_000)
    #expect(try book.sheet(named: "表2000")["A1"] == 2_000)
  }

  @Test("What cannot be streamed is refused with the reason")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let writer = try StreamingWorkbookWriter(to: folder.url("a.xlsx"))
    #expect(throws: XLSXError.self) { try writer.appendRow([1]) }
    let sheet = try writer.addSheet(named: "s")
    #expect(throws: XLSXError.self) { try writer.addSheet(named: "S") }
    sheet["A1"] = 1
    #expect(throws: XLSXError.self) { try writer.finish() }
    #expect(throws: XLSXError.self) { _ = try StreamingWorkbookWriter(to: folder.url("missing/a.xlsx")) }
  }

  @Test(
    "Bytes deflated in pieces are one stream that inflates to the same bytes",
    arguments: ["nothing", "one byte", "zeros", "noise", "cells", "noise and cells", "few symbols"])
  func pieces(_ kind: String) throws {
    var random = Noise()
    var bytes: [UInt8] = []
    func cells() -> [UInt8] {
      (1...9_000).flatMap { row in
        Array("<c r=\"A\(row)\" s=\"1\"><v>\(random.next() % 100_000)</v></c>".utf8)
      }
    }
    switch kind {
    case "one byte": bytes = [65]
    case "zeros": bytes = Array(repeating: 0, count: 700_000)
    case "noise": bytes = (0..<300_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    case "cells": bytes = cells()
    case "noise and cells":
      bytes = (0..<70_000).map { _ in UInt8(truncatingIfNeeded: random.next()) } + cells()
    case "few symbols": bytes = (0..<200_000).map { _ in random.next() % 5 == 0 ? 65 : 66 }
    default: break
    }
    for batchSize in [1_000, 100_000, 1_000_000] {
      let stream = PartStream(spillFolder: nil)
      var start = 0
      while start < bytes.count {
        var batch = ByteBuffer()
        batch.append(Array(bytes[start..<min(start + batchSize, bytes.count)]))
        try stream.write(&batch)
        start += batchSize
      }
      var archive = ZipWriter()
      archive.add(try stream.finish(name: "a"))
      let entries = ZipListing.entries(of: try archive.bytes())
      #expect(entries?.first?.bytes == bytes)
    }
  }

  @Test("A sheet too large to deflate whole is written in pieces, the same each time")
  func large() throws {
    func book() throws -> Workbook {
      let book = Workbook()
      let sheet = try book.addSheet(named: "大")
      for row in 1...40_000 {
        for column in 1...4 { sheet[CellReference(row: row, column: column)] = .number(Double(row * column)) }
        sheet[CellReference(row: row, column: 5)] = .text("第\(row)行的说明文字，足够长，使共享字符串表超过四兆字节，从而也分块压缩写出")
      }
      return book
    }
    let bytes = try book().serialized()
    #expect(try book().serialized() == bytes)
    let back = try Workbook(bytes: bytes).sheet(named: "大")
    #expect(back["D40000"] == 160_000)
    #expect(back["E39999"].text?.hasPrefix("第39999行") == true)
    #expect(ZipListing.entries(of: bytes) != nil)
  }

  /// Numbers that look random and are the same every time.
  private struct Noise {
    var state: UInt64 = 1

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}

@Suite("CSV into a workbook")
struct WriteCSVTests {
  @Test(
    "Fields become numbers where nothing is lost, logical values, or text; any chunks give the same",
    arguments: [1, 7, 4096])
  func fields(_ chunk: Int) throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    let text =
      "\u{FEFF}单位,电话,场次,完成\r\n\"沁阳,市\",03913999920,12,TRUE\n\n,\"a \"\"b\"\"\nc\",410802199001011234,-0.50"
    let bytes = Array(text.utf8)
    var position = 0
    let writer = try StreamingWorkbookWriter(to: url)
    try writer.addSheet(named: "Sheet1")
    try writer.appendCSV { buffer in
      let count = min(chunk, buffer.count, bytes.count - position)
      buffer.copyBytes(from: bytes[position..<position + count])
      position += count
      return count
    }
    try writer.finish()
    PackageCheck.check(try Array(Data(contentsOf: url)))
    let sheet = try Workbook(contentsOf: url).sheet(named: "Sheet1")
    let expected: [CellReference: CellValue] = [
      "A1": "单位", "D1": "完成", "A2": "沁阳,市", "B2": "03913999920", "C2": 12, "D2": true, "A3": .empty,
      "A4": .empty,
      "B4": "a \"b\"\nc", "C4": "410802199001011234", "D4": -0.5,
    ]
    for (cell, value) in expected { #expect(sheet[cell] == value, "\(cell)") }
  }

  @Test("Text that is no UTF-8 is refused, and the cell is named")
  func encoding() throws {
    let folder = try TemporaryFolder()
    let file = folder.url("gbk.csv")
    try Data([0x31, 0x2C, 0xB5, 0xA5, 0xCE, 0xBB]).write(to: file)
    let writer = try StreamingWorkbookWriter(to: folder.url("a.xlsx"))
    try writer.addSheet(named: "s")
    let error = #expect(throws: XLSXError.self) { try writer.appendCSV(contentsOfFile: file.path) }
    #expect(error?.code == .invalidContent)
    #expect(error?.cell == "B1")
  }
}
