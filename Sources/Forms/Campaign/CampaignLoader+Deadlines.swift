extension CampaignLoader {
  /// Sets the deadlines of `deadlines:`. Every form needs one that fits the campaign's year: a deadline taken over from
  /// another year's campaign would chase units for a day long past.
  func readDeadlines(_ forms: inout [FormDefinition], _ places: [YAMLNode]) throws {
    var dates: [Int: YAMLNode] = [:]
    for (index, place) in places.enumerated() { dates[index] = try place.mapping()["deadline"] }
    for node in values("deadlines") {
      let map = try node.mapping()
      var here: Set<Int> = []
      for (name, value) in map.pairs {
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
      forms[index].deadline = try deadline(node)
    }
  }

  func deadline(_ node: YAMLNode) throws -> CalendarDate {
    let date = try node.date()
    guard date.year == year || date.year == year + 1 else {
      throw node.error(
        zh: "截止日期\(date)与活动年度\(year)不符，请改写截止日期", en: "the deadline \(date) does not fit the year \(year)")
    }
    return date
  }
}
