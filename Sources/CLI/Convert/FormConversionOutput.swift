import Forms
import Foundation

/// Where converted forms go: a file, a folder, or stdout.
struct FormConversionOutput {
  let target: ConversionTarget
  let output: String?
  /// What was read, not to be written over.
  let inputs: [String]
  /// Whether CSV begins with a byte order mark.
  let hasByteOrderMark: Bool
  let language: Language

  /// Converts every form of a report.
  ///
  /// - Throws: ``FormsError`` (`input`), before anything is written, if there is no form at all or a file cannot be read.
  func write(_ report: CheckReport, campaign: Campaign) throws {
    let rejected = report.files.filter { $0.state == .rejected }
    if let first = rejected.first { throw FormsError(.input, first.reason, file: first.file) }
    let byFile = Dictionary(grouping: report.submissions, by: \.file)
    let conversions = report.files.compactMap { file in
      byFile[file.file].map { FormConversion(file: file.file, submissions: $0, campaign: campaign) }
    }
    guard !conversions.isEmpty else {
      throw FormsError(.input, LocalizedText(zh: "没有可以转换的表", en: "there is no form to convert"))
    }
    if target == .json, !isFolder(for: conversions.count) {
      try OutputGuard.check([output], against: inputs)
      let batch = OutputBatch()
      try write(
        JSONValue.array(conversions.flatMap { $0.json(language: language) }).serialised() + "\n", to: output,
        batch)
      return try batch.commit()
    }
    let places: [String?] =
      conversions.count == 1 && !isFolder(for: 1) ? [output] : try names(for: conversions)
    try OutputGuard.check(places, against: inputs)
    let batch = OutputBatch()
    if let output, places.count > 1 || isFolder(for: 1) { try batch.makeFolder(output) }
    for (conversion, place) in zip(conversions, places) { try write(conversion, to: place, batch) }
    try batch.commit()
  }

  private func write(_ conversion: FormConversion, to place: String?, _ batch: OutputBatch) throws {
    switch target {
    case .xlsx:
      guard let place else { throw ConvertWording.needsOutput }
      try batch.write(conversion.workbook(), to: place)
    case .docx:
      guard let place else { throw ConvertWording.needsOutput }
      try batch.write(conversion.word(), to: place)
    case .pdf:
      guard let place else { throw ConvertWording.needsOutput }
      guard let office = OfficeProgram() else { throw FormsError(.output, OfficeProgram.absent) }
      try batch.write(office.convert(conversion.word(), from: "docx", to: "pdf"), to: place)
    case .csv: try write(conversion.csv(hasByteOrderMark: hasByteOrderMark), to: place, batch)
    case .html: try write(conversion.html(language: language), to: place, batch)
    case .json:
      try write(
        JSONValue.array(conversion.json(language: language)).serialised() + "\n", to: place, batch)
    }
  }

  private func write(_ text: String, to place: String?, _ batch: OutputBatch) throws {
    guard let place else { return Output.write(text) }
    try batch.write(text, to: place)
  }

  /// Several files go into a folder; so does one, if the output is a folder.
  private func isFolder(for count: Int) -> Bool {
    guard let output else { return false }
    return OutputFolder.isMeant(by: output) || count > 1 && target != .json
  }

  private func names(for conversions: [FormConversion]) throws -> [String] {
    guard let output else {
      throw [.xlsx, .docx, .pdf].contains(target) ? ConvertWording.needsOutput : ConvertWording.needsFolder
    }
    return OutputFolder(output).paths(
      for: conversions.map(\.file), endings: conversions.map { _ in target.rawValue })
  }
}
