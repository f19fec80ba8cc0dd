extension LearnedCampaign {
  /// The open questions as a file to be filled in: every id with nothing behind it, its question above.
  public func questionSheet(in language: Language) -> String {
    let isChinese = language == .chinese
    var lines = [
      isChinese
        ? "# 在冒号后面写回答，再运行 huizong learn … --answers 本文件。不写的仍是问题；写“是”就是照已读的办。"
        : "# Write answers behind the colons, then run huizong learn … --answers THIS-FILE. What is left blank stays open;"
    ]
    if !isChinese { lines.append("# 是 (yes) means: as it was taken.") }
    for question in questions {
      lines += [
        "", "# " + question.question.text(in: language).onOneLine,
        "#   " + (isChinese ? "见 " : "at ") + question.place.text(in: language).onOneLine,
        "#   " + question.hint(in: language).onOneLine,
        YAMLText.quoted(question.id) + ":",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension LearnQuestion {
  /// How it is answered.
  func hint(in language: Language) -> String {
    let isChinese = language == .chinese
    var hint: String
    if !choices.isEmpty {
      let shown = choices.prefix(12).joined(separator: "、") + (choices.count > 12 ? "…" : "")
      hint = isChinese ? "回答其中之一：\(shown)" : "one of: \(shown)"
    } else {
      switch kind {
      case .text: hint = isChinese ? "回答文字" : "a text"
      case .names: hint = isChinese ? "回答名单，如 [甲单位, 乙单位]" : "a list, such as [甲单位, 乙单位]"
      case .date: hint = isChinese ? "回答日期，如 2025-11-20" : "a day, such as 2025-11-20"
      case .number: hint = isChinese ? "回答年份，如 2025" : "a year, such as 2025"
      case .choice: hint = isChinese ? "回答 是 或 否" : "是 (yes) or 否 (no)"
      case .confirm: return isChinese ? "无误就回答 是" : "是 (yes) where it is right"
      }
    }
    if let taken { hint += isChinese ? "；已读作：\(taken)" : "; taken: \(taken)" }
    return hint
  }
}
