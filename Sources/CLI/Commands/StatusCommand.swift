import ArgumentParser
import Forms
import Foundation
import Web

/// `status PATH…`: who has reported, who is late, who is missing; and what it takes to chase them.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "看谁已报、谁逾期、谁未报，写催报名单和催报函")

  @OptionGroup var inbox: Inbox

  @Option(name: .shortAndLong, help: "a workbook with what every unit still has to do")
  var output: String?

  @Option(help: "a folder for a letter to every unit that something is asked of")
  var letters: String?

  @Option(help: "last year's consolidated workbook")
  var previous: String?

  @Option(help: "the last day for answering, YYYY-MM-DD", transform: GlobalOptions.date)
  var due: CalendarDate?

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @OptionGroup var notes: NotesOption

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    try OutputGuard.check([output, letters], against: inbox.paths + [self.previous, notes.path])
    let campaign = try global.loadCampaign()
    try OutputGuard.check([output, letters], against: campaign.files)
    let last = try previous.map { try ConsolidatedWorkbook.load(path: $0, campaign: campaign) }
    let previous = last.map { PreviousFigures($0) }
    // What merge asks about a figure that is far from last year's, this asks too.
    let report = try inbox.check(
      campaign: campaign, asOf: global.judgementDay, previous: previous, explanations: notes.load())
    let result = Consolidation(report: report, campaign: campaign, previous: previous)
    // What a unit has explained, nobody asks again.
    let open = Consolidation(
      report: report.withoutExplained, campaign: campaign, previous: previous)
    let batch = OutputBatch()
    try output.map { try batch.write(open.chaseWorkbook(due: due), to: $0) }
    let written = try letters.map { try open.writeLetters(to: $0, due: due, with: batch) }
    try batch.commit()
    if let written { global.record([LedgerEntry(.letters, file: letters, new: "\(written.count)")]) }
    switch format {
    case .text:
      Output.show(result.statusText(language: global.language, usesColor: Output.showsColor))
      if let line = wording(letters: written?.count) { Output.show("\n" + line) }
    case .json: Output.write(result.statusJSON(language: global.language).serialised())
    }
    if report.hasErrors { throw Failure.findings }
  }

  /// Which files were written.
  private func wording(letters count: Int?) -> String? {
    var zh: [String] = []
    var en: [String] = []
    if let output {
      zh.append("催报名单已写入 \(output)")
      en.append("list of what is to be chased: \(output)")
    }
    if let count, let letters {
      zh.append("催报函\(count)份，在 \(letters)")
      en.append("\(count) letters in \(letters)")
    }
    guard !zh.isEmpty else { return nil }
    return LocalizedText(zh: zh.joined(separator: "；"), en: en.joined(separator: "; ")).text(
      in: global.language)
  }
}
