extension FormConsolidation {
  /// The charts of the form, each a `<figure>` of HTML with its picture inline: no style, no script.
  ///
  /// - Parameter names: What the campaign calls things in English.
  package func chartFigures(_ language: Language, names: [String: String]) -> [String] {
    ConsolidationCharts(form: self, words: PageWords(language, names: names)).all.enumerated().map {
      $1.figure(id: "chart-\(form.id)-\($0)")
    }
  }
}
