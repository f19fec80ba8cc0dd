/// What was understood in a way that a person must confirm.
public struct LearnQuestion: Hashable, Sendable {
  /// What an answer looks like.
  public enum Kind: String, Hashable, Sendable {
    case text, names, date, number, choice
    /// 是, or the blank and the notice have to be changed.
    case confirm
  }

  /// What answers it: `deadlines/附件2`. The same for the same papers.
  public private(set) var id = ""
  public private(set) var kind = Kind.confirm
  public var question: LocalizedText
  /// File, and sheet, cell or paragraph.
  public var place: LocalizedText
  /// What was taken for want of an answer; 是 stands for it.
  public private(set) var taken: String?
  /// What may be answered, where that is known.
  public private(set) var choices: [String] = []
  let subject: LearnSubject

  init(
    _ place: LearnPlace, about subject: LearnSubject = .note, taken: String? = nil, choices: [String] = [],
    zh chinese: String, en english: String
  ) {
    question = LocalizedText(zh: chinese, en: english)
    self.place = LocalizedText(zh: place.text(in: .chinese), en: place.text(in: .english))
    self.subject = subject
    self.taken = taken
    self.choices = choices
    kind = subject.kind
    if kind == .choice, choices.isEmpty { self.choices = ["是", "否"] }
  }

  /// Gives the question the name by which it is answered, among those that have one already.
  mutating func name(_ id: String, among taken: inout Set<String>) {
    var name = id
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(id)（\(number)）"
      number += 1
    }
    self.id = name
  }
}

/// What a question is about, so that its answer can be put where it belongs.
///
/// Forms are known by the place of their table: their labels are settled later.
enum LearnSubject: Hashable, Sendable {
  case title
  case office
  case year
  case units
  case deadline(form: LearnPlace)
  case label(form: LearnPlace)
  /// The measure of some columns.
  case measure(form: LearnPlace, headings: [String])
  /// Which columns of a list, taken for texts, are numbers that are added up.
  case figures(form: LearnPlace, headings: [String])
  /// Whether a heading is the sum of others.
  case total(form: LearnPlace, heading: LearnPlace, name: String)
  /// Whether what a workbook checks is a check of the campaign.
  case check(form: LearnPlace, formula: String)
  /// Whether what a workbook colours is a check of the campaign.
  case candidate(form: LearnPlace, formulas: [String])
  /// Whether no two lines of a list may share a column's value.
  case key(form: LearnPlace, column: String)
  /// Which form and figure a table of targets is about.
  case targetForm(table: LearnPlace)
  /// Which column of a table of targets counts.
  case targetColumn(table: LearnPlace)
  /// Whether a second table of targets of one form counts.
  case targetTable(table: LearnPlace)
  /// When a document is due.
  case document(String)
  case note

  var kind: LearnQuestion.Kind {
    switch self {
    case .title, .office, .label, .measure: .text
    case .year: .number
    case .units, .figures: .names
    case .deadline, .document: .date
    case .total, .check, .candidate, .key, .targetForm, .targetColumn, .targetTable: .choice
    case .note: .confirm
    }
  }
}
