/// What a cell or a paragraph holds, as a format's reader hands it over: pieces of text, each marked with what its format
/// says that a person does not read there.
///
/// Readers only mark. What is then seen, and what is told about the rest, is decided here, for every format alike.
struct FormattedText {
  struct Run {
    var text: String
    /// Why the run is no part of the text; `nil` for what is.
    var mark: LeftOut.Kind?
    /// Whether the run is part of what the file stores as the text; a tracked deletion no longer is.
    var isStored = true
  }

  private(set) var runs: [Run] = []
  private var isPlain = true

  init() {}

  init(_ text: String) { append(text) }

  mutating func append(_ text: String, _ mark: LeftOut.Kind? = nil, isStored: Bool = true) {
    if text.isEmpty { return }
    if mark != nil { isPlain = false }
    if let last = runs.indices.last, runs[last].mark == mark, runs[last].isStored == isStored {
      runs[last].text += text
    } else {
      runs.append(Run(text: text, mark: mark, isStored: isStored))
    }
  }

  var isEmpty: Bool { runs.isEmpty }

  /// The text as the file stores it.
  var stored: String {
    runs.count == 1 && runs[0].isStored ? runs[0].text : runs.lazy.filter(\.isStored).map(\.text).joined()
  }

  /// How the text looks where that differs from what is stored; `nil` where it does not.
  func appearance() -> CellAppearance? {
    if isPlain { return nil }
    var runs = runs.filter { !($0.mark != nil && $0.text.isInvisible) }
    // A whole text that is raised is only set small; a mark needs something to stand behind.
    if !runs.contains(where: { $0.mark == nil && !$0.text.isInvisible }) {
      for index in runs.indices where runs[index].mark == .raised { runs[index].mark = nil }
    }
    var seen = ""
    var leftOut: [LeftOut] = []
    for run in runs {
      guard let mark = run.mark else {
        seen += run.text
        continue
      }
      if mark == .raised, let power = Self.power(run.text, behind: seen) {
        seen += power
      } else {
        leftOut.append(LeftOut(mark, run.text.trimmedOfInvisible))
      }
    }
    if leftOut.isEmpty, seen == stored { return nil }
    return CellAppearance(seen: FlowText.value(seen) ?? .blank, leftOut: leftOut)
  }

  /// The text that is seen.
  var seenText: String {
    guard let seen = appearance()?.seen else { return stored }
    return CellFigure.text(seen)
  }

  /// The square or cube of a unit: a raised 2 behind `m` is part of it.
  private static func power(_ text: String, behind seen: String) -> String? {
    guard let last = seen.unicodeScalars.last, last.isASCII, last.properties.isAlphabetic else { return nil }
    switch text.trimmedOfInvisible {
    case "2": return "²"
    case "3": return "³"
    default: return nil
    }
  }

  /// The pieces between the tabulators.
  func splitAtTabs() -> [FormattedText] {
    var pieces = [FormattedText()]
    for run in runs {
      for (index, part) in run.text.split(separator: "\t", omittingEmptySubsequences: false).enumerated() {
        if index > 0 { pieces.append(FormattedText()) }
        pieces[pieces.count - 1].append(String(part), run.mark, isStored: run.isStored)
      }
    }
    return pieces
  }
}

extension FormattedText {
  /// The cell of a format that holds nothing but text; `nil` for nothing to be seen and nothing left out.
  func cell() -> GridCell? {
    let value = FlowText.value(stored)
    guard let appearance = appearance() else { return value.map { GridCell($0) } }
    return GridCell(value ?? .blank, appearance: appearance)
  }
}

extension String {
  /// Without what is not seen at its ends.
  var trimmedOfInvisible: String {
    let scalars = unicodeScalars
    // Most texts begin and end with what is seen.
    if let first = scalars.first, let last = scalars.last, !TextFolding.isInvisible(first),
      !TextFolding.isInvisible(last)
    {
      return self
    }
    guard let first = scalars.firstIndex(where: { !TextFolding.isInvisible($0) }),
      let last = scalars.lastIndex(where: { !TextFolding.isInvisible($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
