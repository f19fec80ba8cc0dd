import ArgumentParser
import Forms
import Foundation

/// `convert IN…`: a filled form, or with `--raw` any sheet, in another format.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "convert", abstract: "转换为其他格式")

  @OptionGroup var inbox: Inbox

  @Option(name: .customLong("to"), help: "xlsx, csv, json or html")
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
    if !raw, sheet != nil { throw ValidationError(CommandLineWording.needs("--sheet", "--raw")) }
    if !raw, formatted { throw ValidationError(CommandLineWording.needs("--formatted", "--raw")) }
    if raw, target == .json || target == .html {
      throw ValidationError(CommandLineWording.exclusive("--raw", "--to=\(target?.rawValue ?? "")"))
    }
  }

  mutating func run() throws {
    let target =
      target ?? output.flatMap { ConversionTarget(rawValue: URL(fileURLWithPath: $0).pathExtension) }
    if raw { return try convertSheets(to: target) }
    let campaign = try global.loadCampaign()
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
      outputs = try OutputFolder(output).paths(for: inbox.paths, endings: targets.map(\.rawValue))
    } else if output == nil, targets.count > 1 {
      throw ConvertWording.needsFolder
    }
    try OutputGuard.check(outputs, against: inbox.paths)
    for ((path, target), output) in zip(zip(inbox.paths, targets), outputs) {
      switch target {
      case .csv: try conversion.writeCSV(of: path, to: output)
      case .xlsx:
        guard let output else { throw ConvertWording.needsOutput }
        try conversion.writeWorkbook(ofCSV: path, to: output)
      }
    }
  }
}

enum ConversionTarget: String, ExpressibleByArgument, CaseIterable {
  case xlsx, csv, json, html
}
