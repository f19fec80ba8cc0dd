/// Answers to what `learn` asks, by the questions' ids: from a file, from the command line, from the page.
///
///     deadlines/附件2: 2025-11-20
///     units: [一车间, 二车间]
///     totals/附件2/小计: 是
public struct LearnReplies: Sendable {
  /// One answer, with where it stands.
  struct Answer: Sendable {
    var id: String
    var texts: [String]
    var file: String?
    var line: Int?

    /// The answer of one word.
    var text: String { texts.joined(separator: "、") }
    var isYes: Bool { ["是", "对", "确认", "正确", "yes", "y", "true", "ok"].contains(text.lowercased()) }
    var isNo: Bool { ["否", "不", "不是", "no", "n", "false"].contains(text.lowercased()) }

    func refused(_ chinese: String, _ english: String) -> FormsError {
      FormsError(
        .input, LocalizedText(zh: "对“\(id)”的回答\(chinese)", en: "the answer to \"\(id)\" \(english)"),
        file: file,
        line: line)
    }
  }

  private(set) var answers: [Answer] = []

  /// Whether an answer to nothing, or one that cannot be, is left out and told of (``LearnedCampaign/leftOut``) rather than
  /// refused with all the others: papers come and go while somebody answers.
  public var leavesOut = false

  public init() {}

  /// - Parameters:
  ///   - yaml: `id: answer` or `id: [answer, answer]`, in YAML or JSON. What has nothing behind its colon stays open.
  ///   - file: The file's name as errors show it.
  /// - Throws: ``FormsError`` with file and line.
  public init(yaml: String, file: String) throws {
    // A file of comments alone answers nothing.
    let isEmpty = yaml.split(whereSeparator: \.isNewline).allSatisfy {
      $0.drop { $0 == " " || $0 == "\u{FEFF}" }.first.map { $0 == "#" } ?? true
    }
    if isEmpty { return }
    for (id, node) in try YAMLReader.read(yaml, file: file).mapping().pairs where !node.isNull {
      answers.append(Answer(id: id, texts: try node.strings(), file: node.file, line: node.line))
    }
  }

  /// - Throws: ``FormsError``: `input` for a file that cannot be read as text, else as ``init(yaml:file:)``.
  public init(contentsOf path: String) throws {
    let bytes: [UInt8]
    do {
      bytes = try FileLoader.bytes(at: path, limit: IntakeLimits.default.fileSize)
    } catch {
      throw FormsError(
        .input,
        LocalizedText(zh: "无法读取：\(error.why.chinese)", en: "cannot be read: \(error.why.english)"), file: path
      )
    }
    guard let text = TextDecoding.text(of: bytes[...]) else {
      throw FormsError(
        .input, LocalizedText(zh: "不是文本文件", en: "is no text"), file: path)
    }
    try self.init(yaml: text, file: path)
  }

  /// Adds an answer, in place of an earlier one. Several names may stand in one text, parted by 、 or commas.
  public mutating func set(_ id: String, to texts: [String]) {
    answers.removeAll { $0.id == id }
    answers.append(Answer(id: id, texts: texts))
  }

  func answer(_ id: String) -> Answer? { answers.first { $0.id == id } }
}
