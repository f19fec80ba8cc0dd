import ArgumentParser
import Forms
import Foundation
import XLSX

/// `convert IN…`: a filled form, or with `--raw` any sheet, in another format.
struct ConvertCommand: ParsableCommand {
  enum Target: String, ExpressibleByArgument, CaseIterable {
    case xlsx, csv, json, html
  }

  static let configuration = CommandConfiguration(commandName: "convert", abstract: "转换为其他格式")

  @OptionGroup var global: GlobalOptions

  @Option(name: .customLong("to"), help: "xlsx, csv, json or html")
  var target: Target?

  @Option(name: .shortAndLong, help: "a file, or a folder for several")
  var output: String?

  @Flag(help: "a sheet as it is, whether or not it holds a form")
  var raw = false

  @Option(help: "which sheet, with --raw; default the first visible one")
  var sheet: String?

  @Flag(help: "numbers as Excel shows them, with --raw")
  var formatted = false

  @Argument(help: "files")
  var inputs: [String]

  mutating func validate() throws {
    if inputs.isEmpty { throw ValidationError(CommandLineWording.missing("IN")) }
    if !raw, sheet != nil { throw ValidationError(CommandLineWording.needs("--sheet", "--raw")) }
    if !raw, formatted { throw ValidationError(CommandLineWording.needs("--formatted", "--raw")) }
    if raw, target == .json || target == .html {
      throw ValidationError(CommandLineWording.exclusive("--raw", "--to \(target?.rawValue ?? "")"))
    }
  }

  mutating func run() throws {
    if raw { return try convertSheets() }
  }

  private func convertSheets() throws {
    for input in inputs {
      let book = try Workbook(contentsOf: URL(fileURLWithPath: input))
      let position = book.sheets.firstIndex { $0.name == sheet } ?? 0
      var options = CSVOptions()
      options.isFormatted = formatted
      options.language = global.language == .chinese ? .chinese : .english
      if let output {
        try book.writeCSV(ofSheetAt: position, to: output, options: options)
      } else {
        try book.writeCSV(ofSheetAt: position, toDescriptor: 1, options: options)
      }
    }
  }
}
