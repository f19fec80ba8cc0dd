import ArgumentParser
import Forms
import Foundation
import Web

/// `merge PATH… -o FILE.xlsx`: the consolidated workbook.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "merge", abstract: "汇总成一个工作簿")

  @OptionGroup var inbox: Inbox

  @Option(name: .shortAndLong, help: "the workbook to write")
  var output: String

  @Option(help: "last year's consolidated workbook")
  var previous: String?

  @Option(help: "a page to look at and print, beside the workbook")
  var report: String?

  @Option(help: "the year-end report as a Word document")
  var docx: String?

  @Option(help: "the year-end report as PDF, through LibreOffice")
  var pdf: String?

  @Option(help: "the decided list of corrections")
  var corrections: String?

  @OptionGroup var notes: NotesOption

  @Flag(help: "refuse to merge while there are errors or units are missing")
  var strict = false

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @Flag(help: "mask citizens' ids and telephone numbers in the workbook too")
  var mask = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    let outputs = [("--output", output), ("--report", report), ("--docx", docx), ("--pdf", pdf)]
    for (position, first) in outputs.enumerated() {
      for second in outputs[(position + 1)...] {
        guard let one = first.1, let other = second.1 else { continue }
        if URL(fileURLWithPath: one).standardizedFileURL == URL(fileURLWithPath: other).standardizedFileURL {
          throw ValidationError(CommandLineWording.exclusive(second.0, first.0))
        }
      }
    }
    let ending = URL(fileURLWithPath: output).pathExtension.lowercased()
    if !ending.isEmpty, ending != "xlsx" { throw ValidationError(CommandLineWording.notAWorkbook(output)) }
  }

  mutating func run() throws {
    try OutputGuard.check(
      [output, report, docx, pdf], against: inbox.paths + [self.previous, corrections, notes.path])
    let campaign = try global.loadCampaign()
    try OutputGuard.check([output, report, docx, pdf], against: campaign.files)
    let last = try previous.map { try ConsolidatedWorkbook.load(path: $0, campaign: campaign) }
    let previous = last.map { PreviousFigures($0) }
    let checked = try inbox.check(
      campaign: campaign, asOf: global.judgementDay, previous: previous, explanations: notes.load(),
      corrections: corrections.map { try CorrectionList(path: $0) })
    let result = Consolidation(report: checked, campaign: campaign, previous: previous)
    if strict, let refusal = result.refusal {
      if format == .json { writeJSON(result) }
      Output.complain(refusal.text(in: global.language))
      throw Failure.findings
    }
    let batch = OutputBatch()
    try batch.write(to: output) { try result.write(to: $0, isMasked: mask) }
    if let report { try batch.write(result.page(language: global.language), to: report) }
    if docx != nil || pdf != nil {
      let document = try result.wordReport(language: global.language)
      if let docx { try batch.write(document, to: docx) }
      if let pdf {
        if let office = OfficeProgram() {
          try batch.write(office.convert(document, from: "docx", to: "pdf"), to: pdf)
        } else {
          Output.complain(OfficeProgram.absent.text(in: global.language))
        }
      }
    }
    try batch.commit()
    global.record([output, report, docx, pdf].compactMap(\.self).map { LedgerEntry(.merged, file: $0) })
    switch format {
    case .text:
      Output.show(
        result.mergeText(writtenTo: output, language: global.language, usesColor: Output.showsColor))
    case .json: writeJSON(result)
    }
    if checked.hasErrors { throw Failure.findings }
  }

  private func writeJSON(_ result: Consolidation) {
    result.writeJSON(language: global.language, to: Output.write)
    Output.write("")
  }
}
