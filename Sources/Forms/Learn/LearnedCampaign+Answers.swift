/// What a person says of a campaign that was learned, before it is written. What is `nil` stays as it was understood.
public struct LearnAnswers: Sendable {
  public var title: String?
  public var office: String?
  public var year: Int?
  /// By the form's label.
  public var deadlines: [String: CalendarDate] = [:]
  public var units: [String]?

  public init() {}
}

extension LearnedCampaign {
  /// Takes over what a person says.
  public mutating func take(_ answers: LearnAnswers) {
    if let year = answers.year, year != self.year {
      title = title.replacing(String(self.year), with: String(year))
      id = id.replacing(String(self.year), with: String(year))
      for index in forms.indices {
        forms[index].title = forms[index].title.replacing(String(self.year), with: String(year))
      }
      self.year = year
    }
    if let title = answers.title { self.title = title }
    if let office = answers.office { self.office = office }
    for index in forms.indices {
      guard let day = answers.deadlines[forms[index].label] else { continue }
      forms[index].deadline = day
      missingDeadlines.remove(forms[index].id)
    }
    if let units = answers.units, !units.isEmpty { self.units = units }
  }

  /// What is asked for in a form's own field: what nobody said is empty.
  public var understood: LearnAnswers {
    var answers = LearnAnswers()
    answers.title = title
    answers.office = office == Self.unknownOffice ? nil : office
    answers.year = year
    for form in forms where !missingDeadlines.contains(form.id) {
      answers.deadlines[form.label] = form.deadline
    }
    answers.units = units.filter { $0 != Self.unknownUnit }
    return answers
  }

  /// The labels of the forms, in their order.
  public var formLabels: [String] { forms.map(\.label) }

  /// The campaign's files of text: name and content.
  public var texts: [(name: String, text: String)] { files() }
}
