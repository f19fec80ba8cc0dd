import ArgumentParser
import Forms
import Foundation
import XLSX

/// `convert IN…`: a filled form, or with `--raw` any sheet, in another format.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "convert", abstract: "转换为其他格式")

  @OptionGroup var inbox: Inbox

  @Option(name: .customLong("to"), help: "xlsx, csv, json, html, docx or pdf")
  var target: ConversionTarget?

  @Option(name: .shortAndLong, help: "a file, or a folder for several")
  var output: String?

  @Flag(help: "a sheet as it is, whether or not it holds a form")
  var raw = false

  @Option(help: "which sheet, with --raw; default the first visible one")
  var sheet: String?

  @Flag(help: "numbers as Excel shows them, with --raw")
  var formatted = false

  @Flag(name: .customLong("no-bom"), help: "CSV without a byte order mark")
  var noMark = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if raw, inbox.named.isEmpty { throw ValidationError(CommandLineWording.missing("<路径>")) }
    if !raw, sheet != nil { throw ValidationError(CommandLineWording.needs("--sheet", "--raw")) }
    if !raw, formatted { throw ValidationError(CommandLineWording.needs("--formatted", "--raw")) }
    if raw, let target, ![.xlsx, .csv].contains(target) {
      throw ValidationError(CommandLineWording.exclusive("--raw", "--to=\(target.rawValue)"))
    }
  }

  mutating func run() throws {
    let target =
      target ?? output.flatMap { ConversionTarget(rawValue: URL(fileURLWithPath: $0).pathExtension) }
    if raw { return try convertSheets(to: target) }
    let campaign = try global.loadCampaign()
    try OutputGuard.check([output], against: campaign.files)
    let report = try inbox.check(campaign: campaign, asOf: global.judgementDay)
    try FormConversionOutput(
      target: target ?? .xlsx, output: output, inputs: inbox.paths, hasByteOrderMark: !noMark,
      language: global.language
    )
    .write(report, campaign: campaign)
  }

  private func convertSheets(to target: ConversionTarget?) throws {
    var conversion = SheetConversion()
    conversion.sheet = sheet
    conversion.isFormatted = formatted
    conversion.hasByteOrderMark = !noMark
    conversion.language = global.language
    let targets = try inbox.paths.map { path in
      try target.flatMap { SheetConversion.Target(rawValue: $0.rawValue) } ?? conversion.usualTarget(of: path)
    }
    var outputs: [String?] = Array(repeating: output, count: targets.count)
    if let output, targets.count > 1 || OutputFolder.isMeant(by: output) {
      outputs = OutputFolder(output).paths(for: inbox.paths, endings: targets.map(\.rawValue))
    } else if output == nil, targets.count > 1 {
      throw ConvertWording.needsFolder
    }
    try OutputGuard.check(outputs, against: inbox.paths)
    guard let first = outputs.first, first != nil else {
      for (path, target) in zip(inbox.paths, targets) {
        guard target == .csv else { throw ConvertWording.needsOutput }
        try conversion.writeCSV(of: path, to: nil)
      }
      return
    }
    let batch = OutputBatch()
    if targets.count > 1, let output { try batch.makeFolder(output) }
    for ((path, target), output) in zip(zip(inbox.paths, targets), outputs) {
      guard let output else { throw ConvertWording.needsOutput }
      try batch.write(to: output) { temporary in
        do {
          switch target {
          case .csv: try conversion.writeCSV(of: path, to: temporary)
          case .xlsx: try conversion.writeWorkbook(ofCSV: path, to: temporary)
          }
        } catch var error as XLSXError {
          // The temporary file is no name that anybody knows.
          if error.code != .fileAccess || error.file == nil || error.file == temporary { error.file = path }
          throw error
        }
      }
    }
    try batch.commit()
  }
}

enum ConversionTarget: String, ExpressibleByArgument, CaseIterable {
  case xlsx, csv, json, html, docx, pdf
}
