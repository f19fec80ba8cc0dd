extension FindingLine {
  /// `  提示 G04  10个单位：送文艺…场，其中示范性场次请在总结中注明（沁阳市总工会12、温县总工会9 …）`
  func sharedText(in language: Language, style: TextStyle) -> String {
    let isChinese = language == .chinese
    let pronoun = isChinese ? "" : "each"
    let sentences = sentences(in: language, pronoun: pronoun)
    // One number that differs stands behind its unit; of several nobody could tell which is which.
    let varying = NumberRuns.varying(sentences)
    let names = zip(units, sentences).map { unit, sentence in
      varying.count == 1 ? varying.reduce(unit) { $0 + (isChinese ? "" : " ") + sentence.runs[$1] } : unit
    }
    let message = message(in: language, pronoun: pronoun)
    let words =
      isChinese
      ? "\(units.count)个单位：\(message)（\(names.joined(separator: "、"))）"
      : "\(units.count) units: \(message) (\(names.joined(separator: ", ")))"
    return "  " + style.mark(Severity.info.word.text(in: language), Severity.info.mark) + " \(finding.rule)  "
      + words
  }
}
