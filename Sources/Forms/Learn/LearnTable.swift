import XLSX

/// A table with what stands around it, from a sheet or from a notice, before anything is known of it.
struct LearnTable {
  /// A line of text above or below the table.
  struct Line {
    var text: String
    /// Every text of the line apart.
    var parts: [String]
    var place: LearnPlace
  }

  /// The text and formula of one cell.
  struct Cell {
    var text: String
    var formula: String?
    var isNumber = false
  }

  var place: LearnPlace
  /// The sheet's name, where there is one that says something.
  var sheet: String?
  var range: CellRange
  var cells: [CellReference: Cell] = [:]
  var merges: [CellRange] = []
  var above: [Line] = []
  var below: [Line] = []
  /// What the workbook says about the cells; nothing for a document.
  var validations: [DataValidation] = []
  var highlights: [ConditionalFormat] = []
  var formats: [CellReference: NumberFormat] = [:]
  /// The cells with a border.
  var drawn: Set<CellReference> = []
  /// What stands in the cells that lists of choices point to, by the list's formula.
  var choiceLists: [String: [String]] = [:]
  var page: LearnPage?
  /// Where something stands below that looks like a part of the table and was not read as one.
  var unread: LearnPlace?
  /// Whether it was made of pairs of labels and room to write, and where its cells stand in the file.
  var isUnfolded = false
  /// The first cells of rows that are no pairs of labels and room.
  var leftOut: [CellReference] = []
  var sources: [CellReference: CellReference] = [:]
  /// The name of the office's workbook, where it can be the form itself.
  var blank: String?

  /// The merged range that a cell is part of.
  func merge(at cell: CellReference) -> CellRange? { merges.first { $0.contains(cell) } }

  /// The first cell of what a cell is merged into.
  func origin(_ cell: CellReference) -> CellReference { merge(at: cell)?.first ?? cell }

  /// What is read in a cell, also where it is the covered part of a merged one.
  func text(_ cell: CellReference) -> String { cells[origin(cell)]?.text ?? "" }

  func isBlank(_ cell: CellReference) -> Bool { text(cell).isEmpty }

  /// The rule for what may be typed into a cell.
  func validation(at cell: CellReference) -> DataValidation? {
    validations.first { validation in validation.ranges.contains { $0.contains(cell) } }
  }
}

/// Where something stands that was read: a file, and in it a sheet, a cell, a paragraph.
struct LearnPlace: Hashable {
  var file: String
  /// `附件2!E5`, 第12段
  var spot: LocalizedText?

  func text(in language: Language) -> String {
    guard let spot else { return file }
    return file + (language == .chinese ? "，" : ", ") + spot.text(in: language)
  }

  func at(_ chinese: String, _ english: String) -> LearnPlace {
    LearnPlace(file: file, spot: LocalizedText(zh: chinese, en: english))
  }

  func paragraph(_ number: Int) -> LearnPlace { at("第\(number)段", "paragraph \(number)") }
  func cell(_ sheet: String, _ cell: CellReference) -> LearnPlace {
    at("\(sheet)!\(cell)", "\(sheet)!\(cell)")
  }
}

/// How a blank is printed.
struct LearnPage {
  var isLandscape: Bool
  /// The width of each column from the first, in characters.
  var widths: [Double]
}
