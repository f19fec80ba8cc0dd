import Foundation

/// What the deadlines of a notice are for: forms, and documents beside them.
struct DueMatcher {
  let forms: [LearnedForm]
  let words: LearnWords
  private(set) var deadlines: [Int: [NoticeReader.Due]] = [:]
  private(set) var documents: [NoticeReader.Document] = []
  private(set) var questions: [LearnQuestion] = []

  /// - Parameter others: Labels and titles of what is there and no form, such as tables of targets.
  init(
    _ reader: NoticeReader, forms: [LearnedForm], others: [(label: String, title: String)], words: LearnWords
  ) {
    self.forms = forms
    self.words = words
    var unnamed: [NoticeReader.Due] = []
    // Where the first of several dates has nothing before it, each speaks of what stands behind it.
    var isBehind = false
    /// The clause in front of a date that names what is due by then.
    var carried = ""
    for due in reader.dues {
      if due.count > 1, due.position == 0 { isBehind = !names(due.before) }
      var behind = carried + due.behind
      carried = ""
      if isBehind, due.position < due.count - 1, let comma = behind.lastIndex(of: ","),
        names(String(behind[comma...]))
      {
        carried = String(behind[behind.index(after: comma)...])
        behind = String(behind[..<comma])
      }
      let clause = due.count == 1 ? due.sentence : isBehind ? behind : due.before
      let named = mentioned(in: clause)
      // 附件1于…前、附件2于…前报送，同时报送总结: what stands behind the last one goes with it.
      let isLast = due.count > 1 && !isBehind && due.position == due.count - 1
      let found = documents(in: clause) + (isLast ? documents(in: due.behind) : [])
      for name in found {
        add(.init(name: name, deadline: due.date, with: named.first.map { forms[$0].label }))
      }
      if !named.isEmpty {
        for form in named { deadlines[form, default: []].append(due) }
      } else if namesMissing(clause), reader.dues.contains(where: { !mentioned(in: $0.sentence).isEmpty }) {
        // What is due by then is a form that is not there, which is asked.
        continue
      } else if found.isEmpty || clause.contains("表") || clause.contains("台账") {
        unnamed.append(due)
      }
    }
    // A deadline that names nothing is for what has none.
    for due in unnamed {
      for form in forms.indices {
        // 电子版11月20日前、纸质版11月25日前: which of them counts is a question.
        if let known = deadlines[form] {
          if let first = known.first, first.sentence == due.sentence, first.place == due.place,
            first.position < due.position
          {
            deadlines[form] = known + [due]
          }
        } else {
          deadlines[form] = [due]
        }
      }
    }
    followUps(reader)
    askForMissing(reader, others: others)
    for (form, dues) in deadlines.sorted(by: { $0.key < $1.key }) {
      let dates = Set(dues.map(\.date))
      guard dates.count > 1, let first = dues.first else { continue }
      let label = forms[form].label
      let all = dues.map(\.text).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      questions.append(
        LearnQuestion(
          dues.last?.place ?? first.place, about: .deadline(form: forms[form].place),
          taken: first.date.description, choices: dates.sorted().map(\.description),
          zh: "\(label)有\(dates.count)个期限（\(all.joined(separator: "、"))），已按\(first.date)处理，请确认",
          en:
            "\(label) has \(dates.count) deadlines (\(all.joined(separator: ", "))); \(first.date) is taken, please confirm"
        ))
    }
  }

  private mutating func add(_ document: NoticeReader.Document) {
    guard !documents.contains(where: { $0.name == document.name && $0.deadline == document.deadline }) else {
      return
    }
    documents.append(document)
  }

  private func names(_ text: String) -> Bool { !mentioned(in: text).isEmpty || !documents(in: text).isEmpty }

  /// Whether a text names annexes, none of which is a form.
  private func namesMissing(_ text: String) -> Bool {
    !labels(in: text).isEmpty && mentioned(in: text).isEmpty
  }

  /// A form that the notice asks for, and that is in none of the files, would be missed by nobody until it is due.
  private mutating func askForMissing(_ reader: NoticeReader, others: [(label: String, title: String)]) {
    let labels = Set(forms.map { LearnText.labelKey($0.label) } + others.map { LearnText.labelKey($0.label) })
    let titles = forms.map(\.title) + others.map(\.title).filter { !$0.isEmpty }
    func isKnown(_ title: String) -> Bool {
      let key = LabelText.key(title)
      return titles.contains { known in
        let other = LabelText.key(known)
        return other.contains(key) || key.contains(other) && !other.isEmpty
          || LearnText.common(known, title) * 10 >= max(key.count, other.count) * 8
      }
    }
    func isForm(_ title: String) -> Bool {
      let title = LabelText.splitBracket(title).name
      return (words[.lists] + ["表"]).contains(where: title.hasSuffix)
    }
    var asked: Set<String> = []
    func ask(_ label: String?, _ title: String?, _ place: LearnPlace) {
      guard asked.insert(label.map(LearnText.labelKey) ?? LabelText.key(title ?? "")).inserted,
        asked.insert(LabelText.key(title ?? label ?? "")).inserted
      else { return }
      let shown = (label ?? "") + (title.map { "《\($0)》" } ?? "")
      questions.append(
        LearnQuestion(
          place, zh: "通知要求报送\(shown)，但没有给出它的空白表，活动中没有这张表；请把空白表一并交给 learn",
          en:
            "the notice asks for \(shown), and its blank is in none of the files, so the campaign has no such form; give it to learn too"
        ))
    }
    let annexes = reader.annexes
    for due in reader.dues {
      let named = Self.titles(in: due.sentence)
      let found = self.labels(in: due.sentence)
      // 附表3 is not 表3 too.
      for label in found.sorted()
      where !labels.contains(label) && !found.contains(where: { $0 != label && $0.hasSuffix(label) }) {
        let title = annexes.first { LearnText.labelKey($0.label) == label }?.title
        // What the list of annexes calls no table is something else: 附件1 is the plan.
        let called =
          title
          ?? named.first {
            $0.behind.first == "(" && LearnText.labelKey(String($0.behind.prefix(10))).contains(label)
          }?
          .title
        let isSure = called.map { isForm($0) && !isKnown($0) }
        guard isSure ?? (annexes.isEmpty && label.prefix { !$0.isASCIIDigit }.count > 1) else { continue }
        ask(label, called?.trimmingTitleMarks, due.place)
      }
      for title in named.map(\.title) where isForm(title) && !isKnown(title) {
        ask(annexes.first { LabelText.key($0.title) == LabelText.key(title) }?.label, title, due.place)
      }
    }
    for annex in annexes
    where isForm(annex.title) && !isKnown(annex.title) && !labels.contains(LearnText.labelKey(annex.label)) {
      ask(
        annex.label, annex.title.trimmingTitleMarks,
        reader.notice.paragraphs.first?.place ?? LearnPlace(file: reader.notice.file))
    }
  }

  /// What stands in 《》, with what follows each.
  private static func titles(in text: String) -> [(title: String, behind: Substring)] {
    text.split(separator: "《").dropFirst().compactMap { part in
      part.firstIndex(of: "》").map { (String(part[..<$0]), part[part.index(after: $0)...]) }
    }
  }

  /// 同时报送工作总结。 in the sentence after the one with the deadline.
  private mutating func followUps(_ reader: NoticeReader) {
    let sentences = reader.sentences
    for (index, sentence) in sentences.enumerated() where index > 0 {
      let before = sentences[index - 1]
      guard
        before.place == sentence.place
          && words[.furtherLeads].contains(where: { sentence.text.hasPrefix($0) })
          || words[.further].contains(where: { sentence.text.contains($0) }),
        words[.reporting].contains(where: { sentence.text.contains($0) }),
        !reader.dues.contains(where: { $0.sentence == sentence.text }),
        let due = reader.dues.last(where: { $0.sentence == before.text })
      else { continue }
      for name in documents(in: sentence.text) {
        add(
          .init(
            name: name, deadline: due.date, with: mentioned(in: due.sentence).first.map { forms[$0].label }))
        questions.append(
          LearnQuestion(
            sentence.place, about: .document(name), taken: due.date.description,
            zh: "“\(name)”没有另写期限，已按前一句的\(due.date)处理，请确认",
            en: "\"\(name)\" has no deadline of its own; that of the sentence before, \(due.date), is taken"))
      }
    }
  }

  /// The forms that a text names, by label or by title.
  func mentioned(in text: String) -> [Int] {
    if words[.allForms].contains(where: { text.contains($0) }) { return Array(forms.indices) }
    let labels = labels(in: text)
    var found = forms.indices.filter { labels.contains(LearnText.labelKey(forms[$0].label)) }
    if found.isEmpty {
      let key = LabelText.key(text)
      found = forms.indices.filter { index in
        let title = LabelText.key(forms[index].title)
        return title.count >= 5
          && (key.contains(title) || LearnText.common(title, text) * 10 >= title.count * 8)
      }
    }
    return found
  }

  /// 附件1、2, 附件1和附件3, 附件1至3, 附件1-3: every label that a text names.
  private func labels(in text: String) -> Set<String> {
    let text = Array(text)
    var result: Set<String> = []
    for word in words[.labels].map(Array.init) {
      var index = 0
      while index + word.count < text.count {
        guard Array(text[index..<(index + word.count)]) == word else {
          index += 1
          continue
        }
        var next = index + word.count
        if next < text.count, text[next] == ":" { next += 1 }
        var last: Int?
        while let number = Self.number(text, &next) {
          if let last, number > last, number - last < 30, isRange(text, next, number) {
            for value in last...number { result.insert(LearnText.labelKey(String(word) + String(value))) }
          }
          result.insert(LearnText.labelKey(String(word) + String(number)))
          last = number
          guard next + 1 < text.count, "、,和及与-至".contains(text[next]),
            text[next + 1].isASCIIDigit || "一二三四五六七八九十".contains(text[next + 1])
          else { break }
          next += 1
        }
        index = max(next, index + 1)
      }
    }
    return result
  }

  /// Whether the number that ends here was joined to the one before by a sign for a range.
  private func isRange(_ text: [Character], _ end: Int, _ number: Int) -> Bool {
    let sign = end - String(number).count - 1
    return text.indices.contains(sign) && "-至".contains(text[sign])
  }

  private static func number(_ text: [Character], _ index: inout Int) -> Int? {
    var digits = ""
    while index < text.count, text[index].isASCIIDigit, digits.count < 3 {
      digits.append(text[index])
      index += 1
    }
    if let number = Int(digits) { return number }
    guard index < text.count, let value = Array("一二三四五六七八九十").firstIndex(of: text[index]) else { return nil }
    index += 1
    return value + 1
  }

  /// The documents that a text asks for.
  func documents(in text: String) -> [String] {
    // Titles in 《》 are those of forms, of other notices, and of documents: 《用水总量分析报告》.
    var plain = ""
    var depth = 0
    var result = titledDocuments(in: text)
    for character in text {
      if character == "《" { depth += 1 }
      if depth == 0 { plain.append(character) }
      if character == "》" { depth = max(0, depth - 1) }
    }
    for form in forms {
      let title = LearnText.plain(form.title)
      if !title.isEmpty { plain = plain.replacing(title, with: "表") }
    }
    let characters = Array(plain)
    let nouns = words[.documents].map(Array.init).sorted { $0.count > $1.count }
    var index = 0
    var free = 0
    while index < characters.count {
      guard let noun = nouns.first(where: { characters[index...].starts(with: $0) }) else {
        index += 1
        continue
      }
      var end = index + noun.count
      // 活动总结图文材料 is one.
      while let more = nouns.first(where: { characters[end...].starts(with: $0) }) { end += more.count }
      defer { free = end }
      var start = index
      while start > free, index - start < 14, isNameCharacter(characters[start - 1]) { start -= 1 }
      // 3张活动照片
      if start > 0, start < index, characters[start - 1].isASCIIDigit,
        words[.counters].contains(String(characters[start]))
      {
        start += 1
      }
      let lead = String(characters[start..<index])
      let behind = String(characters[end..<min(end + 2, characters.count)])
      let isContext =
        words[.documentContexts].contains { lead.contains($0) }
        || words[.documentVerbs].contains { lead.hasSuffix($0) }
        || words[.documentTails].contains { behind.hasPrefix($0) }
      let tail = String(characters[index..<end])
      index = end
      if isContext { continue }
      // From behind the last word that no name has.
      var cut = lead.startIndex
      for word in words[.documentBreaks] {
        if let range = lead.range(of: word, options: .backwards) { cut = max(cut, range.upperBound) }
      }
      let whole = String(lead[cut...]) + tail
      if !result.contains(whole) { result.append(whole) }
    }
    return result
  }

  /// What stands in 《》, ends as documents do, is asked for and is no form.
  private func titledDocuments(in text: String) -> [String] {
    var found: [String] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "《"), let close = rest[open...].firstIndex(of: "》") {
      let title = String(rest[rest.index(after: open)..<close])
      let lead = rest[..<open].suffix(8)
      let behind = rest[rest.index(after: close)...]
      let isContext =
        words[.documentContexts].contains { lead.contains($0) }
        || words[.documentTails].contains { behind.hasPrefix($0) }
      let isForm = forms.contains {
        LearnText.common($0.title, title) * 10 >= LabelText.key(title).count * 8
      }
      if !isContext, !isForm, title.count <= 30, !title.hasPrefix("关于"),
        words[.documents].contains(where: { title.hasSuffix($0) }), !found.contains(title)
      {
        found.append(title)
      }
      rest = behind
    }
    return found
  }

  private func isNameCharacter(_ character: Character) -> Bool {
    !",.、:()“”\"-~ ;》《".contains(character) && !character.isASCIIDigit
  }
}

extension String {
  /// Without 《》.
  fileprivate var trimmingTitleMarks: String { String(filter { !"《》".contains($0) }) }
}
