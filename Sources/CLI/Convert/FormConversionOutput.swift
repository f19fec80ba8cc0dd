import Forms
import Foundation

/// Where converted forms go: a file, a folder, or stdout.
struct FormConversionOutput {
  let target: ConversionTarget
  let output: String?
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
      return try write(
        JSONValue.array(conversions.flatMap { $0.json(language: language) }).serialised() + "\n", to: output)
    }
    let places: [String?] =
      conversions.count == 1 && !isFolder(for: 1) ? [output] : try names(for: conversions)
    for (conversion, place) in zip(conversions, places) { try write(conversion, to: place) }
  }

  private func write(_ conversion: FormConversion, to place: String?) throws {
    switch target {
    case .xlsx:
      guard let place else { throw ConvertWording.needsOutput }
      try conversion.workbook().save(to: URL(fileURLWithPath: place))
    case .csv: try write(conversion.csv(), to: place)
    case .html: try write(conversion.html(), to: place)
    case .json:
      try write(JSONValue.array(conversion.json(language: language)).serialised() + "\n", to: place)
    }
  }

  private func write(_ text: String, to place: String?) throws {
    guard let place else { return Output.write(text) }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: place), options: .atomic)
    } catch {
      throw ConvertWording.cannotWrite(place)
    }
  }

  /// Several files go into a folder; so does one, if the output is a folder.
  private func isFolder(for count: Int) -> Bool {
    guard let output else { return false }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: output, isDirectory: &isFolder) { return isFolder.boolValue }
    return output.hasSuffix("/") || count > 1 && target != .json
  }

  /// A file name for each, after the file that it came from; names that meet get a number.
  private func names(for conversions: [FormConversion]) throws -> [String] {
    guard let output else {
      throw target == .xlsx ? ConvertWording.needsOutput : ConvertWording.needsFolder
    }
    let folder = URL(fileURLWithPath: output)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw ConvertWording.cannotWrite(output)
    }
    var used: Set<String> = []
    return conversions.map { conversion in
      let last = conversion.file.split(separator: "/").last.map(String.init) ?? conversion.file
      let stem = (last as NSString).deletingPathExtension
      var name = stem
      var number = 2
      while !used.insert(name).inserted {
        name = "\(stem)（\(number)）"
        number += 1
      }
      return folder.appendingPathComponent("\(name).\(target.rawValue)").path
    }
  }
}

/// What `convert` says when it cannot go on.
enum ConvertWording {
  static let needsOutput = FormsError(
    .output, LocalizedText(zh: "请用 -o 写明要写的文件", en: "name the file to write with -o"))
  static let needsFolder = FormsError(
    .output,
    LocalizedText(zh: "要转换的不止一个，请用 -o 写明文件夹", en: "there are several to convert: name a folder with -o"))

  static func cannotWrite(_ path: String) -> FormsError {
    FormsError(
      .output, LocalizedText(zh: "无法写入，请检查路径和权限", en: "cannot be written; check path and permissions"),
      file: path)
  }

  static func noSheet(_ name: String, in file: String, having names: [String]) -> FormsError {
    FormsError(
      .input,
      LocalizedText(
        zh: "没有工作表“\(name)”，有：\(names.joined(separator: "、"))",
        en: "no sheet \"\(name)\"; there are: \(names.joined(separator: ", "))"), file: file)
  }
}
