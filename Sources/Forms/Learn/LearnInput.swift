import Foundation
import XLSX

/// A file that an office has, read as far as it is known what it is.
enum LearnInput {
  case notice(Notice)
  case sheets([LearnTable], LearnedCampaign.Blank?)

  /// - Throws: ``FormsError`` of code `input`.
  static func read(_ path: String, words: LearnWords, heads: HeadLineVocabulary) throws -> LearnInput {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let limits = IntakeLimits.default
    func refused(_ zh: String, _ en: String) -> FormsError {
      FormsError(.input, LocalizedText(zh: zh, en: en), file: path)
    }
    let bytes: [UInt8]
    var format: FileFormat
    do {
      var content = try FileLoader.bytes(at: path, limit: limits.fileSize)
      format = FileSniffer.format(of: content, limits: limits)
      if format == .encrypted {
        content = try FileDecryption.content(of: content, limits: limits)
        format = FileSniffer.format(of: content, limits: limits)
      }
      bytes = content
    } catch {
      throw refused("无法读取：\(error.why.chinese)", "cannot be read: \(error.why.english)")
    }
    switch format {
    case .docx, .odt, .html:
      let book = try GridBook.load(path: path)
      guard let grid = book.grids.first else { throw refused("文件为空", "the file is empty") }
      return .notice(Notice(grid, file: name, words: words, heads: heads))
    case .xlsx, .xlsm, .xltx, .xls, .xlsb, .ods, .xml2003:
      do {
        let book = try Workbook(importing: bytes)
        return try sheets(
          of: book, bytes: bytes, isPlain: format == .xlsx, file: name, words: words, heads: heads)
      } catch is XLSXError {
        throw refused("无法读取，请重新保存后再试", "cannot be read; save it again and retry")
      }
    default:
      throw refused(
        "不是空白表（.xlsx、.xls、.et）也不是通知（.docx），请另存为其中一种",
        "is no blank workbook (.xlsx, .xls, .et) and no notice (.docx); save it as one of these")
    }
  }

  private static func sheets(
    of book: Workbook, bytes: [UInt8], isPlain: Bool, file: String, words: LearnWords,
    heads: HeadLineVocabulary
  ) throws -> LearnInput {
    var tables: [LearnTable] = []
    for (position, info) in book.sheets.enumerated() where info.visibility == .visible {
      let sheet = try book.sheet(at: position)
      if words[.otherSheets].contains(where: {
        info.name == $0 || info.name.hasPrefix($0) && !info.name.hasPrefix("Sheet")
      }),
        info.name != "表",
        (sheet.usedRange?.columns.count ?? 0) <= 2 || info.name.contains("示例") || info.name.contains("样表")
      {
        continue
      }
      for var table in LearnTable.all(on: sheet, file: file, words: words, heads: heads) {
        for validation in table.validations where validation.kind == .list {
          guard let formula = validation.formula1, !formula.hasPrefix("\"") else { continue }
          table.choiceLists[formula] = try choices(formula, sheet: sheet, in: book)
        }
        if isPlain { table.blank = file }
        tables.append(table)
      }
    }
    return .sheets(tables, isPlain ? LearnedCampaign.Blank(name: file, bytes: bytes) : nil)
  }

  /// The cells that a list of choices points to: `$A$1:$A$4`, `代码表!$A$1:$A$4`, a name.
  private static func choices(_ formula: String, sheet: Worksheet, in book: Workbook) throws -> [String] {
    var text = formula.hasPrefix("=") ? String(formula.dropFirst()) : formula
    if let name = book.definedNames.first(where: { $0.name == text }) { text = name.formula }
    var source = sheet
    if let mark = text.lastIndex(of: "!") {
      var name = String(text[..<mark])
      if name.hasPrefix("'"), name.hasSuffix("'"), name.count > 2 {
        name = String(name.dropFirst().dropLast())
      }
      guard book.sheets.contains(where: { $0.name == name }) else { return [] }
      source = try book.sheet(named: name)
      text = String(text[text.index(after: mark)...])
    }
    guard let range = CellRange(text.replacing("$", with: "")), range.count <= 500 else { return [] }
    var result: [String] = []
    for row in range.rows {
      for column in range.columns {
        let text = LearnText.printed(
          CellFigure.text(GridValue(source[CellReference(row: row, column: column)])))
        if !text.isEmpty { result.append(text) }
      }
    }
    return result
  }
}

extension HeadLineVocabulary {
  /// The labels by which a blank form is known before any campaign.
  init(learning words: LearnWords) {
    let lines: [FormDefinition.HeadLine]? = try? words.headLines?.list { node in
      let map = try node.mapping(keys: ["role", "label", "place", "aliases"])
      return FormDefinition.HeadLine(
        role: try map.required("role").choice(), label: try map.required("label").string(),
        aliases: try map["aliases"]?.strings() ?? [], place: try map.required("place").choice())
    }
    self.init([
      FormDefinition(
        id: "", label: "", title: "", deadline: .epoch, dueFrom: [], rows: [], columns: [],
        headLines: lines ?? [])
    ])
  }
}
