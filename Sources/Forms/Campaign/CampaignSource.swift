import BuiltinTemplates
import Foundation
import XLSX

/// Where the files of a campaign are: inside the program, or in a folder.
struct CampaignSource {
  enum Place {
    case builtin(String)
    case folder(URL)
  }

  var place: Place
  /// The campaign's own file in that place.
  var mainFile: String
  /// What stands before a file's name in messages: `jiaozuo-2024/`, or the folder as the user wrote it.
  private var shownPrefix: String
  /// The files on disk that were read.
  let trace = FileTrace()

  final class FileTrace {
    fileprivate(set) var paths: [String] = []
    /// The name and the hash of each text that was read, of built-in ones too.
    fileprivate(set) var contents: [String] = []
  }

  /// The names under which a folder's campaign file is looked for.
  static let mainFileNames = ["campaign.yaml", WorkingFolder.campaignFile]

  /// A campaign that travels inside the program; `nil` if there is none of this id.
  init?(builtin id: String) {
    guard BuiltinTemplates.campaigns.contains(id) else { return nil }
    place = .builtin(id)
    mainFile = "campaign.yaml"
    shownPrefix = id + "/"
  }

  /// A campaign file, or a folder with one.
  ///
  /// - Parameter shown: The path as the user wrote it.
  init(path: URL, shown: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder) else {
      throw FormsError(
        .input,
        LocalizedText(
          zh: "没有这个活动：既不是内置活动（\(BuiltinTemplates.campaigns.joined(separator: "、"))），也不是文件或文件夹",
          en:
            "no such campaign: neither built in (\(BuiltinTemplates.campaigns.joined(separator: ", "))) nor a file or folder"
        ), file: shown)
    }
    guard isFolder.boolValue else {
      place = .folder(path.deletingLastPathComponent())
      mainFile = path.lastPathComponent
      shownPrefix = String(shown.dropLast(mainFile.count))
      return
    }
    guard
      let name = Self.mainFileNames.first(where: {
        FileManager.default.fileExists(atPath: path.appendingPathComponent($0).path)
      })
    else {
      throw FormsError(
        .input,
        LocalizedText(
          zh: "文件夹中没有 \(Self.mainFileNames.joined(separator: " 或 "))",
          en: "the folder has no \(Self.mainFileNames.joined(separator: " or "))"), file: shown)
    }
    place = .folder(path)
    mainFile = name
    shownPrefix = shown == "." ? "" : shown.hasSuffix("/") ? shown : shown + "/"
  }

  /// Reads one of the campaign's files.
  ///
  /// - Parameter from: The line that names the file, for the error if it is not there.
  func read(_ name: String, namedBy node: YAMLNode? = nil) throws -> YAMLNode {
    try YAMLReader.read(text(of: name, namedBy: node), file: shownPrefix + name)
  }

  /// Reads a list of units: YAML, or a table (`.csv`) whose first line names the columns and every other line is a mapping
  /// of them.
  func readList(_ name: String, namedBy node: YAMLNode, columns: [String: String]) throws -> YAMLNode {
    guard name.lowercased().hasSuffix(".csv") else { return try read(name, namedBy: node) }
    return try UnitTableText.read(
      bytes(of: name, namedBy: node), file: shownPrefix + name, columns: columns)
  }

  private func bytes(of name: String, namedBy node: YAMLNode) throws -> [UInt8] {
    let missing = node.error(zh: "没有文件“\(name)”", en: "there is no file \"\(name)\"")
    guard case .folder(let folder) = place else { return try Array(text(of: name, namedBy: node).utf8) }
    guard let data = data(of: name, in: folder) else { throw missing }
    guard data.count <= Self.maximumListSize else {
      throw FormsError(
        .campaign, LocalizedText(zh: "文件过大", en: "the file is too large"), file: shownPrefix + name)
    }
    return data
  }

  /// Reads a workbook that a form names.
  func workbook(_ name: String, namedBy node: YAMLNode) throws -> OfficeBlank {
    OfficeBlank(file: shownPrefix + name, bytes: try bytes(of: name, namedBy: node))
  }

  private func text(of name: String, namedBy node: YAMLNode?) throws -> String {
    let missing = LocalizedText(zh: "没有文件“\(name)”", en: "there is no file \"\(name)\"")
    let absent = FormsError(.campaign, missing, file: node?.file ?? shownPrefix + name, line: node?.line)
    switch place {
    case .builtin(let id):
      guard let file = BuiltinTemplates.files(ofCampaign: id).first(where: { $0.path == name }) else {
        throw absent
      }
      note(name, Array(file.text.utf8))
      return file.text
    case .folder(let folder):
      guard let data = data(of: name, in: folder) else { throw absent }
      guard data.count <= Self.maximumFileSize else {
        throw FormsError(
          .campaign, LocalizedText(zh: "文件过大", en: "the file is too large"), file: shownPrefix + name)
      }
      guard let text = String(validating: data, as: UTF8.self) else {
        throw FormsError(
          .campaign, LocalizedText(zh: "不是 UTF-8 编码，请另存为 UTF-8", en: "not UTF-8; save it as UTF-8"),
          file: shownPrefix + name)
      }
      return text
    }
  }

  /// A regular file's content, of which no more is read than any of its kind may have.
  private func data(of name: String, in folder: URL) -> [UInt8]? {
    let path = folder.appendingPathComponent(name).path
    trace.paths.append(path)
    guard let bytes = try? FileLoader.bytes(at: path, limit: Self.maximumListSize) else { return nil }
    note(name, bytes)
    return bytes
  }

  private func note(_ name: String, _ bytes: [UInt8]) {
    let hash = (try? MessageDigest(.sha256).hash(bytes)) ?? bytes
    trace.contents.append("\(name) \(hash.map { String($0, radix: 16) }.joined(separator: "."))")
  }

  private static let maximumFileSize = 4 << 20
  private static let maximumListSize = 64 << 20

  /// The campaign that this one names in `extends:`: built in, or a path seen from this one's folder.
  func base(_ node: YAMLNode) throws -> CampaignSource {
    let name = try node.string()
    if let builtin = CampaignSource(builtin: name) { return builtin }
    guard case .folder(let folder) = place else {
      throw node.error(zh: "没有内置活动“\(name)”", en: "there is no built-in campaign \"\(name)\"")
    }
    do {
      if name.hasPrefix("/") { return try CampaignSource(path: URL(fileURLWithPath: name), shown: name) }
      return try CampaignSource(path: folder.appendingPathComponent(name), shown: shownPrefix + name)
    } catch let error as FormsError {
      throw node.error(zh: "“\(name)”：\(error.message.chinese)", en: "\"\(name)\": \(error.message.english)")
    }
  }
}
