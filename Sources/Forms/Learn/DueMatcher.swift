import Foundation

/// What the deadlines of a notice are for: forms, and documents beside them.
struct DueMatcher {
  let forms: [LearnedForm]
  let words: LearnWords
  private(set) var deadlines: [Int: [NoticeReader.Due]] = [:]
  private(set) var documents: [NoticeReader.Document] = []
  private(set) var questions: [LearnQuestion] = []

  init(_ reader: NoticeReader, forms: [LearnedForm], words: LearnWords) {
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
      } else if found.isEmpty || clause.contains("表") || clause.contains("台账") {
        unnamed.append(due)
      }
    }
    // A deadline that names nothing is for what has none.
    for due in unnamed {
      for form in forms.indices where deadlines[form] == nil || deadlines[form]?.first?.place == due.place {
        if deadlines[form] == nil { deadlines[form] = [due] }
      }
    }
    followUps(reader)
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

  /// 同时报送工作总结。 in the sentence after the one with the deadline.
  private mutating func followUps(_ reader: NoticeReader) {
    let sentences = reader.sentences
    for (index, sentence) in sentences.enumerated() where index > 0 {
      let before = sentences[index - 1]
      guard before.place == sentence.place,
        ["同时", "并", "另", "一并"].contains(where: { sentence.text.hasPrefix($0) }),
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
    // Titles in 《》 are those of forms and of other notices.
    var plain = ""
    var depth = 0
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
    var result: [String] = []
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

  private func isNameCharacter(_ character: Character) -> Bool {
    !",.、:()“”\"-~ ;》《".contains(character) && !character.isASCIIDigit
  }
}
