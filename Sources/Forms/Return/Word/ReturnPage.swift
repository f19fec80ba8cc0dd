import DOCX
import XLSX

/// The page 退回说明 in front of a returned document: known again by its words, whatever program saved the file since.
enum ReturnPage {
  /// The last line of the page: public.
  static let closing = "【退回说明完】"

  /// How many of the elements of a document's body make up the page; 0 where it has none.
  ///
  /// - Parameter texts: The text of each element.
  static func count(of elements: [MarkupNode]) -> Int {
    guard let title = elements.first(where: { !$0.allText.isInvisible }), title.name == "p",
      title.allText.withoutSpaces.hasPrefix(ReturnStamp.sheetName)
    else { return 0 }
    if let end = elements.firstIndex(where: { $0.name == "p" && $0.allText.contains(closing) }) {
      return end + 1
    }
    // Whoever took the last line out has left the table.
    let table = elements.firstIndex { element in
      guard element.name == "tbl" || element.name == "table" else { return false }
      return ReturnStamp.headings.prefix(3).allSatisfy { element.allText.contains($0) }
    }
    return table.map { $0 + 1 } ?? 0
  }
}

extension MarkupNode {
  /// The text of an element of a document, without what was deleted.
  var allText: String {
    children.map { $0.text ?? ($0.name == "delText" || $0.name == "instrText" ? "" : $0.allText) }.joined()
  }
}

extension String {
  fileprivate var withoutSpaces: String { filter { !$0.isWhitespace } }
}

/// The page as blocks of a document. It leans on none of the document's styles, of which nobody knows how they look.
struct ReturnPageBlocks {
  let item: ReturnCase
  let stamp: ReturnStamp
  let due: CalendarDate
  let campaign: Campaign
  let width: Double
  /// The items that have a comment in the document.
  let commented: Set<Int>

  private static let shares = [0.06, 0.07, 0.1, 0.15, 0.24, 0.1, 0.12, 0.16]
  private static let red = "C00000"
  private var layout: FormLayout { (item.forms.first ?? campaign.forms.first)?.layout ?? FormLayout() }

  var blocks: [Document.Block] {
    let words = ReturnWords(item: item, due: due, campaign: campaign)
    let title = TextFont(layout.titleFont, size: 22)
    let text = TextFont(layout.textFont, size: 12)
    func line(_ text: String, _ font: TextFont, _ alignment: ParagraphStyle.Alignment = .left)
      -> Document.Block
    {
      var paragraph = Paragraph([Paragraph.Run(text, font: font)])
      paragraph.alignment = alignment
      return .paragraph(paragraph)
    }
    let strong = TextFont(layout.labelFont, size: 14, bold: true)
    let notice = TextFont(layout.labelFont, size: 12, bold: true, color: Self.red)
    var end = Paragraph([
      Paragraph.Run(ReturnPage.closing, font: TextFont(layout.textFont, size: 9, color: "808080"))
    ])
    end.endsPage = true
    let lines = words.source.split(separator: "\n").map { line(String($0), text) }
    return [line(ReturnStamp.sheetName, title, .center), line(words.units, strong)] + lines + [
      line("\(stamp.line)　退回单位：\(campaign.office)", text),
      line("请于\(due.longText)前报送", notice), line(words.note, text),
      line("共\(words.counts)。红色为错误，必须改正；黄色为核实，改正或作出说明；批注在相应的单元格上。", text), .table(table),
      .paragraph(end),
    ]
  }

  private var table: DocumentTable {
    var cells: [DocumentTable.Cell] = []
    let heading = TextFont(layout.labelFont, size: 10.5)
    let text = TextFont(layout.textFont, size: 10.5)
    func put(
      _ words: String, _ row: Int, _ column: Int, _ font: TextFont, left: Bool = false, fill: String? = nil
    ) {
      var paragraph = Paragraph([Paragraph.Run(words, font: font)])
      paragraph.alignment = left ? .left : .center
      var cell = DocumentTable.Cell(row: row, column: column, paragraph)
      cell.fill = fill
      cells.append(cell)
    }
    for (column, words) in ReturnStamp.headings.enumerated() {
      put(words, 0, column, heading, fill: "F2F2F2")
    }
    for (position, entry) in item.items.enumerated() {
      let values: [(text: String?, isLong: Bool)] = [
        (String(position + 1), false), (entry.finding.severity.word.chinese, false),
        (commented.contains(position) ? "见批注" : "—", false), (entry.fieldName, true),
        (entry.placedMessage, true), (entry.found, false), (entry.expected, true), (entry.advice, true),
      ]
      for (column, value) in values.enumerated() {
        put(
          value.text ?? "", position + 1, column, text, left: value.isLong,
          fill: column == 1 && entry.finding.severity != .info
            ? ReturnMark.hex(entry.finding.severity) : nil)
      }
    }
    var table = DocumentTable(
      columnWidths: Self.shares.map { $0 * width }, rowHeights: item.items.map { _ in nil } + [nil],
      cells: cells)
    table.headingRows = 1
    return table
  }
}

extension ReturnItem {
  /// What is said of a place in a text that has no cells with names: not `C7未填` but `此处未填`.
  var placedMessage: String {
    guard let cell = finding.cell ?? place?.cell else { return finding.message.chinese }
    return finding.message.chinese.replacingCell(cell.description, with: "此处")
  }
}

extension String {
  /// The text with the name of a cell replaced where it is not part of a longer one: C7 but not C70 or AC7.
  fileprivate func replacingCell(_ name: String, with words: String) -> String {
    var result = ""
    var rest = self[...]
    while let found = rest.firstRange(of: name) {
      let before = rest[..<found.lowerBound].last ?? result.last
      let after = rest[found.upperBound...].first
      let isOther =
        before.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? false || after?.isWholeNumber ?? false
      result += rest[..<found.lowerBound] + (isOther ? name : words)
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}
