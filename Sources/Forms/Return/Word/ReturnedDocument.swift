import DOCX
import XLSX

/// Marks, comments and the page 退回说明 in a unit's own document (.docx, .odt), everything else in it untouched.
struct ReturnedDocument {
  let item: ReturnCase
  let campaign: Campaign
  let asOf: CalendarDate
  let due: CalendarDate

  /// - Returns: The document, and how many places are marked.
  /// - Throws: `XLSXError` or ``IntakeProblem`` for a document that cannot be changed, or would read otherwise afterwards.
  func annotated(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> (
    bytes: [UInt8], cells: Int
  ) {
    switch format {
    case .odt:
      try annotated(
        OpenDocumentText(bytes, limits: limits, findsPlaces: true),
        OpenDocumentTextEditor(bytes, limits: limits.package), limits)
    default:
      try annotated(
        WordDocument(bytes, limits: limits, findsPlaces: true),
        DocumentEditor(bytes, limits: limits.package), limits)
    }
  }

  private func annotated<Document: ReturnableDocument, Editor: ReturnableDocumentEditor>(
    _ read: Document, _ unchanged: Editor, _ limits: IntakeLimits
  ) throws -> (bytes: [UInt8], cells: Int) {
    var editor = unchanged
    var book = read.book
    let earlier = book.takeReturnStamp()
    let marks = marks(in: read)
    for mark in marks {
      editor.shade(mark.place, ReturnMark.hex(mark.severity))
    }
    for mark in marks {
      let comment = ReturnComment.comment(for: mark.items, office: campaign.office, day: asOf, below: nil)
      editor.comment(
        comment.text.plainText, at: mark.place, author: campaign.office, date: asOf.description)
    }
    let stamp = ReturnStamp(returnedOn: asOf, round: (earlier?.round ?? 0) + 1)
    editor.insertFront(
      ReturnPageBlocks(
        item: item, stamp: stamp, due: due, campaign: campaign, width: editor.textWidth,
        commented: Set(marks.flatMap(\.positions))
      ).blocks)
    // What is new is put in first: of changes that begin at one place the first is made.
    if earlier != nil {
      editor.clearShading(ReturnMark.hexColors)
      editor.removeComments { $0.contains(ReturnComment.opening) }
      editor.removeFront(read.pageElements)
    }
    let result = try editor.bytes()
    // Nothing goes out that does not read as what came in.
    var copy = try Document(result, limits: limits, findsPlaces: false).book
    let found = copy.takeReturnStamp()
    guard found == stamp, copy.reads(as: book) else { throw GridBook.readsOtherwise }
    return (result, marks.count)
  }

  private struct Mark {
    var place: DocumentEditor.Place
    var items: [ReturnItem]
    /// Where the items stand in the list.
    var positions: [Int]
    var severity: Severity
  }

  /// The places to be marked, merged ranges by their first cell; hints are listed only.
  private func marks(in read: some ReturnableDocument) -> [Mark] {
    var marks: [DocumentEditor.Place: Mark] = [:]
    for (position, item) in item.items.enumerated() where item.finding.severity != .info {
      guard let cell = item.place?.cell else { continue }
      let merged = read.main.merges.first { $0.contains(cell) }?.first ?? cell
      guard let place = read.places[merged] ?? read.places[cell] else { continue }
      var mark = marks[place] ?? Mark(place: place, items: [], positions: [], severity: .warning)
      var item = item
      item.finding.message.chinese = item.placedMessage
      mark.items.append(item)
      mark.positions.append(position)
      if item.finding.severity == .error { mark.severity = .error }
      marks[place] = mark
    }
    return marks.values.sorted { ($0.positions.first ?? 0) < ($1.positions.first ?? 0) }
  }
}
