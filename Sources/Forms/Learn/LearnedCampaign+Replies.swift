import Foundation

/// Answers put where they belong; what is answered is asked no more.
extension LearnedCampaign {
  /// Names every question by what it is about.
  mutating func nameQuestions() {
    var taken = Set(questions.map(\.id))
    // Numbers go on where questions were answered before others are asked.
    var notes = lastNote
    defer { lastNote = notes }
    for index in questions.indices where questions[index].id.isEmpty {
      let name: String
      switch questions[index].subject {
      case .title: name = "title"
      case .office: name = "office"
      case .year: name = "year"
      case .units: name = "units"
      case .deadline(let form): name = "deadlines/" + label(of: form)
      case .label(let form): name = "labels/" + (self.form(at: form)?.title ?? "")
      case .measure(let form, let headings): name = "measures/\(label(of: form))/\(headings.first ?? "")"
      case .figures(let form, _): name = "figures/" + label(of: form)
      case .total(let form, _, let heading): name = "totals/\(label(of: form))/\(heading)"
      case .check(let form, let formula): name = "checks/\(label(of: form))/\(formula)"
      case .candidate(let form, let formulas): name = "checks/\(label(of: form))/\(formulas.first ?? "")"
      case .key(let form, let column): name = "keys/\(label(of: form))/\(column)"
      case .targetForm(let table): name = "targets/\(targetLabel(table))/form"
      case .targetColumn(let table): name = "targets/\(targetLabel(table))/column"
      case .targetTable(let table): name = "targets/\(targetLabel(table))"
      case .document(let document): name = "documents/" + document
      case .note:
        notes += 1
        name = "notes/\(notes)"
      }
      questions[index].name(name, among: &taken)
    }
  }

  /// Takes what was answered, and leaves the other questions open.
  ///
  /// Title, office, year, units, deadlines and documents may be told unasked.
  ///
  /// - Throws: ``FormsError`` of code `input` with file and line: an answer to nothing, or one that cannot be.
  mutating func take(_ answers: LearnReplies) throws {
    leavesOutAnswers = answers.leavesOut
    // The year comes first: it moves the deadlines that were read, never one that somebody said.
    let years = answers.answers.filter { $0.id == "year" }
    let others = answers.answers.filter { $0.id != "year" }
    for answer in years + others where try !takeKnown(answer) { openAnswers.append(answer) }
    // A form may be called by the label that an answer gave it only after it was told of.
    openAnswers = try openAnswers.filter { try !takeKnown($0) }
  }

  /// - Returns: Whether it is the answer to something.
  private mutating func takeKnown(_ answer: LearnReplies.Answer) throws -> Bool {
    do {
      if let question = questions.first(where: { $0.id == answer.id }) {
        if try take(answer, to: question) { questions.removeAll { $0.id == answer.id } }
      } else if let subject = freeSubject(answer.id) {
        try set(subject, to: answer)
        questions.removeAll { $0.subject == subject }
      } else {
        return false
      }
    } catch let error as FormsError {
      try leaveOut(answer, error)
    }
    return true
  }

  private mutating func leaveOut(_ answer: LearnReplies.Answer, _ error: FormsError) throws {
    guard leavesOutAnswers else { throw error }
    leftOut.append((answer.id, error))
  }

  /// Takes the answers to what was asked since; what answers nothing is refused.
  mutating func takeOpenAnswers() throws {
    nameQuestions()
    for answer in openAnswers {
      if try takeKnown(answer) { continue }
      let words =
        leavesOutAnswers
        ? LocalizedText(
          zh: "“\(answer.id)”已经没有对应的表或问题，这一条没有用上",
          en: "there is no form and no question \"\(answer.id)\" any more; what was said of it does not count"
        )
        : LocalizedText(
          zh: "没有“\(answer.id)”这个问题，也没有这一项；问题见 learn 的输出",
          en: "there is no question and no setting \"\(answer.id)\"; the questions are in what learn prints")
      try leaveOut(answer, FormsError(.input, words, file: answer.file, line: answer.line))
    }
    openAnswers = []
  }

  private mutating func take(_ answer: LearnReplies.Answer, to question: LearnQuestion) throws -> Bool {
    if question.taken == "否"
      ? answer.isNo : answer.isYes && (question.kind == .confirm || question.taken != nil)
    {
      return true
    }
    if question.kind == .confirm {
      throw answer.refused(
        "只能是“是”；不对的，请改通知或空白表，或在写出的活动里改",
        "can only be 是 (yes); else change the papers, or the campaign that is written")
    }
    try set(question.subject, to: answer)
    return true
  }

  /// What may be told without having been asked.
  private func freeSubject(_ id: String) -> LearnSubject? {
    switch id {
    case "title": return .title
    case "office": return .office
    case "year": return .year
    case "units": return .units
    default: break
    }
    guard let slash = id.firstIndex(of: "/") else { return nil }
    let name = String(id[id.index(after: slash)...])
    switch id[..<slash] {
    case "deadlines":
      return forms.first { LearnText.labelKey($0.label) == LearnText.labelKey(name) }.map {
        .deadline(form: $0.place)
      }
    case "documents": return documents.contains { $0.name == name } ? .document(name) : nil
    default: return nil
    }
  }

  private mutating func set(_ subject: LearnSubject, to answer: LearnReplies.Answer) throws {
    if !subject.isOfOtherKind, answer.isYes || answer.isNo {
      throw answer.refused("应写出名称，不能只写“是”或“否”", "must be the name itself, not yes or no")
    }
    switch subject {
    case .title:
      givenTitle = answer.text
      retitle()
    case .office:
      office = answer.text
      retitle()
    case .year: try setYear(answer)
    case .units:
      let names = answer.texts.flatMap { NameList.names(in: $0) }
        .map { LearnText.printed($0) }.filter { !$0.isEmpty }
      guard !names.isEmpty, Set(names).count == names.count else {
        throw answer.refused("应是单位名单，不重复，用顿号隔开", "must be a list of units, each once")
      }
      units = names
    case .deadline(let place):
      let date = try date(answer)
      for index in forms.indices where forms[index].place == place { forms[index].deadline = date }
    case .document(let name):
      let date = try date(answer)
      for index in documents.indices where documents[index].name == name { documents[index].deadline = date }
    case .label(let place): try setLabel(answer, place)
    case .measure(let place, let headings):
      guard answer.texts.count == 1, answer.text.count <= 12 else {
        throw answer.refused("应是一个计量单位", "must be one unit of measure")
      }
      for index in forms.indices where forms[index].place == place {
        setMeasure(answer.text, of: headings, in: &forms[index].columns)
        setMeasure(answer.text, of: headings, in: &forms[index].rows)
      }
    case .figures(let place, let headings): try setFigures(answer, place, headings)
    case .total(let place, let heading, _):
      guard try !yes(answer) else { return }
      for index in forms.indices where forms[index].place == place {
        clearTotal(at: heading, in: &forms[index].columns)
        clearTotal(at: heading, in: &forms[index].rows)
      }
    case .check(let place, let formula):
      guard try !yes(answer) else { return }
      for index in forms.indices where forms[index].place == place {
        forms[index].checks.removeAll { $0.formula == formula }
      }
    case .candidate(let place, let formulas):
      guard try yes(answer) else { return }
      for index in forms.indices where forms[index].place == place {
        forms[index].checks += formulas.map { LearnedForm.Check(formula: $0, isWarning: true) }
      }
    case .key(let place, let column):
      guard try yes(answer) else { return }
      for index in forms.indices where forms[index].place == place && !forms[index].key.contains(column) {
        forms[index].key.append(column)
      }
    case .targetTable(let place):
      guard try !yes(answer) else { return }
      targets.removeAll { $0.place == place }
    case .targetForm(let place), .targetColumn(let place): try setTarget(answer, place)
    case .note: break
    }
  }

  private func yes(_ answer: LearnReplies.Answer) throws -> Bool {
    guard answer.isYes || answer.isNo else { throw answer.refused("应是“是”或“否”", "must be 是 (yes) or 否 (no)") }
    return answer.isYes
  }

  private func date(_ answer: LearnReplies.Answer) throws -> CalendarDate {
    guard case .date(let date) = DateText.read(answer.text, campaignYear: year) else {
      throw answer.refused("应是日期，如 2025-11-20", "must be a day, such as 2025-11-20")
    }
    return date
  }

  private mutating func setYear(_ answer: LearnReplies.Answer) throws {
    let digits = answer.text.hasSuffix("年") ? String(answer.text.dropLast()) : answer.text
    guard let number = Int(digits), 1990...2100 ~= number else {
      throw answer.refused("应是年份，如 2025", "must be a year, such as 2025")
    }
    if number == year { retitle() } else { move(to: number) }
  }

  private mutating func setLabel(_ answer: LearnReplies.Answer, _ place: LearnPlace) throws {
    guard let index = forms.firstIndex(where: { $0.place == place }),
      !forms.contains(where: { LearnText.labelKey($0.label) == LearnText.labelKey(answer.text) })
    else { throw answer.refused("是另一张表的编号", "is the label of another form") }
    let old = forms[index].label
    forms[index].label = answer.text
    for table in targets.indices where targets[table].form == old { targets[table].form = answer.text }
    for document in documents.indices where documents[document].with == old {
      documents[document].with = answer.text
    }
  }

  /// `重量（公斤）、价款`: columns that are numbers, each with its unit of measure where it has one.
  private mutating func setFigures(_ answer: LearnReplies.Answer, _ place: LearnPlace, _ headings: [String])
    throws
  {
    guard let form = forms.firstIndex(where: { $0.place == place }) else { return }
    for text in answer.texts.flatMap({ NameList.names(in: $0) }) {
      let heading = HeadingWords(text, words: .builtin)
      guard headings.contains(heading.name) else {
        throw answer.refused("：“\(text)”不是所问的栏", "names \"\(text)\", which was not asked about")
      }
      FormLearner.change(&forms[form].columns) { node, _ in
        guard node.name == heading.name, node.type == .text else { return }
        node.type = .number
        node.measure = heading.measure ?? "个"
      }
      let keys = forms[form].fields.filter { $0.column.last?.name == heading.name }.map(\.key)
      forms[form].totals += keys.filter { !forms[form].totals.contains($0) }
    }
  }

  private func setMeasure(_ measure: String, of headings: [String], in nodes: inout [LearnedForm.Node]) {
    for index in nodes.indices {
      if headings.contains(nodes[index].name), nodes[index].measure != nil {
        nodes[index].measure = measure
        nodes[index].decimals = nil
      }
      setMeasure(measure, of: headings, in: &nodes[index].children)
    }
  }

  private func clearTotal(at place: LearnPlace, in nodes: inout [LearnedForm.Node]) {
    for index in nodes.indices {
      if nodes[index].place == place { nodes[index].total = nil }
      clearTotal(at: place, in: &nodes[index].children)
    }
  }

  /// `附件2/场次`, or the heading of a column of targets.
  private mutating func setTarget(_ answer: LearnReplies.Answer, _ place: LearnPlace) throws {
    guard let index = targets.firstIndex(where: { $0.place == place }) else { return }
    let matcher = TargetMatcher(forms: forms, words: .builtin)
    if let column = targets[index].allColumns.first(where: { $0.heading == answer.text }) {
      targets[index].columns = [column]
      if let form = forms.first(where: { $0.label == targets[index].form }) {
        targets[index].fields = matcher.fields(of: form, for: column)
      }
      return
    }
    let parts = answer.text.split(separator: "/", maxSplits: 1).map(String.init)
    guard
      let form = forms.first(where: { LearnText.labelKey($0.label) == LearnText.labelKey(parts.first ?? "") }
      ),
      let column = targets[index].columns.first
    else { throw answer.refused("应是表和栏目，如 附件2/场次", "must be a form and a figure, such as 附件2/场次") }
    let fields =
      parts.count == 2 && form.kind == .list && parts[1] == ListRules.countKey.rawValue
      ? [parts[1]]
      : parts.count == 2
        ? form.fields.map(\.key).filter { LabelText.key($0) == LabelText.key(parts[1]) }
        : matcher.fields(of: form, for: column)
    guard !fields.isEmpty else {
      throw answer.refused("：\(form.label)中没有这一栏", "names no figure of \(form.label)")
    }
    targets[index].form = form.label
    targets[index].fields = fields
  }

  private func form(at place: LearnPlace) -> LearnedForm? { forms.first { $0.place == place } }
  private func label(of place: LearnPlace) -> String { form(at: place)?.label ?? "" }
  private func targetLabel(_ place: LearnPlace) -> String { targets.first { $0.place == place }?.label ?? "" }
}

extension LearnSubject {
  /// Whether it is no name: what is answered with yes or no, or refuses those words by itself.
  fileprivate var isOfOtherKind: Bool {
    switch self {
    case .year, .deadline, .document, .total, .check, .candidate, .key, .targetForm, .targetColumn,
      .targetTable, .figures,
      .note:
      true
    default: false
    }
  }
}

extension CalendarDate {
  /// The same day of another year; the 28th for a 29th of February that it does not have.
  func moved(years: Int) -> CalendarDate {
    CalendarDate(year: year + years, month: month, day: day)
      ?? CalendarDate(year: year + years, month: month, day: 28) ?? self
  }
}
