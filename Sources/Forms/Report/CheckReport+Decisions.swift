/// What people are told about the lists of decisions that they gave.
extension CheckReport {
  /// What was applied, and each line that could not be.
  func decisionLines(language: Language) -> [String] {
    let zh = language == .chinese
    var lines: [String] = []
    if let corrections {
      let applied = corrections.count { $0.isApplied }
      lines.append(zh ? "更正：采用\(applied)处" : "corrections: \(applied) applied")
      lines += corrections.compactMap { correction in
        correction.refusal.map {
          (zh ? "  未采用 " : "  refused: ") + correction.place(in: language) + (zh ? "：" : ": ")
            + $0.text(in: language)
        }
      }
    }
    if let explanations {
      let applied = explanations.count { $0.isApplied }
      lines.append(zh ? "说明：采用\(applied)条" : "explanations: \(applied) applied")
      lines += explanations.compactMap { explanation in
        explanation.refusal.map {
          (zh ? "  未采用 " : "  refused: ") + explanation.place(in: language) + (zh ? "：" : ": ")
            + $0.text(in: language)
        }
      }
    }
    return lines
  }
}
