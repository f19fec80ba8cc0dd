import Harness

@testable import XLSX

/// What lies on the sheets of a stranger's workbook is changed and taken away: what is saved opens again and holds what the
/// model says, or the change is refused.
enum ObjectsChange {
  static func apply(_ file: [UInt8]) throws {
    for isRemoval in [true, false] {
      let book = try Workbook(bytes: file)
      guard let position = book.sheets.indices.first(where: { book.sheets[$0].kind == .worksheet }) else {
        return
      }
      let sheet = try book.sheet(at: position)
      if isRemoval { try remove(from: sheet) } else { try change(sheet) }
      let saved: [UInt8]
      do { saved = try book.serialized() } catch is XLSXError { continue }
      let again: Worksheet
      do { again = try Workbook(bytes: saved).sheet(at: position) } catch {
        violated("a saved change of objects opens: \(error)")
      }
      guard again.pictures.count == sheet.pictures.count, again.charts.count == sheet.charts.count,
        again.pivotTables.count == sheet.pivotTables.count,
        again.conditionalFormats.map(\.ranges) == sheet.conditionalFormats.map(\.ranges)
      else { violated("what lies on a sheet is as the model says") }
    }
  }

  private static func remove(from sheet: Worksheet) throws {
    sheet.pictures = Array(sheet.pictures.dropFirst())
    sheet.charts = []
    sheet.conditionalFormats = Array(sheet.conditionalFormats.dropLast())
    sheet.sparklines = []
    for table in sheet.tables { try? sheet.removeTable(named: table.name) }
    for pivot in sheet.pivotTables { try? sheet.removePivotTable(named: pivot.name) }
    for cell in sheet.threads.keys { sheet.setThread(nil, at: cell) }
  }

  private static func change(_ sheet: Worksheet) throws {
    for place in sheet.pictures.indices {
      sheet.pictures[place].anchor = "C9"
      sheet.pictures[place].description = "图"
    }
    for place in sheet.charts.indices {
      sheet.charts[place].title = "新\n题"
      sheet.charts[place].area = "B2:H20"
      for series in sheet.charts[place].series.indices { sheet.charts[place].series[series].name = "系" }
    }
    sheet.conditionalFormats.reverse()
    for table in sheet.tables { try? sheet.changeTable(named: table.name) { $0.name += "_新" } }
    for cell in sheet.threads.keys { sheet.threads[cell]?.entries.append(.init("答", author: "乙")) }
    sheet.setThread(CommentThread([.init("问", author: "甲")]), at: "XFD1048576")
  }
}
