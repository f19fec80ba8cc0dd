/// The words of reports for people, all of them in one place.
extension Severity {
  var word: LocalizedText {
    switch self {
    case .error: .init(zh: "错误", en: "error")
    case .warning: .init(zh: "核实", en: "warning")
    case .info: .init(zh: "提示", en: "info")
    }
  }

  var mark: TextStyle.Mark {
    switch self {
    case .error: .red
    case .warning: .yellow
    case .info: .dim
    }
  }
}

extension InputFile.State {
  package var word: LocalizedText {
    switch self {
    case .adopted: .init(zh: "采用", en: "adopted")
    case .superseded: .init(zh: "被替代", en: "superseded")
    case .rejected: .init(zh: "退回", en: "rejected")
    case .ignored: .init(zh: "忽略", en: "ignored")
    }
  }
}

extension Finding.Candidate {
  /// What ``why`` means to people; a word that is not known is shown as it is.
  package var reason: LocalizedText {
    switch why {
    case "deduced": .init(zh: "按合计关系推算", en: "follows from the other figures")
    case "written": .init(zh: "格中写有", en: "stands in the cell")
    case "arithmetic": .init(zh: "使合计成立", en: "makes the sum right")
    case "transposed-digits": .init(zh: "疑似数字颠倒", en: "two digits swapped")
    case "wrong-digit": .init(zh: "疑似一位数字写错", en: "one digit wrong")
    case "extra-digit": .init(zh: "疑似多写一位", en: "one digit too many")
    case "missing-digit": .init(zh: "疑似少写一位", en: "one digit missing")
    case "power-of-ten": .init(zh: "疑似单位或多写（少写）0", en: "off by a power of ten")
    case "copied": .init(zh: "疑似照抄分项", en: "copied from one part")
    case "stale-total": .init(zh: "疑似合计未更新", en: "total not brought up to date")
    case "swapped": .init(zh: "疑似两行填反", en: "two rows swapped")
    case "holds": .init(zh: "使核对关系成立", en: "makes the check hold")
    case "nearest": .init(zh: "与可选值相近", en: "the nearest choice")
    case "line-missing": .init(zh: "疑似合计漏加此行", en: "perhaps left out of the total")
    case "line-twice": .init(zh: "疑似合计多加一次此行", en: "perhaps twice in the total")
    case "unit-of-measure": .init(zh: "疑似计量单位不符", en: "another unit of measure")
    default: .init(zh: why, en: why)
    }
  }

  /// `送文艺/场次/合计＝15（按合计关系推算）`
  func text(in language: Language) -> String {
    let line = row.map { language == .chinese ? "第\($0)行 " : "line \($0) " } ?? ""
    return language == .chinese
      ? "\(line)\(field)＝\(shown)（\(reason.chinese)）" : "\(line)\(field) = \(shown) (\(reason.english))"
  }
}

extension Finding {
  /// The rule's place on paper: `Sheet1!E6`, as far as it is known.
  var place: String {
    [sheet, cell?.description].compactMap(\.self).joined(separator: "!")
  }
}
