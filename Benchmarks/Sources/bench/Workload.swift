import Foundation
import XLSX

/// Rows of 20 cells: 12 numbers, 4 repeated texts, 2 texts that come once, a date, a bool. libxlsxwriter-peer writes the same.
enum Workload {
  static let columns = 20

  private static let names = [
    "沁阳市总工会", "孟州市总工会", "博爱县总工会", "武陟县总工会", "温县总工会", "解放区总工会", "已完成", "未开展",
  ]

  static func row(_ row: Int, into cells: inout [CellValue]) {
    cells.removeAll(keepingCapacity: true)
    for column in 0..<12 {
      let seed = row * 7919 + column * 104_729
      cells.append(
        .number(column % 2 == 1 ? Double(seed % 100_001) : Double(seed * 31 % 1_000_000_007) / 1e6))
    }
    for column in 12..<16 { cells.append(.text(names[(row * 7 + column) % 8])) }
    for column in 16..<18 { cells.append(.text("编号-\(row)-\(column)-\(row * 7919 % 10_000)")) }
    cells.append(.number(Double(45_000 + row % 365)))
    cells.append(.bool(row % 2 == 0))
  }
}

/// What is measured. Each job runs in a process of its own.
enum Job: String, CaseIterable {
  case writeRows = "write-rows"
  case writeSheet = "write-sheet"
  case readRows = "read-rows"
  case readSheet = "read-sheet"
  case edit

  var title: String {
    switch self {
    case .writeRows: "write, rows streamed"
    case .writeSheet: "write, sheet in memory"
    case .readRows: "read, rows streamed"
    case .readSheet: "read, sheet in memory"
    case .edit: "edit one cell, save"
    }
  }

  /// Does the job.
  ///
  /// - Parameters:
  ///   - source: A workbook of so many rows, for the jobs that read.
  ///   - target: Where to write.
  /// - Returns: How many cells it went through.
  func run(rows: Int, source: URL, target: URL) throws -> Int {
    switch self {
    case .writeRows:
      let writer = try StreamingWorkbookWriter(to: target)
      let sheet = try writer.addSheet(named: "Sheet1")
      sheet.setStyle(Style(numberFormat: .isoDate), for: "S1:S1048576")
      var cells: [CellValue] = []
      for row in 0..<rows {
        Workload.row(row, into: &cells)
        try writer.appendRow(cells)
      }
      try writer.finish()
    case .writeSheet:
      let book = Workbook()
      let sheet = try book.addSheet(named: "Sheet1")
      sheet.setStyle(Style(numberFormat: .isoDate), for: "S1:S1048576")
      var cells: [CellValue] = []
      for row in 0..<rows {
        Workload.row(row, into: &cells)
        for (column, cell) in cells.enumerated() {
          sheet[CellReference(row: row + 1, column: column + 1)] = cell
        }
      }
      try book.save(to: target)
    case .readRows:
      // A file that is not compressed is larger than any that is accepted by default.
      var limits = Limits()
      limits.fileSize = 1 << 30
      let cursor = try Workbook(contentsOf: source, limits: limits).rows(inSheetAt: 0)
      var sum = 0.0
      var count = 0
      while let row = try cursor.next() {
        for cell in row.cells {
          count += 1
          if let number = cell.number {
            sum += number
          } else {
            cell.withText { sum += Double($0.count) }
          }
        }
      }
      return sum.isFinite ? count : 0
    case .readSheet:
      let sheet = try Workbook(contentsOf: source).sheet(at: 0)
      var count = 0
      for row in 1...rows {
        for column in 1...Workload.columns where !sheet[CellReference(row: row, column: column)].isEmpty {
          count += 1
        }
      }
      return count
    case .edit:
      let book = try Workbook(contentsOf: source)
      try book.set(.number(1), at: CellReference(row: rows / 2, column: 3), inSheet: "Sheet1")
      try book.save(to: target)
    }
    return rows * Workload.columns
  }
}
