import XLSX

/// A file that came in, opened to be looked at: its sheets as they look, whatever format it is of.
package struct SubmissionPicture: Sendable {
  /// The sheets by the names that the file's reader gives them, those that can be seen first.
  package let sheets: [String]
  /// Of the sheet that was asked for.
  package let picture: SheetPicture
  package let sheet: String

  /// - Parameters:
  ///   - file: As a report shows it, inside an archive too.
  ///   - paths: The paths that the report is about.
  ///   - sheet: `nil` takes the first that can be seen.
  ///   - marks: By sheet.
  /// - Returns: `nil` for a file that is no longer there or holds no table.
  /// - Throws: ``FormsError`` for a path that is not there.
  package static func open(
    _ file: String, in paths: [String], sheet: String?, report: CheckReport,
    marks: [String: [CellReference: SheetPicture.Mark]], around: CellReference? = nil,
    limits: IntakeLimits = .default
  ) throws -> SubmissionPicture? {
    var found: SubmissionPicture?
    try SourceFiles(limits: limits, allowsManyFiles: true).forEach([file], in: paths) { _, bytes, format in
      guard found == nil else { return }
      var tables: [String: [CellRange]] = [:]
      for submission in report.submissions where submission.file == file {
        if let table = submission.shape.table { tables[submission.sheet, default: []].append(table) }
      }
      found = try? picture(
        of: bytes, format: format, sheet: sheet, tables: tables, marks: marks, around: around, limits: limits)
    }
    return found
  }

  /// The bytes of a file as it came; `nil` for one that is no longer there.
  package static func bytes(
    of file: String, in paths: [String], limits: IntakeLimits = .default
  ) throws -> [UInt8]? {
    var found: [UInt8]?
    try SourceFiles(limits: limits, allowsManyFiles: true).forEach([file], in: paths) { _, bytes, _ in
      found = bytes
    }
    return found
  }

  private static func picture(
    of bytes: [UInt8], format: FileFormat, sheet wanted: String?, tables: [String: [CellRange]],
    marks: [String: [CellReference: SheetPicture.Mark]], around: CellReference?, limits: IntakeLimits
  ) throws -> SubmissionPicture? {
    var (bytes, format) = (bytes, format)
    if format == .encrypted {
      bytes = try FileDecryption.content(of: bytes, limits: limits)
      format = FileSniffer.format(of: bytes, limits: limits)
    }
    let book: Workbook
    // The names of the sheets by the reader's.
    var names: [(reader: String, own: String)]
    switch format {
    case .xlsx, .xlsm, .xltx:
      book = try Workbook(importing: bytes, limits: limits.package)
      let kept = book.sheets.filter { $0.kind == .worksheet }
      names = (kept.filter { $0.visibility == .visible } + kept.filter { $0.visibility != .visible })
        .map { ($0.name, $0.name) }
    default:
      guard let reader = format.reader else { return nil }
      let read = try reader.read(bytes, format: format, limits: limits)
      let rendered = try GridWorkbook(read, tables: tables)
      book = try Workbook(importing: rendered.bytes, limits: limits.package)
      names = read.grids.compactMap { grid in rendered.names[grid.name].map { (grid.name, $0) } }
      if names.isEmpty { names = book.sheets.map { ($0.name, $0.name) } }
    }
    guard let chosen = names.first(where: { $0.reader == wanted }) ?? names.first else { return nil }
    let sheet = try book.sheet(named: chosen.own)
    return SubmissionPicture(
      sheets: names.map(\.reader),
      picture: SheetPicture(sheet, marks: marks[chosen.reader] ?? [:], around: around), sheet: chosen.reader)
  }
}
