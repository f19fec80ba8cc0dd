/// A number format, read once and ready to render many values: make one per cell format, not per cell.
///
///     let percent = CompiledNumberFormat("0.0%")
///     percent.text(forNumber: 0.125)    // 12.5%
///
/// It renders what Excel shows in a cell that is wide enough. Colours, and fills to the width of the cell (`*x`), are left
/// out; room as wide as a character (`_x`) is a space.
public struct CompiledNumberFormat: Sendable {
  /// The language for what a format leaves to the program: the built-in short date, and the system's long date.
  public enum Language: Hashable, Sendable { case english, chinese }

  /// The format it was made from.
  public let format: NumberFormat
  let sections: [FormatSection]
  /// The section for text, if there is one.
  private let textSection: FormatSection?

  /// What Excel shows for a value that a format cannot show, such as a negative date.
  static let overflow = "########"

  /// A format that is ready to write numbers.
  public init(_ format: NumberFormat, language: Language = .english) {
    self.format = format
    let code = Self.localized(format.code, language)
    var sections = Self.split(code).map { FormatSection($0) }
    if sections.count >= 4 {
      textSection = sections[3]
      sections.removeSubrange(3...)
    } else if sections.count > 1, let last = sections.last, last.kind == .text {
      // `0;@`: a last section with @ is the one for text.
      textSection = last
      sections.removeLast()
    } else if sections.count == 1, let only = sections.first, [.text, .literal].contains(only.kind),
      !code.isEmpty
    {
      textSection = only
    } else {
      textSection = nil
    }
    self.sections = sections
  }

  /// Whether numbers are shown as they are: `General` alone.
  public var isGeneral: Bool {
    sections.count == 1 && textSection == nil && sections[0].tokens == [.general]
      && sections[0].condition == nil
      && sections[0].numerals == .none
  }

  /// What a cell shows: a formula its cached value, an empty cell nothing.
  public func text(for value: CellValue, dateSystem: DateSystem = .excel1900) -> String {
    switch value {
    case .empty: ""
    case .number(let number): text(forNumber: number, dateSystem: dateSystem)
    case .text(let string): text(forText: string)
    case .richText(let rich): text(forText: rich.plainText)
    // Excel lets no number format touch a logical value, only a text format.
    case .bool(let bool): text(forText: bool ? "TRUE" : "FALSE")
    case .error(let error): error.text
    case .formula(_, let cached): text(for: cached.result, dateSystem: dateSystem)
    }
  }

  /// What a cell with this text shows.
  public func text(forText string: String) -> String {
    guard let textSection else { return string }
    var result = ""
    for token in textSection.tokens {
      switch token {
      case .literal(let literal): result += literal
      case .text, .general: result += string
      case .fixedDigit(let digit): result += String(digit)
      case .slash: result += "/"
      case .comma: result += ","
      case .point: result += "."
      case .percent: result += "%"
      default: break
      }
    }
    return result
  }

  /// What a cell with this number shows.
  public func text(forNumber number: Double, dateSystem: DateSystem = .excel1900) -> String {
    guard number.isFinite else { return CellError.number.text }
    guard let (section, hidesSign) = section(for: number) else {
      return sections.count > 1 ? Self.overflow : GeneralFormat.cellText(for: number)
    }
    if section.kind == .date {
      return DateRenderer(section: section, dateSystem: dateSystem).text(for: number, hidesSign: hidesSign)
    }
    var renderer = NumberRenderer(section: section)
    renderer.render(number.magnitude)
    return (number < 0 && !hidesSign && !renderer.showsZero ? "-" : "") + renderer.text
  }

  /// The section that shows a number, and whether the section itself says that the number is negative.
  private func section(for number: Double) -> (FormatSection, hidesSign: Bool)? {
    if sections.isEmpty { return nil }
    let count = sections.count
    if count == 1 {
      let only = sections[0]
      if let condition = only.condition {
        return condition.holds(for: number) ? (only, condition.isForNegatives) : nil
      }
      return (only, false)
    }
    let first = sections[0].condition
    if first?.holds(for: number) ?? (count > 2 ? number > 0 : number >= 0) {
      return (sections[0], first?.isForNegatives ?? true)
    }
    if let second = sections[1].condition {
      if second.holds(for: number) { return (sections[1], second.isForNegatives) }
    } else if count == 2 {
      // The rest: all negative unless the first section's condition leaves others.
      return (sections[1], first?.leavesNegatives ?? true)
    } else if number < 0 {
      return (sections[1], true)
    }
    return count > 2 ? (sections[2], false) : nil
  }

  /// The sections of a code: split at semicolons outside quotes, escapes and brackets.
  private static func split(_ code: String) -> [[Unicode.Scalar]] {
    var sections: [[Unicode.Scalar]] = [[]]
    var isQuoted = false
    var isEscaped = false
    var isBracketed = false
    for scalar in code.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = scalar != "\""
      } else if isBracketed {
        isBracketed = scalar != "]"
      } else {
        switch scalar {
        case "\"": isQuoted = true
        case "\\", "_", "*": isEscaped = true
        case "[": isBracketed = true
        case ";":
          sections.append([])
          continue
        default: break
        }
      }
      sections[sections.count - 1].append(scalar)
    }
    return sections
  }

  /// What the program puts for codes that leave the form to the system's settings: Excel shows built-in format 14,
  /// stored as `mm-dd-yy`, as the short date of the system, and `[$-F800]` and `[$-F400]` as its long date and time.
  private static func localized(_ code: String, _ language: Language) -> String {
    switch (code, language) {
    case ("mm-dd-yy", .english): return "m/d/yyyy"
    case ("mm-dd-yy", .chinese): return "yyyy/m/d"
    case ("m/d/yy h:mm", .english): return "m/d/yyyy h:mm"
    case ("m/d/yy h:mm", .chinese): return "yyyy/m/d h:mm"
    default: break
    }
    guard language == .chinese else { return code }
    if code.hasPrefix("[$-F800]") { return "yyyy\"年\"m\"月\"d\"日\"" }
    if code.hasPrefix("[$-F400]") { return "h:mm:ss" }
    return code
  }
}

extension NumberFormat {
  /// What a cell of this format shows. For many cells make a ``CompiledNumberFormat`` once.
  public func text(for value: CellValue, dateSystem: DateSystem = .excel1900) -> String {
    CompiledNumberFormat(self).text(for: value, dateSystem: dateSystem)
  }

  /// What a cell of this format shows for a number.
  public func text(forNumber number: Double, dateSystem: DateSystem = .excel1900) -> String {
    CompiledNumberFormat(self).text(forNumber: number, dateSystem: dateSystem)
  }
}
