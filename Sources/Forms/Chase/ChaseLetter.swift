import Foundation

/// The letter to one unit: what it still has to send, in the words of the campaign's correspondence.
public struct ChaseLetter: Sendable {
  public var unit: ReportingUnit
  /// Plain text, lines ended by `\n`.
  public var text: String

  /// `催报-沁阳市总工会.txt`
  public var fileName: String {
    "催报-\(OutputPlace.fileName(unit.name)).txt"
  }

  /// The letter as a file: with a byte order mark and the line ends of Windows, where old editors take anything else for
  /// GBK on one line.
  var bytes: [UInt8] { Array(("\u{FEFF}" + text.replacing("\n", with: "\r\n")).utf8) }
}

extension Consolidation {
  /// A letter to every unit that something is asked of.
  public func chaseLetters(due: CalendarDate? = nil) -> [ChaseLetter] {
    let byUnit = Dictionary(grouping: chase, by: \.unit.code)
    let documents = overdueDocuments
    return campaign.units.compactMap { unit in
      let entries = byUnit[unit.code] ?? []
      let owed = documents[unit.code] ?? []
      guard !entries.isEmpty || !owed.isEmpty else { return nil }
      let text = letter(to: unit, entries, documents: owed, due: due ?? chaseDue(for: entries))
      return ChaseLetter(unit: unit, text: text)
    }
  }

  /// Writes the letters into a folder, all or none.
  ///
  /// - Parameters:
  ///   - batch: The files of a command that writes more than the letters, and puts them in place itself.
  ///   - completed: What becomes of each letter before it is written.
  /// - Returns: The names of the files.
  /// - Throws: ``FormsError`` of code `output`.
  public func writeLetters(
    to folder: String, due: CalendarDate? = nil, with batch: OutputBatch? = nil,
    completed: (ChaseLetter) -> ChaseLetter = { $0 }
  ) throws -> [String] {
    let letters = chaseLetters(due: due).map(completed)
    let files = batch ?? OutputBatch()
    try files.makeFolder(folder)
    var taken: Set<String> = []
    var names: [String] = []
    for letter in letters {
      var name = letter.fileName
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = "\(letter.fileName.dropLast(4))（\(number)）.txt"
        number += 1
      }
      names.append(name)
      try files.write(letter.bytes, to: folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)")
    }
    if batch == nil { try files.commit() }
    return names
  }

  /// By when: a deadline that is still to come, else some days from now.
  func chaseDue(for entries: [ChaseEntry]) -> CalendarDate {
    campaign.correspondence.due(
      asOf: report.asOf, deadlines: entries.map(\.form.deadline).filter { $0 >= report.asOf })
  }

  private func letter(
    to unit: ReportingUnit, _ entries: [ChaseEntry], documents: [DueDocument], due: CalendarDate
  ) -> String {
    let words = campaign.correspondence
    let common = [
      "unit": unit.name, "title": campaign.title, "office": campaign.office, "asOf": report.asOf.longText,
      "due": due.longText,
    ]
    let forms = entries.map { entry in
      let text: Correspondence.Text =
        switch entry.kind {
        case .missing: .missing
        case .upcoming: .upcoming
        case .rejected: .rejected
        case .errors: .errors
        case .late: .late
        }
      return words.fill(text, common.merging(values(of: entry)) { $1 })
    }
    let owed = documents.map { document in
      let days = report.asOf.dayNumber - document.deadline.dayNumber
      return words.fill(
        .document,
        common.merging(
          ["document": document.name, "deadline": document.deadline.longText, "days": String(days)]) { $1 })
    }
    let paragraphs = (forms + owed).enumerated().map { "\($0 + 1). \($1)" }
    // A letter that only remembers a late form asks for nothing by a day.
    let closing =
      documents.isEmpty && entries.allSatisfy { $0.kind == .late } ? nil : words.fill(.letterClosing, common)
    return
      ([words.fill(.letterTitle, common), "", words.fill(.letterOpening, common), ""] + paragraphs
      + (closing.map { ["", $0] } ?? []) + ["", words.fill(.letterSignature, common), ""])
      .joined(separator: "\n")
  }

  private func values(of entry: ChaseEntry) -> [String: String] {
    [
      "form": entry.form.label, "formTitle": entry.form.title, "deadline": entry.form.deadline.longText,
      "days": entry.daysLate.map(String.init) ?? "", "reason": entry.reason ?? "内容无法使用",
      "file": entry.file.map(ReturnSheet.lastPart) ?? "", "errors": String(entry.errors),
      "warnings": String(entry.warnings), "filledOn": entry.submission?.filledOn?.longText ?? "",
    ]
  }
}
