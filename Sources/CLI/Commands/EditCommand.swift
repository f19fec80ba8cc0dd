import ArgumentParser
import Forms
import Foundation
import XLSX

/// `edit FILE 'SHEET!A1=VALUE'… -o OUT`: cells set, every other byte of content left alone.
struct EditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "改写几个单元格，其余内容原样不动")

  @Argument(help: ArgumentHelp("a workbook", valueName: "文件"))
  var file: String

  @Argument(help: ArgumentHelp("'SHEET!A1=VALUE', any number", valueName: "工作表!A1=值"))
  var assignments: [CellAssignment]

  @Option(name: .shortAndLong, help: "the workbook to write; can be the same file")
  var output: String

  @Flag(help: "also rename the column of a table whose header cell is set")
  var renameColumns = false

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let book = try naming(file) { try Workbook(contentsOf: URL(fileURLWithPath: file)) }
    book.renamesTableColumns = renameColumns
    for assignment in assignments {
      let first = book.sheets.first { $0.visibility == .visible && $0.kind == .worksheet }
      let sheet = assignment.sheet ?? first?.name ?? ""
      do {
        try naming(file) { try book.set(assignment.value, at: assignment.cell, inSheet: sheet) }
      } catch let error as XLSXError where error.code == .noSuchSheet {
        throw noSheet(sheet, having: book.sheets.map(\.name))
      }
    }
    try OutputGuard.check([output], against: [])
    try naming(output) { try book.save(to: URL(fileURLWithPath: output)) }
    if let warning = TableHeaderWording.warning(of: book.tableHeaderMismatches) {
      Output.complain(warning.text(in: global.language))
    }
  }

  /// An error of reading or writing names the file as the command line does.
  private func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch var error as XLSXError {
      error.file = error.file ?? path
      throw error
    }
  }

  private func noSheet(_ name: String, having names: [String]) -> FormsError {
    FormsError(
      .input,
      LocalizedText(
        zh: "没有工作表“\(name)”，有：\(names.joined(separator: "、"))",
        en: "no sheet \"\(name)\"; there are: \(names.joined(separator: ", "))"),
      file: file)
  }
}

/// `SHEET!A1=VALUE` as it is written on the command line. The sheet is quoted as in a formula where that is needed
/// (`'It''s me'!B2=5`); without a sheet the first visible one is meant.
///
/// A value that begins with `=` is a formula, `TRUE` and `FALSE` are logical values, a number is what is one in a CSV file
/// (codes such as 0391 or 50060e80 are none), nothing clears the cell, and everything else is text; an apostrophe before the value makes it text whatever it is.
struct CellAssignment: ExpressibleByArgument {
  var sheet: String?
  var cell: CellReference
  var value: CellValue

  init?(argument: String) {
    var rest = argument[...]
    if rest.hasPrefix("'") {
      guard let name = Self.takeQuoted(&rest), rest.hasPrefix("!") else { return nil }
      sheet = name
      rest = rest.dropFirst()
    } else if let equals = rest.firstIndex(of: "="), let mark = rest[..<equals].lastIndex(of: "!") {
      sheet = String(rest[..<mark])
      rest = rest[rest.index(after: mark)...]
    }
    guard let equals = rest.firstIndex(of: "="), let cell = CellReference(rest[..<equals]), sheet != "" else {
      return nil
    }
    self.cell = cell
    value = Self.value(String(rest[rest.index(after: equals)...]))
  }

  /// Takes `'It''s me'` off the front.
  private static func takeQuoted(_ text: inout Substring) -> String? {
    var name = ""
    text.removeFirst()
    while let character = text.popFirst() {
      if character == "'" {
        guard text.hasPrefix("'") else { return name }
        text.removeFirst()
      }
      name.append(character)
    }
    return nil
  }

  private static func value(_ text: String) -> CellValue {
    if text.isEmpty { return .empty }
    if text.hasPrefix("'") { return .text(String(text.dropFirst())) }
    if text.hasPrefix("="), text.count > 1 { return .formula(Formula(text), cached: .empty) }
    switch text.uppercased() {
    case "TRUE": return .bool(true)
    case "FALSE": return .bool(false)
    default: return CellValue(plainText: text)
    }
  }
}
