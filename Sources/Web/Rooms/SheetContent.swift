import Forms
import Foundation
import XLSX

/// A file that is looked at: its submissions with what is to be said about them, and its own sheet with the cells marked.
struct SheetContent: Sendable {
  /// A finding of the file, with where it points to.
  struct Item: Sendable {
    var number: Int
    var finding: Finding
    var submission: Submission?
    var sheet: String?
    var cell: CellReference?

    init(number: Int, finding: Finding, submission: Submission?, campaign: Campaign) {
      (self.number, self.finding, self.submission) = (number, finding, submission)
      if let submission, let form = campaign.form(submission.form),
        let spot = FindingPlace(submission: submission, form: form).spot(of: finding)
      {
        (sheet, cell) = (spot.sheet, spot.cell)
      } else {
        (sheet, cell) = (finding.sheet, finding.cell)
      }
    }

    /// `Sheet1!E6`
    var place: String { [sheet, cell?.description].compactMap(\.self).joined(separator: "!") }
  }

  let file: InputFile
  let submissions: [Submission]
  let items: [Item]
  /// Corrections of this file, applied ones.
  let corrections: [Correction]
  let picture: SubmissionPicture?

  /// - Parameters:
  ///   - sheet: The sheet to show; `nil` takes that of the first submission.
  ///   - cell: A cell that must be seen.
  /// - Returns: `nil` where no such file came in.
  static func of(
    _ name: String, sheet wanted: String?, cell: CellReference?, in view: FolderView, inbox: String
  ) throws -> SheetContent? {
    guard let file = view.decided.files.first(where: { $0.file == name }) else { return nil }
    let submissions = view.decided.submissions.filter { $0.file == name }
    var items: [Item] = []
    func add(_ finding: Finding, _ submission: Submission?) {
      items.append(
        Item(number: items.count, finding: finding, submission: submission, campaign: view.campaign))
    }
    for finding in file.findings { add(finding, nil) }
    for submission in submissions {
      for finding in submission.findings.gravestFirst() { add(finding, submission) }
    }
    for finding in view.decided.findings where finding.file == name { add(finding, nil) }
    let order: [Severity] = [.error, .warning, .info]
    items = order.flatMap { grade in items.filter { $0.finding.severity == grade } }
    for index in items.indices { items[index].number = index }
    let corrections = (view.decided.corrections ?? []).filter { $0.file == name && $0.isApplied }
    let first = wanted ?? items.first { $0.sheet != nil }?.sheet ?? submissions.first?.sheet
    return SheetContent(
      file: file, submissions: submissions, items: items, corrections: corrections,
      picture: try SubmissionPicture.open(
        name, in: [inbox], sheet: first, report: view.decided,
        marks: marks(items, corrections, view.campaign), around: cell))
  }

  private static func marks(
    _ items: [Item], _ corrections: [Correction], _ campaign: Campaign
  ) -> [String: [CellReference: SheetPicture.Mark]] {
    var marks: [String: [CellReference: SheetPicture.Mark]] = [:]
    for item in items {
      guard let sheet = item.sheet, let cell = item.cell else { continue }
      // What was explained stays to be seen, and calls no more.
      let severity = item.finding.note == nil ? item.finding.severity : .info
      if var mark = marks[sheet]?[cell] {
        mark.findings.append(item.number)
        marks[sheet]?[cell] = mark
      } else {
        marks[sheet, default: [:]][cell] = .init(severity: severity, findings: [item.number])
      }
    }
    for correction in corrections {
      guard let cell = correction.cell else { continue }
      var mark = marks[correction.sheet]?[cell] ?? .init(severity: .info, findings: [])
      mark.corrected = correction.masked(in: campaign).new
      marks[correction.sheet, default: [:]][cell] = mark
    }
    return marks
  }
}

/// `GET /api/v1/cell`: the values that stand in a cell of a unit's file, which can be corrected.
enum CellFigures {
  static func answer(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    guard let file = exchange.query["file"], let sheet = exchange.query["sheet"],
      let cell = exchange.query["cell"].flatMap({ CellReference($0.uppercased()) })
    else {
      throw Problem(
        .badRequest, "cell", zh: "请用 file=、sheet=、cell= 指明单元格",
        en: "Name a cell with file=, sheet= and cell=.")
    }
    let figures = view.decided.submissions.filter { $0.file == file && !$0.isSuperseded }.flatMap {
      $0.correctableFigures(at: cell, sheet: sheet, campaign: view.campaign)
    }
    return .json([
      "figures": .array(
        figures.map {
          [
            "file": .string(file), "sheet": .string(sheet), "cell": .string(cell.description),
            "field": .string($0.field.rawValue), "old": .string($0.old),
            "shown": .string(PersonalData.masked($0.old, type: $0.type)), "type": .string($0.type.rawValue),
            "choices": .array($0.choices.map { .string($0) }),
          ]
        })
    ])
  }
}

/// `GET /api/v1/sheet`: the sheet as HTML with marks, the same that the page shows.
enum SheetFragment {
  static func answer(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    guard let file = exchange.query["file"] else {
      throw Problem(.badRequest, "file", zh: "请用 file= 指明文件", en: "Name a file with file=.")
    }
    let (sheet, cell) = (exchange.query["sheet"], exchange.query["cell"].flatMap { CellReference($0) })
    let inbox = desk.inbox
    let content = try await Blocking.heavy {
      try SheetContent.of(file, sheet: sheet, cell: cell, in: view, inbox: inbox)
    }
    guard let picture = content?.picture else { throw Problem.notFound }
    return .html(
      "<style nonce=\"\(exchange.nonce)\">\n\(picture.picture.css)\n</style>\n\(picture.picture.html)\n")
  }
}
