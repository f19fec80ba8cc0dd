import ArgumentParser
import Forms
import Web

/// `return PATH… -o DIR`: what units have to correct goes back to them, in their own files.
struct ReturnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "return", abstract: "退回需要修改的表，逐格标明")

  @OptionGroup var inbox: Inbox

  @Option(name: .shortAndLong, help: "the folder to write to")
  var output: String

  @Option(help: "the last day for sending again, YYYY-MM-DD", transform: GlobalOptions.date)
  var due: CalendarDate?

  @Option(help: "last year's consolidated workbook")
  var previous: String?

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @OptionGroup var notes: NotesOption

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    try OutputGuard.check([output], against: [])
    let campaign = try global.loadCampaign()
    let last = try previous.map { try ConsolidatedWorkbook.load(path: $0, campaign: campaign) }
    let report = try inbox.check(
      campaign: campaign, asOf: global.judgementDay, previous: last.map { PreviousFigures($0) },
      explanations: notes.load(), takesCheckedLines: false)
    var options = ReturnRun.Options()
    options.allowsManyFiles = inbox.allowsManyFiles
    options.due = due
    options.limits = try inbox.limits()
    let returned = try ReturnRun.run(
      report.withoutExplained, paths: inbox.paths, campaign: campaign, to: output, options: options)
    global.record(
      returned.returned.map {
        LedgerEntry(
          .returned, file: $0.file, unit: $0.units.joined(separator: "、"),
          form: $0.forms.joined(separator: "、"), new: $0.written)
      })
    switch format {
    case .text: Output.show(returned.text(language: global.language, usesColor: Output.showsColor))
    case .json: Output.write(returned.json(language: global.language).serialised())
    }
    if report.hasErrors { throw Failure.findings }
  }
}
