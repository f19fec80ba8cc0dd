import BuiltinTemplates
import Foundation
import Yams

/// Reads the text of a campaign file into ``YAMLNode``s.
public enum YAMLReader {
  /// Nodes that one file may hold, and how deep they may nest. YAML's own anchors can make a short text expand without
  /// end; no campaign comes near these.
  static let maximumNodes = 200_000
  static let maximumDepth = 64

  /// What a file of words that is part of the program gives, `Templates/words.yaml` say; `nil` without the file. A broken one is
  /// a mistake of ours, which every test run meets.
  @discardableResult
  static func builtin<Result>(_ file: String, _ body: (YAMLNode) throws -> Result) -> Result? {
    guard let text = BuiltinTemplates.text(ofFile: file) else { return nil }
    do {
      return try body(read(text, file: file))
    } catch {
      assertionFailure("Templates/\(file): \(error)")
      return nil
    }
  }

  /// - Parameters:
  ///   - text: One YAML document.
  ///   - file: The file's name as errors show it.
  /// - Throws: ``FormsError`` of code `campaign` with file and line: no YAML, a key twice, an empty file.
  public static func read(_ text: String, file: String) throws -> YAMLNode {
    let root: Node?
    do {
      // What a plain scalar is, is decided where it is read; Yams would try its regular expressions on each.
      // A BOM is what Windows' editor leaves; libyaml takes it, Swift's String keeps it as a scalar.
      root = try Yams.compose(
        yaml: text.first == "\u{FEFF}" ? String(text.dropFirst()) : text, .basic)
    } catch let error as YamlError {
      throw describe(error, file: file)
    }
    var count = 0
    guard let root else {
      throw FormsError(.campaign, LocalizedText(zh: "文件为空", en: "the file is empty"), file: file, line: 1)
    }
    return try convert(root, file: file, line: 1, depth: 0, count: &count)
  }

  private static func convert(_ node: Node, file: String, line: Int, depth: Int, count: inout Int) throws
    -> YAMLNode
  {
    let line = node.mark?.line ?? line
    count += 1
    guard count <= maximumNodes, depth <= maximumDepth else {
      throw FormsError(
        .campaign, LocalizedText(zh: "内容过多或嵌套过深", en: "too much content, or nested too deep"), file: file,
        line: line)
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      if isPlain, ["", "~", "null"].contains(scalar.string) {
        return YAMLNode(.null, file: file, line: line)
      }
      return YAMLNode(.scalar(scalar.string, isPlain: isPlain), file: file, line: line)
    case .sequence(let sequence):
      var nodes: [YAMLNode] = []
      for element in sequence {
        nodes.append(try convert(element, file: file, line: line, depth: depth + 1, count: &count))
      }
      return YAMLNode(.sequence(nodes), file: file, line: line)
    case .mapping(let mapping):
      var entries: [YAMLEntry] = []
      for (key, value) in mapping {
        let keyLine = key.mark?.line ?? line
        guard let name = key.scalar?.string, !name.isEmpty else {
          throw FormsError(
            .campaign, LocalizedText(zh: "冒号前应为文字", en: "a key must be a text"), file: file, line: keyLine)
        }
        entries.append(
          YAMLEntry(
            key: name, keyLine: keyLine,
            value: try convert(value, file: file, line: keyLine, depth: depth + 1, count: &count)))
      }
      return YAMLNode(.mapping(entries), file: file, line: line)
    case .alias:
      throw FormsError(
        .campaign, LocalizedText(zh: "无法解析的引用", en: "a reference that leads nowhere"), file: file, line: line)
    }
  }

  private static func describe(_ error: YamlError, file: String) -> FormsError {
    func made(_ chinese: String, _ english: String, line: Int?) -> FormsError {
      FormsError(.campaign, LocalizedText(zh: chinese, en: english), file: file, line: line)
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return made(
        "第\(mark.column)列起不是有效的 YAML（\(problem)），请检查缩进、冒号后的空格和引号",
        "no valid YAML from column \(mark.column) on (\(problem)); check indents, spaces after colons and quotes",
        line: mark.line)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.sorted()
      return made(
        "同一层中“\(keys.joined(separator: "、"))”出现了不止一次",
        "\"\(keys.joined(separator: ", "))\" is there more than once in one mapping", line: context.mark.line)
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).filter(\.isNewline).count + 1 }
      return made("含有不能识别的字符（\(problem)）", "a character that cannot be read (\(problem))", line: line)
    default:
      return made("不是有效的 YAML（\(error)）", "no valid YAML (\(error))", line: nil)
    }
  }
}
