extension CampaignLoader {
  /// Sets the deadlines of `deadlines:`. Every form needs one that fits the campaign's year: a deadline taken over from
  /// another year's campaign would chase units for a day long past.
  func readDeadlines(_ forms: inout [FormDefinition], _ places: [YAMLNode]) throws {
    var dates: [Int: YAMLNode] = [:]
    for (index, place) in places.enumerated() { dates[index] = try place.mapping()["deadline"] }
    let documents = dueDocumentKeys(forms: forms)
    for node in values("deadlines") {
      let map = try node.mapping()
      var here: Set<Int> = []
      for (name, value) in map.pairs where !isDocument(name, documents, besides: forms) {
        let index = try formIndex(name, in: forms, at: map)
        guard here.insert(index).inserted else {
          throw map.error(
            at: name, zh: "“\(forms[index].label)”的截止日期写了两次",
            en: "\"\(forms[index].label)\" has two deadlines here")
        }
        dates[index] = value
      }
    }
    for index in forms.indices {
      guard let node = dates[index] else {
        throw places[index].error(
          zh: "“\(forms[index].label)”没有截止日期，请在 deadlines 中写明",
          en: "\"\(forms[index].label)\" has no deadline; say it in deadlines")
      }
      let yearNode = try required("year")
      if node.file != yearNode.file, try !fitsYear(node.date()) {
        // The year was changed here, the deadline taken over from below: here is where to mend it.
        let label = forms[index].label
        throw yearNode.error(
          zh: "年度为\(year)，而“\(label)”的截止日期仍是\(try node.date())（\(node.file)），请在 deadlines 中写明",
          en:
            "the year is \(year), but \"\(label)\" is still due \(try node.date()) (\(node.file)); say it in deadlines"
        )
      }
      forms[index].deadline = try deadline(node)
    }
  }

  /// Whether a name under `deadlines:` is that of a document that is due beside the forms.
  private func isDocument(_ name: String, _ documents: Set<String>, besides forms: [FormDefinition]) -> Bool {
    let key = LabelText.key(name)
    guard !forms.contains(where: { $0.id == name || LabelText.key($0.label) == key }) else { return false }
    return documents.contains(key)
  }

  func deadline(_ node: YAMLNode) throws -> CalendarDate {
    let date = try node.date()
    guard fitsYear(date) else {
      throw node.error(
        zh: "截止日期\(date)与活动年度\(year)不符，请改写截止日期", en: "the deadline \(date) does not fit the year \(year)")
    }
    return date
  }

  /// Figures of a year are due in that year or early in the next.
  func fitsYear(_ date: CalendarDate) -> Bool { date.year == year || date.year == year + 1 }
}
